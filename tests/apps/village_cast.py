"""The people of one village's election, and short ways to bring it to a moment.

Bu Sari chairs the committee, Pak Slamet is its secretary, Mbak Rini a member; Pak Bayu heads the
BPD; Mbak Kartika and Pak Darto want to stand; Mallory chairs the committee of another village.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.test import Client

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.elections.models import (
    Candidacy,
    CandidacyDocument,
    CommitteeElement,
    CommitteePosition,
    DocumentCheck,
    DocumentOutcome,
    Election,
    Sex,
)
from pilkades.apps.elections.selectors.applicant_facts import format_facts, parse_facts
from pilkades.apps.elections.selectors.candidates import get_file
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.check_file import check_file
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.services.file_documents import add_document, verify_document
from pilkades.apps.elections.services.form_committee import MemberInput, form_committee
from pilkades.apps.elections.services.open_file import Identity, open_file
from pilkades.apps.elections.services.receive_file import receive_file
from pilkades.apps.elections.services.record_facts import record_facts
from pilkades.law.application import ApplicationState
from pilkades.law.eligibility import Education
from pilkades.synthetic.people import make_nik
from tests.apps.desk_cast import NOW, REGENCY, install_packs, make_cast, make_regions

WIB = ZoneInfo("Asia/Jakarta")
VILLAGE, OTHER_VILLAGE = "35.05.01.2001", "35.05.01.2002"
POLL = date(2026, 11, 23)
PDF = (
    b"%PDF-1.4\n% sebuah surat keterangan\n"
    b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\nstartxref\n35\n%%EOF\n"
)


def at(month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2026 on the village's clock."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=WIB)


FORMED = at(7, 17)
REGISTRATION = at(8, 25)
REGISTRATION_END = date(2026, 9, 2)
CHECKING = at(9, 3)
COMPLETING = at(9, 10)
FINAL_CHECK = at(9, 22)
DETERMINATION = at(11, 2)


@dataclass(frozen=True, slots=True)
class VillageCast:
    """Everybody who appears, by the part they play, and the election."""

    sari: User
    slamet: User
    rini: User
    bayu: User
    kartika: User
    darto: User
    mallory: User
    dewi: User
    desk: User
    camat: User
    election_uuid: UUID

    def actor(self, name: str, now: datetime = REGISTRATION) -> Actor:
        """One of them as the services see them."""
        return get_actor(getattr(self, name), now=now)

    def client(self, name: str = "") -> Client:
        """A browser in which one of them is signed in, or nobody."""
        client = Client()
        if name:
            client.force_login(getattr(self, name))
        return client

    @property
    def election(self) -> Election:
        return self.context.election

    @property
    def context(self) -> VillageElection:
        """The election as it stands now."""
        return get_village_election_by_uuid(self.election_uuid)


def make_village(*, with_committee: bool = True) -> VillageCast:
    """A wave of two villages in Blitar, with a committee in the first."""
    make_regions(villages_per_district=2)
    desk = make_cast()
    pack = install_packs(desk)
    wave = create_wave(
        actor=desk.actor("desk"),
        now=NOW,
        regency_code=REGENCY,
        name="Gelombang 2026",
        poll_date=POLL,
        pack_uuid=pack.uuid,
        village_codes=[VILLAGE, OTHER_VILLAGE],
    )
    cast = VillageCast(
        sari=_person("bu.sari", "Bu Sari"),
        slamet=_person("pak.slamet", "Pak Slamet"),
        rini=_person("mbak.rini", "Mbak Rini"),
        bayu=_person("pak.bayu", "Pak Bayu", Role.VILLAGE_COUNCIL),
        kartika=_person("mbak.kartika", "Mbak Kartika", Role.CANDIDATE),
        darto=_person("pak.darto", "Pak Darto", Role.CANDIDATE),
        mallory=_person("mallory.desa", "Mallory", Role.COMMITTEE_CHAIR, OTHER_VILLAGE),
        dewi=desk.dewi,
        desk=desk.desk,
        camat=desk.camat,
        election_uuid=wave.elections.get(village_id=VILLAGE).uuid,
    )
    if with_committee:
        form(cast)
    return cast


MEMBERS = (
    MemberInput(
        full_name="Bu Sari",
        position=CommitteePosition.CHAIR,
        element=CommitteeElement.COMMUNITY,
        username="bu.sari",
    ),
    MemberInput(
        full_name="Pak Slamet",
        position=CommitteePosition.SECRETARY,
        element=CommitteeElement.APPARATUS,
        username="pak.slamet",
    ),
    MemberInput(
        full_name="Mbak Rini",
        position=CommitteePosition.MEMBER,
        element=CommitteeElement.INSTITUTION,
        username="mbak.rini",
    ),
    MemberInput(
        full_name="Pak Wagiman",
        position=CommitteePosition.MEMBER,
        element=CommitteeElement.COMMUNITY,
    ),
    MemberInput(
        full_name="Bu Tumini",
        position=CommitteePosition.MEMBER,
        element=CommitteeElement.INSTITUTION,
    ),
)


def form(cast: VillageCast, **changes: Any) -> Any:
    """The BPD forms the committee of five."""
    values: dict[str, Any] = {
        "actor": cast.actor("bayu", FORMED),
        "now": FORMED,
        "election_pk": cast.election.pk,
        "decree_number": "3/BPD/2026",
        "decree_date": date(2026, 7, 17),
        "members": MEMBERS,
    }
    return form_committee(**{**values, **changes})


def identity(
    name: str = "Kartika Wulandari",
    *,
    birth_date: date = date(1985, 4, 12),
    sex: Sex = Sex.FEMALE,
    serial: int = 9001,
    **changes: Any,
) -> Identity:
    """An applicant whose NIK agrees with birth and sex."""
    made = Identity(
        full_name=name,
        ballot_name=name,
        nik=make_nik(
            district_digits="350501",
            birth_date=birth_date,
            is_female=sex == Sex.FEMALE,
            serial=serial,
        ),
        sex=sex,
        birth_place="Blitar",
        birth_date=birth_date,
        address="Dusun Krajan RT 02 RW 01",
        education=Education.SMA,
        phone="081234567890",
        occupation="Petani",
    )
    return replace(made, **changes)


def open_draft(
    cast: VillageCast, person: Identity | None = None, *, username: str = "", by: str = "sari"
) -> Candidacy:
    """A draft at the committee's desk."""
    return open_file(
        actor=cast.actor(by),
        now=REGISTRATION,
        election_pk=cast.election.pk,
        identity=person or identity(),
        username=username,
    )


