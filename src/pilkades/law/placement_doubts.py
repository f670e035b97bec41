"""On which unverified values the dates of a step rest: doubt travels along anchors and counting.

Law: none by itself. A date is no surer than the least sure value that went into it: the step it is
anchored to, the holidays on the way, whether collective leave counts, the weekly days off, whether
branches hold time back. What really took place is a fact and carries no doubt on. A year without a
list of holidays is a finding instead, see `placement_findings`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pilkades.law.calendar import LEAVE_IS_WORKING, WEEKEND_DAYS, CountMode, HolidayKind
from pilkades.law.pack import Status
from pilkades.law.placement import RESERVE_BRANCHES, Course, Placed, TimetableRules
from pilkades.law.timesteps import POLL
from pilkades.text import Text

_RANKS = {
    status: rank
    for rank, status in enumerate(
        (Status.VERIFIED, Status.SECONDARY, Status.UNVERIFIED, Status.FICTIONAL)
    )
}
_RULES = {
    WEEKEND_DAYS: Text("Hari libur mingguan belum terverifikasi."),
    LEAVE_IS_WORKING: Text("Apakah cuti bersama dihitung hari kerja belum terverifikasi."),
    RESERVE_BRANCHES: Text(
        "Apakah waktu perpanjangan dan seleksi selalu disediakan belum terverifikasi."
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that is not verified and that a date rests on: a step, a rule or a holiday."""

    table: str
    id: str
    status: Status
    text: Text


def worst_status(statuses: Iterable[Status]) -> Status:
    """The least sure of several; verified where there is none."""
    return max(statuses, key=_RANKS.__getitem__, default=Status.VERIFIED)


def find_doubts(
    *,
    rules: TimetableRules,
    course: Course,
    placed: Mapping[str, Placed],
    names: Mapping[str, str],
) -> dict[str, tuple[Doubt, ...]]:
    """For every step the unverified values its dates rest on; its own status is not among them."""
    doubts: dict[str, tuple[Doubt, ...]] = {}
    sureness = {POLL: Status.VERIFIED}
    for step_id in rules.order:
        here = placed[step_id]
        is_fact = _is_fact(here, course)
        found = () if is_fact else tuple(_doubts(here, rules, course, placed, sureness, names))
        doubts[step_id] = found
        statuses = (here.step.status, *(doubt.status for doubt in found))
        sureness[step_id] = Status.VERIFIED if is_fact else worst_status(statuses)
    return doubts


def _is_fact(placed: Placed, course: Course) -> bool:
    """Both days were recorded; a step still running ends on a computed day."""
    return placed.is_actual and course.actuals[placed.step.id][1] is not None


def _doubts(
    here: Placed,
    rules: TimetableRules,
    course: Course,
    placed: Mapping[str, Placed],
    sureness: Mapping[str, Status],
    names: Mapping[str, str],
) -> Iterator[Doubt]:
    found = (
        *_in_anchors(here, sureness, names),
        *_in_branches(here, rules, course, placed),
        *_in_counting(here, rules),
    )
    for doubt in found:
        # A made-up step upon made-up values says already that it is made up.
        if here.step.status is not Status.FICTIONAL or doubt.status is not Status.FICTIONAL:
            yield doubt


def _in_anchors(
    here: Placed, sureness: Mapping[str, Status], names: Mapping[str, str]
) -> Iterator[Doubt]:
    bounds = here.step.finish_before if here.step.days is None else ()
    for step_id in dict.fromkeys(anchor.step_id for anchor in (*here.held, *bounds)):
        if sureness[step_id] is not Status.VERIFIED:
            text = Text("Bersandar pada “{step}” yang belum terverifikasi.", step=names[step_id])
            yield Doubt("step", step_id, sureness[step_id], text)


def _in_branches(
    here: Placed, rules: TimetableRules, course: Course, placed: Mapping[str, Placed]
) -> Iterator[Doubt]:
    """With several anchors, whether a branch not taken holds the step back is a rule."""
    others = [placed[a.step_id].step for a in here.step.anchors if a.step_id != POLL]
    if len(others) > 1 and not here.is_actual and not all(course.takes(o) for o in others):
        yield from _rule_doubt(rules, RESERVE_BRANCHES)


def _in_counting(here: Placed, rules: TimetableRules) -> Iterator[Doubt]:
    if here.step.count_mode is CountMode.CALENDAR:
        return
    yield from _rule_doubt(rules, WEEKEND_DAYS)
    edges = [here.start, here.end, *([here.anchor_date] if here.anchor_date else [])]
    holidays = rules.calendar.holidays_between(min(edges), max(edges))
    if any(holiday.kind is HolidayKind.COLLECTIVE_LEAVE for holiday in holidays):
        yield from _rule_doubt(rules, LEAVE_IS_WORKING)
    for holiday in holidays:
        if holiday.status is not Status.VERIFIED:
            text = Text(
                "Hari libur {date} ({name}) belum terverifikasi.",
                date=holiday.date,
                name=holiday.name,
            )
            yield Doubt("holiday", holiday.id, holiday.status, text)


def _rule_doubt(rules: TimetableRules, rule_id: str) -> Iterator[Doubt]:
    rule = rules.sources[rule_id]
    if rule.status is not Status.VERIFIED:
        yield Doubt("rule", rule_id, rule.status, _RULES[rule_id])
