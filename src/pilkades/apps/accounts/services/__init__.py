"""Writes about people and roles; other apps call these names and no deeper ones."""

from pilkades.apps.accounts.services.access import (
    activate_account,
    cancel_access_links,
    issue_access_link,
)
from pilkades.apps.accounts.services.grant import (
    appoint_from_console,
    confirm_role,
    grant_role,
    revoke_role,
)
from pilkades.apps.accounts.services.guard import require_manages, require_role
from pilkades.apps.accounts.services.people import (
    invite_person,
    reset_second_factor,
    set_account_active,
)
from pilkades.apps.accounts.services.sign_in import (
    begin_attempt,
    record_failure,
    record_sign_in,
    record_success,
)
from pilkades.apps.accounts.services.unmask import unmask

__all__ = [
    "activate_account",
    "appoint_from_console",
    "begin_attempt",
    "cancel_access_links",
    "confirm_role",
    "grant_role",
    "invite_person",
    "issue_access_link",
    "record_failure",
    "record_sign_in",
    "record_success",
    "require_manages",
    "require_role",
    "reset_second_factor",
    "revoke_role",
    "set_account_active",
    "unmask",
]
