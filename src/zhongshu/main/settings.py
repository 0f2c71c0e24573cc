"""How the platform is put together for Django: everything an operator may change comes from the environment."""

import os
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from zhongshu.main import secret

SOURCE = Path(__file__).resolve().parent.parent
REPOSITORY = SOURCE.parent.parent
VAR = Path(os.environ.get("ZHONGSHU_VAR") or REPOSITORY / "var").absolute()


def _database(url: str) -> dict[str, object]:
    """Django's settings for a `postgresql://` address; sockets are given as `?host=/folder`."""
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(options.pop("port", parts.port or "")),
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **options},
    }


# Signs sessions; the older keys still read them. From the environment, else from `var/secret_key`, made at first.
SIGNING_FILE, DATA_FILE = VAR / "secret_key", VAR / "data_key"
SIGNING_FIXED = secret.told("ZHONGSHU_SECRET_KEYS") or secret.told("ZHONGSHU_SECRET_KEY")
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret.signing_keys(SIGNING_FIXED, SIGNING_FILE)
# Seal data at rest, newest first.
DATA_KEYS: Sequence[bytes] = secret.Ring(secret.told("ZHONGSHU_DATA_KEYS"), DATA_FILE)
# Sign the journal's tree, newest first. Not in the database: who changes that cannot sign it anew.
JOURNAL_KEYS: Sequence[bytes] = secret.Ring(secret.told("ZHONGSHU_JOURNAL_KEYS"), VAR / "journal_key")
DEBUG = os.environ.get("ZHONGSHU_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ZHONGSHU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ZHONGSHU_ORIGINS", "").split(",") if o]
# Proxies of our own: whom they heard from is believed. Anybody else's X-Forwarded-For is not.
PROXIES = [ip_network(p.strip(), strict=False) for p in os.environ.get("ZHONGSHU_PROXIES", "").split(",") if p.strip()]
# Hosts and networks of the intranet that may be asked though they are private, by http too.
OUTGOING_ALLOWED = frozenset(h.strip() for h in os.environ.get("ZHONGSHU_OUTGOING", "").split(",") if h.strip())
# A virus scanner for uploads: `unix:/run/clamav/clamd.ctl` or `tcp:host:port`; nothing unseen is taken.
CLAMD = os.environ.get("ZHONGSHU_CLAMD", "")
# How many times the usual paces visitors may go; 0 lifts them. And among how many web processes they are spread.
LIMITS = float(os.environ.get("ZHONGSHU_LIMITS", "1"))
PROCESSES = int(os.environ.get("ZHONGSHU_PROCESSES", "1"))
# Whether anybody may read the city's events through Open311; else a key is needed.
OPEN311_PUBLIC = os.environ.get("ZHONGSHU_OPEN311_PUBLIC", "1") == "1"

HOST = os.environ.get("ZHONGSHU_HOST", "127.0.0.1")
PORT = int(os.environ.get("ZHONGSHU_PORT", "8000"))
# The platform's address as everybody reaches it: under this name it says to other systems who somebody is.
PUBLIC_URL = os.environ.get("ZHONGSHU_PUBLIC_URL", f"http://{HOST}:{PORT}").rstrip("/")
# The name under which the journal's tree is signed; receipts bear it for ever.
JOURNAL_ORIGIN = os.environ.get("ZHONGSHU_JOURNAL_ORIGIN", PUBLIC_URL.partition("://")[2] + "/journal")
# The gateway that takes text messages to telephones; without one, no codes are sent. `console` only writes them down.
SMS_URL = os.environ.get("ZHONGSHU_SMS_URL", "console" if DEBUG else "")
SMS_KEY = os.environ.get("ZHONGSHU_SMS_KEY", "")
SMS_TEMPLATE = os.environ.get("ZHONGSHU_SMS_TEMPLATE", "")
FEED_PORT = int(os.environ.get("ZHONGSHU_FEED_PORT", PORT + 1))
# The live feed's address as a browser reaches it; empty: this host, the feed's own port.
FEED_URL = os.environ.get("ZHONGSHU_FEED_URL", "")

DATABASES = {"default": _database(secret.told("DATABASE_URL") or "postgresql:///zhongshu")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "zhongshu.base.journal",
    "zhongshu.base.approvals",
    "zhongshu.base.calendar",
    "zhongshu.base.http",
    "zhongshu.registers.places",
    "zhongshu.registers.documents",
    "zhongshu.registers.people",
    "zhongshu.registers.identity",
    "zhongshu.registers.privacy",
    "zhongshu.registers.catalogue",
    "zhongshu.engine.intake",
    "zhongshu.engine.messages",
    "zhongshu.engine.cases",
    "zhongshu.engine.dispatch",
    "zhongshu.engine.letters",
    "zhongshu.engine.ratings",
    "zhongshu.engine.studio",
    "zhongshu.data.figures",
    "zhongshu.main",
    "zhongshu.channels.account",
    "zhongshu.channels.desk",
    "zhongshu.channels.mobile",
    "zhongshu.channels.portal",
    "zhongshu.channels.screen",
]

MIDDLEWARE = [
    "zhongshu.base.http.middleware.Doors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "zhongshu.main.urls"
WSGI_APPLICATION = "zhongshu.main.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "channels" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "zhongshu.main.pages.surroundings",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "phone")},
    },
]
LOGIN_URL = "/sign-in/"
# Whether officials need a second factor (`required`) or may have one (`offered`).
SECOND_FACTOR = os.environ.get("ZHONGSHU_SECOND_FACTOR", "required")
# Minutes an official's session may be left alone; 0: as long as it lasts.
IDLE_MINUTES = int(os.environ.get("ZHONGSHU_IDLE_MINUTES", "30"))
# Days a password is good for; 0: until it is changed.
PASSWORD_DAYS = int(os.environ.get("ZHONGSHU_PASSWORD_DAYS", "0"))
LOGIN_REDIRECT_URL = "/"

SESSION_ENGINE = "zhongshu.base.http.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = os.environ.get("ZHONGSHU_HTTPS") == "1"
HSTS_SUBDOMAINS = os.environ.get("ZHONGSHU_HSTS_SUBDOMAINS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# A browser takes a cookie of this name only from this host, by https: no other host of the city can plant one.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhongshu.base.http.api.forged"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
# Seconds by which a sandbox's business clock runs ahead of the machine's.
ZHONGSHU_CLOCK_OFFSET = float(os.environ.get("ZHONGSHU_CLOCK_OFFSET", "0"))

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SOURCE / "channels" / "static"]
BUILT = VAR / "built"
if BUILT.exists():
    STATICFILES_DIRS.append(BUILT)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zhongshu.main.ground.static_files.Versioned"},
}

DOCUMENT_STORE = VAR / "documents"
# What was destroyed on request, by ids: a backup that is brought back has it again, and it is destroyed again.
REMAINS = VAR / "remains.jsonl"
FONTS = REPOSITORY / "node_modules" / "@embedpdf" / "fonts-sc" / "fonts"
SCENARIOS = Path(os.environ.get("ZHONGSHU_SCENARIOS", REPOSITORY / "scenarios"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "zhongshu.main.masking.Masked", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHONGSHU_LOG", "WARNING")},
    # A visitor's mistake (404, 403) is no news of ours; an error in a view is.
    # httpx tells whole addresses, with what stands in their queries; our own client tells what may be told.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
    },
}
