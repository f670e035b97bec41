from datetime import date

import pytest

from pilkades.law.ages import LeapBirthday, add_months, count_full_years, find_anniversary

MARCH = LeapBirthday.FIRST_OF_MARCH
FEBRUARY = LeapBirthday.LAST_OF_FEBRUARY


@pytest.mark.parametrize(
    ("on_date", "years"),
    [(date(2026, 8, 19), 24), (date(2026, 8, 20), 25), (date(2026, 8, 21), 25)],
)
def test_a_year_is_complete_on_the_birthday_and_not_a_day_before(on_date: date, years: int):
    born = date(2001, 8, 20)
    assert count_full_years(start_date=born, on_date=on_date, leap=MARCH) == years


@pytest.mark.parametrize(
    ("leap", "on_date", "years"),
    [
        (MARCH, date(2025, 2, 28), 24),
        (MARCH, date(2025, 3, 1), 25),
        (FEBRUARY, date(2025, 2, 27), 24),
        (FEBRUARY, date(2025, 2, 28), 25),
        (MARCH, date(2028, 2, 28), 27),
        (MARCH, date(2028, 2, 29), 28),
        (FEBRUARY, date(2028, 2, 28), 27),
    ],
)
def test_a_leap_birthday_in_a_common_year_falls_where_the_pack_says(
    leap: LeapBirthday, on_date: date, years: int
):
    assert count_full_years(start_date=date(2000, 2, 29), on_date=on_date, leap=leap) == years


@pytest.mark.parametrize("year", [1900, 2100])
def test_a_century_is_no_leap_year(year: int):
    born = date(year - 4, 2, 29)
    assert find_anniversary(start_date=born, years=4, leap=MARCH) == date(year, 3, 1)


def test_four_centuries_are_a_leap_year():
    assert find_anniversary(start_date=date(1996, 2, 29), years=4, leap=MARCH) == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 2, 3), 6, date(2026, 8, 3)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 15), 6, date(2026, 12, 15)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(
    start: date, months: int, end: date
):
    assert add_months(start_date=start, months=months) == end
