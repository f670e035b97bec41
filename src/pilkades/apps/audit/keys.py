"""The key that signs this installation's checkpoints."""

from base64 import b64decode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pilkades.ledger.note import SEED_SIZE, SigningKey

MIN_DISTINCT_BYTES = 16


def get_signing_key() -> SigningKey:
    """The signing key, named after the installation.

    Raises:
        ImproperlyConfigured: no key, or one that no random source made.
    """
    try:
        seed = b64decode(settings.PILKADES_LEDGER_KEY, validate=True)
    except ValueError:
        seed = b""
    if len(seed) != SEED_SIZE or len(set(seed)) < MIN_DISTINCT_BYTES:
        raise ImproperlyConfigured(
            "Kunci buku catatan (PILKADES_LEDGER_KEY atau berkas keys/ledger.key) belum ada atau "
            "tidak utuh. Siapkan dengan: pilkades init"
        )
    return SigningKey(settings.PILKADES_ORIGIN, seed)
