"""Applicants of the demo: they come to the committee's desk, are examined, and are decided upon."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pilkades.apps.accounts.roles import Role
from pilkades.apps.elections.models import Candidacy, CandidacyDocument, DocumentOutcome, Sex
from pilkades.apps.elections.selectors.candidates import get_file
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.check_file import check_file
from pilkades.apps.elections.services.complaints import file_complaint
from pilkades.apps.elections.services.completion import request_completion
from pilkades.apps.elections.services.file_documents import add_document, verify_document
from pilkades.apps.elections.services.open_file import Identity, open_file
from pilkades.apps.elections.services.receive_file import receive_file
from pilkades.apps.elections.services.record_facts import record_facts
from pilkades.demo.cast import invite
from pilkades.demo.village import CHAIR, SECRETARY, VillagePlay
from pilkades.law.eligibility import Education, HeadTerm
from pilkades.synthetic.certificates import make_certificate
from pilkades.synthetic.people import Person, make_nik
from pilkades.synthetic.portraits import draw_portrait

OCCUPATIONS = ("Petani", "Pedagang", "Wiraswasta", "Guru honorer", "Peternak", "Pensiunan")
GOOD_ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("citizen", {"is_citizen": True}),
    ("declarations", {"declared": {"declarations": True}}),
    ("not_in_prison", {"is_in_prison": False}),
    ("no_serious_conviction", {"has_been_convicted": False}),
    ("right_not_revoked", {"is_right_revoked": False}),
    ("healthy", {"is_healthy": True}),
)
# One before and one after the new law, which the transition does not cover.
TWO_TERMS = (
    HeadTerm(start_date=date(2016, 1, 1), end_date=date(2022, 1, 1)),
    HeadTerm(start_date=date(2024, 6, 1), end_date=None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """How one application comes in: with which answers and without which papers."""

    education: Education = Education.SMA
    without: Collection[str] = ()
    head_terms: Sequence[HeadTerm] = ()
    with_photo: bool = False
    part: str = ""
    name: str = ""
    is_female: bool | None = None


def apply(village: VillagePlay, application: Application) -> UUID:
    """Somebody brings an application to the desk and gets a receipt."""
    uuid = open_draft(village, application)
    receive_file(
        actor=village.actor(CHAIR),
        now=village.now,
        candidacy_uuid=uuid,
        expected_version=_version(uuid),
    )
    return uuid


def open_draft(village: VillagePlay, application: Application) -> UUID:
    """A file at the desk with answers, papers and photo, not yet handed in."""
    person = _make_applicant(village, application)
    if application.part:
        _open_account(village, application.part, person.name)
    uuid = open_file(
        actor=village.actor(SECRETARY),
        now=village.now,
        election_pk=village.election_pk,
        identity=_identify(village, person, application.education),
        username=village.username(application.part) if application.part else "",
    ).uuid
    _answer(village, uuid, application)
    _bring_papers(village, uuid, person.name, application.without)
    if application.with_photo:
        change_ballot_entry(
            actor=village.actor(SECRETARY),
            now=village.now,
            candidacy_uuid=uuid,
            expected_version=_version(uuid),
            ballot_name=person.name,
            photo=draw_portrait(rng=village.rng, is_female=person.is_female),
        )
    return uuid


def verify_papers(village: VillagePlay, uuid: UUID) -> None:
    """Two people look at every paper of a file and find it valid."""
    papers = CandidacyDocument.objects.filter(
        candidacy__uuid=uuid, replaced_at__isnull=True
    ).values_list("uuid", flat=True)
    for paper in papers:
        for part in (CHAIR, SECRETARY):
            verify_document(
                actor=village.actor(part),
                now=village.now,
                document_uuid=paper,
                expected_version=_version(uuid),
                outcome=DocumentOutcome.VALID,
            )


def find_eligible(village: VillagePlay, uuid: UUID) -> None:
    """Chair and secretary both find that a file fulfils everything."""
    for part in (CHAIR, SECRETARY):
        check_file(
            actor=village.actor(part),
            now=village.now,
            candidacy_uuid=uuid,
            expected_version=_version(uuid),
            is_eligible=True,
        )


def find_ineligible(village: VillagePlay, uuid: UUID, *, requirement: str, reason: str) -> None:
    """Both find that one requirement is not met."""
    for part in (CHAIR, SECRETARY):
        check_file(
            actor=village.actor(part),
            now=village.now,
            candidacy_uuid=uuid,
            expected_version=_version(uuid),
            is_eligible=False,
            requirement_id=requirement,
            reason=reason,
        )


def ask_for_more(village: VillagePlay, uuid: UUID, *, reason: str) -> None:
    """The committee asks for what is missing."""
    request_completion(
        actor=village.actor(CHAIR),
        now=village.now,
        candidacy_uuid=uuid,
        expected_version=_version(uuid),
        reason=reason,
    )


def complain(village: VillagePlay, uuid: UUID, *, content: str) -> None:
    """Somebody of the village says something about an applicant."""
    file_complaint(
        now=village.now,
        candidacy_uuid=uuid,
        complainant_name=village.make_person().name,
        contact=f"0812{village.rng.randint(10_000_000, 99_999_999)}",
        content=content,
    )


def _make_applicant(village: VillagePlay, application: Application) -> Person:
    """Somebody invented; the cast may fix the name and the sex, from which the NIK follows."""
    person = village.make_person(age_years_min=28, age_years_max=58)
    if not application.name:
        return person
    is_female = person.is_female if application.is_female is None else application.is_female
    return Person(
        name=application.name,
        nik=make_nik(
            district_digits=village.code.replace(".", "")[:6],
            birth_date=person.birth_date,
            is_female=is_female,
            serial=village.rng.randint(9000, 9999),
        ),
        birth_date=person.birth_date,
        birth_place=person.birth_place,
        is_female=is_female,
    )


def _open_account(village: VillagePlay, part: str, full_name: str) -> None:
    invite(
        by=village.desk,
        username=village.username(part),
        full_name=full_name,
        role=Role.CANDIDATE,
        region_code=village.code,
        now=village.now,
    )


def _identify(village: VillagePlay, person: Person, education: Education) -> Identity:
    rng = village.rng
    return Identity(
        full_name=person.name,
        ballot_name=person.name,
        nik=person.nik,
        sex=Sex.FEMALE if person.is_female else Sex.MALE,
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        address=f"Dusun Krajan RT {rng.randint(1, 9):02d} RW {rng.randint(1, 5):02d}",
        education=education,
        phone=f"0813{rng.randint(10_000_000, 99_999_999)}",
        occupation=rng.choice(OCCUPATIONS),
    )


def _answer(village: VillagePlay, uuid: UUID, application: Application) -> None:
    answers = list(GOOD_ANSWERS)
    if application.head_terms:
        answers.append(("terms", {"head_terms": tuple(application.head_terms)}))
    for requirement_id, changes in answers:
        record_facts(
            actor=village.actor(SECRETARY),
            now=village.now,
            candidacy_uuid=uuid,
            expected_version=_version(uuid),
            requirement_id=requirement_id,
            changes=changes,
        )


def _bring_papers(village: VillagePlay, uuid: UUID, name: str, without: Collection[str]) -> None:
    context = village.context
    for paper in get_file(uuid, context, now=village.now).checklist.list_missing():
        if paper.id in without:
            continue
        add_document(
            actor=village.actor(SECRETARY),
            now=village.now,
            candidacy_uuid=uuid,
            expected_version=_version(uuid),
            kind=paper.id,
            data=make_certificate(title=paper.name, name=name, village=f"Desa {village.name}"),
        )


def _version(uuid: UUID) -> int:
    """The version that a person would have seen on the page just before acting."""
    return Candidacy.objects.values_list("version", flat=True).get(uuid=uuid)
