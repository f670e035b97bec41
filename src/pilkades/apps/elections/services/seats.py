"""Who may act for the committee: whoever sits in it by the BPD's decree, with the role to act.

A role opens the village's pages to an account. It does not make anybody a member: the desk may give
a role in a whole village, and two accounts with roles are not yet two members of the committee. So
acts in the committee's name ask for the seat as well (ADR 0013).
"""

from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import CommitteePosition
from pilkades.apps.elections.selectors.village_access import (
    COMMITTEE_ROLES,
    SCORE_ROLES,
    find_position,
    is_committee,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection


def require_seat(actor: Actor, context: VillageElection) -> CommitteePosition:
    """The position in this election's committee; refuse whoever has none, or has left it.

    Raises: PermissionDenied.
    """
    require_role(actor, COMMITTEE_ROLES, context.village_code)
    position = find_position(actor, context.election)
    if position is None:
        raise PermissionDenied
    return position


def require_chair(actor: Actor, context: VillageElection) -> None:
    """Refuse everybody but the chair of this election's committee.

    Raises: PermissionDenied.
    """
    require_role(actor, (Role.COMMITTEE_CHAIR,), context.village_code)
    if find_position(actor, context.election) is not CommitteePosition.CHAIR:
        raise PermissionDenied


def may_read_scores(actor: Actor, context: VillageElection) -> bool:
    """Whether the actor may read the sheets of the extra selection before their publication."""
    return is_seated(actor, context) or has_role(actor, SCORE_ROLES, context.village_code)


def is_seated(actor: Actor, context: VillageElection) -> bool:
    """Whether the actor may act for the committee of this election."""
    is_member = is_committee(actor, context.village_code)
    return is_member and find_position(actor, context.election) is not None
