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
    "pilkades.apps.oversight",
    "pilkades.apps.regulations",
    "pilkades.apps.jobs",
    "pilkades.apps.elections",
    "pilkades.apps.roll",
    "pilkades.apps.officers",
    "pilkades.apps.logistics",
    "pilkades.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pilkades.apps.design.headers.SecurityHeadersMiddleware",
    "pilkades.config.limits.BodyLimitMiddleware",
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
    "pilkades.apps.accounts.middleware.IdleSessionMiddleware",
    "pilkades.apps.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pilkades.apps.accounts.middleware.SecondFactorMiddleware",
    "pilkades.apps.elections.middleware.SimulatedClockMiddleware",
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
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Sign-in (ADR 0020): accounts are made by those above, so nothing here goes by mail.
ACCOUNT_ADAPTER = "pilkades.apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "pilkades.apps.accounts.forms.sign_in.SignInForm",
    "reauthenticate": "pilkades.apps.accounts.forms.sign_in.ConfirmPasswordForm",
    "change_password": "pilkades.apps.accounts.forms.sign_in.NewPasswordForm",
}
# A village shares one hotspot, so limits per address only stop floods; guesses at a password are
# slowed per account (accounts.throttle), guesses at a code here per person ("key").
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "pilkades.apps.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Clocks of village laptops are wrong by a minute more often than phones.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_FORMS = {
    "authenticate": "pilkades.apps.accounts.forms.sign_in.SecondStepForm",
    "reauthenticate": "pilkades.apps.accounts.forms.sign_in.SecondStepAgainForm",
    "activate_totp": "pilkades.apps.accounts.forms.sign_in.AddAppForm",
    "add_webauthn": "pilkades.apps.accounts.forms.sign_in.AddPasskeyForm",
    "edit_webauthn": "pilkades.apps.accounts.forms.sign_in.RenamePasskeyForm",
}
PILKADES_SECOND_FACTOR_ROLES: list[str] = []

# Half an hour unused ends a session (accounts.middleware); twelve hours end it in any case.
PILKADES_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# Forms hold a few kilobytes; the largest file is a scanned document.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PILKADES_MAX_BODY_BYTES = 25 * 1024 * 1024

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
# Long work: by a thread of the server ("thread"), by `manage work` ("worker"), or at once ("now").
PILKADES_JOBS = os.environ.get("PILKADES_JOBS", "thread")
PILKADES_JOBS_DIR = HOME_DIR / "jobs"
# The vault's ring is read from its file whenever that changes; the environment wins over the file.
PILKADES_VAULT_KEY = os.environ.get("PILKADES_VAULT_KEY", "")
PILKADES_VAULT_KEY_FILE = KEYS_DIR / "vault.key"

# What is logged holds no personal data: neither queries nor tokens nor NIK (config.logs).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "redact": {"()": "pilkades.config.logs.RedactFilter"},
        "refusals": {"()": "pilkades.config.logs.RefusalFilter"},
    },
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["refusals", "redact"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Written by the development server only, with full addresses.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

PILKADES_HOME = HOME_DIR
PILKADES_DEMO = False
# The installation's name: the origin of its ledger and the head of its papers.
PILKADES_ORIGIN = os.environ.get("PILKADES_ORIGIN", "pilkades.invalid/simulasi")
# The port on which a laptop serves phones over HTTPS; 0 where plain HTTP never leaves the machine.
PILKADES_HTTPS_PORT = 0
