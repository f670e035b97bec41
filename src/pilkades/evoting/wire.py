"""The parts that every message is made of, read from JSON values and written back.

`Wire` belongs to one group: whatever it reads is a member of that group or a scalar below its
order, so the proofs need not ask again. Fields that are missing or unknown are refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pilkades.crypto.elgamal import Ciphertext
from pilkades.crypto.groups import Element, Group
from pilkades.crypto.proofs import Proof
from pilkades.errors import MalformedInputError
from pilkades.text import Text

_T = TypeVar("_T")
_DECIMALS = frozenset("0123456789")
_HEX_DIGITS = frozenset("0123456789abcdef")
_HASH_LENGTH = 64
_NATURAL_DIGITS_MAX = 90


@dataclass(frozen=True, slots=True)
class Wire:
    """Reading and writing of group elements, scalars, proofs and ciphertexts."""

    group: Group

    def read_element(self, value: Any) -> Element:
        return self.group.decode(read_string(value))

    def write_element(self, element: Element) -> str:
        return self.group.encode(element)

    def read_scalar(self, value: Any) -> int:
        number = read_natural(value)
        if number >= self.group.order:
            raise _refuse_scalar()
        return number

    def read_proof(self, value: Any) -> Proof:
        fields = read_fields(value, "challenge", "response")
        return Proof(self.read_scalar(fields["challenge"]), self.read_scalar(fields["response"]))

    def write_proof(self, proof: Proof) -> dict[str, str]:
        return {"challenge": str(proof.challenge), "response": str(proof.response)}

    def read_ciphertext(self, value: Any) -> Ciphertext:
        fields = read_fields(value, "alpha", "beta")
        return Ciphertext(self.read_element(fields["alpha"]), self.read_element(fields["beta"]))

    def write_ciphertext(self, item: Ciphertext) -> dict[str, str]:
        return {"alpha": self.group.encode(item.alpha), "beta": self.group.encode(item.beta)}


def read_fields(value: Any, *names: str, optional: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """An object with exactly these fields.

    Raises:
        MalformedInputError: json-fields.
    """
    if not isinstance(value, dict) or not set(names) <= set(value) <= {*names, *optional}:
        raise MalformedInputError(
            "json-fields",
            Text("Di sini harus ada objek dengan isian: {names}.", names=tuple(names)),
        )
    return value


def read_list(value: Any, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    if not isinstance(value, list):
        raise MalformedInputError("json-type", Text("Di sini harus ada daftar JSON."))
    return tuple(read(item) for item in value)


def read_string(value: Any) -> str:
    if not isinstance(value, str):
        raise MalformedInputError("json-type", Text("Di sini harus ada teks JSON."))
    return value


def read_integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedInputError("json-type", Text("Di sini harus ada bilangan bulat JSON."))
    return value


def read_hash(value: Any) -> str:
    text = read_string(value)
    if len(text) != _HASH_LENGTH or not _HEX_DIGITS.issuperset(text):
        raise MalformedInputError("hash", Text("Di sini harus ada SHA-256 dengan 64 digit."))
    return text


def read_natural(value: Any) -> int:
    """A natural number in base 10 without leading zeros, as a string."""
    text = read_string(value)
    is_number = 0 < len(text) <= _NATURAL_DIGITS_MAX and _DECIMALS.issuperset(text)
    if not is_number or (text[0] == "0" and text != "0"):
        raise _refuse_scalar()
    return int(text)


def _refuse_scalar() -> MalformedInputError:
    # The number may be somebody's secret: it is not repeated.
    return MalformedInputError("scalar", Text("Bilangan ini bukan anggota Z_q."))
