"""Writes about people and roles, and the guard that every service calls."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role


def require_role(actor: Actor, roles: Iterable[Role], region_code: str) -> None:
    """Refuse unless the actor holds one of the roles in a region that covers this one."""
    if not has_role(actor, roles, region_code):
        raise PermissionDenied
