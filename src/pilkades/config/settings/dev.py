"""`make run`: the demo regency on this machine only, clearly marked SIMULASI."""

import os

from pilkades.config.secrets_files import (
    make_ledger_key,
    make_secret_key,
    make_vault_key,
    read_secret,
)

from .base import *  # noqa: F403
from .base import KEYS_DIR

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
PILKADES_DEMO = True
# Passkeys on http://localhost, which browsers treat as safe.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# A visitor goes from one persona to the next without leaving first.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
PILKADES_NOW = os.environ.get("PILKADES_NOW", "")

SECRET_KEY = read_secret(
    name="PILKADES_SECRET_KEY",
    environment=os.environ,
    path=KEYS_DIR / "secret.key",
    create=make_secret_key,
)
read_secret(
    name="PILKADES_VAULT_KEY",
    environment=os.environ,
    path=KEYS_DIR / "vault.key",
    create=make_vault_key,
)
PILKADES_LEDGER_KEY = read_secret(
    name="PILKADES_LEDGER_KEY",
    environment=os.environ,
    path=KEYS_DIR / "ledger.key",
    create=make_ledger_key,
)
