"""Laws of counting days, whatever the weekend and the holidays are."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.calendar import Calendar, CountMode, Holiday, HolidayKind

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
AMOUNTS = st.integers(-60, 60)
MODES = st.sampled_from(CountMode)
ONE_DAY = timedelta(days=1)
QUICK = settings(max_examples=60, deadline=None)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any week with at least one working day, and up to forty holidays of every kind."""
    days = draw(st.lists(DAYS, max_size=40, unique=True))
    kinds = draw(st.lists(st.sampled_from(HolidayKind), min_size=len(days), max_size=len(days)))
    holidays = {
        day: Holiday(day, "Libur", kind, "Pasal 1") for day, kind in zip(days, kinds, strict=True)
    }
    weekend = draw(st.frozensets(st.integers(0, 6), max_size=6))
    return Calendar(weekend, holidays, leave_is_working=draw(st.booleans()))


@QUICK
@given(calendars(), DAYS, AMOUNTS, MODES)
def test_going_back_undoes_going_forward(
    calendar: Calendar, day: date, amount: int, mode: CountMode
) -> None:
    start = calendar.first_counted(day, mode, step=1)
    assert calendar.advance(calendar.advance(start, amount, mode), -amount, mode) == start


@QUICK
@given(calendars(), DAYS, AMOUNTS, AMOUNTS, MODES)
def test_two_moves_in_one_direction_are_one_move(
    calendar: Calendar, day: date, first: int, second: int, mode: CountMode
) -> None:
    first, second = abs(first), abs(second)
    start = calendar.first_counted(day, mode, step=1)
    twice = calendar.advance(calendar.advance(start, first, mode), second, mode)
    assert twice == calendar.advance(start, first + second, mode)


@QUICK
@given(calendars(), DAYS, st.integers(1, 60), MODES)
def test_a_step_of_n_days_has_n_counted_days(
    calendar: Calendar, day: date, amount: int, mode: CountMode
) -> None:
    start = calendar.first_counted(day, mode, step=1)
    end = calendar.advance(start, amount - 1, mode)
    assert calendar.count_days(start, end, mode) == amount


@QUICK
@given(calendars(), DAYS, st.integers(1, 60), MODES)
def test_every_end_of_a_move_is_a_counted_day(
    calendar: Calendar, day: date, amount: int, mode: CountMode
) -> None:
    assert calendar.counts(calendar.advance(day, amount, mode), mode)
    assert calendar.counts(calendar.advance(day, -amount, mode), mode)


@QUICK
@given(calendars(), DAYS, DAYS, st.integers(0, 60), MODES)
def test_who_starts_later_does_not_arrive_earlier(
    calendar: Calendar, one: date, other: date, amount: int, mode: CountMode
) -> None:
    early, late = sorted((one, other))
    assert calendar.advance(early, amount, mode) <= calendar.advance(late, amount, mode)
    assert calendar.advance(early, -amount, mode) <= calendar.advance(late, -amount, mode)


@QUICK
@given(calendars(), DAYS, MODES, st.sampled_from([1, -1]))
def test_the_first_counted_day_counts_and_nothing_between_does(
    calendar: Calendar, day: date, mode: CountMode, step: int
) -> None:
    first = calendar.first_counted(day, mode, step=step)
    assert calendar.counts(first, mode)
    skipped = day
    while skipped != first:
        assert not calendar.counts(skipped, mode)
        skipped += step * ONE_DAY


@QUICK
@given(calendars(), DAYS, st.integers(0, 90), st.integers(0, 90), MODES)
def test_counted_days_of_two_neighbouring_spans_add_up(
    calendar: Calendar, day: date, first: int, second: int, mode: CountMode
) -> None:
    middle, end = day + first * ONE_DAY, day + (first + 1 + second) * ONE_DAY
    whole = calendar.count_days(day, end, mode)
    parts = calendar.count_days(day, middle, mode) + calendar.count_days(
        middle + ONE_DAY, end, mode
    )
    assert whole == parts


@QUICK
@given(calendars(), DAYS, st.integers(0, 60))
def test_working_days_are_never_more_than_calendar_days(
    calendar: Calendar, day: date, length: int
) -> None:
    end = day + length * ONE_DAY
    working = calendar.count_days(day, end, CountMode.WORKING)
    assert working <= calendar.count_days(day, end, CountMode.CALENDAR)
