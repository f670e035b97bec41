"""A wave or a village on the calendar: which steps begin and end on which day of a month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.progress import ElectionProgress, StepState
from pilkades.apps.elections.selectors.timetables import get_pack_key
from pilkades.apps.regulations.selectors import build_pack
from pilkades.law.calendar import Calendar
from pilkades.law.timetable import TimetableStep

IDLE = (StepState.CONDITIONAL, StepState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMark:
    """A step that begins or ends on a day, in how many villages, and its most urgent state."""

    step: TimetableStep
    is_start: bool
    is_end: bool
    village_count: int
    state: StepState


def mark_days(
    progress: Iterable[ElectionProgress], *, year: int, month: int
) -> Mapping[date, list[CalendarMark]]:
    """First and last days of steps that fall into one month, alike ones of villages together."""
    found: dict[tuple[date, str, bool, bool], list[tuple[TimetableStep, StepState]]] = {}
    for item in progress:
        for entry in item.steps:
            if entry.state in IDLE:
                continue
            for day in {entry.step.start_date, entry.step.end_date}:
                if (day.year, day.month) == (year, month):
                    key = (
                        day,
                        entry.step.id,
                        day == entry.step.start_date,
                        day == entry.step.end_date,
                    )
                    found.setdefault(key, []).append((entry.step, entry.state))
    marks: dict[date, list[CalendarMark]] = {}
    for (day, _, is_start, is_end), members in found.items():
        marks.setdefault(day, []).append(
            CalendarMark(
                step=members[0][0],
                is_start=is_start,
                is_end=is_end,
                village_count=len(members),
                state=min((state for _, state in members), key=list(StepState).index),
            )
        )
    return marks


def list_holidays(wave: Wave, *, year: int, month: int) -> Mapping[date, str]:
    """Days off of one month and around it, by name, as the pack of the wave knows them."""
    key = get_pack_key(wave)
    calendar = Calendar.from_pack(build_pack(key.shas, key.approvals))
    first = date(year, month, 1)
    window = (first - timedelta(days=7), first + timedelta(days=38))
    return {
        day: holiday.name
        for day, holiday in calendar.holidays.items()
        if window[0] <= day <= window[1] and calendar.is_day_off(day)
    }
