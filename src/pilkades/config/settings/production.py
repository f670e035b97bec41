"""A regency's server or a village laptop in earnest; passes `check --deploy`."""

import os

from django.core.exceptions import ImproperlyConfigured

from pilkades.config.secrets_files import read_secret, require_strong_secret

from .base import *  # noqa: F403
from .base import KEYS_DIR

if os.environ.get("PILKADES_DEMO") or os.environ.get("PILKADES_NOW"):
    raise ImproperlyConfigured(
        "Simulasi (PILKADES_DEMO, PILKADES_NOW) tidak dapat dinyalakan pada pemasangan sungguhan. "
        "Hapus variabel itu, atau jalankan simulasi dengan: pilkades demo"
    )

DEBUG = False
PILKADES_DEMO = False
ALLOWED_HOSTS = [host for host in os.environ.get("PILKADES_HOSTS", "localhost").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "localhost"]

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Only where a proxy of one's own sets this header and removes it from what strangers send.
if os.environ.get("PILKADES_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PILKADES_SECOND_FACTOR_ROLES = [
    "NATIONAL",
    "REGENCY_DESK",
    "REGENCY_HEAD",
    "AUDITOR",
    "COMMITTEE_CHAIR",
]

SECRET_KEY = require_strong_secret(
    name="PILKADES_SECRET_KEY",
    value=read_secret(
        name="PILKADES_SECRET_KEY",
        environment=os.environ,
        path=KEYS_DIR / "secret.key",
        create=None,
    ),
    path=KEYS_DIR / "secret.key",
)
PILKADES_LEDGER_KEY = read_secret(
    name="PILKADES_LEDGER_KEY", environment=os.environ, path=KEYS_DIR / "ledger.key", create=None
)
