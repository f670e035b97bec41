"""Mallory has been given a role in the village, but the BPD's decree names no such member.

The law says "panitia": those whom the BPD seated. Two accounts with a role are not two members.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.elections.models import DocumentOutcome, DrawingMethod, FileCheck
from pilkades.apps.elections.services.check_file import check_file
from pilkades.apps.elections.services.decide_file import confirm_decision, propose_decision
from pilkades.apps.elections.services.drawing import open_drawing
from pilkades.apps.elections.services.file_documents import verify_document
from pilkades.apps.elections.services.path import confirm_path, propose_path
from pilkades.apps.elections.services.setup_proof import create_proof
from pilkades.law.application import ApplicationEvent, ApplicationState
from tests.apps.elections_village.conftest import cast, village_stage
from tests.apps.village_cast import (
    CHECKING,
    NOW,
    VILLAGE,
    VillageCast,
    at,
    bring,
    fresh,
    fulfil,
    give_good_files,
    judge,
    make_applicants,
    open_draft,
    receive,
)

__all__ = ["cast", "village_stage"]


@pytest.fixture(params=["member", "chair", "desk", "dewi"])
def intruder(request: pytest.FixtureRequest, cast: VillageCast) -> Actor:
    """Somebody with the role and no seat; and outsiders."""
    roles = {"member": Role.COMMITTEE_MEMBER, "chair": Role.COMMITTEE_CHAIR}
    if request.param not in roles:
        return cast.actor(request.param)
    user = User.objects.create_user("mallory.tanpa", full_name="Mallory")
    RoleAssignment.objects.create(
        user=user, role=roles[request.param], region_code=VILLAGE, valid_from=NOW
    )
    return get_actor(user, now=CHECKING)


def refuse(act: Callable[..., Any], **values: Any) -> None:
    with pytest.raises(PermissionDenied):
        act(now=CHECKING, **values)


def test_no_file_is_checked_without_a_seat(cast: VillageCast, intruder: Actor) -> None:
    candidacy = receive(cast, open_draft(cast))
    paper = bring(cast, candidacy, cast.context.eligibility_rules.documents[0].id)
    version = fresh(candidacy).version
    refuse(
        verify_document,
        actor=intruder,
        document_uuid=paper.uuid,
        expected_version=version,
        outcome=DocumentOutcome.VALID,
    )
    refuse(
        check_file,
        actor=intruder,
        candidacy_uuid=candidacy.uuid,
        expected_version=version,
        is_eligible=False,
        requirement_id="healthy",
        reason="Sakit",
    )
    assert not FileCheck.objects.filter(candidacy=candidacy).exists()


def test_one_seat_and_one_role_do_not_make_two(cast: VillageCast, intruder: Actor) -> None:
    candidacy = receive(cast, open_draft(cast))
    fulfil(cast, candidacy)
    judge(cast, candidacy, by="sari", now=CHECKING)
    refuse(
        check_file,
        actor=intruder,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        is_eligible=True,
    )
    assert fresh(candidacy).state == ApplicationState.CHECKING


def test_no_decision_is_confirmed_without_a_seat(cast: VillageCast, intruder: Actor) -> None:
    candidacy = receive(cast, open_draft(cast))
    values = {
        "candidacy_uuid": candidacy.uuid,
        "event": ApplicationEvent.WITHDRAW,
        "reason": "Surat pengunduran diri",
        "article": "Pasal 24",
    }
    refuse(propose_decision, actor=intruder, expected_version=fresh(candidacy).version, **values)
    decision = propose_decision(
        actor=cast.actor("sari", CHECKING),
        now=CHECKING,
        expected_version=fresh(candidacy).version,
        **values,
    )
    refuse(
        confirm_decision,
        actor=intruder,
        decision_uuid=decision.uuid,
        expected_version=fresh(candidacy).version,
    )


def test_no_path_is_confirmed_without_the_chairs_seat(cast: VillageCast, intruder: Actor) -> None:
    make_applicants(cast, 3)
    give_good_files(cast)
    moment = at(9, 24)
    decision = propose_path(
        actor=cast.actor("slamet", moment), now=moment, election_pk=cast.election.pk
    )
    refuse(propose_path, actor=intruder, election_pk=cast.election.pk)
    refuse(confirm_path, actor=intruder, decision_uuid=decision.uuid)


def test_no_drawing_and_no_proof_without_a_seat(cast: VillageCast, intruder: Actor) -> None:
    refuse(create_proof, actor=intruder, election_pk=cast.election.pk)
    refuse(
        open_drawing,
        actor=intruder,
        election_pk=cast.election.pk,
        method=DrawingMethod.LOTS,
        place="Balai desa",
    )


def test_a_seat_that_was_given_up_is_none(cast: VillageCast) -> None:
    candidacy = receive(cast, open_draft(cast))
    actor = cast.actor("rini", CHECKING)
    cast.election.committee.members.filter(user=cast.rini).update(
        left_date=CHECKING.date(), left_reason="Pindah"
    )
    refuse(
        check_file,
        actor=actor,
        candidacy_uuid=candidacy.uuid,
        expected_version=fresh(candidacy).version,
        is_eligible=True,
    )
