"""What the formulas of the pack count in one village, and the bill of materials made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pilkades.apps.elections.models import PollingStation, StationKind
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.logistics.models import LogisticsPlan
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.selectors.stations import count_all_voters, count_station_voters
from pilkades.law.logistics import (
    BillLine,
    Kind,
    Material,
    MaterialRules,
    StationFacts,
    VillageFacts,
    compute_bill,
    estimate_stations,
)


@dataclass(frozen=True, slots=True)
class StationName:
    """A station as a list of the bill names it."""

    id: str
    label: str
    voters: int


class LogisticsFacts:
    """Counts and bill of one election; `is_estimate` until voters are divided among stations."""

    def __init__(self, context: VillageElection) -> None:
        self.context = context
        self.election = context.election

    @cached_property
    def plan(self) -> LogisticsPlan:
        """The committee's own part; unsaved with version 0 where there is none yet."""
        found = LogisticsPlan.objects.filter(election=self.election).first()
        return found or LogisticsPlan(election=self.election, version=0)

    @cached_property
    def rules(self) -> MaterialRules:
        return MaterialRules.from_pack(self.context.pack)

    @cached_property
    def real_stations(self) -> list[PollingStation]:
        """The stations (TPS) in the order of their numbers, with their venues."""
        return list(
            self.election.stations.filter(kind=StationKind.STATION)
            .select_related("venue")
            .order_by("number")
        )

    @cached_property
    def voters_by_station(self) -> Mapping[int, int]:
        """Voters by primary key of their station; those of desks and boxes are in it."""
        totals = count_station_voters(self.election)
        stations = {station.pk for station in self.real_stations}
        return {pk: item.total for pk, item in totals.items() if pk in stations}

    @cached_property
    def listed_voters(self) -> int:
        """Everybody on the roll, with a station or without."""
        return count_all_voters(self.election).total

    @cached_property
    def unplaced_voters(self) -> int:
        """Voters on the roll whom nobody has given a station yet."""
        return self.listed_voters - sum(self.voters_by_station.values())

    @property
    def is_estimate(self) -> bool:
        """Whether the stations of the bill are still invented."""
        return not self.voters_by_station

    @cached_property
    def stations(self) -> tuple[StationName, ...]:
        """Real stations with their voters; before that, as many as the pack's maximum asks."""
        if not self.is_estimate:
            return tuple(
                StationName(str(item.pk), str(item), self.voters_by_station.get(item.pk, 0))
                for item in self.real_stations
            )
        voters = self.listed_voters or self.plan.estimated_voters or 0
        most = self.context.pack.integer("station.voters_max")
        return tuple(
            StationName(item.id, f"TPS {int(item.id):02d}", item.voters)
            for item in estimate_stations(voters=voters, voters_max=most)
        )

    @cached_property
    def facts(self) -> VillageFacts:
        pack = self.context.pack
        return VillageFacts(
            stations=tuple(StationFacts(item.id, item.voters) for item in self.stations),
            venues=self.election.venues.count() or len(self.stations),
            candidates=self.candidates,
            officers=pack.integer("station.officers_max"),
            security=pack.integer("station.security_officers"),
            committee=self.committee_members,
            hamlets=list_hamlets(self.context.village_code).count(),
        )

    @cached_property
    def candidates(self) -> int:
        """Candidates who stand; before they are determined, the most that the pack allows."""
        standing = len(list_standing(self.election))
        return standing or self.context.pack.integer("candidates.max")

    @cached_property
    def committee_members(self) -> int:
        """Members who sit; before the committee is formed, the fewest that the pack asks for."""
        committee = find_committee(self.election)
        if committee is None:
            return self.context.pack.integer("committee.members_min")
        return sum(1 for item in committee.members.all() if item.left_date is None)

    @cached_property
    def bill(self) -> tuple[BillLine, ...]:
        return compute_bill(rules=self.rules, facts=self.facts)

    @property
    def goods(self) -> tuple[BillLine, ...]:
        """The lines that are things, without pay and activities."""
        return tuple(line for line in self.bill if line.material.kind is Kind.GOODS)

    def due_date(self, material: Material) -> date:
        """The day on which a thing must be there: the first of its step, else the poll itself."""
        step = self.context.find_step(material.needed_by) if material.needed_by else None
        return step.start_date if step else self.context.timetable.poll_date
