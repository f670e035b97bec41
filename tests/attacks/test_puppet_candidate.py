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
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.services.ballot_entry import change_ballot_entry
from pilkades.apps.elections.services.setup_proof import create_proof, sign_proof
from pilkades.errors import ConflictError, MalformedInputError
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


def test_an_account_whose_role_was_ended_signs_nothing(cast: VillageCast) -> None:
    now = at(11, 3)
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
    proof = create_proof(actor=cast.actor("slamet", now), now=now, election_pk=cast.election.pk)
    revoke_role(
        actor=cast.actor("desk", now),
        assignment=cast.kartika.role_assignments.get(),
        now=now,
        reason="Akun dipakai orang lain",
    )
    line = proof.signatures.get(candidacy__user=cast.kartika)
    with pytest.raises(PermissionDenied):
        sign_proof(
            actor=cast.actor("kartika", now), now=now, signature_uuid=line.uuid, sha256=proof.sha256
        )