def receive(
    cast: VillageCast, candidacy: Candidacy, now: datetime = REGISTRATION, by: str = "sari"
) -> Candidacy:
    """The committee receives a draft."""
    received, _ = receive_file(
        actor=cast.actor(by, now),
        now=now,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
    )
    return received


def fresh(candidacy: Candidacy) -> Candidacy:
    """The file as it stands in the database now."""
    return Candidacy.objects.get(pk=candidacy.pk)


NAMES = ("Kartika", "Darto", "Endang", "Fajar", "Gatot", "Hartini", "Imam")


def make_applicants(
    cast: VillageCast, count: int, *, state: ApplicationState = ApplicationState.ELIGIBLE
) -> list[Candidacy]:
    """Applicants who were received, put into a state without walking there.

    The first two have the accounts of Mbak Kartika and Pak Darto.
    """
    usernames = ("mbak.kartika", "pak.darto")
    made = []
    for place in range(count):
        sex = Sex.FEMALE if place % 2 == 0 else Sex.MALE
        person = identity(
            NAMES[place],
            serial=9100 + place,
            sex=sex,
            birth_date=date(1980, 1, 5) + timedelta(days=place),
        )
        username = usernames[place] if place < len(usernames) else ""
        candidacy = receive(cast, open_draft(cast, person, username=username))
        if candidacy.state != state:
            Candidacy.objects.filter(pk=candidacy.pk).update(state=state)
        made.append(fresh(candidacy))
    return made


