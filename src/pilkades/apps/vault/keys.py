"""The key ring of this installation, from the environment or from the key file of its home."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pilkades.apps.vault.sealing import KeyRing, parse_key_ring


def get_key_ring() -> KeyRing:
    """The ring in force; settings give its text, so tests use a ring of their own."""
    text: str = settings.PILKADES_VAULT_KEY
    if not text:
        raise ImproperlyConfigured(
            "Kunci brankas belum ada. Jalankan penyiapan (make setup) atau pulihkan "
            "keys/vault.key dari cadangan."
        )
    return _parse_once(text)


@lru_cache(maxsize=4)
def _parse_once(text: str) -> KeyRing:
    return parse_key_ring(text)
