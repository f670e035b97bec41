"""JSON in its one canonical form: compact, fields in a fixed order, every number in one spelling.

A value is parsed strictly, turned into a typed message by its module, written again and compared
with the bytes it came from; whatever does not come back the same is refused. Thus a message has
one text, one hash and one meaning.
"""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from pilkades.errors import MalformedInputError
from pilkades.text import Text

_T = TypeVar("_T")
_INTEGER_DIGITS_MAX = 15
VALUES_MAX = 500_000
CONTAINERS_MAX = 50_000
# Canonical text holds no escaped half of a surrogate pair; alone, such a half is no character.
# Behind an escaped backslash the letters are only letters (a name such as desa\\udara).
_SURROGATE = re.compile(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")


def parse_canonical(
    data: bytes, *, read: Callable[[Any], _T], write: Callable[[_T], Any], size_max: int
) -> _T:
    """The typed value that these bytes are the one text of.

    Raises:
        MalformedInputError: json-size, json-text, json-canonical, or what `read` raises.
    """
    value = read(parse_json(data, size_max=size_max))
    if write_json(write(value)) != data:
        raise MalformedInputError(
            "json-canonical",
            Text("JSON tidak dalam bentuk bakunya (urutan, spasi atau penulisan nilai)."),
        )
    return value


def parse_json(data: bytes, *, size_max: int) -> Any:
    """A JSON value without floats, without two fields of one name, within a size."""
    if len(data) > size_max:
        raise refuse_size(len(data), size_max)
    if data.count(b",") > VALUES_MAX or data.count(b"[") + data.count(b"{") > CONTAINERS_MAX:
        # Many small values take many times the room of their text; nothing lawful has so many.
        raise MalformedInputError(
            "json-size", Text("Isi terlalu banyak nilainya; paling banyak {most}.", most=VALUES_MAX)
        )
    if b"\\u" in data and _SURROGATE.search(data):
        raise MalformedInputError(
            "json-text", Text("Isi tidak dapat dibaca sebagai JSON yang sah.")
        )
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_refuse_duplicates,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_read_integer,
        )
    except (ValueError, RecursionError) as error:
        raise MalformedInputError(
            "json-text", Text("Isi tidak dapat dibaca sebagai JSON yang sah.")
        ) from error


def write_json(value: Any) -> bytes:
    """The compact text of a value, fields in the order of the mapping."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\x7f", "\\u007f").encode()


def refuse_size(size: int, limit: int) -> MalformedInputError:
    return MalformedInputError(
        "json-size", Text("Isi {size} bita melebihi batas {limit} bita.", size=size, limit=limit)
    )


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _read_integer(text: str) -> int:
    if len(text) > _INTEGER_DIGITS_MAX:
        raise ValueError(text[:_INTEGER_DIGITS_MAX])
    return int(text)


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands twice")
    return fields
