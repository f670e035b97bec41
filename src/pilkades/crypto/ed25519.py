"""The group Ed25519: the subgroup of prime order of the twisted Edwards curve of RFC 8032.

Secret exponents go through libsodium, whose multiplications take constant time. An element is the
32 bytes of RFC 8032; its text is the same number written big-endian in 64 hexadecimal digits
(specification, section "Elliptic curves"). libsodium refuses the identity and exponent 0, which
the protocol allows, so both are handled here.
"""

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)

from pilkades.crypto.groups import Element
from pilkades.errors import MalformedInputError
from pilkades.text import Text

ORDER = 2**252 + 27742317777372353535851937790883648493
_TEXT_LENGTH = 64
_HEX_DIGITS = frozenset("0123456789abcdef")
_IDENTITY = Element(bytes([1]) + bytes(31))


class Ed25519:
    """The default group."""

    name = "Ed25519"
    order = ORDER
    identity = _IDENTITY
    generator = Element(crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(32, "little")))

    def read(self, text: str) -> Element:
        if len(text) != _TEXT_LENGTH or not _HEX_DIGITS.issuperset(text):
            raise MalformedInputError(
                "element-text",
                Text("Unsur grup harus ditulis dengan 64 digit heksadesimal huruf kecil."),
            )
        return Element(bytes.fromhex(text)[::-1])

    def decode(self, text: str) -> Element:
        element = self.read(text)
        if element != _IDENTITY and not crypto_core_ed25519_is_valid_point(element):
            raise _refuse(text)
        return element

    def encode(self, element: Element) -> str:
        return element[::-1].hex()

    def power_generator(self, exponent: int) -> Element:
        if not exponent:
            return _IDENTITY
        return Element(crypto_scalarmult_ed25519_base_noclamp(exponent.to_bytes(32, "little")))

    def power(self, base: Element, exponent: int) -> Element:
        if not exponent or base == _IDENTITY:
            return _IDENTITY
        return Element(crypto_scalarmult_ed25519_noclamp(exponent.to_bytes(32, "little"), base))

    def multiply(self, left: Element, right: Element) -> Element:
        try:
            return Element(crypto_core_ed25519_add(left, right))
        except RuntimeError as error:
            # Only what `read` gave can be no point of the curve at all.
            raise _refuse(self.encode(left)) from error

    def divide(self, left: Element, right: Element) -> Element:
        return Element(crypto_core_ed25519_sub(left, right))


def _refuse(text: str) -> MalformedInputError:
    return MalformedInputError(
        "element-group", Text("Nilai {text} bukan unsur grup Ed25519.", text=text)
    )
