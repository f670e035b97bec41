"""Counting days: weekends, holidays, and collective leave that counts or does not."""

from dataclasses import replace
from datetime import date

import pytest

from pilkades.law.calendar import Calendar, CountMode, HolidayKind, days_between
from pilkades.packfiles import read_pack

NATIONAL = Calendar.from_pack(read_pack("nasional"))
BLITAR = Calendar.from_pack(read_pack("blitar-2026"))
WORKING, CALENDAR = CountMode.WORKING, CountMode.CALENDAR


@pytest.mark.parametrize(
    "day", [date(2026, 8, 17), date(2026, 8, 25), date(2026, 12, 25), date(2027, 1, 1)]
)
def test_the_holidays_inside_the_decree_are_no_working_days(day: date) -> None:
    assert not BLITAR.counts(day, WORKING)
    assert BLITAR.counts(day, CALENDAR)


def test_collective_leave_counts_as_working_in_blitar_and_not_in_the_base() -> None:
    leave = date(2026, 12, 24)
    assert BLITAR.counts(leave, WORKING)
    assert not NATIONAL.counts(leave, WORKING)
    assert BLITAR.holidays[leave].kind is HolidayKind.COLLECTIVE_LEAVE


def test_saturday_is_a_working_day_where_the_pack_has_a_six_day_week() -> None:
    saturday = date(2026, 11, 21)
    other = Calendar.from_pack(read_pack("contoh-lain"))
    assert other.counts(saturday, WORKING)
    assert not NATIONAL.counts(saturday, WORKING)


def test_a_local_holiday_is_a_day_off_only_in_its_region() -> None:
    anniversary = date(2026, 11, 10)
    assert Calendar.from_pack(read_pack("contoh-lain")).is_day_off(anniversary)
    assert not NATIONAL.is_day_off(anniversary)


def test_advancing_over_independence_day_skips_it() -> None:
    assert BLITAR.advance(date(2026, 8, 14), 1, WORKING) == date(2026, 8, 18)
    assert BLITAR.advance(date(2026, 8, 18), -1, WORKING) == date(2026, 8, 14)


def test_advancing_by_nothing_stays_even_on_a_sunday() -> None:
    sunday = date(2026, 11, 22)
    assert BLITAR.advance(sunday, 0, WORKING) == sunday


def test_the_first_counted_day_is_the_day_itself_when_it_counts() -> None:
    monday = date(2026, 11, 23)
    assert BLITAR.first_counted(monday, WORKING, step=1) == monday
    assert BLITAR.first_counted(date(2026, 11, 22), WORKING, step=1) == monday
    assert BLITAR.first_counted(date(2026, 11, 22), WORKING, step=-1) == date(2026, 11, 20)


def test_registration_of_blitar_has_nine_working_days_in_two_weeks() -> None:
    start, end = date(2026, 8, 20), date(2026, 9, 2)
    assert BLITAR.count_days(start, end, WORKING) == 9
    assert BLITAR.count_days(start, end, CALENDAR) == 14


def test_counting_backwards_in_time_finds_no_days() -> None:
    assert BLITAR.count_days(date(2026, 9, 2), date(2026, 8, 20), CALENDAR) == 0
    assert BLITAR.count_days(date(2026, 9, 2), date(2026, 8, 20), WORKING) == 0


def test_listed_days_that_fall_on_a_weekend_are_not_named_as_reasons() -> None:
    names = [item.date for item in NATIONAL.holidays_between(date(2026, 5, 25), date(2026, 6, 1))]
    assert date(2026, 5, 31) not in names
    assert names == [date(2026, 5, 27), date(2026, 5, 28), date(2026, 6, 1)]


def test_a_listed_day_at_either_end_of_a_span_is_named() -> None:
    first, last = date(2026, 8, 17), date(2026, 8, 25)
    assert [item.date for item in NATIONAL.holidays_between(first, last)] == [first, last]


def test_a_year_is_known_only_by_its_national_holidays() -> None:
    assert NATIONAL.knows_year(2026)
    assert not NATIONAL.knows_year(2031)
    leave_only = replace(
        NATIONAL,
        holidays={
            day: item
            for day, item in NATIONAL.holidays.items()
            if item.kind is HolidayKind.COLLECTIVE_LEAVE
        },
    )
    assert not leave_only.knows_year(2026)


def test_days_between_holds_both_ends_and_nothing_when_turned_round() -> None:
    first, last = date(2026, 2, 27), date(2026, 3, 1)
    assert list(days_between(first, last)) == [first, date(2026, 2, 28), last]
    assert list(days_between(last, first)) == []
