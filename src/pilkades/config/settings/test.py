"""Tests: the same as production in everything that can be judged, with fast hashing."""

import base64
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import STORAGES

SECRET_KEY = "tests only, of no worth to anybody"  # noqa: S105
PILKADES_VAULT_KEY = " ".join(
    f"{name}:{base64.b64encode(bytes(range(start, start + 32))).decode()}"
    for name, start in (("k1", 0), ("index", 100))
)
PILKADES_LEDGER_KEY = base64.b64encode(bytes(range(200, 232))).decode()
# Kept open as long as the tests run; removed with them.
_files = tempfile.TemporaryDirectory(prefix="pilkades-files-")
MEDIA_ROOT = Path(_files.name)
STATIC_ROOT = MEDIA_ROOT / "static"
STATIC_ROOT.mkdir()
PILKADES_JOBS = "now"
PILKADES_JOBS_DIR = MEDIA_ROOT / "jobs"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Files are found where they lie; hashed names belong to an installation that collected them.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
