"""Who may look at and act in one village's election."""

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.models import (
    Candidacy,
    CommitteeMember,
    CommitteePosition,
    Election,
)

COMMITTEE_ROLES = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)
COUNCIL_ROLES = (Role.VILLAGE_COUNCIL,)
OVERSIGHT_ROLES = (
    Role.REGENCY_DESK,
    Role.REGENCY_HEAD,
    Role.DISTRICT_HEAD,
    Role.DISTRICT_COMMITTEE,
    Role.AUDITOR,
    Role.NATIONAL,
)
WORKSPACE_ROLES = (*COMMITTEE_ROLES, *COUNCIL_ROLES, Role.VILLAGE_HEAD, *OVERSIGHT_ROLES)
FILE_ROLES = (*COMMITTEE_ROLES, Role.REGENCY_DESK, Role.AUDITOR)
HAMLET_ROLES = (*COMMITTEE_ROLES, Role.REGENCY_DESK)
SCORE_ROLES = (Role.REGENCY_DESK, Role.AUDITOR)
"""Who reads score sheets before they are published, beside those who sit in the committee."""
UNMASK_ROLES = (*COMMITTEE_ROLES, Role.AUDITOR)


def may_see_workspace(actor: Actor, village_code: str) -> bool:
    """Whether the actor may open the village's workspace at all."""
    return has_role(actor, WORKSPACE_ROLES, village_code)


def list_village_codes(actor: Actor) -> list[str]:
    """The villages in which the actor has something to do, the own file of a candidate included."""
    roles = (*COMMITTEE_ROLES, *COUNCIL_ROLES, Role.VILLAGE_HEAD, Role.CANDIDATE)
    return sorted({code for role, code in actor.roles if role in roles})


def works_for_village(actor: Actor) -> bool:
    """Whether the actor has a village's workspace to open."""
    return bool(list_village_codes(actor))


def may_see_file(actor: Actor, candidacy: Candidacy, village_code: str) -> bool:
    """Whether the actor may open this file: those who examine it, and the applicant."""
    return has_role(actor, FILE_ROLES, village_code) or is_own_file(actor, candidacy)


def is_own_file(actor: Actor, candidacy: Candidacy) -> bool:
    """Whether the file is the actor's own; nobody signed in owns nothing."""
    return actor.is_signed_in and candidacy.user_id == actor.user_id


def is_committee(actor: Actor, village_code: str) -> bool:
    return has_role(actor, COMMITTEE_ROLES, village_code)


def is_council(actor: Actor, village_code: str) -> bool:
    return has_role(actor, COUNCIL_ROLES, village_code)


def may_keep_hamlets(actor: Actor, village_code: str) -> bool:
    """Whether the actor may add and rename the village's hamlets."""
    return has_role(actor, HAMLET_ROLES, village_code)


def find_position(actor: Actor, election: Election) -> CommitteePosition | None:
    """The office the actor holds in this very committee, None for anybody else; one query.

    A role says what an account may do in a village; who is secretary stands in the BPD's decree.
    """
    found = (
        CommitteeMember.objects.filter(
            committee__election=election, user_id=actor.user_id, left_date__isnull=True
        )
        .values_list("position", flat=True)
        .first()
    )
    return CommitteePosition(found) if found else None
