"""Files that hold a key: readable by their owner only, written whole or not at all."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


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


def replace_key_file(*, path: Path, text: str) -> None:
    """Put a new text in place of a key file, whole or not at all; for rotation alone."""
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    write_key_file(path=partial, text=text)
    partial.replace(path)
