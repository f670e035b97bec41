"""One raw TOML value against the specification of its field: a frozen value, or what is wrong.

Strict on purpose: a date in quotation marks, a number in quotation marks or a true where a number
belongs is refused with a hint, because each of them would be read wrongly somewhere later.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from pilkades.law.pack import Value
from pilkades.law.packspec import FieldKind, FieldSpec
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is refused; `code` becomes the code of the finding."""

    code: str
    text: Text


def read_value(*, spec: FieldSpec, raw: Any) -> Value | Problem:
    """Freeze a value that fits its specification; anything else comes back as a `Problem`."""
    return _READERS[spec.kind](spec, raw)


def suggest(*, wrong: str, known: tuple[str, ...]) -> str:
    """The known word that looks most like the wrong one, or all of them when they are few."""
    close = get_close_matches(wrong, known, n=1, cutoff=0.6)
    if close:
        return close[0]
    return ", ".join(known) if len(known) <= 12 else ", ".join([*known[:12], "…"])


def _integer(spec: FieldSpec, raw: Any) -> Value | Problem:
    if isinstance(raw, bool) or not isinstance(raw, int):
        return _wrong_type(spec, Text("bilangan bulat tanpa tanda kutip, misalnya 3"))
    return _within(spec, raw)


def _decimal(spec: FieldSpec, raw: Any) -> Value | Problem:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return _wrong_type(spec, Text("angka tanpa tanda kutip, misalnya 2.5"))
    return _within(spec, Decimal(raw))


def _within(spec: FieldSpec, value: int | Decimal) -> Value | Problem:
    number = Decimal(value)
    too_small = spec.minimum is not None and number < Decimal(spec.minimum)
    too_large = spec.maximum is not None and number > Decimal(spec.maximum)
    if not too_small and not too_large:
        return value
    shown = value if number.adjusted() < 15 else "…"
    if spec.maximum is None:
        text = Text(
            "Nilai “{field}” adalah {value}, padahal paling kecil {minimum}.",
            field=spec.name,
            value=shown,
            minimum=spec.minimum,
        )
    else:
        text = Text(
            "Nilai “{field}” adalah {value}, padahal harus antara {minimum} dan {maximum}.",
            field=spec.name,
            value=shown,
            minimum=spec.minimum if spec.minimum is not None else "−∞",
            maximum=spec.maximum,
        )
    return Problem("pack.range", text)


def _boolean(spec: FieldSpec, raw: Any) -> Value | Problem:
    if isinstance(raw, bool):
        return raw
    return _wrong_type(spec, Text("true (ya) atau false (tidak) tanpa tanda kutip"))


def _text(spec: FieldSpec, raw: Any) -> Value | Problem:
    if not isinstance(raw, str):
        return _wrong_type(spec, Text("teks di antara tanda kutip"))
    if not raw.strip() and not spec.may_be_empty:
        return Problem("pack.empty", Text("“{field}” kosong. Isilah.", field=spec.name))
    return raw.strip()


def _date(spec: FieldSpec, raw: Any) -> Value | Problem:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str) and _is_impossible_date(raw):
        text = Text(
            "Tanggal {written} tidak ada dalam kalender. Periksa tanggal dan bulannya.", written=raw
        )
        return Problem("pack.date", text)
    return _wrong_type(spec, Text("tanggal tanpa tanda kutip, misalnya 2026-11-23"))


def _is_impossible_date(written: str) -> bool:
    parts = written.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    try:
        date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return True
    return False


def _time(spec: FieldSpec, raw: Any) -> Value | Problem:
    if isinstance(raw, time):
        return raw
    return _wrong_type(spec, Text("jam tanpa tanda kutip, misalnya 07:00:00"))


def _choice(spec: FieldSpec, raw: Any) -> Value | Problem:
    if not isinstance(raw, str):
        return _wrong_type(spec, Text("satu kata di antara tanda kutip"))
    if raw in spec.choices:
        return raw
    text = Text(
        "Pilihan “{written}” untuk “{field}” tidak dikenal. Yang boleh: {choices}.",
        written=raw,
        field=spec.name,
        choices=", ".join(spec.choices),
    )
    return Problem("pack.choice", text)


def _items(spec: FieldSpec, raw: Any, reader: "_Reader") -> Value | Problem:
    if not isinstance(raw, list):
        return _wrong_type(spec, Text('daftar di antara kurung siku, misalnya ["a", "b"]'))
    if not raw and not spec.may_be_empty:
        return Problem("pack.empty", Text("Daftar “{field}” kosong. Isilah.", field=spec.name))
    values = [reader(spec, item) for item in raw]
    problem = next((value for value in values if isinstance(value, Problem)), None)
    return problem or tuple(values)


def _texts(spec: FieldSpec, raw: Any) -> Value | Problem:
    return _items(spec, [raw] if isinstance(raw, str) else raw, _text)


def _choices(spec: FieldSpec, raw: Any) -> Value | Problem:
    return _items(spec, [raw] if isinstance(raw, str) else raw, _choice)


def _table(spec: FieldSpec, raw: Any) -> Value | Problem:
    if not isinstance(raw, Mapping):
        return _wrong_type(spec, Text("isian di antara kurung kurawal, misalnya {{ a = 1 }}"))
    known = tuple(field.name for field in spec.fields)
    strange = next((name for name in raw if name not in known), None)
    if strange is not None:
        return Problem("pack.unknown-field", unknown_field(name=strange, known=known))
    values: dict[str, Value] = {}
    for field in spec.fields:
        value = _table_field(field, raw)
        if isinstance(value, Problem):
            return value
        values[field.name] = value
    return MappingProxyType(values)


def _table_field(field: FieldSpec, raw: Mapping[str, Any]) -> Value | Problem:
    if field.name in raw:
        return read_value(spec=field, raw=raw[field.name])
    if field.required:
        return Problem("pack.missing-field", missing_field(spec=field))
    return field.default


def _tables(spec: FieldSpec, raw: Any) -> Value | Problem:
    return _items(spec, raw, _table)


def _anything(spec: FieldSpec, raw: Any) -> Value | Problem:
    """The value of a rule that nobody knows: the rule itself is the finding."""
    return raw


def unknown_field(*, name: str, known: tuple[str, ...]) -> Text:
    """The sentence for a field that no section knows."""
    return Text(
        "Kolom “{name}” tidak dikenal. Mungkin maksudnya: {suggestion}. Perbaiki atau hapus.",
        name=name,
        suggestion=suggest(wrong=name, known=known),
    )


def missing_field(*, spec: FieldSpec) -> Text:
    """The sentence for a field that must be there and is not."""
    return Text("Kolom “{name}” belum ada. Tambahkan: {help}", name=spec.name, help=spec.help)


def _wrong_type(spec: FieldSpec, expected: Text) -> Problem:
    text = Text("Isi “{field}” keliru: harus {expected}.", field=spec.name, expected=expected)
    return Problem("pack.type", text)


_Reader = Callable[[FieldSpec, Any], Value | Problem]
_READERS: Mapping[FieldKind, _Reader] = {
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.TEXT: _text,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.CHOICE: _choice,
    FieldKind.TEXTS: _texts,
    FieldKind.CHOICES: _choices,
    FieldKind.TABLE: _table,
    FieldKind.TABLES: _tables,
    FieldKind.ANYTHING: _anything,
}
