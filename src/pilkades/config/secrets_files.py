"""Secrets of an installation: read from the environment or from a key file of its home.

A key file is made once, by setup, readable by its owner only; nothing here ever replaces one.
A secret that is short, monotonous or known from examples is refused with a plain sentence.
"""

import base64
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from pilkades.keyfiles import read_key_file, write_key_file

MIN_SECRET_LENGTH = 50
MIN_DISTINCT_CHARACTERS = 15
KNOWN_WORDS = re.compile(r"insecure|changeme|change-me|ganti|example|contoh|rahasia|password", re.I)


def read_secret(
    *, name: str, environment: Mapping[str, str], path: Path, create: Callable[[], str] | None
) -> str:
    """The secret `name` from the environment, else from `path`; made there once if allowed.

    `create` is given by demo and development only: in production a missing secret stays missing,
    because a new one would silently orphan everything that the old one protected.
    """
    if environment.get(name):
        return environment[name].strip()
    if not path.exists() and create is not None:
        write_key_file(path=path, text=create())
    return read_key_file(path=path) if path.exists() else ""


def make_secret_key() -> str:
    """A fresh secret for signing sessions and tokens."""
    return secrets.token_urlsafe(64)


def make_vault_key() -> str:
    """A fresh ring: one key that seals and the index secret."""
    # The id is random so that a ring made by mistake after a loss is seen to be another one.
    names = (f"k{secrets.token_hex(3)}", "index")
    return "\n".join(
        f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in names
    )


def make_ledger_key() -> str:
    """A fresh seed of the key that signs the ledger's checkpoints."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def require_strong_secret(*, name: str, value: str, path: Path) -> str:
    """Refuse a missing or weak secret, saying what to do."""
    if not value:
        raise ImproperlyConfigured(
            f"{name} belum ada. Isi lewat variabel lingkungan {name} atau berkas {path}. "
            "Buat yang baru dengan: pilkades init"
        )
    if (
        len(value) < MIN_SECRET_LENGTH
        or len(set(value)) < MIN_DISTINCT_CHARACTERS
        or KNOWN_WORDS.search(value)
    ):
        raise ImproperlyConfigured(
            f"{name} terlalu lemah: paling sedikit {MIN_SECRET_LENGTH} karakter acak, "
            f"{MIN_DISTINCT_CHARACTERS} karakter berbeda, dan bukan contoh. "
            "Buat yang baru dengan: pilkades init"
        )
    return value
