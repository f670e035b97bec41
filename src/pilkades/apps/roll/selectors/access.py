"""Who may read the roll itself, and not only its totals: as few as the work needs."""

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.selectors.village_access import COMMITTEE_ROLES

ROLL_ROLES = (*COMMITTEE_ROLES, Role.REGENCY_DESK, Role.DISTRICT_COMMITTEE, Role.AUDITOR)
"""Who works with entries or oversees that work; names and addresses are open to no others."""


def may_read_entries(actor: Actor, village_code: str) -> bool:
    return has_role(actor, ROLL_ROLES, village_code)
