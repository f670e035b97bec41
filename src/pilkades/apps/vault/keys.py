"""The key ring of this installation, from the environment or from the key file of its home."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pilkades.apps.vault.sealing import KeyRing, format_key_ring, parse_key_ring
from pilkades.keyfiles import read_key_file, replace_key_file


def get_key_ring() -> KeyRing:
    """The ring in force. The file is read again when it changes, so a rotation needs no restart."""
    if settings.PILKADES_VAULT_KEY:
        return _parse_once(settings.PILKADES_VAULT_KEY)
    path = Path(settings.PILKADES_VAULT_KEY_FILE)
    try:
        state = path.stat()
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            f"Kunci brankas {path} belum ada. Jalankan pilkades init, atau pulihkan dari cadangan."
        ) from error
    return _read_once(str(path), state.st_mtime_ns, state.st_size)


def save_key_ring(ring: KeyRing) -> None:
    """Replace the key file by this ring, whole or not at all."""
    if settings.PILKADES_VAULT_KEY:
        raise ImproperlyConfigured(
            "Kunci brankas diatur lewat PILKADES_VAULT_KEY. Pindahkan dahulu ke berkas kunci "
            f"{settings.PILKADES_VAULT_KEY_FILE}, baru putar kuncinya."
        )
    replace_key_file(path=Path(settings.PILKADES_VAULT_KEY_FILE), text=format_key_ring(ring))


@lru_cache(maxsize=4)
def _parse_once(text: str) -> KeyRing:
    return parse_key_ring(text)


@lru_cache(maxsize=4)
def _read_once(path: str, modified_ns: int, size: int) -> KeyRing:
    return parse_key_ring(read_key_file(path=Path(path)))
