"""What would change if the poll date or the pack were another; nothing is saved."""

from dataclasses import dataclass
from datetime import date

from pilkades.apps.elections.models import Election, StageFact, Wave
from pilkades.apps.elections.selectors.timetables import (
    PackKey,
    build_timetables,
    compute_cached,
    get_pack_key,
    list_extensions,
    list_real_dates,
)
from pilkades.apps.regulations.models import PackVersion
from pilkades.apps.regulations.selectors import list_approvals, list_shas
from pilkades.law.findings import Finding, Severity
from pilkades.law.timetable import Timetable, TimetableStep

NAMED_VILLAGES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """One step before and after; a side is None where only the other pack has it."""

    before: TimetableStep | None
    after: TimetableStep | None

    @property
    def step(self) -> TimetableStep:
        """Whichever side exists."""
        step = self.after or self.before
        if step is None:
            raise ValueError("a change has at least one side")
        return step

    @property
    def is_changed(self) -> bool:
        """Whether dates or existence differ."""
        if self.before is None or self.after is None:
            return True
        return (self.before.start_date, self.before.end_date, self.before.standing) != (
            self.after.start_date,
            self.after.end_date,
            self.after.standing,
        )

    @property
    def moved_days(self) -> int:
        """By how many calendar days its first day moves; 0 where a side is missing."""
        if self.before is None or self.after is None:
            return 0
        return (self.after.start_date - self.before.start_date).days


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The whole comparison for a wave."""

    poll_date: date
    changes: tuple[StepChange, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    troubled: tuple[tuple[Election, tuple[Finding, ...]], ...]
    unaffected_count: int

    @property
    def trouble_groups(self) -> tuple["TroubleGroup", ...]:
        """The first finding of every village in trouble, equal ones together, the most first."""
        groups: dict[str, tuple[Finding, list[Election]]] = {}
        for election, errors in self.troubled:
            groups.setdefault(str(errors[0].text), (errors[0], []))[1].append(election)
        found = (
            TroubleGroup(finding=finding, elections=tuple(elections))
            for finding, elections in groups.values()
        )
        return tuple(sorted(found, key=lambda group: -len(group.elections)))

    @property
    def changed_count(self) -> int:
        """How many steps change."""
        return sum(change.is_changed for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleGroup:
    """Villages that one and the same finding makes impossible."""

    finding: Finding
    elections: tuple[Election, ...]

    @property
    def first_elections(self) -> tuple[Election, ...]:
        """Those that are named on the page."""
        return self.elections[:NAMED_VILLAGES]

    @property
    def more_count(self) -> int:
        """How many are not named."""
        return len(self.elections) - len(self.first_elections)


def compare_schedule(wave: Wave, *, poll_date: date, version: PackVersion) -> WhatIf:
    """Old and new timetable of the wave side by side, and villages that would be in trouble.

    A village in trouble is one whose recorded facts make the new timetable impossible where the
    old one was not. Villages with a day of their own are not touched by the wave's.
    """
    old_key = get_pack_key(wave)
    new_key = PackKey(list_shas(version), list_approvals(wave.regency_id))
    before = compute_cached(old_key, wave.poll_date, frozenset(), frozenset())
    after = compute_cached(new_key, poll_date, frozenset(), frozenset())
    elections = list(wave.elections.select_related("village__district"))
    new, gone = _compare_findings(before.findings, after.findings)
    return WhatIf(
        poll_date=poll_date,
        changes=compare_steps(before, after),
        new_findings=new,
        gone_findings=gone,
        troubled=_list_troubled(wave, elections, new_key, poll_date),
        unaffected_count=sum(election.poll_date is not None for election in elections),
    )


def compare_steps(before: Timetable, after: Timetable) -> tuple[StepChange, ...]:
    """Every step of either timetable, in the order of the newer."""
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    ids = [*new, *(step_id for step_id in old if step_id not in new)]
    return tuple(StepChange(before=old.get(i), after=new.get(i)) for i in ids)


def _compare_findings(
    before: tuple[Finding, ...], after: tuple[Finding, ...]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    old = {(f.code, f.subject) for f in before}
    new = {(f.code, f.subject) for f in after}
    return (
        tuple(f for f in after if (f.code, f.subject) not in old),
        tuple(f for f in before if (f.code, f.subject) not in new),
    )


def _list_troubled(
    wave: Wave, elections: list[Election], key: PackKey, poll_date: date
) -> tuple[tuple[Election, tuple[Finding, ...]], ...]:
    troubled = []
    for item in build_timetables(elections=elections, wave=wave):
        if item.election.poll_date is not None or not item.facts:
            continue
        timetable = _with_facts(item.election, key, poll_date, dict(item.facts))
        new, _ = _compare_findings(item.findings, timetable.findings)
        errors = tuple(f for f in new if f.severity is Severity.ERROR)
        if errors:
            troubled.append((item.election, errors))
    return tuple(troubled)


def _with_facts(
    election: Election, key: PackKey, poll_date: date, facts: dict[str, StageFact]
) -> Timetable:
    branches = frozenset(election.branches)
    plan = compute_cached(key, poll_date, branches, frozenset())
    real = list_real_dates(plan, facts)
    actuals = real | list_extensions(compute_cached(key, poll_date, branches, real), facts)
    return compute_cached(key, poll_date, branches, actuals)