def _person(
    username: str, full_name: str, role: Role | None = None, region_code: str = VILLAGE
) -> User:
    user = User.objects.create_user(username, full_name=full_name)
    if role is not None:
        RoleAssignment.objects.create(user=user, role=role, region_code=region_code, valid_from=NOW)
    return user


GOOD_ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("citizen", {"is_citizen": True}),
    ("declarations", {"declared": {"declarations": True}}),
    ("not_in_prison", {"is_in_prison": False}),
    ("no_serious_conviction", {"has_been_convicted": False}),
    ("right_not_revoked", {"is_right_revoked": False}),
    ("healthy", {"is_healthy": True}),
)


def answer(
    cast: VillageCast,
    candidacy: Candidacy,
    requirement_id: str,
    changes: dict[str, Any],
    *,
    now: datetime = CHECKING,
    by: str = "sari",
) -> Candidacy:
    """The answer to one requirement."""
    return record_facts(
        actor=cast.actor(by, now),
        now=now,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        requirement_id=requirement_id,
        changes=changes,
    )


def bring(
    cast: VillageCast,
    candidacy: Candidacy,
    kind: str,
    *,
    now: datetime = CHECKING,
    by: str = "sari",
    data: bytes = PDF,
) -> CandidacyDocument:
    """One paper into the file."""
    return add_document(
        actor=cast.actor(by, now),
        now=now,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        kind=kind,
        data=data,
    )


def verify(
    cast: VillageCast,
    document: CandidacyDocument,
    *,
    by: str = "sari",
    now: datetime = CHECKING,
    outcome: DocumentOutcome = DocumentOutcome.VALID,
    note: str = "",
) -> DocumentCheck:
    """One person's look at one paper."""
    return verify_document(
        actor=cast.actor(by, now),
        now=now,
        document_uuid=document.uuid,
        expected_version=fresh(document.candidacy).version,
        outcome=outcome,
        note=note,
    )


def fulfil(cast: VillageCast, candidacy: Candidacy, *, now: datetime = CHECKING) -> Candidacy:
    """Everything the law asks, brought and verified by two people."""
    for requirement_id, changes in GOOD_ANSWERS:
        answer(cast, candidacy, requirement_id, changes, now=now)
    file = get_file(candidacy.uuid, cast.context, now=now)
    for paper in file.checklist.list_missing():
        document = bring(cast, candidacy, paper.id, now=now)
        verify(cast, document, by="sari", now=now)
        verify(cast, document, by="slamet", now=now)
    return fresh(candidacy)


def judge(
    cast: VillageCast,
    candidacy: Candidacy,
    *,
    by: str,
    is_eligible: bool = True,
    now: datetime = FINAL_CHECK,
    requirement_id: str = "",
    reason: str = "",
) -> Candidacy:
    """One person's finding on the whole file."""
    return check_file(
        actor=cast.actor(by, now),
        now=now,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        is_eligible=is_eligible,
        requirement_id=requirement_id,
        reason=reason,
    )


def give_good_files(cast: VillageCast) -> None:
    """Good answers and valid papers for every applicant, without walking there."""
    for candidacy in Candidacy.objects.filter(election__uuid=cast.election_uuid):
        facts = replace(
            parse_facts(candidacy.facts),
            is_citizen=True,
            declared={"declarations": True},
            is_in_prison=False,
            has_been_convicted=False,
            is_right_revoked=False,
            is_healthy=True,
        )
        candidacy.facts = format_facts(facts)
        candidacy.save(update_fields=["facts"])
        for paper in cast.context.eligibility_rules.documents:
            _give_valid_paper(cast, candidacy, paper.id)


def _give_valid_paper(cast: VillageCast, candidacy: Candidacy, kind: str) -> None:
    document = CandidacyDocument.objects.create(
        candidacy=candidacy,
        kind=kind,
        file=UUID(int=1),
        media_type="application/pdf",
        size_bytes=1,
        sha256="0" * 64,
        uploaded_by=cast.sari,
        uploaded_at=CHECKING,
    )
    for person in (cast.sari, cast.slamet):
        DocumentCheck.objects.create(
            document=document, outcome="valid", checked_by=person, checked_at=CHECKING
        )
