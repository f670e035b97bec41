"""The timetable of one election (jadwal tahapan): every step with its dates and the reasons.

Law: Permendagri 112/2014 and the regency's decree, as the rule pack tells them. From pack, polling
date, branches taken and what really took place it computes dates, reasons and findings. It knows
no clock: whoever wants to hear that a date is too early or a step overdue brings `today`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pilkades.law.calendar import CountMode
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack, Status
from pilkades.law.placement import (
    Actual,
    Course,
    Placed,
    TimetableRules,
    place_steps,
)
from pilkades.law.placement_doubts import Doubt, find_doubts, worst_status
from pilkades.law.placement_findings import (
    find_bound_faults,
    find_overdue,
    find_poll_day_faults,
    find_unknown_years,
)
from pilkades.law.placement_reasons import explain_step
from pilkades.law.timesteps import POLL, Step
from pilkades.text import Text

_LONGEST_SEARCH_DAYS = 400
TOO_EARLY = "timetable.poll-too-early"
"""The code of the finding that the polling date is too close for its steps."""


class Standing(StrEnum):
    """Whether a step will take place: certain, only if its branch is taken, or fallen away."""

    CERTAIN = "certain"
    CONDITIONAL = "conditional"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TimetableStep:
    """One step with its dates (tahapan); `days` are counted in `count_mode`, 0 if squeezed out.

    `status` is the least sure of the step's own status and of all that its dates rest on.
    """

    id: str
    name: str
    name_en: str
    stage: str
    owner: str
    branch: str
    standing: Standing
    start_date: date
    end_date: date
    count_mode: CountMode
    days: int
    is_actual: bool
    article: str
    status: Status
    own_status: Status
    rests_on: tuple[Doubt, ...]
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """The steps in the order of the pack, and what is wrong with them (jadwal)."""

    poll_date: date
    branches: frozenset[str]
    steps: tuple[TimetableStep, ...]
    findings: tuple[Finding, ...]

    def find_step(self, step_id: str) -> TimetableStep | None:
        return next((step for step in self.steps if step.id == step_id), None)


def compute_timetable(
    *,
    pack: RulePack,
    poll_date: date,
    branches: frozenset[str] = frozenset(),
    actuals: Mapping[str, Actual] | None = None,
    today: date | None = None,
) -> Timetable:
    """Compute the dates of every step of the pack, with reasons and findings.

    Law: Permendagri 112/2014 (the four stages) and the regency's decree; decision: every length is
    counted as the pack's step says, bounds never shorten a step, a branch within another takes
    that one along. Conditional steps are always computed; `timetable.reserve_branches` decides
    whether they hold back what follows.
    """
    rules = TimetableRules.from_pack(pack)
    return lay_timetable(
        rules=rules, poll_date=poll_date, branches=branches, actuals=actuals, today=today
    )


def lay_timetable(
    *,
    rules: TimetableRules,
    poll_date: date,
    branches: frozenset[str] = frozenset(),
    actuals: Mapping[str, Actual] | None = None,
    today: date | None = None,
) -> Timetable:
    """The same as `compute_timetable`, for many elections under rules read once."""
    course = Course.under(rules, poll_date=poll_date, branches=branches, actuals=actuals)
    placed = place_steps(rules=rules, course=course)
    names = {step.id: step.name for step in rules.steps}
    doubts = find_doubts(rules=rules, course=course, placed=placed, names=names)
    steps = tuple(
        _timetable_step(placed[step.id], rules, course, names, doubts[step.id])
        for step in rules.steps
    )
    findings = tuple(_findings(rules, course, placed, today))
    return Timetable(poll_date, course.branches, steps, findings)


def find_earliest_poll_date(
    *, pack: RulePack, today: date, branches: frozenset[str] = frozenset()
) -> date | None:
    """The first date from today on for which no step would have to start before today.

    None where no date of the next year or so will do, as with steps of fixed dates gone by. Whether
    that day may be a polling day is another question, answered by `compute_timetable`.
    """
    return _search_poll_date(TimetableRules.from_pack(pack), branches, today)


def _search_poll_date(rules: TimetableRules, branches: frozenset[str], today: date) -> date | None:
    for offset in range(_LONGEST_SEARCH_DAYS):
        poll_date = today + timedelta(days=offset)
        course = Course.under(rules, poll_date=poll_date, branches=branches)
        if _first_day(rules, course, place_steps(rules=rules, course=course)) >= today:
            return poll_date
    return None


def _timetable_step(
    placed: Placed,
    rules: TimetableRules,
    course: Course,
    names: dict[str, str],
    doubts: tuple[Doubt, ...],
) -> TimetableStep:
    step = placed.step
    counted = rules.calendar.count_days(placed.start, placed.end, step.count_mode)
    return TimetableStep(
        id=step.id,
        name=step.name,
        name_en=step.name_en,
        stage=step.stage,
        owner=step.owner,
        branch=step.branch,
        standing=_standing(step, course),
        start_date=placed.start,
        end_date=placed.end,
        count_mode=step.count_mode,
        days=0 if placed.is_squeezed else counted,
        is_actual=placed.is_actual,
        article=step.article,
        status=worst_status((step.status, *(doubt.status for doubt in doubts))),
        own_status=step.status,
        rests_on=doubts,
        why=(
            *explain_step(placed=placed, rules=rules, course=course, names=names),
            *(doubt.text for doubt in doubts),
        ),
    )


def _standing(step: Step, course: Course) -> Standing:
    if course.drops(step):
        return Standing.DROPPED
    return Standing.CERTAIN if course.takes(step) else Standing.CONDITIONAL


def _findings(
    rules: TimetableRules, course: Course, placed: Mapping[str, Placed], today: date | None
) -> Iterator[Finding]:
    yield from find_poll_day_faults(rules=rules, poll_date=course.poll_date)
    yield from find_bound_faults(rules=rules, course=course, placed=placed)
    yield from find_unknown_years(rules=rules, placed=placed)
    if today is not None and course.actuals:
        yield from find_overdue(rules=rules, course=course, placed=placed, today=today)
    elif today is not None:
        yield from _find_too_early(rules, course, placed, today)


def _first_day(rules: TimetableRules, course: Course, placed: Mapping[str, Placed]) -> date:
    certain = (
        placed[step.id].start for step in rules.steps if _standing(step, course) is Standing.CERTAIN
    )
    return min(certain, default=course.poll_date)


def _find_too_early(
    rules: TimetableRules, course: Course, placed: Mapping[str, Placed], today: date
) -> Iterator[Finding]:
    first = _first_day(rules, course, placed)
    if first >= today:
        return
    earliest = _search_poll_date(rules, course.branches, today)
    if earliest is None:
        text = Text(
            "Hari pemungutan {poll} terlalu dekat: tahapan pertama seharusnya mulai {first}, "
            "sebelum hari ini. Paket aturan memuat tanggal tetap yang sudah lewat; perbarui paket.",
            poll=course.poll_date,
            first=first,
        )
    else:
        text = Text(
            "Hari pemungutan {poll} terlalu dekat: tahapan pertama seharusnya mulai {first}, "
            "sebelum hari ini. Tanggal paling awal yang cukup: {earliest}.",
            poll=course.poll_date,
            first=first,
            earliest=earliest,
        )
    yield Finding(TOO_EARLY, Severity.ERROR, text, POLL)
