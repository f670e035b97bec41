"""The published list of public credentials with their weights (specification, "Credentials")."""

from collections.abc import Iterable, Mapping
from typing import Any

from pilkades.crypto.groups import Element, Group
from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.wire import read_list, read_string
from pilkades.text import Text

CREDENTIALS_SIZE_MAX = 32_000_000
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


def write_credentials(credentials: Iterable[Element], *, group: Group) -> bytes:
    """The list without weights, sorted by element, so that it tells nothing of the roll's order."""
    return write_json([group.encode(element) for element in sorted(credentials)])


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
