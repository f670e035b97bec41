"""Mallory reads the public ledger beside the village's public page, where every applicant is named
with the uuid that is the subject of the events, and wants to know what was found wanting in him."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.audit.catalogue import CatalogueError, get_catalogue
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import (
    Candidacy,
    CandidateComplaint,
    CommitteeElement,
    CommitteePosition,
    ComplaintOutcome,
    DocumentOutcome,
    SealedValue,
    Sex,
)
from pilkades.apps.elections.services.complaints import answer_complaint, file_complaint
from pilkades.apps.elections.services.decide_file import propose_decision, withdraw_proposal
from pilkades.apps.elections.services.form_committee import MemberInput, replace_member
from pilkades.law.application import ApplicationEvent
from pilkades.ledger.commitment import is_commitment_opened
from tests.apps.elections_village.conftest import cast, village_stage
from tests.apps.village_cast import (
    CHECKING,
    FINAL_CHECK,
    NOW,
    REGENCY,
    VillageCast,
    answer,
    bring,
    fresh,
    identity,
    judge,
    open_draft,
    receive,
    verify,
)
from tests.apps.village_way import PEOPLE, go_whole_way

__all__ = ["cast", "village_stage"]

REFUSED = identity("Gatot Subagyo", serial=9401, sex=Sex.MALE, birth_date=date(1982, 2, 3))
REASON = "Putusan pengadilan menyebut pidana tujuh tahun"
COMPLAINT = "Saya tahu orang ini pernah dipenjara di Blitar."
ANSWER = "Benar menurut surat Pengadilan Negeri."
TYPED_ARTICLE = "Surat PN Blitar tentang Gatot"


@pytest.fixture
def refused(cast: VillageCast) -> Candidacy:
    """A whole village, and in it one applicant of whom something is found."""
    go_whole_way_with_one_refused(cast)
    return Candidacy.objects.get(full_name=REFUSED.full_name)


def go_whole_way_with_one_refused(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast, REFUSED))
    answer(cast, candidacy, "no_serious_conviction", {"has_been_convicted": True})
    paper = bring(cast, candidacy, list_kinds(cast)[-1])
    verify(cast, paper, by="sari", outcome=DocumentOutcome.INVALID, note="Cap pengadilan palsu")
    _complain(cast, candidacy)
    _propose_and_take_back(cast, candidacy)
    for examiner in ("sari", "slamet"):
        judge(
            cast,
            candidacy,
            by=examiner,
            is_eligible=False,
            requirement_id="no_serious_conviction",
            reason=REASON,
        )
    _replace_a_member(cast)
    go_whole_way(cast)


def _complain(cast: VillageCast, candidacy: Candidacy) -> None:
    complaint = file_complaint(
        now=CHECKING,
        candidacy_uuid=candidacy.uuid,
        complainant_name="Pak Joko",
        contact="081200000000",
        content=COMPLAINT,
    )
    answer_complaint(
        actor=cast.actor("sari", FINAL_CHECK),
        now=FINAL_CHECK,
        complaint_uuid=complaint.uuid,
        expected_version=1,
        outcome=ComplaintOutcome.UPHELD,
        answer=ANSWER,
    )


def _propose_and_take_back(cast: VillageCast, candidacy: Candidacy) -> None:
    decision = propose_decision(
        actor=cast.actor("rini", CHECKING),
        now=CHECKING,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        event=ApplicationEvent.WITHDRAW,
        reason=REASON,
        article=TYPED_ARTICLE,
    )
    withdraw_proposal(
        actor=cast.actor("rini", CHECKING),
        now=CHECKING,
        decision_uuid=decision.uuid,
        expected_version=fresh(candidacy).version,
    )


def _replace_a_member(cast: VillageCast) -> None:
    committee = cast.election.committee
    replace_member(
        actor=cast.actor("bayu", CHECKING),
        now=CHECKING,
        member_uuid=committee.members.get(full_name="Bu Tumini").uuid,
        expected_version=committee.version,
        left_date=CHECKING.date(),
        reason="Sakit keras",
        successor=MemberInput(
            full_name="Bu Lastri",
            position=CommitteePosition.MEMBER,
            element=CommitteeElement.INSTITUTION,
        ),
    )


def list_kinds(cast: VillageCast) -> list[str]:
    return [paper.id for paper in cast.context.eligibility_rules.documents]


def list_strings(value: Any) -> Iterator[str]:
    """Every text in a leaf, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from list_strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from list_strings(inner)


def read_leaves() -> list[dict[str, Any]]:
    return [json.loads(leaf) for leaf in Event.objects.values_list("leaf", flat=True)]


def test_no_leaf_tells_a_requirement_a_paper_or_a_verdict(
    cast: VillageCast, refused: Candidacy
) -> None:
    requirements = {item.id for item in cast.context.eligibility_rules.conditions}
    secrets = {*requirements, *list_kinds(cast), "invalid", "unclear", "upheld", "withdraw"}
    leaves = read_leaves()
    assert len(leaves) > 60
    for leaf in leaves:
        told = {*list_strings(leaf["data"]), leaf["subject"], leaf["article"]}
        assert not told & secrets, leaf["event"]


