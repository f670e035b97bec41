"""Days as villages write them: `2 Maret 1980`, `02-03-80`, `1980-03-02`, a number of Excel.

The order is day, month, year, as everywhere in Indonesia; another order is never assumed, only
offered. Excel counts days from 30 December 1899, its false 29 February 1900 included (ECMA-376
part 1, 18.17.4.1). Two digits of a year mean the century in which the person is of voting age or
nearest to it.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text

AGE_MAX_YEARS = 120
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(367, 80_000)
_YEARS = range(1850, 2100)
_TOKEN = re.compile(r"\d+|[A-Z]+")
_CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?( ?[AP]M)?$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "JANUARI JAN JANUARY JANWARI",
            "FEBRUARI FEB FEBRUARY PEBRUARI PEB FEBUARI FEBRUAR",
            "MARET MAR MARCH MRT MARED",
            "APRIL APR",
            "MEI MAY MAI",
            "JUNI JUN JUNE",
            "JULI JUL JULY",
            "AGUSTUS AGU AGS AGT AGUST AUG AUGUST AGUSTUSS",
            "SEPTEMBER SEP SEPT",
            "OKTOBER OKT OCT OCTOBER",
            "NOVEMBER NOV NOP NOPEMBER",
            "DESEMBER DES DEC DECEMBER",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = frozenset(
    [
        "SENIN",
        "SELASA",
        "RABU",
        "KAMIS",
        "JUMAT",
        "JUM",
        "AT",
        "SABTU",
        "MINGGU",
        "AHAD",
        "TGL",
        "TANGGAL",
    ]
)


@dataclass(frozen=True, slots=True)
class DayReading:
    """What a cell says: a day, or the code of why not; `offer` is the day that may be meant."""

    day: date | None
    code: str = ""
    offer: date | None = None


def read_day(cell: Cell, *, today: date) -> DayReading:
    """Read a cell as a day. Codes: unreadable, no-such-day, leap-day, month-first, year-only,
    serial, century (both with a day), future, too-old."""
    reading = _read(cell, today)
    if reading.day is None:
        return reading
    if reading.day > today:
        return DayReading(None, "future", _shift_century(reading.day, -100, today))
    if is_too_old(reading.day, today):
        return DayReading(None, "too-old", _shift_century(reading.day, 100, today))
    return reading


def is_too_old(day: date, today: date) -> bool:
    """Whether nobody born that day is alive."""
    return (today.year - day.year) - ((today.month, today.day) < (day.month, day.day)) > 120


def swap_day_and_month(day: date) -> date | None:
    """The same day with day and month exchanged, None where there is no such day."""
    return make_day(day.year, day.day, day.month)


def make_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(cell: Cell, today: date) -> DayReading:
    if isinstance(cell, date):
        return DayReading(cell)
    if isinstance(cell, float):
        return _read_number(cell, today)
    text = _CLOCK.sub("", to_text(cell).upper().strip("' "))
    if text.isascii() and text.isdigit():
        return _read_number(float(text[:18]), today, digits=text)
    tokens = [token for token in _TOKEN.findall(text) if token not in _WEEKDAYS]
    if len(tokens) != 3:
        return DayReading(None, "unreadable", _offer_letters(text, today))
    return _read_tokens(tokens, text, today)


def _read_number(number: float, today: date, *, digits: str = "") -> DayReading:
    whole = int(number)
    digits = digits or str(whole)
    if whole in _YEARS and len(digits) == 4:
        return DayReading(None, "year-only")
    if whole in _SERIALS and len(digits) <= 5:
        return DayReading(_EXCEL_EPOCH + timedelta(days=whole), "serial")
    if len(digits) == 7:
        # A number forgets the zero in front of 02031980.
        digits = f"0{digits}"
    if len(digits) == 8:
        return _read_eight(digits)
    if len(digits) == 6 and number == whole:
        return _read_tokens([digits[:2], digits[2:4], digits[4:]], digits, today)
    return DayReading(None, "unreadable")


def _read_eight(digits: str) -> DayReading:
    if int(digits[4:]) in _YEARS:
        return _compose(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if int(digits[:4]) in _YEARS:
        return _compose(int(digits[6:]), int(digits[4:6]), int(digits[:4]))
    return DayReading(None, "unreadable")


def _read_tokens(tokens: list[str], text: str, today: date) -> DayReading:
    first, second, third = tokens
    if len(first) == 4 and first.isdigit() and third.isdigit():
        first, third = third, first
    if first in _MONTHS and second.isdigit():
        first, second = second, first
    month = _MONTHS.get(second, int(second) if second.isdigit() else -1)
    if month < 0 or not first.isdigit() or not third.isdigit() or len(first) > 2:
        return DayReading(None, "unreadable", _offer_letters(text, today))
    if len(third) == 4:
        return _compose(int(first), month, int(third))
    if len(third) == 2:
        reading = _compose(int(first), month, _complete_year(int(third), today))
        return DayReading(reading.day, reading.code or "century", reading.offer)
    return DayReading(None, "unreadable")


def _compose(day: int, month: int, year: int) -> DayReading:
    if (day, month) == (29, 2) and make_day(year, 2, 29) is None:
        return DayReading(None, "leap-day")
    found = make_day(year, month, day)
    if found:
        return DayReading(found)
    swapped = make_day(year, day, month)
    return DayReading(None, "month-first", swapped) if swapped else DayReading(None, "no-such-day")


def _complete_year(two: int, today: date) -> int:
    near = today.year - today.year % 100 + two
    return near if near <= today.year - 16 else near - 100


def _shift_century(day: date, years: int, today: date) -> date | None:
    moved = make_day(day.year + years, day.month, day.day)
    if moved is None or moved > today or is_too_old(moved, today):
        return None
    return moved


def _offer_letters(text: str, today: date) -> date | None:
    """`O2-O3-I980` may be meant as digits; only offered."""
    changed = re.sub(r"[OIL](?=\d)|(?<=\d)[OIL]", lambda m: "0" if m[0] == "O" else "1", text)
    if changed == text:
        return None
    tokens = _TOKEN.findall(changed)
    return _read_tokens(tokens, changed, today).day if len(tokens) == 3 else None
