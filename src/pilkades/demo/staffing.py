"""Where the demo's voters vote and who serves there: venues, stations, teams, decree, agents."""

from datetime import date, datetime
from itertools import islice

from pilkades.apps.accounts.roles import Role
from pilkades.apps.elections.models import PollingStation, Sex, StationKind, Venue
from pilkades.apps.officers.models import StationOfficer, StationTeam, TieState
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.services.agents import AgentInput, register_agent
from pilkades.apps.officers.services.declare import Answers, declare_kinship, record_answers
from pilkades.apps.officers.services.decree import issue_decree, propose_decree
from pilkades.apps.officers.services.name_officers import form_team, name_officer
from pilkades.apps.officers.services.oath import record_oath
from pilkades.apps.officers.services.people import Person
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import AllocationMode
from pilkades.apps.roll.services.allocate import accept_allocation, propose_allocation
from pilkades.apps.roll.services.stations import add_stations
from pilkades.apps.roll.services.venues import VenueInput, add_venue
from pilkades.demo.cast import invite
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import OfficerRules
from pilkades.synthetic.certificates import make_certificate
from pilkades.synthetic.villages import VillagePerson

HEAD = "kades"
VENUES = ("Balai Desa {village}", "SDN {village} 1", "Balai Dusun {hamlet}", "TK {hamlet}")
BORN_BEFORE, BORN_AFTER = date(2003, 1, 1), date(1973, 1, 1)
GOOD = Answers(
    lives_in_village=True,
    is_healthy=True,
    is_committee_member=False,
    party_state=TieState.NEVER,
    campaign_state=TieState.NEVER,
)


def invite_head(village: VillagePlay) -> None:
    """The desk opens the account of the village head, who appoints the officers."""
    invite(
        by=village.desk,
        username=village.username(HEAD),
        full_name=village.name_of(HEAD),
        role=Role.VILLAGE_HEAD,
        region_code=village.code,
        now=village.now,
    )


def open_stations(village: VillagePlay, *, count: int) -> None:
    """As many venues with one station each, in hamlets of their own."""
    hamlets = list(Hamlet.objects.filter(village_id=village.code).order_by("pk"))
    for place in range(count):
        hamlet = hamlets[place % len(hamlets)]
        venue = add_venue(
            actor=village.actor(CHAIR),
            now=village.now,
            election_pk=village.election_pk,
            venue=VenueInput(
                name=VENUES[place].format(village=village.name, hamlet=hamlet.name),
                address=f"Dusun {hamlet.name}, Desa {village.name}",
                hamlet=hamlet,
            ),
        )
        add_stations(actor=village.actor(CHAIR), now=village.now, venue_uuid=venue.uuid)


def allocate(village: VillagePlay) -> None:
    """The voters are divided by rule; the chair accepts what was proposed."""
    proposal = propose_allocation(
        actor=village.actor(CHAIR),
        now=village.now,
        election_uuid=village.election_uuid,
        mode=AllocationMode.ALL,
    )
    accept_allocation(actor=village.actor(CHAIR), now=village.now, proposal_uuid=proposal.uuid)


def form_teams(village: VillagePlay) -> None:
    """Every seat of every station gets somebody of the village, who answers the questions."""
    people = _list_able(village)
    seats = list(OfficerRules.from_pack(village.context.pack).list_seats())
    for station in list_stations(village):
        team = form_team(actor=village.actor(SECRETARY), now=village.now, station_uuid=station.uuid)
        for (kind, number), person in zip(seats, people, strict=False):
            team.refresh_from_db()
            officer = name_officer(
                actor=village.actor(SECRETARY),
                now=village.now,
                team_uuid=team.uuid,
                expected_version=team.version,
                kind=kind,
                number=number,
                person=_introduce(person),
            )
            record_answers(
                actor=village.actor(SECRETARY),
                now=village.now,
                officer_uuid=officer.uuid,
                expected_version=officer.version,
                answers=GOOD,
            )
        people = people[len(seats) :]


