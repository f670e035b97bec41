"""Laws of every timetable, for the shipped packs and for any polling date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.calendar import Calendar
from pilkades.law.findings import has_errors
from pilkades.law.timetable import Standing, Timetable, compute_timetable
from pilkades.packfiles import read_pack

PACKS = {name: read_pack(name) for name in ("nasional", "blitar-2026", "contoh-lain")}
CALENDARS = {name: Calendar.from_pack(pack) for name, pack in PACKS.items()}
NAMES = st.sampled_from(sorted(PACKS))
POLLS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
BRANCHES = st.sampled_from([(), ("single",), ("void",), ("many",)]).map(frozenset)
QUICK = settings(max_examples=40, deadline=None)


def compute(name: str, poll: date, branches: frozenset[str] = frozenset()) -> Timetable:
    return compute_timetable(pack=PACKS[name], poll_date=poll, branches=branches)


@QUICK
@given(NAMES, POLLS, st.integers(0, 400), BRANCHES)
def test_a_later_poll_makes_no_step_earlier(
    name: str, poll: date, days: int, branches: frozenset[str]
) -> None:
    early = compute(name, poll, branches)
    late = compute(name, poll + timedelta(days=days), branches)
    for before, after in zip(early.steps, late.steps, strict=True):
        assert before.start_date <= after.start_date, before.id
        assert before.end_date <= after.end_date, before.id


@QUICK
@given(NAMES, POLLS, BRANCHES)
def test_every_step_has_days_or_a_finding_says_so(
    name: str, poll: date, branches: frozenset[str]
) -> None:
    timetable = compute(name, poll, branches)
    told = {finding.subject for finding in timetable.findings}
    for step in timetable.steps:
        assert step.start_date <= step.end_date
        assert step.days > 0 or step.id in told or step.standing is Standing.DROPPED


@QUICK
@given(NAMES, POLLS, BRANCHES)
def test_every_step_has_the_length_that_its_pack_says(
    name: str, poll: date, branches: frozenset[str]
) -> None:
    lengths = {entry.id: entry.values["days"] for entry in PACKS[name].table("step")}
    for step in compute(name, poll, branches).steps:
        counted = CALENDARS[name].count_days(step.start_date, step.end_date, step.count_mode)
        if lengths[step.id] is not None:
            assert step.days == lengths[step.id] == counted


@QUICK
@given(NAMES, POLLS, BRANCHES)
def test_every_step_begins_and_ends_on_a_day_that_counts(
    name: str, poll: date, branches: frozenset[str]
) -> None:
    for step in compute(name, poll, branches).steps:
        if step.days:
            assert CALENDARS[name].counts(step.start_date, step.count_mode)
            assert CALENDARS[name].counts(step.end_date, step.count_mode)


@QUICK
@given(POLLS)
def test_the_order_of_the_great_acts_holds_for_any_poll(poll: date) -> None:
    acts = ("provisional_roll_fixed", "final_roll_fixed", "registration", "determination")
    starts = [
        step.start_date
        for act in acts
        if (step := compute("blitar-2026", poll).find_step(act)) is not None
    ]
    assert starts == sorted(starts)
    assert starts[-1] < poll


@QUICK
@given(POLLS)
def test_in_blitar_only_the_polling_day_itself_can_be_wrong(poll: date) -> None:
    """Every length is counted back from the poll in working days, so that all of them fit."""
    codes = {finding.code for finding in compute("blitar-2026", poll).findings}
    assert codes <= {"timetable.poll-on-holiday", "timetable.unknown-year", "timetable.late"}


@pytest.mark.parametrize("branch", ["single", "many", "void"])
@QUICK
@given(poll=POLLS)
def test_reserved_branches_do_not_move_the_others(branch: str, poll: date) -> None:
    plan = compute("blitar-2026", poll)
    taken = compute("blitar-2026", poll, frozenset({branch}))
    for before, after in zip(plan.steps, taken.steps, strict=True):
        assert (before.start_date, before.end_date) == (after.start_date, after.end_date)


@QUICK
@given(POLLS, st.data())
def test_recording_what_was_planned_changes_no_date(poll: date, data: st.DataObject) -> None:
    plan = compute("blitar-2026", poll)
    done = data.draw(st.integers(0, len(plan.steps)))
    actuals = {step.id: (step.start_date, step.end_date) for step in plan.steps[:done]}
    again = compute_timetable(pack=PACKS["blitar-2026"], poll_date=poll, actuals=actuals)
    for before, after in zip(plan.steps, again.steps, strict=True):
        assert (before.start_date, before.end_date) == (after.start_date, after.end_date)


@QUICK
@given(st.integers(0, 25), st.integers(0, 20))
def test_a_longer_delay_makes_no_later_step_earlier(first: int, more: int) -> None:
    poll = date(2026, 11, 23)
    start = date(2026, 8, 20)

    def delayed(days: int) -> Timetable:
        end = start + timedelta(days=13 + days)
        return compute_timetable(
            pack=PACKS["blitar-2026"], poll_date=poll, actuals={"registration": (start, end)}
        )

    for before, after in zip(delayed(first).steps, delayed(first + more).steps, strict=True):
        assert before.start_date <= after.start_date
    if has_errors(delayed(first).findings):
        assert has_errors(delayed(first + more).findings)


@QUICK
@given(NAMES, POLLS, BRANCHES)
def test_every_step_gives_its_reasons_and_its_article(
    name: str, poll: date, branches: frozenset[str]
) -> None:
    for step in compute(name, poll, branches).steps:
        assert step.article in " ".join(str(text) for text in step.why)
