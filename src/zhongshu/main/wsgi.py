"""The door of the web server: `zhongshu.main.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.main.settings")
application = get_wsgi_application()
