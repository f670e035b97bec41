"""Birth dates and NIK of two rows: what clerks get wrong in them.

The NIK carries region (6), birth date (6; day + 40 for women) and serial (4), as the civil
registry's number is built (Permendagri 72/2022 and before it Perpres 96/2018). A NIK is compared
only where it has sixteen digits; what else may be wrong with it is the importer's matter.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from pilkades.screening.distances import measure_edits

NIK = re.compile(r"[0-9]{16}")
SERIAL_DIGITS = 4
WOMEN_DAYS = 40


class DateGrade(IntEnum):
    """How alike two birth dates are; higher is more alike."""

    DIFFERENT = 0
    SAME_YEAR = 1
    ONE_PART = 2
    NIK_SAYS = 3
    SWAPPED = 4
    SAME = 5


class NikGrade(IntEnum):
    """How alike two NIK are; a wrong serial alone is also what twins have."""

    DIFFERENT = 0
    TWO_DIGITS = 1
    ONE_IN_SERIAL = 2
    ONE_DIGIT = 3
    SAME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A date as it was written, even where the calendar has no such day."""

    year: int
    month: int
    day: int


def read_birth(value: date | None) -> Birth | None:
    """A date of the calendar as a birth."""
    if value is None:
        return None
    return Birth(year=value.year, month=value.month, day=value.day)


def read_nik_birth(nik: str) -> Birth | None:
    """The birth that a NIK carries, its century left open: `year` has two digits."""
    if not NIK.fullmatch(nik):
        return None
    day = int(nik[6:8])
    day -= WOMEN_DAYS if day > WOMEN_DAYS else 0
    return Birth(year=int(nik[10:12]), month=int(nik[8:10]), day=day)


def grade_births(
    left: Birth, right: Birth, *, left_nik: Birth | None = None, right_nik: Birth | None = None
) -> DateGrade:
    """The highest rung on which both dates stand."""
    if left == right:
        return DateGrade.SAME
    if is_swapped(left, right):
        return DateGrade.SWAPPED
    if _is_of_nik(left, right_nik) or _is_of_nik(right, left_nik):
        return DateGrade.NIK_SAYS
    if _count_equal(left, right) == 2:
        return DateGrade.ONE_PART
    return DateGrade.SAME_YEAR if left.year == right.year else DateGrade.DIFFERENT


def is_swapped(left: Birth, right: Birth) -> bool:
    """Whether day and month changed places."""
    return left.year == right.year and (left.day, left.month) == (right.month, right.day)


def grade_niks(left: str, right: str) -> NikGrade | None:
    """The highest rung on which both NIK stand; None where one of them is no NIK."""
    if not NIK.fullmatch(left) or not NIK.fullmatch(right):
        return None
    if left == right:
        return NikGrade.SAME
    wrong = sum(a != b for a, b in zip(left, right, strict=True))
    if wrong == 1:
        is_in_serial = left[:-SERIAL_DIGITS] == right[:-SERIAL_DIGITS]
        return NikGrade.ONE_IN_SERIAL if is_in_serial else NikGrade.ONE_DIGIT
    if measure_edits(left, right) == 1:
        return NikGrade.ONE_DIGIT
    return NikGrade.TWO_DIGITS if wrong == 2 else NikGrade.DIFFERENT


def _is_of_nik(birth: Birth, nik: Birth | None) -> bool:
    return nik is not None and (birth.year % 100, birth.month, birth.day) == (
        nik.year, nik.month, nik.day,
    )  # fmt: skip


def _count_equal(left: Birth, right: Birth) -> int:
    return (left.year == right.year) + (left.month == right.month) + (left.day == right.day)
