"""The published list of public credentials with their weights (specification, "Credentials")."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pilkades.crypto.groups import Element, Group
from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.wire import read_list, read_string
from pilkades.text import Text

CREDENTIALS_SIZE_MAX = 16_000_000
_WEIGHT_DIGITS_MAX = 9

Weights = Mapping[Element, int]
"""Every listed credential with its weight, in the order of the list."""


def parse_credentials(data: bytes, *, group: Group) -> Weights:
    """The credentials of an election.

    Raises:
        MalformedInputError: json-…, element-…, credentials-twice, credentials-weight.
    """
    entries = parse_canonical(
        data,
        read=lambda value: read_list(value, lambda item: _read_entry(item, group)),
        write=lambda items: [_write_entry(item, group) for item in items],
        size_max=CREDENTIALS_SIZE_MAX,
    )
    weights = {element: weight or 1 for element, weight in entries}
    if len(weights) != len(entries):
        raise MalformedInputError(
            "credentials-twice", Text("Kredensial publik yang sama terdaftar dua kali.")
        )
    return weights


def write_credentials(
    credentials: Iterable[Element],
    *,
    group: Group,
    weights: Mapping[Element, int] = MappingProxyType({}),
) -> bytes:
    """The list, sorted by element, so that it tells nothing of the roll's order.

    With any weights every entry has one, as the tools want it.
    """
    return write_json(
        [
            _write_entry((element, weights.get(element, 1) if weights else None), group)
            for element in sorted(credentials)
        ]
    )


def check_own_list(weights: Weights, *, group: Group) -> None:
    """What an authority's list must hold before an election begins with it.

    A verifier does not ask for the order: the tools sort by their own comparison of elements, and
    neither they nor the specification refuse another, nor the identity.

    Raises:
        MalformedInputError: credentials-order (it could tell the order of the roll),
            credentials-identity (everybody could vote with it), credentials-none.
    """
    if not weights:
        raise MalformedInputError("credentials-none", Text("Daftar kredensial ini kosong."))
    if list(weights) != sorted(weights):
        raise MalformedInputError(
            "credentials-order",
            Text(
                "Daftar kredensial tidak terurut, sehingga dapat membuka urutan daftar pemilih. "
                "Mintalah daftar yang baru dari otoritas kredensial."
            ),
        )
    if group.identity in weights:
        raise MalformedInputError(
            "credentials-identity",
            Text("Daftar memuat unsur satuan: siapa pun dapat memilih dengannya."),
        )


def _read_entry(value: Any, group: Group) -> tuple[Element, int | None]:
    text, comma, weight = read_string(value).partition(",")
    if not comma:
        return group.decode(text), None
    is_number = weight.isascii() and weight.isdigit() and len(weight) <= _WEIGHT_DIGITS_MAX
    if not is_number or weight.startswith("0"):
        raise MalformedInputError(
            "credentials-weight", Text("Bobot kredensial harus bilangan bulat positif.")
        )
    return group.decode(text), int(weight)


def _write_entry(entry: tuple[Element, int | None], group: Group) -> str:
    element, weight = entry
    return group.encode(element) if weight is None else f"{group.encode(element)},{weight}"
