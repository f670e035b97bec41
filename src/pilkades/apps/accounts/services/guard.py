"""The two questions that every service asks before it writes."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role, may_manage_user


def require_role(actor: Actor, roles: Iterable[Role], region_code: str) -> None:
    """Refuse unless the actor holds one of the roles in a region that covers this one."""
    if not has_role(actor, roles, region_code):
        raise PermissionDenied


def require_manages(actor: Actor, user: User, *, now: datetime) -> None:
    """Refuse unless the actor stands above this person in all their roles, and is not they."""
    if not may_manage_user(actor, user, now=now):
        raise PermissionDenied
