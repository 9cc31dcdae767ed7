"""All settings, read from the environment. Without DEMO=1 the application refuses to start without its secrets.

DATABASE_URL is the runtime role, which owns nothing. OWNER_DATABASE_URL is only for the commands in manage.py that change
the schema or reference data; web and worker never need it.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """The value of an environment variable; raises ImproperlyConfigured when there is neither value nor default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Zet de omgevingsvariabele {name}. Zie docs/operations.md.")
    return value


# One plan for every parameter, for what is prepared (cases/prepared.py) and for what triggers do: both look rows up by
# their key. What Django sends is never prepared: a list is planned for the groups of its reader. And nothing is compiled:
# a server that can, does so by what it expects a query to cost, and takes longer over that than over the query.
PLAN_ONCE = {"options": "-c plan_cache_mode=force_generic_plan -c jit=off"}


def database(url: str, pool: int = 0) -> dict:
    """Django's dictionary for a postgresql:// address; a socket folder may stand in ?host=.

    With a pool a request waits for a server that restarts, instead of failing until it is back.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("Een databaseadres begint met postgresql://.")
    options: dict[str, Any] = dict(parse_qsl(parts.query)) | PLAN_ONCE
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if pool else 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": options,
    }


DEMO = os.environ.get("DEMO") == "1"
DEBUG = os.environ.get("DEBUG") == "1"

SECRET_KEY = env("SECRET_KEY", "alleen-voor-de-demo-en-de-tests-0123456789abcdef" if DEMO else None)
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEMO else None).split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
BROKER_URL = env("BROKER_URL")

RUNTIME_ROLE = database(env("DATABASE_URL"))["USER"]
DATABASES = {
    "default": database(
        env("OWNER_DATABASE_URL" if os.environ.get("DATABASE_AS") == "owner" else "DATABASE_URL"),
        int(os.environ.get("DATABASE_POOL", "0")),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nobody authenticates against guardian: cases.access reads its rows itself.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "guardian",
    "csp",
    "django_htmx",
    "django_countries",
    "cases",
    "budget_biv",
    "phases",
    "geintegreerd",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "geintegreerd.middleware.ResponseHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "geintegreerd.session.SessionEnd",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "geintegreerd.middleware.UpToDate",
    "geintegreerd.middleware.Fragments",
    "geintegreerd.typed.LoginRequired",
    "geintegreerd.typed.KeepTyped",
    "geintegreerd.middleware.Readable",
    "geintegreerd.middleware.Refusals",
]

ROOT_URLCONF = "geintegreerd.urls"
WSGI_APPLICATION = "geintegreerd.wsgi.application"
FORM_RENDERER = "cases.forms.renderer.Renderer"

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
                "geintegreerd.pages.context.frame",
                "geintegreerd.pages.context.dossier_header",
                "geintegreerd.typed.page_form",
            ],
            "builtins": ["cases.templatetags.notatie", "cases.templatetags.onderdelen"],
        },
    }
]

# People
AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["geintegreerd.pages.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "geintegreerd.pages.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "geintegreerd.pages.accounts.LoginForm"}
# A ministry shares one address: many may log in from there at once, and many may mistype. One account is what a guesser
# attacks, so that limit is tight. A demo on one machine shares one address between all its accounts.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,10/5m/key" if DEMO else "60/m/ip,5/5m/key"}
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False

# The cache of allauth (rate limits) must be shared and durable, hence the database. Django throws counters away above 300
# rows unless told otherwise: whoever tries many names would so reset the count of one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "geintegreerd_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sessions and security
SESSION_ENGINE = "geintegreerd.session"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "geintegreerd.pages.errors.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if not DEMO:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    # One proxy of our own stands in front: the address it saw is the one that rate limits count.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Language and notation
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["geintegreerd.formats"]

# Static files
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
FONT_DIR = Path(os.environ.get("FONT_DIR", BASE_DIR / "build" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static", FONT_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Celery: PostgreSQL is the truth, the broker only a doorbell.
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # Without these a web request would wait six seconds for a broker that is away.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
SWEEP_SECONDS = float(os.environ.get("SWEEP_SECONDS", "10"))
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "cases.notifications.tasks.drain", "schedule": SWEEP_SECONDS},
    "bring-up-to-date": {"task": "phases.process.tasks.bring_up_to_date", "schedule": SWEEP_SECONDS},
    "new-day": {"task": "phases.process.tasks.new_day", "schedule": crontab(hour=0, minute=5)},
    "sweep-typed": {"task": "cases.notifications.tasks.sweep_typed", "schedule": 60 * 60},
}
CELERY_TIMEZONE = TIME_ZONE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    # Says each step of each page.
    "loggers": {"weasyprint.progress": {"level": "WARNING"}},
}
