"""JSON read strictly: one value per name, whole numbers where asked, every error with its place.

RFC 8259 leaves open what a doubled name means; here it is refused, because two readers would then
see two different papers. NaN and Infinity are no JSON at all.
"""

import json
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from pilkades.errors import MalformedInputError
from pilkades.text import Text

DIGITS_MAX = 30
Kind = TypeVar("Kind", bound=StrEnum)


def read_json(data: bytes) -> Any:
    """Parse a whole JSON document in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedInputError(
            "json.encoding", Text("Berkas bukan teks UTF-8. Simpan ulang sebagai UTF-8.")
        ) from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        raise MalformedInputError(
            "json.syntax",
            Text(
                "Berkas bukan JSON yang benar, baris {line} kolom {column}.",
                line=error.lineno,
                column=error.colno,
            ),
        ) from None
    except RecursionError:
        raise MalformedInputError("json.depth", Text("JSON bersarang terlalu dalam.")) from None
    if "\\ud" in text.lower():
        _refuse_half_characters(value)
    return value


def read_object(
    value: Any, *, place: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Any]:
    """An object with exactly the named fields; missing and unknown ones are refused by name."""
    if not isinstance(value, dict):
        refuse(place, Text("harus berupa objek JSON"))
    missing = sorted(set(required) - value.keys())
    if missing:
        refuse(place, Text("isian ini belum ada: {names}", names=", ".join(missing)))
    unknown = sorted(value.keys() - set(required) - set(optional))
    if unknown:
        refuse(place, Text("isian ini tidak dikenal: {names}", names=", ".join(unknown)))
    return value


def read_list(value: Any, *, place: str) -> list[Any]:
    if not isinstance(value, list):
        refuse(place, Text("harus berupa daftar JSON"))
    return value


def read_count(value: Any, *, place: str) -> int:
    """A whole number from zero upwards; true and 1.0 are not numbers of papers."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        refuse(place, Text("harus bilangan bulat mulai dari 0"))
    return value


def read_flag(value: Any, *, place: str) -> bool:
    if not isinstance(value, bool):
        refuse(place, Text("harus true atau false"))
    return value


def read_words(value: Any, *, place: str) -> str:
    if not isinstance(value, str):
        refuse(place, Text("harus berupa teks"))
    return value


def read_kind(value: Any, kinds: type[Kind], *, place: str) -> Kind:
    """A word from a closed list."""
    if not isinstance(value, str) or value not in [kind.value for kind in kinds]:
        known = ", ".join(kind.value for kind in kinds)
        refuse(place, Text("harus salah satu dari: {known}", known=known))
    return kinds(value)


def refuse(place: str, reason: Text) -> NoReturn:
    """Say where and why."""
    raise MalformedInputError("input.field", Text("{place}: {reason}.", place=place, reason=reason))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise MalformedInputError(
            "json.double", Text("Isian “{name}” tertulis dua kali.", name=double)
        )
    return dict(pairs)


def _whole_number(digits: str) -> int:
    """No count of papers has so many digits, and reading very long ones takes very long."""
    if len(digits) > DIGITS_MAX:
        raise MalformedInputError(
            "json.number",
            Text("Ada angka sepanjang {length} digit. Periksa isinya.", length=len(digits)),
        )
    return int(digits)


def _refuse_half_characters(value: Any) -> None:
    """An escape such as \\ud800 alone is half a character, which nobody can print or store."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MalformedInputError(
            "json.encoding",
            Text("Ada karakter yang tidak lengkap di dalam teks. Tulis ulang bagian itu."),
        ) from None


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedInputError("json.number", Text("“{name}” bukan angka.", name=name))
