"""Secrets of an installation: read from the environment or from a key file of its home.

A key file is made once, by setup, readable by its owner only; nothing here ever replaces one.
A secret that is short, monotonous or known from examples is refused with a plain sentence.
"""

import base64
import os
import re
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

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


def read_key_file(*, path: Path) -> str:
    """The text of a key file that nobody but its owner may read."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(
            f"Berkas kunci {path} dapat dibaca orang lain. "
            f"Batasi dahulu: chmod 600 {path}, lalu jalankan lagi."
        )
    return path.read_text(encoding="ascii").strip()


def write_key_file(*, path: Path, text: str) -> None:
    """Write a new key file for its owner only; an existing one is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Two processes started at once: the first one's key stands.
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text if text.endswith("\n") else f"{text}\n")


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
