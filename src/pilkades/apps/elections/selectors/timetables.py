"""The timetable of each election: computed from pack, poll date, branches and recorded facts.

Nothing is stored. Because the outcome is a function of its inputs, and most villages of a wave
share theirs, one computation serves them all and is remembered by the process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pilkades.apps.elections.models import Election, StageFact, Wave
from pilkades.apps.regulations.selectors import (
    Approvals,
    build_pack,
    list_approvals,
    list_shas,
)
from pilkades.apps.regulations.selectors.packs import Shas, regency_part
from pilkades.law.findings import Finding
from pilkades.law.placement import Actual
from pilkades.law.timetable import Timetable, TimetableStep, compute_timetable

Actuals = frozenset[tuple[str, Actual]]


@dataclass(frozen=True, slots=True)
class PackKey:
    """Which rules hold: the digests of the sources and the approvals of the regency."""

    shas: Shas
    approvals: Approvals


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionTimetable:
    """An election with its timetable, and the facts that were recorded of its steps."""

    election: Election
    poll_date: date
    timetable: Timetable
    facts: Mapping[str, StageFact]

    @property
    def steps(self) -> tuple[TimetableStep, ...]:
        """The steps in the order of the pack."""
        return self.timetable.steps

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the dates."""
        return self.timetable.findings


def get_pack_key(wave: Wave) -> PackKey:
    """The rules of a wave; one query for the approvals if the pack was read along."""
    return PackKey(list_shas(wave.pack), list_approvals(regency_part(wave.regency_id)))


def get_timetable(election: Election) -> ElectionTimetable:
    """The timetable of one election; two queries beyond the election with its wave and pack."""
    facts = {fact.step_id: fact for fact in election.stage_facts.all()}
    return build_timetable(election=election, key=get_pack_key(election.wave), facts=facts)


def list_timetables(wave: Wave, *, region_code: str = "") -> list[ElectionTimetable]:
    """The timetables of all elections of a wave, or of those inside a region; three queries."""
    elections = (
        wave.elections.select_related("village__district")
        .filter(village__code__startswith=region_code)
        .order_by("village_id")
    )
    return build_timetables(elections=elections, wave=wave)


def build_timetables(*, elections: Iterable[Election], wave: Wave) -> list[ElectionTimetable]:
    """Timetables of elections that all belong to this wave; two further queries."""
    facts: dict[int, dict[str, StageFact]] = {}
    for fact in StageFact.objects.filter(election__wave=wave):
        facts.setdefault(fact.election_id, {})[fact.step_id] = fact
    key = get_pack_key(wave)
    built = []
    for election in elections:
        # The wave is at hand; without this each election would ask for it again.
        election.wave = wave
        built.append(build_timetable(election=election, key=key, facts=facts.get(election.pk, {})))
    return built


def build_timetable(
    *, election: Election, key: PackKey, facts: Mapping[str, StageFact]
) -> ElectionTimetable:
    """The timetable from rows that were already read; no query."""
    poll_date = election.poll_date or election.wave.poll_date
    branches = frozenset(election.branches)
    timetable = compute_cached(key, poll_date, branches, frozenset())
    real = list_real_dates(timetable, facts)
    if real:
        timetable = compute_cached(key, poll_date, branches, real)
    extended = list_extensions(timetable, facts)
    if extended:
        timetable = compute_cached(key, poll_date, branches, real | extended)
    return ElectionTimetable(
        election=election, poll_date=poll_date, timetable=timetable, facts=facts
    )


def list_real_dates(plan: Timetable, facts: Mapping[str, StageFact]) -> Actuals:
    """What took place: the first day, and the last if the step is over or was extended.

    A step that ended without anybody noting its beginning began on its planned day, or on its last
    if that was earlier. One that ended late pushes what follows; one that began or ended early
    pulls nothing forward, because people rely on the days that were announced: nobody may find the
    registration closed before the day of the decree. Facts of steps the pack no longer knows are
    left out.
    """
    found: set[tuple[str, Actual]] = set()
    for step in plan.steps:
        fact = facts.get(step.id)
        if fact is None or not (fact.started_on or fact.finished_on):
            continue
        finished = max(fact.finished_on, step.end_date) if fact.finished_on else None
        end = finished or fact.extended_to
        start = fact.started_on or min(step.start_date, fact.finished_on or step.start_date)
        if end is None and start < step.start_date:
            end = step.end_date
        found.add((step.id, (start, max(start, end) if end else None)))
    return frozenset(found)


def list_extensions(plan: Timetable, facts: Mapping[str, StageFact]) -> Actuals:
    """Steps not yet begun whose last day was moved: they keep the first day of the plan."""
    return frozenset(
        (step.id, (step.start_date, max(step.start_date, fact.extended_to)))
        for step in plan.steps
        if (fact := facts.get(step.id)) is not None
        and fact.extended_to is not None
        and fact.started_on is None
        and fact.finished_on is None
    )


@lru_cache(maxsize=4096)
def compute_cached(
    key: PackKey, poll_date: date, branches: frozenset[str], actuals: Actuals
) -> Timetable:
    """One computation by the law, remembered by its inputs."""
    return compute_timetable(
        pack=build_pack(key.shas, key.approvals),
        poll_date=poll_date,
        branches=branches,
        actuals=dict(actuals),
    )
