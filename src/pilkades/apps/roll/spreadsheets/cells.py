"""One cell as it was read, how it is written as text, and how it is kept.

A number stays a number until its field is read: whether 29282 is a day or a house is not for the
cell to know.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

Cell = str | float | bool | date | None

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u200b\ufeff\t\r\n\v\f"), " ")


def make_cell(value: Any) -> Cell:
    """What a reader gives for a cell, with empty text as None and text trimmed."""
    match value:
        case str():
            return clean_text(value) or None
        case bool():
            return value
        case datetime():
            return value.date()
        case date() | float():
            return value
        case int():
            return float(value)
        case time() | timedelta():
            return str(value)
        case _:
            return None


def clean_text(text: str) -> str:
    """One line, single spaces, nothing invisible."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept = "".join(c for c in text.translate(_SPACES) if c.isprintable())
    return " ".join(kept.split())


def to_text(cell: Cell) -> str:
    """The cell as a person reads it on the sheet; whole numbers without a decimal point."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
        case date():
            return f"{cell.day:02}-{cell.month:02}-{cell.year}"
        case _:
            return cell


def freeze_cell(cell: Cell) -> Any:
    """As JSON: text, number and truth as they are, a day as `{"d": "1980-03-02"}`."""
    return {"d": cell.isoformat()} if isinstance(cell, date) else cell


def thaw_cell(kept: Any) -> Cell:
    """What `freeze_cell` wrote."""
    return date.fromisoformat(kept["d"]) if isinstance(kept, dict) else kept
