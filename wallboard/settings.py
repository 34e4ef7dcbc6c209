"""Django settings. Everything a site may change comes from the environment; the README lists it, but for `DEBUG`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from dashboard.version import VERSION
from wallboard import environment
from wallboard.inline import script_source

# Lets classes such as ModelAdmin[Board] be written as the type checker wants them.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("WALLBOARD_DATA", str(BASE_DIR / ".wallboard" / "data")))

BUILD = VERSION
DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("WALLBOARD_DEMO")
SECRET_KEY = environment.secret_key("SECRET_KEY", kept_in=DATA_DIR)
PORT = environment.number("PORT", 8000, low=1, high=65535)
BIND = environment.text("BIND", "127.0.0.1")

PUBLIC_URL = environment.url("PUBLIC_URL", schemes=("http", "https"))
_local_origins = [f"http://{host}:{PORT}" for host in ("localhost", "127.0.0.1", "[::1]")]
ORIGINS = [PUBLIC_URL] if PUBLIC_URL else _local_origins
"""Origins (scheme, host and port) from which browsers may post forms and open sockets."""
_public_host = urlsplit(PUBLIC_URL).hostname if PUBLIC_URL else None
_local_hosts = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [
    *([_public_host] if _public_host else []),
    *environment.names("ALLOWED_HOSTS"),
    *_local_hosts,
]
CSRF_TRUSTED_ORIGINS = ORIGINS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

REDIS_URL = environment.url("REDIS_URL", "redis://127.0.0.1:6379", schemes=("redis", "rediss", "unix"))

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "wallboard:cache",
        # Whoever counts or caches goes on without, and soon, when Redis does not answer.
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25, "retry": Retry(NoBackoff(), 0)},
    }
}

INSTALLED_APPS = [
    "daphne",
    "channels",
    "dashboard.site.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "dashboard",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "dashboard.access.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "wallboard.urls"
ASGI_APPLICATION = "wallboard.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    address = environment.text("DATABASE_URL")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "wallboard.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    try:
        # No age: the web server's threads end with their request, and a connection that outlives them is kept by nobody.
        return dict(dj_database_url.parse(address, conn_max_age=0, conn_health_checks=True))
    except (ValueError, KeyError) as exc:
        raise ImproperlyConfigured(
            "DATABASE_URL must be an address such as postgres://user:password@host/name or sqlite:///path."
        ) from exc


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_CLIENT_IP_CALLABLE = "dashboard.access.address.login_address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # locks are taken away in the list of users
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cs", "Čeština")]
LOCALE_PATHS = [BASE_DIR / "dashboard" / "locale", DATA_DIR / "locale"]
"""The catalogues as translators write them, and as `prepare` compiles them."""
TIME_ZONE = environment.timezone("PBX_TIMEZONE", "Europe/Prague")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wallboard.staticfiles.ModuleManifestStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF, script_source(BASE_DIR / "templates" / "load-watch.js")],
        "img-src": [SELF, "data:"],
        # Older browsers do not count sockets as 'self'; and none takes a numeric IPv6 address here.
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in ORIGINS if "[" not in origin)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py gives up on a silent connection after 5 s by default; a quiet channel is not a broken one.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": "wallboard-control"},
    }
}

AUDIT_DAYS = environment.number("AUDIT_DAYS", 730, low=30, high=36_500)
"""Days for which the record of supervisors' actions is kept."""

PBX_URL = environment.bare_url("PBX_URL", schemes=("http", "https"))
PBX_LOGIN = environment.text("PBX_LOGIN")
PBX_PASSWORD = environment.text("PBX_PASSWORD")
PBX_TIMEZONE = TIME_ZONE
PBX_COUNTRY = environment.country("PBX_COUNTRY", "CZ")
PBX_TOKEN_IN = environment.choice("PBX_TOKEN_IN", "cookie", ("cookie", "query"))
PBX_CA_FILE = environment.file("PBX_CA_FILE")

_mail = environment.mail_server("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.is_tls, _mail.is_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "wallboard@localhost")
METRICS_TOKEN = environment.text("METRICS_TOKEN")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "wallboard.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "filters": {
        "hooks": {"()": "wallboard.logs.HookFilter"},
        "seldom": {"()": "wallboard.logs.SeldomFilter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "dashboard": {"level": "INFO"},
        "wallboard": {"level": "INFO"},
        # While Redis is away it writes a traceback each second; the hub says once that Redis does not answer.
        "channels_redis": {"level": "CRITICAL"},
        "celery.beat": {"filters": ["seldom"]},
        "celery.worker.consumer.consumer": {"filters": ["seldom"]},
        "celery.worker.request": {"filters": ["seldom"]},
        "django.request": {"filters": ["hooks"]},
    },
}
