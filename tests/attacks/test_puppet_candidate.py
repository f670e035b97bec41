"""The chair wants a candidate's account in the own hand, to sign the set-up proof with it."""

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.services import (
    grant_role,
    invite_person,
    issue_access_link,
    revoke_role,
)
from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Candidacy, SetupProof, SetupProofSignature
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.setup_proof import (
    create_proof,
    sign_proof,
    sign_proof_on_paper,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from tests.apps.elections_village.conftest import cast, village_stage
from tests.apps.elections_village.photos import picture
from tests.apps.village_cast import (
    NOW,
    REGISTRATION,
    VILLAGE,
    VillageCast,
    at,
    fresh,
    identity,
    make_applicants,
    open_draft,
)

__all__ = ["cast", "village_stage"]
PROVING = at(11, 3)
OFFICIALS = ("sari", "slamet", "rini", "bayu")


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.AGENT])
@pytest.mark.parametrize("name", [*OFFICIALS, "mallory", "kartika", "dewi"])
def test_nobody_of_the_village_makes_the_account_of_a_candidate(
    cast: VillageCast, name: str, role: Role
) -> None:
    actor = cast.actor(name)
    with pytest.raises(PermissionDenied):
        invite_person(
            actor=actor,
            username="boneka",
            full_name="Boneka",
            email="",
            role=role,
            region_code=VILLAGE,
            now=REGISTRATION,
        )
    with pytest.raises(PermissionDenied):
        grant_role(actor=actor, user=cast.dewi, role=role, region_code=VILLAGE, now=REGISTRATION)
    assert not User.objects.filter(username="boneka").exists()


@pytest.mark.parametrize("name", [*OFFICIALS, "mallory", "darto"])
def test_nobody_of_the_village_takes_the_account_of_a_candidate_over(
    cast: VillageCast, name: str
) -> None:
    with pytest.raises(PermissionDenied):
        issue_access_link(actor=cast.actor(name), user=cast.kartika, now=REGISTRATION)


def test_the_desk_makes_it_and_the_file_takes_it(cast: VillageCast) -> None:
    made = invite_person(
        actor=cast.actor("desk"),
        username="bu.endang",
        full_name="Bu Endang",
        email="",
        role=Role.CANDIDATE,
        region_code=VILLAGE,
        now=REGISTRATION,
    )
    assert open_draft(cast, username="bu.endang").user == made.user


@pytest.mark.parametrize("username", ["mbak.rini", "pak.bayu", "mallory.desa", "tidak.ada"])
def test_a_file_is_not_bound_to_an_official_or_a_stranger(cast: VillageCast, username: str) -> None:
    """Not even where the desk was talked into giving an official the role as well."""
    user = User.objects.filter(username=username).first()
    if user is not None and username != "mallory.desa":
        RoleAssignment.objects.create(
            user=user, role=Role.CANDIDATE, region_code=VILLAGE, valid_from=NOW
        )
    with pytest.raises(MalformedInputError, match=r"candidacy\.account"):
        open_draft(cast, username=username)


def test_one_account_serves_one_file(cast: VillageCast) -> None:
    open_draft(cast, username="mbak.kartika")
    with pytest.raises(ConflictError, match=r"candidacy\.person"):
        open_draft(cast, identity("Hartini", serial=9777), username="mbak.kartika")


def test_both_examiners_see_whose_account_signs_for_the_file(cast: VillageCast) -> None:
    candidacy = open_draft(cast, username="mbak.kartika")
    for examiner in ("sari", "slamet"):
        page = cast.client(examiner).get(f"/ruang/{VILLAGE}/berkas/{candidacy.uuid}/")
        assert "mbak.kartika" in page.content.decode()


def _number_two(cast: VillageCast) -> SetupProof:
    """Two numbered candidates with accounts, and the proof for them to sign."""
    now = PROVING
    for number, candidacy in enumerate(
        make_applicants(cast, 2, state=ApplicationState.DETERMINED), start=1
    ):
        Candidacy.objects.filter(pk=candidacy.pk).update(
            state=ApplicationState.NUMBERED, ballot_number=number
        )
        change_ballot_entry(
            actor=cast.actor("rini", now),
            now=now,
            candidacy_uuid=candidacy.uuid,
            expected_version=fresh(candidacy).version,
            ballot_name=candidacy.ballot_name,
            photo=picture(),
        )
    return create_proof(actor=cast.actor("slamet", now), now=now, election_pk=cast.election.pk)


def _end_role(cast: VillageCast) -> None:
    revoke_role(
        actor=cast.actor("desk", PROVING),
        assignment=cast.kartika.role_assignments.get(),
        now=PROVING,
        reason="Akun dipakai orang lain",
    )


def _sign_on_paper(cast: VillageCast, proof: SetupProof) -> SetupProofSignature:
    line = proof.signatures.get(candidacy__user=cast.kartika)
    for name, is_confirmation in (("rini", False), ("slamet", True)):
        line = sign_proof_on_paper(
            actor=cast.actor(name, PROVING),
            now=PROVING,
            signature_uuid=line.uuid,
            sha256=proof.sha256,
            is_confirmation=is_confirmation,
        )
    return line


def test_an_account_whose_role_was_ended_signs_nothing(cast: VillageCast) -> None:
    proof = _number_two(cast)
    _end_role(cast)
    line = proof.signatures.get(candidacy__user=cast.kartika)
    with pytest.raises(PermissionDenied):
        sign_proof(
            actor=cast.actor("kartika", PROVING),
            now=PROVING,
            signature_uuid=line.uuid,
            sha256=proof.sha256,
        )


def test_two_officers_do_not_approve_for_a_candidate_with_an_account(cast: VillageCast) -> None:
    proof = _number_two(cast)
    with pytest.raises(RuleViolationError, match=r"signature\.has-account"):
        _sign_on_paper(cast, proof)
    line = proof.signatures.get(candidacy__user=cast.kartika)
    assert not line.is_signed
    page = cast.client("rini").get(f"/ruang/{VILLAGE}/cetak-coba/").content.decode()
    assert "Menyetujui dengan akunnya sendiri" in page
    assert "Tanda tangan di kertas" not in page


def test_paper_counts_once_the_desk_has_ended_the_role_on_record(cast: VillageCast) -> None:
    proof = _number_two(cast)
    _end_role(cast)
    assert Event.objects.filter(event="role.revoked").exists()
    assert _sign_on_paper(cast, proof).is_signed
