"""How old a person is on a day, and when a span of years after a day is full.

Implements the counting of age behind Law 6/2014 art 33 (candidates, 25 years) and Permendagri
112/2014 (voters, 17 years). Leaves out whose age, on which day and how many years: those
are fields of the rule pack and belong to `eligibility` and `voters`.
"""

from datetime import date
from enum import StrEnum


class LeapBirthday(StrEnum):
    """On which day somebody born on 29 February completes a year that has no such day."""

    FIRST_OF_MARCH = "03-01"
    LAST_OF_FEBRUARY = "02-28"


def find_anniversary(*, start_date: date, years: int, leap: LeapBirthday) -> date:
    """The day on which `years` full years after `start_date` are complete.

    Law: no article says when a person born on 29 February grows older in a common year; the pack
    field `age.leap_birthday` decides, 1 March unless an overlay says otherwise (ADR 0100).
    """
    year = start_date.year + years
    if (start_date.month, start_date.day) != (2, 29) or _is_leap_year(year):
        return start_date.replace(year=year)
    if leap is LeapBirthday.FIRST_OF_MARCH:
        return date(year, 3, 1)
    return date(year, 2, 28)


def count_full_years(*, start_date: date, on_date: date, leap: LeapBirthday) -> int:
    """Full years from `start_date` to `on_date`; the anniversary itself completes the year.

    Law: UU 6/2014 art 33, "berusia paling rendah 25 tahun": reached on the birthday, not a day
    before and not rounded. A day before `start_date` gives a negative number.
    """
    years = on_date.year - start_date.year
    if find_anniversary(start_date=start_date, years=years, leap=leap) > on_date:
        return years - 1
    return years


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def add_months(*, start_date: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of a shorter month.

    Law: Permendagri 112/2014 asks for six months of residence: counted by the calendar, not as
    180 days; the law is silent on months without such a day (ADR 0100).
    """
    year, month = divmod(start_date.year * 12 + start_date.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    next_first = date(year + month // 11, (month + 1) % 12 + 1, 1)
    length = (next_first - first).days
    return first.replace(day=min(start_date.day, length))
