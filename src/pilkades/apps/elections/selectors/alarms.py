"""What needs attention in a wave today: impossible, late, due soon; alike ones told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pilkades.apps.elections.models import Election
from pilkades.apps.elections.selectors.progress import (
    URGENCY,
    ElectionProgress,
    StepProgress,
    StepState,
)
from pilkades.law.findings import Finding
from pilkades.law.timetable import TimetableStep

ALARMING = (StepState.PROBLEM, StepState.LATE, StepState.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One step that alarms in one or many villages for the same reason."""

    state: StepState
    step: TimetableStep
    elections: tuple[Election, ...]
    findings: tuple[Finding, ...]
    days: int

    @property
    def village_count(self) -> int:
        """In how many villages."""
        return len(self.elections)


def list_alarms(
    progress: Iterable[ElectionProgress], *, within_days: int | None = None
) -> list[Alarm]:
    """Alarms, the most urgent first; `days` are those left, or by which the step is late.

    Each election is judged on its own day. `within_days` also tells what is running and ends
    within so many days.
    """
    grouped: dict[tuple[StepState, str, date, date], list[tuple[Election, StepProgress]]] = {}
    for item in progress:
        for entry in item.steps:
            state = _alarming_state(entry, item.day, within_days)
            if state is not None:
                key = (state, entry.step.id, entry.step.end_date, item.day)
                grouped.setdefault(key, []).append((item.election, entry))
    alarms = [_alarm(key[0], members, key[3]) for key, members in grouped.items()]
    return sorted(alarms, key=lambda alarm: (URGENCY[alarm.state], alarm.step.end_date))


def _alarming_state(entry: StepProgress, today: date, within_days: int | None) -> StepState | None:
    if entry.state in ALARMING:
        return entry.state
    if within_days is None or entry.state is not StepState.RUNNING:
        return None
    return StepState.DUE if (entry.step.end_date - today).days <= within_days else None


def _alarm(state: StepState, members: list[tuple[Election, StepProgress]], today: date) -> Alarm:
    step = members[0][1].step
    findings = {finding.text: finding for _, entry in members for finding in entry.findings}
    return Alarm(
        state=state,
        step=step,
        elections=tuple(election for election, _ in members),
        findings=tuple(findings.values()),
        days=abs((step.end_date - today).days),
    )