def appoint_teams(village: VillagePlay, *, number: str) -> None:
    """The committee proposes, the village head issues the decree."""
    decree = propose_decree(
        actor=village.actor(CHAIR), now=village.now, election_pk=village.election_pk
    )
    issue_decree(
        actor=village.actor(HEAD),
        now=village.now,
        decree_uuid=decree.uuid,
        expected_version=decree.version,
        number=number,
        decree_date=village.now.date(),
        signer_name=village.name_of(HEAD),
    )


def swear_in(village: VillagePlay, *, taken_at: datetime) -> None:
    """All officers take their oath in the village hall, before the village head."""
    for station in list_stations(village):
        team = StationTeam.objects.get(station=station)
        record_oath(
            actor=village.actor(CHAIR),
            now=village.now,
            team_uuid=team.uuid,
            expected_version=team.version,
            taken_at=taken_at,
            place=f"Balai Desa {village.name}",
            administered_by=village.name_of(HEAD),
            administered_as="Kepala Desa",
            officer_uuids=[officer.uuid for officer in team.officers.all()],
        )


def declare_kin(village: VillagePlay) -> None:
    """Nobody is related to a candidate, but for one officer of the last station: a brother's."""
    candidates = [item.pk for item in Examiner(village.context).candidacies]
    officers = list(
        StationOfficer.objects.filter(election__uuid=village.election_uuid).order_by("pk")
    )
    related = next(item for item in reversed(officers) if not item.is_reserve)
    for officer in officers:
        relations = dict.fromkeys(candidates, Relation.NONE)
        if officer == related:
            relations[candidates[1]] = Relation.SIBLING
        declare_kinship(
            actor=village.actor(SECRETARY),
            now=village.now,
            officer_uuid=officer.uuid,
            expected_version=officer.version,
            relations=relations,
        )


def register_agents(village: VillagePlay) -> None:
    """Candidates send somebody to the first two stations, with a mandate."""
    people = iter(reversed(_list_able(village)))
    for station in list_stations(village)[:2]:
        for candidacy in Examiner(village.context).candidacies:
            (person,) = islice(people, 1)
            register_agent(
                actor=village.actor(SECRETARY),
                now=village.now,
                election_pk=village.election_pk,
                candidacy_uuid=candidacy.uuid,
                station_uuid=station.uuid,
                agent=AgentInput(
                    full_name=person.full_name,
                    nik=person.nik,
                    phone=person.phone,
                    mandate_number=f"{candidacy.ballot_number}/MANDAT/{station.number:02d}",
                    mandate_date=village.now.date(),
                    mandate=make_certificate(
                        title="Surat mandat saksi",
                        name=person.full_name,
                        village=f"Desa {village.name}",
                    ),
                ),
            )


def list_stations(village: VillagePlay) -> list[PollingStation]:
    """The stations in the order of their numbers."""
    return list(
        PollingStation.objects.filter(
            election__uuid=village.election_uuid, kind=StationKind.STATION
        ).order_by("number")
    )


def list_venues(village: VillagePlay) -> list[Venue]:
    """The venues in the order in which they were named."""
    return list(Venue.objects.filter(election__uuid=village.election_uuid).order_by("pk"))


def _list_able(village: VillagePlay) -> list[VillagePerson]:
    """Voters of an age to serve, who neither sit in the committee nor stand, one to a family."""
    families: set[str] = set()
    able = []
    for person in village.get_inhabitants().voters:
        is_able = (
            BORN_AFTER < person.birth_date < BORN_BEFORE
            and not person.disability
            and person.full_name not in village.taken_names
            and person.kk not in families
        )
        if is_able:
            families.add(person.kk)
            able.append(person)
    return able


def _introduce(person: VillagePerson) -> Person:
    return Person(
        full_name=person.full_name,
        nik=person.nik,
        sex=Sex(person.sex),
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        address=f"{person.address}, RT {person.rt} RW {person.rw}",
        phone=person.phone,
    )
