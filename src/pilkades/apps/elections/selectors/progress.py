"""How far an election is: the state of every step on a day, what is next, what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilkades.apps.elections.models import Election, ElectionState, StageFact
from pilkades.apps.elections.selectors.moments import get_election_day
from pilkades.apps.elections.selectors.timetables import ElectionTimetable
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.law.findings import Finding, Severity
from pilkades.law.timesteps import STAGES
from pilkades.law.timetable import Standing, TimetableStep

DUE_DAYS = 3
"""A step is due when no more than this many days remain; a reminder, not a rule of law."""


class StepState(StrEnum):
    """Where a step stands on a day; the order is that of urgency."""

    PROBLEM = "problem"
    LATE = "late"
    DUE = "due"
    RUNNING = "running"
    UPCOMING = "upcoming"
    DONE = "done"
    CONDITIONAL = "conditional"
    DROPPED = "dropped"


URGENCY = {state: place for place, state in enumerate(StepState)}
OPEN_STATES = (StepState.PROBLEM, StepState.LATE, StepState.DUE, StepState.RUNNING)
IDLE_STATES = (StepState.CONDITIONAL, StepState.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """One step, its state on a day, what was recorded of it and what is wrong with it."""

    step: TimetableStep
    state: StepState
    fact: StageFact | None
    findings: tuple[Finding, ...]

    @property
    def late_days(self) -> int:
        """By how many days a finished step was finished after its extension or plan, else 0."""
        if self.fact is None or self.fact.finished_on is None:
            return 0
        limit = self.fact.extended_to or self.step.end_date
        return max(0, (self.fact.finished_on - limit).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageProgress:
    """One of the four stages: its worst state, how many of its steps are over, what is next."""

    stage: str
    state: StepState
    done_count: int
    step_count: int
    current: StepProgress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionProgress:
    """One election on a day, which a rehearsal sets for itself."""

    election: Election
    day: date
    poll_date: date
    steps: tuple[StepProgress, ...]
    stages: tuple[StageProgress, ...]
    next_step: StepProgress | None

    @property
    def worst(self) -> StepState:
        """The most urgent state of any step that counts."""
        states = [stage.state for stage in self.stages if stage.step_count]
        return min(states, key=URGENCY.__getitem__, default=StepState.UPCOMING)

    @property
    def late_count(self) -> int:
        """How many steps are overdue."""
        return sum(item.state is StepState.LATE for item in self.steps)

    @property
    def problem_count(self) -> int:
        """How many steps cannot be held as planned."""
        return sum(item.state is StepState.PROBLEM for item in self.steps)


def assess_election(item: ElectionTimetable, *, today: date) -> ElectionProgress:
    """The state of every step and stage of one election; an election that rests is never late.

    A simulated election is judged on its own day, whatever day it is elsewhere.
    """
    day = get_election_day(item.election, today=today)
    rests = item.election.state != ElectionState.ACTIVE
    faults = _faults_by_step(item)
    settled = _find_settled_stage(item)
    steps = tuple(
        StepProgress(
            step=step,
            state=assess_step(
                step,
                fact=item.facts.get(step.id),
                today=day,
                has_fault=step.id in faults,
                rests=rests,
                is_settled=step.stage == settled,
            ),
            fact=item.facts.get(step.id),
            findings=faults.get(step.id, ()),
        )
        for step in item.steps
    )
    return ElectionProgress(
        election=item.election,
        day=day,
        poll_date=item.poll_date,
        steps=steps,
        stages=tuple(_assess_stages(steps)),
        next_step=find_next_step(steps),
    )


def assess_step(
    step: TimetableStep,
    *,
    fact: StageFact | None,
    today: date,
    has_fault: bool,
    rests: bool,
    is_settled: bool = False,
) -> StepState:
    """Where one step stands; what is over stays over, whatever else happens.

    In a settled stage the branches that were not taken are closed.
    """
    if fact is not None and fact.finished_on is not None:
        return StepState.DONE
    if step.standing is Standing.DROPPED:
        return StepState.DROPPED
    if step.standing is Standing.CONDITIONAL:
        return StepState.DROPPED if is_settled else StepState.CONDITIONAL
    if rests:
        return StepState.UPCOMING
    if has_fault or step.days == 0:
        return StepState.PROBLEM
    if step.end_date < today:
        return StepState.LATE
    has_begun = step.start_date <= today or (fact is not None and fact.started_on is not None)
    if not has_begun:
        return StepState.UPCOMING
    return StepState.DUE if (step.end_date - today).days <= DUE_DAYS else StepState.RUNNING


def find_next_step(steps: tuple[StepProgress, ...]) -> StepProgress | None:
    """The step to see to first: whatever is open, by its last day; else the next to begin."""
    open_steps = [item for item in steps if item.state in OPEN_STATES]
    if open_steps:
        return min(open_steps, key=lambda item: (item.step.end_date, item.step.start_date))
    coming = [item for item in steps if item.state is StepState.UPCOMING]
    return min(coming, key=lambda item: (item.step.start_date, item.step.end_date), default=None)


def _assess_stages(steps: tuple[StepProgress, ...]) -> Iterator[StageProgress]:
    for stage in STAGES:
        members = [
            item for item in steps if item.step.stage == stage and item.state not in IDLE_STATES
        ]
        done = sum(item.state is StepState.DONE for item in members)
        current = find_next_step(tuple(members))
        yield StageProgress(
            stage=stage,
            state=_stage_state(members, done, current),
            done_count=done,
            step_count=len(members),
            current=current,
        )


def _stage_state(members: list[StepProgress], done: int, current: StepProgress | None) -> StepState:
    """The most urgent of its open steps; a stage of which something is over is running."""
    if current is None:
        return StepState.DONE
    worst = min((item.state for item in members), key=URGENCY.__getitem__)
    return StepState.RUNNING if worst is StepState.UPCOMING and done else worst


def _find_settled_stage(item: ElectionTimetable) -> str:
    """The stage of the determination once that is over: who stands is then no longer open."""
    fact = item.facts.get(DETERMINATION_STEP)
    if fact is None or fact.finished_on is None:
        return ""
    return next((step.stage for step in item.steps if step.id == DETERMINATION_STEP), "")


def _faults_by_step(item: ElectionTimetable) -> dict[str, tuple[Finding, ...]]:
    """Errors that belong to a step; warnings are shown but do not make a step impossible."""
    faults: dict[str, tuple[Finding, ...]] = {}
    for finding in item.findings:
        if finding.severity is Severity.ERROR:
            faults[finding.subject] = (*faults.get(finding.subject, ()), finding)
    return faults
