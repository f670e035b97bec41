"""Challenges of the Fiat-Shamir transformation, as the specification writes them.

Every challenge is SHA-256 over a label, its context and the commitments' texts, read as a 256-bit
big-endian number and reduced modulo q. The labels are apart from each other, and every field
between the bars has a fixed alphabet without bars, so no two statements share a hash input.
"""

from collections.abc import Iterable
from hashlib import sha256

from pilkades.crypto.groups import Element, Group


def hash_to_scalar(group: Group, prefix: str, elements: Iterable[Element]) -> int:
    """SHA-256(prefix || texts of the elements, joined by commas) mod q.

    Inputs: prefix, public, with its bars (`pok|Ed25519|…|`); elements, public.
    Output: Z_q.
    Source: Belenios specification 3.3.0, each section on a proof.
    """
    return reduce_hash(group, prefix + ",".join(map(group.encode, elements)))


def reduce_hash(group: Group, text: str) -> int:
    """SHA-256 of the text's UTF-8 as a big-endian number mod q. Output: Z_q."""
    return int.from_bytes(sha256(text.encode()).digest(), "big") % group.order
