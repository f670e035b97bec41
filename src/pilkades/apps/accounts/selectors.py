"""Reads about people and roles."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import ANONYMOUS, Actor, Role, is_region_covered


def get_actor(user: User | AnonymousUser, *, now: datetime | None = None) -> Actor:
    """The actor behind a signed-in user with the roles in force; one query.

    `now` is left out only at the border (a view, a test), where the wall clock is the answer.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    rows = list_assignments_in_force(now=now or timezone.now()).filter(user=user)
    roles = tuple((Role(role), code) for role, code in rows.values_list("role", "region_code"))
    return Actor(user_id=user.pk, uuid=user.uuid, name=str(user), roles=roles)


def has_role(actor: Actor, roles: Iterable[Role], region_code: str) -> bool:
    """Whether the actor holds one of the roles in this region or in one that covers it."""
    wanted = frozenset(roles)
    return any(
        role in wanted and is_region_covered(by=code, region_code=region_code)
        for role, code in actor.roles
    )


def list_assignments_in_force(*, now: datetime) -> QuerySet[RoleAssignment]:
    """Assignments that count at this instant: begun, not ended, not revoked, confirmed."""
    return RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now),
        Q(needs_confirmation=False) | Q(confirmed_at__isnull=False),
        valid_from__lte=now,
        revoked_at__isnull=True,
    )
