"""Stations of a village and people for their teams.

Pak Budi chairs TPS 01. The village head, Pak Lurah, issues the decree in Blitar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.elections.models import Candidacy, PollingStation, Sex, Venue
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import (
    AppointmentDecree,
    StationOfficer,
    StationTeam,
    TieState,
)
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.services.declare import Answers, declare_kinship, record_answers
from pilkades.apps.officers.services.decree import issue_decree, propose_decree
from pilkades.apps.officers.services.name_officers import form_team, name_officer
from pilkades.apps.officers.services.people import Person
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import SeatKind
from pilkades.synthetic.people import make_nik
from tests.apps.desk_cast import NOW
from tests.apps.village_cast import VILLAGE, VillageCast, at, make_village

FORMING = at(7, 20)
POLL_DAY = at(11, 23, 6)
GOOD = Answers(
    lives_in_village=True,
    is_healthy=True,
    is_committee_member=False,
    party_state=TieState.NEVER,
    campaign_state=TieState.NEVER,
)
SEATS = [
    *((SeatKind.STATION, n) for n in range(1, 8)),
    *((SeatKind.SECURITY, n) for n in (1, 2)),
    (SeatKind.RESERVE, 1),
]
NAMES = (
    "Budi Santoso",
    "Siti Aminah",
    "Agus Wibowo",
    "Dewi Anggraini",
    "Joko Susilo",
    "Rina Kurnia",
    "Hadi Purnomo",
    "Suparman",
    "Mulyono",
    "Tri Wahyuni",
)


@dataclass(frozen=True, slots=True)
class StationCast:
    """The village's people, its stations, and the village head."""

    village: VillageCast
    lurah: User
    stations: tuple[PollingStation, ...]

    @property
    def context(self) -> VillageElection:
        return self.village.context

    @property
    def election_pk(self) -> int:
        return int(self.village.election.pk)

    def actor(self, name: str = "sari", now: datetime = FORMING) -> Actor:
        """One of them as the services see them."""
        if name == "lurah":
            return get_actor(self.lurah, now=now)
        return self.village.actor(name, now)

    def client(self, name: str = "") -> Client:
        """A browser in which one of them is signed in, or nobody."""
        if name == "lurah":
            client = Client()
            client.force_login(self.lurah)
            return client
        return self.village.client(name)


def make_station_cast() -> StationCast:
    """Three stations in two venues."""
    village = make_village()
    lurah = User.objects.create_user("pak.lurah", full_name="Pak Lurah")
    RoleAssignment.objects.create(
        user=lurah, role=Role.VILLAGE_HEAD, region_code=VILLAGE, valid_from=NOW
    )
    election = village.election
    hall = Venue.objects.create(election=election, name="Balai Desa")
    school = Venue.objects.create(election=election, name="SDN Krajan 1")
    stations = tuple(
        PollingStation.objects.create(election=election, venue=venue, number=number)
        for number, venue in ((1, hall), (2, hall), (3, school))
    )
    return StationCast(village=village, lurah=lurah, stations=stations)


def person(name: str = "Budi Santoso", *, serial: int = 1, **changes: Any) -> Person:
    """Somebody whose NIK agrees with sex and birth."""
    values: dict[str, Any] = {
        "full_name": name,
        "sex": Sex.MALE,
        "birth_place": "Blitar",
        "birth_date": date(1988, 3, 14),
        "address": "Dusun Krajan RT 02 RW 01",
        "phone": "081234567890",
        **changes,
    }
    values.setdefault(
        "nik",
        make_nik(
            district_digits="350501",
            birth_date=values["birth_date"],
            is_female=values["sex"] == Sex.FEMALE,
            serial=serial,
        ),
    )
    return Person(**values)


def team_of(cast: StationCast, station: PollingStation, *, by: str = "sari") -> StationTeam:
    """The team of a station, formed if it was not."""
    return form_team(actor=cast.actor(by), now=FORMING, station_uuid=station.uuid)


def put(
    cast: StationCast,
    station: PollingStation,
    who: Person,
    *,
    seat: tuple[SeatKind, int] = (SeatKind.STATION, 1),
    by: str = "sari",
    now: datetime = FORMING,
    version: int | None = None,
) -> StationOfficer:
    """A person into a seat."""
    team = team_of(cast, station, by=by)
    return name_officer(
        actor=cast.actor(by, now),
        now=now,
        team_uuid=team.uuid,
        expected_version=team.version if version is None else version,
        kind=seat[0],
        number=seat[1],
        person=who,
    )


def fresh(officer: StationOfficer) -> StationOfficer:
    """The officer as the database has it now."""
    return StationOfficer.objects.select_related("team__station", "team__decree").get(pk=officer.pk)


def declare(
    cast: StationCast, officer: StationOfficer, answers: Answers = GOOD, *, by: str = "sari"
) -> StationOfficer:
    """The declaration of an officer."""
    return record_answers(
        actor=cast.actor(by),
        now=FORMING,
        officer_uuid=officer.uuid,
        expected_version=fresh(officer).version,
        answers=answers,
    )


def relate(
    cast: StationCast, officer: StationOfficer, relations: dict[Candidacy, Relation]
) -> StationOfficer:
    """The kinship of an officer to candidates."""
    return declare_kinship(
        actor=cast.actor(),
        now=FORMING,
        officer_uuid=officer.uuid,
        expected_version=fresh(officer).version,
        relations={item.pk: relation for item, relation in relations.items()},
    )


def codes_of(cast: StationCast, officer: StationOfficer) -> list[str]:
    """What speaks against an officer now."""
    standing = Examiner(cast.context).judge(fresh(officer))
    return [item.finding.code for item in standing.findings]


def fill_team(
    cast: StationCast,
    station: PollingStation,
    *,
    seats: Sequence[tuple[SeatKind, int]] = tuple(SEATS),
    serial: int = 100,
) -> list[StationOfficer]:
    """A whole team against which nothing speaks."""
    made = []
    for place, seat in enumerate(seats):
        who = person(f"{NAMES[place]} {station.number}", serial=serial + place)
        officer = put(cast, station, who, seat=seat)
        made.append(declare(cast, officer))
    return made


def appoint(cast: StationCast, *, now: datetime = FORMING) -> AppointmentDecree:
    """Proposed by Bu Sari, issued by the village head."""
    decree = propose_decree(actor=cast.actor(), now=now, election_pk=cast.election_pk)
    return issue_decree(
        actor=cast.actor("lurah", now),
        now=now,
        decree_uuid=decree.uuid,
        expected_version=decree.version,
        number="141/12/2026",
        decree_date=now.date(),
        signer_name="Pak Lurah",
    )
