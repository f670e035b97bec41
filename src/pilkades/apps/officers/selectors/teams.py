"""Stations with their teams: who sits where, what is missing, what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.models import PollingStation, StationKind
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import (
    AppointmentDecree,
    DecreeState,
    OfficerState,
    StationOfficer,
    StationTeam,
)
from pilkades.apps.officers.selectors.standing import Examiner, Standing
from pilkades.apps.officers.words import name_seat, name_station
from pilkades.law.findings import Finding, Severity
from pilkades.law.officers import check_team
from pilkades.law.officers_rules import OfficerRules, SeatKind


@dataclass(frozen=True, slots=True)
class Seat:
    """One place in a team, filled or not."""

    kind: SeatKind
    number: int
    name: str
    voting_duty: str
    counting_duty: str
    standing: Standing | None

    @property
    def key(self) -> str:
        """The seat as an address writes it: "station-1"."""
        return f"{self.kind.value}-{self.number}"


@dataclass(frozen=True)
class TeamView:
    """One station's team as pages and papers need it."""

    station: PollingStation
    team: StationTeam | None
    rules: OfficerRules
    standings: tuple[Standing, ...]

    @property
    def name(self) -> str:
        return name_station(self.station)

    @cached_property
    def seats(self) -> list[Seat]:
        """Every seat in the order of the pack; whoever sits beyond it stands at the end."""
        taken = {(s.officer.kind, s.officer.number): s for s in self.standings}
        known = [(kind, number) for kind, number in self.rules.list_seats()]
        beyond = [key for key in taken if (SeatKind(key[0]), key[1]) not in known]
        places = [*known, *((SeatKind(kind), number) for kind, number in beyond)]
        return [
            self._seat(kind, number, taken.get((kind.value, number))) for kind, number in places
        ]

    def _seat(self, kind: SeatKind, number: int, standing: Standing | None) -> Seat:
        role = self.rules.find_role(kind, number)
        return Seat(
            kind=kind,
            number=number,
            name=name_seat(self.rules, kind, number),
            voting_duty=role.voting_duty if role else "",
            counting_duty=role.counting_duty if role else "",
            standing=standing,
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing in the team as a whole."""
        seats = [(SeatKind(s.officer.kind), s.officer.number) for s in self.standings]
        return check_team(rules=self.rules, seats=seats)

    @property
    def gaps(self) -> list[Finding]:
        return [item for item in self.findings if item.severity is Severity.ERROR]

    @property
    def hints(self) -> list[Finding]:
        return [item for item in self.findings if item.severity is not Severity.ERROR]

    @property
    def unclear(self) -> list[Standing]:
        return [item for item in self.standings if not item.is_clear]

    @property
    def has_block(self) -> bool:
        """Whether something speaks against anybody that no reason lifts."""
        return any(item.blocks for item in self.standings)

    @property
    def is_ready(self) -> bool:
        """Whether the team may be put into a decree."""
        return not self.gaps and not self.unclear

    @property
    def officer_count(self) -> int:
        return sum(not item.officer.is_reserve for item in self.standings)

    @property
    def reserve_count(self) -> int:
        return sum(item.officer.is_reserve for item in self.standings)

    @property
    def unsworn(self) -> list[StationOfficer]:
        """Officers in office who have not taken the oath yet."""
        return [
            item.officer
            for item in self.standings
            if item.officer.state == OfficerState.APPOINTED and item.officer.oath_id is None
        ]

    @property
    def state(self) -> tuple[str, Promise]:
        """Kind and word of the team's status tag."""
        if not self.standings:
            return "idle", _("Belum ada petugas")
        if self.team is not None and self.team.is_appointed:
            if self.has_block:
                return "bad", _("Diangkat, ada benturan baru")
            if self.unclear:
                return "warn", _("Diangkat, ada pertanyaan terbuka")
            if self.unsworn:
                return "info", _("Diangkat, belum disumpah")
            return "ok", _("Diangkat dan disumpah")
        if self.has_block:
            return "bad", _("Ada yang menghalangi")
        if not self.is_ready:
            return "warn", _("Belum lengkap")
        if self.team is not None and self.team.is_proposed:
            return "info", _("Diusulkan, menunggu SK")
        return "ok", _("Siap diusulkan")


def list_stations(context: VillageElection) -> QuerySet[PollingStation]:
    """The stations that have a team; desks and boxes belong to one of them."""
    return PollingStation.objects.filter(
        election=context.election, kind=StationKind.STATION
    ).select_related("venue")


def list_team_views(context: VillageElection, examiner: Examiner | None = None) -> list[TeamView]:
    """All stations of the village with their teams; a handful of queries whatever their number."""
    examiner = examiner or Examiner(context)
    stations = list(list_stations(context))
    teams = {
        team.station_id: team
        for team in StationTeam.objects.filter(station__in=stations).select_related("decree")
    }
    officers = list_serving(context)
    by_team: dict[int, list[StationOfficer]] = {}
    for officer in officers:
        by_team.setdefault(officer.team_id, []).append(officer)
    return [_build(station, teams.get(station.pk), by_team, examiner) for station in stations]


def get_team_view(
    context: VillageElection, station_uuid: UUID, examiner: Examiner | None = None
) -> TeamView:
    """One station with its team; raises `PollingStation.DoesNotExist`."""
    examiner = examiner or Examiner(context)
    station = list_stations(context).get(uuid=station_uuid)
    team = StationTeam.objects.filter(station=station).select_related("decree").first()
    officers = list(list_serving(context).filter(team=team)) if team else []
    by_team = {team.pk: officers} if team else {}
    return _build(station, team, by_team, examiner)


def list_serving(context: VillageElection) -> QuerySet[StationOfficer]:
    """Everybody who holds a seat, with what their judgement needs."""
    return (
        StationOfficer.objects.filter(election=context.election)
        .exclude(state=OfficerState.ENDED)
        .select_related("team__station", "oath")
        .prefetch_related("kinships", "accepted_warnings")
        .order_by("team__station__number", "-kind", "number", "pk")
    )


def get_officer(context: VillageElection, officer_uuid: UUID) -> StationOfficer:
    """One officer of this election, left or not; raises `StationOfficer.DoesNotExist`."""
    return (
        StationOfficer.objects.select_related("team__station__venue", "team__decree", "oath")
        .prefetch_related(
            "kinships__candidacy",
            Prefetch("accepted_warnings"),
        )
        .get(election=context.election, uuid=officer_uuid)
    )


def find_open_decree(context: VillageElection) -> AppointmentDecree | None:
    """The proposal that waits for its decree."""
    return (
        context.election.officer_decrees.filter(state=DecreeState.PROPOSED)
        .select_related("proposed_by")
        .first()
    )


def list_ready_teams(views: Sequence[TeamView]) -> list[TeamView]:
    """Complete teams without a decree."""
    return [item for item in views if item.team and item.team.decree is None and item.is_ready]


def count_people(views: Iterable[TeamView]) -> int:
    """Everybody in these teams, reserves included."""
    return sum(len(item.standings) for item in views)


def _build(
    station: PollingStation,
    team: StationTeam | None,
    by_team: dict[int, list[StationOfficer]],
    examiner: Examiner,
) -> TeamView:
    officers = by_team.get(team.pk, []) if team else []
    return TeamView(
        station=station,
        team=team,
        rules=examiner.rules,
        standings=tuple(examiner.judge_all(officers)),
    )
