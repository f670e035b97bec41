"""NIK and KK as they stand in sheets: sixteen digits, or what became of them.

NIK: region 6, birth ddmmyy (women dd + 40), serial 4 (Perpres 25/2008; law.md section 3). A number
cell keeps fifteen digits, so a sixteenth that reads 0 is lost or real and nobody can tell: it is
refused, never guessed. A number cell that does not end in 0 was not written by Excel and is whole.
"""

import re
from dataclasses import dataclass
from datetime import date

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.dates import make_day

DIGITS = 16
EXACT_MAX = 2**53
_FEMALE_SHIFT = 40
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.,'`’_/\-]+")
_LETTERS = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "S": "5", "B": "8"})


@dataclass(frozen=True, slots=True)
class NumberReading:
    """Sixteen digits, or the code of why not; `offer` is what a person would read."""

    digits: str
    code: str = ""
    offer: str = ""


def read_number(cell: Cell) -> NumberReading:
    """Read a cell as a number of sixteen digits.

    Codes: missing, length, lost-digits, letters, separators, unreadable, placeholder.
    """
    if isinstance(cell, float):
        return _read_float(cell)
    text = to_text(cell).strip("'`’ ").upper()
    if text in ("", "-", "--", "0"):
        return NumberReading("", "missing")
    if _SCIENTIFIC.fullmatch(text):
        return NumberReading("", "lost-digits")
    if _is_digits(text):
        return _judge_length(text)
    bare = _SEPARATORS.sub("", text)
    if _is_digits(bare):
        return NumberReading("", "separators", bare) if len(bare) == DIGITS else _judge_length(bare)
    exchanged = bare.translate(_LETTERS)
    if _is_digits(exchanged) and len(exchanged) == DIGITS:
        return NumberReading("", "letters", exchanged)
    return NumberReading("", "unreadable")


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a NIK says of its holder; `year_digits` only, the century is not in it."""

    district_digits: str
    day: int
    month: int
    year_digits: int
    sex: str

    def find_birth_date(self, *, near: date | None, today: date) -> date | None:
        """The day of birth: in the century of `near`, else the one of voting age; None if none."""
        base = near.year if near else today.year - 16
        year = base - base % 100 + self.year_digits
        year -= 100 if near is None and year > today.year - 16 else 0
        return make_day(year, self.month, self.day)

    def agrees_with(self, day: date) -> bool:
        return (self.day, self.month, self.year_digits) == (day.day, day.month, day.year % 100)

    @property
    def is_possible(self) -> bool:
        """Whether there is such a day in any year."""
        return make_day(2000, self.month, self.day) is not None


def read_nik_facts(nik: str) -> NikFacts:
    """The parts of sixteen digits."""
    day = int(nik[6:8])
    is_female = day > _FEMALE_SHIFT
    return NikFacts(
        district_digits=nik[:6],
        day=day - _FEMALE_SHIFT if is_female else day,
        month=int(nik[8:10]),
        year_digits=int(nik[10:12]),
        sex="P" if is_female else "L",
    )


def _read_float(number: float) -> NumberReading:
    if not number.is_integer() or number <= 0:
        return NumberReading("", "missing" if number == 0 else "unreadable")
    digits = str(int(number))
    if len(digits) >= DIGITS and (number > EXACT_MAX or digits.endswith("0")):
        return NumberReading("", "lost-digits")
    return _judge_length(digits)


def _judge_length(digits: str) -> NumberReading:
    if len(set(digits)) == 1 or digits.startswith("00"):
        return NumberReading("", "placeholder")
    return NumberReading(digits) if len(digits) == DIGITS else NumberReading("", "length")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
