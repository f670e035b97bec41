"""Who may read what speaks against an officer: health, family and party are nobody else's."""

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.selectors.village_access import FILE_ROLES

CONFLICT_ROLES = (*FILE_ROLES, Role.VILLAGE_HEAD)
"""Those who examine, and the village head, who appoints in many regencies."""


def may_read_conflicts(actor: Actor, village_code: str) -> bool:
    """Whether the actor may read the declarations of officers and what follows from them."""
    return has_role(actor, CONFLICT_ROLES, village_code)
