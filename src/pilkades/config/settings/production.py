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
ALLOWED_HOSTS = os.environ.get("PILKADES_HOSTS", "localhost").split(",")

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
PILKADES_VAULT_KEY = read_secret(
    name="PILKADES_VAULT_KEY", environment=os.environ, path=KEYS_DIR / "vault.key", create=None
)
PILKADES_LEDGER_KEY = read_secret(
    name="PILKADES_LEDGER_KEY", environment=os.environ, path=KEYS_DIR / "ledger.key", create=None
)
