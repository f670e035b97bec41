"""Which steps are overdue, and which holidays are named as reasons, on the timetable of Blitar."""

from datetime import date

import pytest

from pilkades.law.calendar import Calendar, CountMode, HolidayKind
from pilkades.law.placement import TimetableRules
from pilkades.law.timetable import Standing, compute_timetable
from pilkades.packfiles import read_pack

PACK = read_pack("blitar-2026")
CALENDAR = Calendar.from_pack(PACK)
POLL = date(2026, 11, 23)
PLAN = compute_timetable(pack=PACK, poll_date=POLL)
FIRST = PLAN.steps[0]
DONE = {FIRST.id: (FIRST.start_date, FIRST.end_date)}


@pytest.mark.parametrize("branches", [frozenset(), frozenset({"single"}), frozenset({"many"})])
@pytest.mark.parametrize("today", [date(2026, 9, 19), date(2026, 10, 20), date(2027, 3, 1)])
def test_exactly_the_certain_steps_that_are_over_and_not_recorded_are_overdue(
    today: date, branches: frozenset[str]
) -> None:
    plan = compute_timetable(
        pack=PACK, poll_date=POLL, branches=branches, actuals=DONE, today=today
    )
    overdue = [f.subject for f in plan.findings if f.code == "timetable.overdue"]
    assert overdue == [
        step.id
        for step in plan.steps
        if step.standing is Standing.CERTAIN and step.end_date < today and not step.is_actual
    ]
    assert overdue


def test_the_reasons_speak_of_the_days_that_were_counted() -> None:
    for step in PLAN.steps:
        lines = [str(text) for text in step.why]
        counted = [line for line in lines if line.startswith(("Lamanya", "Di antara", "Digeser"))]
        other = "hari kalender" if step.count_mode is CountMode.WORKING else "hari kerja"
        assert not [line for line in counted if other in line]
        assert not [line for line in lines if "None" in line]
        is_working = step.count_mode is CountMode.WORKING
        assert ("Akhir pekan tidak dihitung." in lines) is is_working


def test_a_pause_and_a_head_start_are_named_as_such() -> None:
    rules = TimetableRules.from_pack(PACK)
    for step in rules.steps:
        lines = [str(text) for text in PLAN.find_step(step.id).why]  # type: ignore[union-attr]
        assert any(line.startswith("Di antaranya ada jeda") for line in lines) is (
            step.wait_days > 0
        )
        assert any(line.startswith("Digeser") for line in lines) is (step.wait_days < 0)


def test_leave_that_is_worked_is_named_but_not_as_a_day_off() -> None:
    lines = [str(text) for step in PLAN.steps for text in step.why]
    leave = [h for h in CALENDAR.holidays.values() if h.kind is HolidayKind.COLLECTIVE_LEAVE]
    named = [line for line in lines if any(h.name in line for h in leave)]
    assert [line for line in named if "tetap dihitung hari kerja" in line]
    assert not [line for line in named if "Cuti bersama" in line and "tidak dihitung" in line]
