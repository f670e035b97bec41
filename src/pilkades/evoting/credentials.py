"""Access codes: the secret a voter gets on paper and the public credential the board shows.

Specification, section "Credentials". Version 2.0 of the tools derives the exponent from another
form of code, which is read here so that its elections can be repeated.
"""

import re
from hashlib import pbkdf2_hmac, sha256

from pilkades.crypto.groups import Draw, Element, Group
from pilkades.errors import MalformedInputError
from pilkades.evoting.elections import BASE58
from pilkades.text import Text

_BLOCKS = (5, 6, 5, 6)
_CURRENT = re.compile("-".join(f"[{BASE58}]{{{size}}}" for size in _BLOCKS))
_VERSION_2_0 = re.compile("-".join([f"[{BASE58}]{{3}}"] * 5))
_ROUNDS_2_0 = 1_000


def make_access_code(draw: Draw) -> str:
    """A fresh access code, 22 characters of base 58 (128 bits) in four blocks. Secret."""
    return "-".join("".join(BASE58[draw(len(BASE58))] for _ in range(size)) for size in _BLOCKS)


def derive_secret(group: Group, *, uuid: str, code: str) -> int:
    """The secret exponent of an access code in one election. Output: Z_q, secret.

    Source: specification, section "Credentials"; for the older form, that of version 2.0.

    Raises:
        MalformedInputError: access-code.
    """
    if _CURRENT.fullmatch(code):
        halves = [_hash_half(uuid, number, code) for number in (0, 1)]
        return int("".join(halves), 16) % group.order
    if _VERSION_2_0.fullmatch(code):
        key = pbkdf2_hmac("sha256", code.encode(), uuid.encode(), _ROUNDS_2_0)
        return int.from_bytes(key, "big") % group.order
    raise MalformedInputError(
        "access-code",
        Text("Kode akses tidak lengkap atau salah ketik; bentuknya XXXXX-XXXXXX-XXXXX-XXXXXX."),
    )


def derive_public(group: Group, *, uuid: str, code: str) -> Element:
    """The public credential of an access code. Output: G. Cost: one exponentiation."""
    return group.power_generator(derive_secret(group, uuid=uuid, code=code))


def _hash_half(uuid: str, number: int, code: str) -> str:
    return sha256(f"derive_credential|{uuid}|{number}|{code}".encode()).hexdigest()
