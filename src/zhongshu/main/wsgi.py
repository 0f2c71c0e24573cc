"""The door of the web server: `zhongshu.main.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.main.settings")
application = get_wsgi_application()

# What a request leaves behind is freed by counting; looking for cycles in all that start-up loaded finds nothing and
# costs a tenth of the time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 50, 100)