def test_no_leaf_on_a_file_names_the_article_of_one_requirement(
    cast: VillageCast, refused: Candidacy
) -> None:
    """Who reads "syarat huruf k" reads the requirement."""
    rules = cast.context.eligibility_rules
    telling = {item.article for item in (*rules.conditions, *rules.documents)}
    telling -= {cast.context.candidacy_rules.article}
    seen = {
        leaf["article"] for leaf in read_leaves() if leaf["subject"] == f"candidacy:{refused.uuid}"
    }
    assert seen
    assert not seen & telling


def test_no_leaf_holds_a_name_a_nik_a_reason_or_a_decree(
    cast: VillageCast, refused: Candidacy
) -> None:
    leaves = "\n".join(Event.objects.values_list("leaf", flat=True))
    tickets = CandidateComplaint.objects.values_list("ticket", flat=True)
    people = [*PEOPLE, REFUSED]
    words = [
        *(word for person in people for word in (*person.full_name.split(), person.nik)),
        *("Joko", "Sari", "Slamet", "Rini", "Bayu", "Wagiman", "Tumini", "Lastri", "Krajan"),
        *(REASON, COMPLAINT, ANSWER, TYPED_ARTICLE, "pengadilan", "Pengadilan", "Sakit"),
        *("3/BPD/2026", "12/PPKD/2026", "9/BPD", "Gelombang 2026", "081234567890"),
        *tickets,
    ]
    assert [word for word in words if word in leaves] == []


def test_no_leaf_holds_the_hash_of_a_photo_or_the_code_of_a_receipt(
    cast: VillageCast, refused: Candidacy
) -> None:
    """A hash without salt is found again by whoever has the photo; the code opens a page."""
    leaves = read_leaves()
    texts = "\n".join(json.dumps(leaf) for leaf in leaves)
    rows = Candidacy.objects.all()
    told = [row.photo_sha256 for row in rows] + [row.receipt_code for row in rows]
    assert len([value for value in told if value]) >= 5
    assert [value for value in told if value and value in texts] == []
    changed = [leaf["data"] for leaf in leaves if leaf["event"] == "candidacy.ballot_entry_changed"]
    assert len({data["photo_sha256_commitment"] for data in changed}) == len(changed) > 1


def test_a_complaint_does_not_lead_to_whom_it_is_about(
    cast: VillageCast, refused: Candidacy
) -> None:
    leaves = [leaf for leaf in read_leaves() if leaf["event"].startswith("complaint.")]
    assert len(leaves) == 2
    assert all(str(refused.uuid) not in json.dumps(leaf) for leaf in leaves)


def test_the_salt_kept_with_the_record_opens_every_commitment(
    cast: VillageCast, refused: Candidacy
) -> None:
    leaves = {leaf["uuid"]: leaf for leaf in read_leaves()}
    values = list(SealedValue.objects.all())
    assert len(values) > 40
    for row in values:
        commitment = leaves[str(row.event)]["data"][f"{row.name}_commitment"]
        assert is_commitment_opened(
            salt=bytes.fromhex(row.salt), value=row.value, commitment=bytes.fromhex(commitment)
        )
    assert len({row.salt for row in values}) == len(values)


def test_two_equal_findings_do_not_look_equal(cast: VillageCast, refused: Candidacy) -> None:
    found = [leaf["data"] for leaf in read_leaves() if leaf["event"] == "candidacy.checked"]
    assert len({data["requirement_commitment"] for data in found}) == len(found)


def test_the_inspectorate_reads_it_in_plain_words_and_a_voter_does_not(
    cast: VillageCast, refused: Candidacy
) -> None:
    inspector = User.objects.create_user("inspektur", full_name="Pak Inspektur")
    RoleAssignment.objects.create(
        user=inspector, role=Role.AUDITOR, region_code=REGENCY, valid_from=NOW
    )
    client = Client()
    client.force_login(inspector)
    page = client.get("/jejak-audit/", {"peristiwa": "candidacy.checked"}).content.decode()
    assert "no_serious_conviction" in page
    decree = client.get("/jejak-audit/", {"peristiwa": "committee.formed"}).content.decode()
    assert "3/BPD/2026" in decree
    assert cast.client("dewi").get("/jejak-audit/").status_code == 403
    assert Client().get("/jejak-audit/").status_code == 302


def test_plain_text_in_the_place_of_a_commitment_is_refused() -> None:
    kind = get_catalogue()["candidacy.facts_recorded"]
    with pytest.raises(CatalogueError, match="commit_to"):
        kind.check(article="UU", data={"requirement_commitment": "no_serious_conviction"})
    with pytest.raises(CatalogueError, match="requirement"):
        kind.check(article="UU", data={"requirement": "no_serious_conviction"})
