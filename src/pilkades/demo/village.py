"""One village of the demo: who acts there, at which moment, and what its committee does first."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.elections.models import (
    AnnouncementKind,
    CommitteeElement,
    CommitteePosition,
    ElectionState,
)
from pilkades.apps.elections.selectors.access import may_record_step
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.announce import publish_announcement
from pilkades.apps.elections.services.form_committee import MemberInput
from pilkades.apps.elections.services.form_committee import form_committee as form
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.demo.cast import act_as, invite
from pilkades.demo.director import Story, at
from pilkades.law.timetable import Standing, TimetableStep
from pilkades.synthetic.people import Person, make_person
from pilkades.synthetic.villages import Village, make_village

FRIDAY = 4
CHAIR, SECRETARY, COUNCIL = "ketua", "sekretaris", "bpd"
# Recorded by the act itself, on the day on which it happens.
OWN_ACTS = frozenset(
    {
        "committee_formation",
        "extra_selection",
        "single_deliberation",
        "void_report",
        "void_decision",
        "determination",
    }
)


BEFORE = at(1, 1)
POLL_DATE = date(2026, 11, 23)
SEED = 2026


@dataclass(slots=True)
class VillagePlay:
    """Desa peragaan: its election, its people by the part they play, and the moment of the play."""

    code: str
    name: str
    slug: str
    desk: str
    election_uuid: UUID
    election_pk: int
    names: dict[str, str] = field(default_factory=dict)
    voters: int = 0
    now: datetime = BEFORE
    rng: random.Random = field(init=False)
    roll_rng: random.Random = field(init=False)
    inhabitants: Village | None = None
    taken_names: set[str] = field(init=False)
    actors: dict[str, Actor] = field(default_factory=dict)
    has_committee: bool = False

    def __post_init__(self) -> None:
        """The same village plays the same people every time."""
        self.rng = random.Random(f"pilkades {self.code}")
        self.roll_rng = random.Random(f"pilkades dpt {self.code}")
        self.taken_names = set(self.names.values())

    @property
    def context(self) -> VillageElection:
        """The election as it stands now."""
        return get_village_election_by_uuid(self.election_uuid)

    def username(self, part: str) -> str:
        """The account of somebody who plays a part here: ketua.jatinom."""
        return f"{part}.{self.slug}"

    def actor(self, part: str) -> Actor:
        """Somebody of this village as the services see them from their first act on."""
        return self.act_as(self.username(part))

    def act_as(self, username: str) -> Actor:
        """Anybody; roles do not change once somebody has begun to act."""
        if username not in self.actors:
            self.actors[username] = act_as(username, now=self.now)
        return self.actors[username]

    def make_person(self, *, age_years_min: int = 27, age_years_max: int = 60) -> Person:
        """Somebody whose name nobody else here has."""
        while True:
            person = make_person(
                rng=self.rng,
                region_code=self.code,
                age_years_min=age_years_min,
                age_years_max=age_years_max,
                on=self.now.date(),
            )
            if person.name not in self.taken_names:
                self.taken_names.add(person.name)
                return person

    def get_inhabitants(self) -> Village:
        """Who lives here, with as many voters as the script says."""
        if self.inhabitants is None:
            self.inhabitants = make_village(
                seed=SEED, region_code=self.code, voters=self.voters, on=POLL_DATE
            )
        return self.inhabitants

    def name_of(self, part: str) -> str:
        """Who plays a part: a name of the cast, or an invented one."""
        if part not in self.names:
            self.names[part] = self.make_person().name
        return self.names[part]


def invite_council(village: VillagePlay) -> None:
    """The desk opens the account of the head of the BPD."""
    invite(
        by=village.desk,
        username=village.username(COUNCIL),
        full_name=village.name_of(COUNCIL),
        role=Role.VILLAGE_COUNCIL,
        region_code=village.code,
        now=village.now,
    )


SEATS = (
    (CHAIR, CommitteePosition.CHAIR, CommitteeElement.COMMUNITY),
    (SECRETARY, CommitteePosition.SECRETARY, CommitteeElement.APPARATUS),
    ("anggota1", CommitteePosition.MEMBER, CommitteeElement.INSTITUTION),
    ("anggota2", CommitteePosition.MEMBER, CommitteeElement.COMMUNITY),
    ("anggota3", CommitteePosition.MEMBER, CommitteeElement.INSTITUTION),
)


def form_committee(village: VillagePlay) -> None:
    """The BPD's decree on a committee of five; chair and secretary get accounts."""
    form(
        actor=village.actor(COUNCIL),
        now=village.now,
        election_pk=village.election_pk,
        decree_number=f"{village.rng.randint(2, 9)}/BPD/VII/{village.now.year}",
        decree_date=village.now.date(),
        members=[
            MemberInput(
                full_name=village.name_of(part),
                position=position,
                element=element,
                username=village.username(part) if part in (CHAIR, SECRETARY) else "",
            )
            for part, position, element in SEATS
        ],
    )
    village.has_committee = True


def announce(
    village: VillagePlay, kind: AnnouncementKind, *, title: str = "", body: str = ""
) -> None:
    """The committee publishes something of its own."""
    publish_announcement(
        actor=village.actor(CHAIR),
        now=village.now,
        election_pk=village.election_pk,
        kind=kind,
        title=title,
        body=body,
    )


def keep_steps(village: VillagePlay, *, until: datetime, without: Sequence[str] = ()) -> Story:
    """Every Friday somebody records which steps were held, the last time on the eve of the moment.

    `without` names the steps that nobody recorded: the board then says that they are late.
    """
    ends = {step.end_date for step in village.context.timetable.steps}
    eve = until.date() - timedelta(days=1)
    fridays = {day + timedelta(days=(FRIDAY - day.weekday()) % 7) for day in ends if day <= eve}
    for day in sorted({min(day, eve) for day in fridays}):
        yield at(day.month, day.day, 15, 30)
        _record_finished(village, without)


def _record_finished(village: VillagePlay, without: Sequence[str]) -> None:
    context = village.context
    if context.election.state != ElectionState.ACTIVE:
        return
    version = context.election.version
    for step in context.timetable.steps:
        fact = context.timetable.facts.get(step.id)
        is_over = fact is not None and fact.finished_on is not None
        is_due = step.end_date <= village.now.date() and step.standing is Standing.CERTAIN
        is_own_act = village.has_committee and step.id in OWN_ACTS
        if is_due and not is_over and not is_own_act and step.id not in without:
            _record(village, step, version)
            version += 1


def _record(village: VillagePlay, step: TimetableStep, version: int) -> None:
    record_step(
        actor=_find_recorder(village, step),
        now=village.now,
        election_uuid=village.election_uuid,
        expected_version=version,
        step_id=step.id,
        started_on=step.start_date,
        finished_on=step.end_date,
    )


def _find_recorder(village: VillagePlay, step: TimetableStep) -> Actor:
    """The office that owns the step where it has an account here, else the desk."""
    for part in (CHAIR, COUNCIL) if village.has_committee else ():
        actor = village.actor(part)
        if may_record_step(actor, owner=step.owner, village_code=village.code):
            return actor
    return village.act_as(village.desk)
