"""What a division of the voters starts from, and what one would change."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from pilkades.apps.elections.models import Election, PollingStation, StationKind
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.roll.allocation import (
    Block,
    Household,
    Problem,
    Site,
    Spot,
    Target,
    compute_walks,
)
from pilkades.apps.roll.models import AllocationMode, AllocationProposal, Sex
from pilkades.apps.roll.selectors.stations import NOBODY, RtKey, Totals, list_voters
from pilkades.law.station_loads import StationLoadRules

Plan = Mapping[int, Sequence[int]]
"""The voters (primary keys) that come to a station (primary key)."""


@dataclass(frozen=True, slots=True)
class VoterRow:
    """What a division needs of one voter, and nothing that names them."""

    pk: int
    hamlet: str
    rw: str
    rt: str
    family: str
    sex: str
    station_id: int | None
    is_by_hand: bool


class Ground:
    """The voters and stations of one election, read at once: three queries."""

    def __init__(self, context: VillageElection) -> None:
        self.context = context
        self.rules = StationLoadRules.from_pack(context.pack)
        self.stations = list_stations(context.election)
        self.rows = _read_rows(context.election)

    @cached_property
    def by_pk(self) -> dict[int, PollingStation]:
        return {station.pk: station for station in self.stations}

    @cached_property
    def tops(self) -> list[PollingStation]:
        """The stations themselves, whose voters the pack limits."""
        return [station for station in self.stations if station.kind == StationKind.STATION]

    def parts(self, station_pk: int) -> list[PollingStation]:
        """The desks or boxes of a station."""
        return [station for station in self.stations if station.parent_id == station_pk]

    def top_of(self, station_pk: int | None) -> int | None:
        """The station to which a desk or box belongs; a station is its own."""
        if station_pk is None or station_pk not in self.by_pk:
            return None
        return self.by_pk[station_pk].parent_id or station_pk

    def digest(self, mode: str) -> str:
        """What the division depends on, as one number: whatever changes, it changes."""
        content = [
            mode,
            self.rules.voters_max,
            [
                [s.pk, s.kind, s.parent_id, s.venue_id, str(s.venue.hamlet_id), repr(_site(s).spot)]
                for s in self.stations
            ],
            [[r.pk, r.hamlet, r.rw, r.rt, r.family, r.station_id, r.is_by_hand] for r in self.rows],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def list_stations(election: Election) -> list[PollingStation]:
    """Every station, desk and box with its venue, by venue and number."""
    rows = PollingStation.objects.filter(election=election).select_related("venue__hamlet")
    return sorted(rows, key=lambda station: (station.kind != "station", station.number))


def is_free(row: VoterRow, mode: str) -> bool:
    """Whether the division may place this voter."""
    match mode:
        case AllocationMode.EVERYBODY:
            return True
        case AllocationMode.UNPLACED:
            return row.station_id is None
        case _:
            return not row.is_by_hand or row.station_id is None


def build_problem(ground: Ground, mode: str) -> Problem:
    """The pure problem: the free voters in their RTs, the others as voters who are there already.

    A family stands in the RT of its first member, so that it is placed once.
    """
    free = [row for row in ground.rows if is_free(row, mode)]
    taken: dict[int, int] = {}
    for row in ground.rows:
        top = ground.top_of(row.station_id)
        if top is not None and not is_free(row, mode):
            taken[top] = taken.get(top, 0) + 1
    targets = tuple(
        Target(station.pk, station.venue_id, taken.get(station.pk, 0)) for station in ground.tops
    )
    hamlets = list(dict.fromkeys(row.hamlet for row in ground.rows))
    sites = [_site(station) for station in ground.tops]
    walks = compute_walks(hamlets=hamlets, sites=sites)
    return Problem(build_blocks(free), targets, walks, ground.rules.voters_max)


def build_blocks(rows: Iterable[VoterRow]) -> tuple[Block, ...]:
    """RTs with their families; rows stand in the order of hamlet, RW, RT and address."""
    sizes: dict[str, int] = {}
    homes: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in rows:
        if row.family not in sizes:
            homes.setdefault((row.hamlet, row.rw, row.rt), {})[row.family] = None
        sizes[row.family] = sizes.get(row.family, 0) + 1
    return tuple(
        Block(
            key="|".join(key),
            hamlet=key[0],
            households=tuple(Household(family, sizes[family]) for family in families),
        )
        for key, families in homes.items()
    )


@dataclass(frozen=True, slots=True)
class StationChange:
    """A station before and after."""

    station: PollingStation
    before: Totals
    after: Totals

    @property
    def difference(self) -> int:
        return self.after.total - self.before.total


@dataclass(frozen=True, slots=True)
class Flow:
    """Voters who go from one station to another; None are those who had none."""

    source: PollingStation | None
    target: PollingStation
    totals: Totals


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """What a plan changes."""

    stations: tuple[StationChange, ...]
    flows: tuple[Flow, ...]

    @property
    def moved(self) -> Totals:
        return sum((flow.totals for flow in self.flows), NOBODY)


def describe_plan(ground: Ground, plan: Plan) -> PlanEffect:
    """Totals before and after, and who goes where, counted."""
    goal = {pk: station_pk for station_pk, pks in plan.items() for pk in pks}
    before: dict[int, Totals] = {}
    after: dict[int, Totals] = {}
    flows: dict[tuple[int | None, int], Totals] = {}
    for row in ground.rows:
        one = one_voter(row.sex)
        target = goal.get(row.pk, row.station_id)
        _count_at(before, ground, row.station_id, one)
        _count_at(after, ground, target, one)
        if target is not None and target != row.station_id:
            key = (row.station_id, target)
            flows[key] = flows.get(key, NOBODY) + one
    changes = tuple(
        StationChange(s, before.get(s.pk, NOBODY), after.get(s.pk, NOBODY)) for s in ground.stations
    )
    order = {station.pk: place for place, station in enumerate(ground.stations)}
    listed = sorted(flows.items(), key=lambda item: (order.get(item[0][0] or 0, -1), item[0][1]))
    return PlanEffect(
        changes,
        tuple(
            Flow(ground.by_pk.get(source or 0), ground.by_pk[target], totals)
            for (source, target), totals in listed
        ),
    )


def read_plan(proposal: AllocationProposal) -> Plan:
    """The plan as it was kept; JSON has only text for keys."""
    return {int(station): pks for station, pks in proposal.plan.items()}


def one_voter(sex: str) -> Totals:
    """The totals of one voter."""
    return Totals(int(sex == Sex.MALE), int(sex == Sex.FEMALE), 1)


def parse_hamlet(key: str) -> UUID | None:
    """The hamlet of a key, where it is known."""
    return UUID(key) if key else None


def rt_key(row: VoterRow) -> RtKey:
    """The RT of a row as the other selectors write it."""
    return parse_hamlet(row.hamlet), row.rw, row.rt


def _count_at(sums: dict[int, Totals], ground: Ground, station_pk: int | None, one: Totals) -> None:
    for pk in {station_pk, ground.top_of(station_pk)} - {None}:
        sums[pk] = sums.get(pk, NOBODY) + one  # type: ignore[index, arg-type]


def _site(station: PollingStation) -> Site:
    venue = station.venue
    spot = None
    if venue.latitude_degrees is not None and venue.longitude_degrees is not None:
        spot = Spot(venue.latitude_degrees, venue.longitude_degrees)
    return Site(station.pk, str(venue.hamlet_id or ""), spot)


def _read_rows(election: Election) -> list[VoterRow]:
    rows = (
        list_voters(election)
        .order_by("hamlet__name", "rw", "rt", "address", "kk_index", "pk")
        .values_list(
            "pk", "hamlet_id", "rw", "rt", "kk_index", "sex", "station_id", "is_station_by_hand"
        )
    )
    return [
        VoterRow(pk, str(hamlet or ""), rw, rt, str(kk) or f"@{pk}", sex, station, is_by_hand)
        for pk, hamlet, rw, rt, kk, sex, station, is_by_hand in rows
    ]
