"""Settings that every installation shares. The environment is read here and nowhere else.

Secrets are not set here: demo and development make their own, production demands strong ones.
"""

import os
from pathlib import Path

import dj_database_url

PACKAGE_DIR = Path(__file__).resolve().parents[2]
HOME_DIR = Path(os.environ.get("PILKADES_HOME", Path.cwd() / "var")).resolve()
KEYS_DIR = HOME_DIR / "keys"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton",
    "django_htmx",
    "pilkades.apps.design",
    "pilkades.apps.vault",
    "pilkades.apps.audit",
    "pilkades.apps.documents",
    "pilkades.apps.installation",
    "pilkades.apps.regions",
    # Before allauth, so that our sign-in pages stand in place of its own.
    "pilkades.apps.accounts",
    "pilkades.apps.regulations",
    "pilkades.apps.elections",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pilkades.apps.design.headers.SecurityHeadersMiddleware",
    # Villages pay by the megabyte; Django pads the length, so a compressed page tells no secret.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pilkades.apps.design.clock.ClockMiddleware",
    "pilkades.apps.installation.middleware.OpenPageMiddleware",
    "pilkades.apps.design.preferences.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pilkades.apps.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pilkades.config.errors.ErrorMiddleware",
]

ROOT_URLCONF = "pilkades.config.urls"
WSGI_APPLICATION = "pilkades.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pilkades.apps.design.context.frame",
            ],
        },
    }
]

# A component sees what it is given and the page frame, never a stray variable of the page.
COTTON_ISOLATE_BY_DEFAULT = True
CSRF_FAILURE_VIEW = "pilkades.config.errors.csrf_failure"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME_DIR / 'pilkades.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # Django's own cursors never prepare; the ledger's append does, and is twice as quick by it.
    DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
# Grouping belongs to the filter `angka` alone: an automatic one would write a key 1234 as 1.234.
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = HOME_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME_DIR / "files"

PILKADES_HOME = HOME_DIR
PILKADES_DEMO = False
# The installation's name: the origin of its ledger and the head of its papers.
PILKADES_ORIGIN = os.environ.get("PILKADES_ORIGIN", "pilkades.invalid/simulasi")
# The port on which a laptop serves phones over HTTPS; 0 where plain HTTP never leaves the machine.
PILKADES_HTTPS_PORT = 0
