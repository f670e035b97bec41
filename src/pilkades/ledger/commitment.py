"""Salted hashes that stand in the ledger in place of what must not be published.

The value and its salt stay with the record; whoever is shown both can check that the ledger speaks
of exactly this value. The salt has a fixed length, so salt and value cannot be shifted against each
other. It leaves out secrecy of guessed values once the salt is known: the salt is as secret as the
value.
"""

from hashlib import sha256
from hmac import compare_digest

SALT_SIZE = 32
_DOMAIN = b"pilkades.id/commitment/v1\n"


def compute_commitment(*, salt: bytes, value: str) -> bytes:
    """SHA-256 over the domain line, the 32-byte salt and the value in UTF-8."""
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes")
    return sha256(_DOMAIN + salt + value.encode()).digest()


def is_commitment_opened(*, salt: bytes, value: str, commitment: bytes) -> bool:
    """Whether salt and value are those that were committed to."""
    return compare_digest(compute_commitment(salt=salt, value=value), commitment)
