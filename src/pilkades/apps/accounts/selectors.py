"""Reads about people and roles."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts.grants import list_scopes, may_manage
from pilkades.apps.accounts.models import AccessLink, RoleAssignment, User
from pilkades.apps.accounts.roles import ANONYMOUS, Actor, Role, is_region_covered


def get_actor(user: AbstractBaseUser | AnonymousUser, *, now: datetime | None = None) -> Actor:
    """The actor behind a signed-in user with the roles in force; one query.

    `now` is left out only at the border (a view, a test), where the wall clock is the answer.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    roles = list_roles(user, now=now or timezone.now())
    return Actor(user_id=user.pk, uuid=user.uuid, name=str(user), roles=roles)


def has_role(actor: Actor, roles: Iterable[Role], region_code: str) -> bool:
    """Whether the actor holds one of the roles in this region or in one that covers it."""
    wanted = frozenset(roles)
    return any(
        role in wanted and is_region_covered(by=code, region_code=region_code)
        for role, code in actor.roles
    )


def list_roles(user: User, *, now: datetime) -> tuple[tuple[Role, str], ...]:
    """The roles in force of a person, each with its region."""
    rows = list_assignments_in_force(now=now).filter(user=user)
    return tuple((Role(role), code) for role, code in rows.values_list("role", "region_code"))


def list_assignments_in_force(*, now: datetime) -> QuerySet[RoleAssignment]:
    """Assignments that count at this instant: begun, not ended, not revoked, confirmed."""
    return list_assignments_open(now=now).filter(
        Q(needs_confirmation=False) | Q(confirmed_at__isnull=False), valid_from__lte=now
    )


def list_assignments_open(*, now: datetime) -> QuerySet[RoleAssignment]:
    """Assignments in force, still to begin, or waiting for a second person."""
    return RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now), revoked_at__isnull=True
    )


class State(TextChoices):
    """How an assignment stands at an instant."""

    WAITING = "WAITING", _("Menunggu persetujuan")
    COMING = "COMING", _("Belum mulai")
    IN_FORCE = "IN_FORCE", _("Berlaku")
    ENDED = "ENDED", _("Berakhir")


def list_assignments_within(actor: Actor, *, now: datetime) -> QuerySet[RoleAssignment]:
    """Assignments where the actor gives roles, ended ones last, with person and `state`."""
    state = Case(
        When(Q(revoked_at__isnull=False) | Q(valid_to__lte=now), then=Value(State.ENDED)),
        When(needs_confirmation=True, confirmed_at__isnull=True, then=Value(State.WAITING)),
        When(valid_from__gt=now, then=Value(State.COMING)),
        default=Value(State.IN_FORCE),
        output_field=CharField(),
    )
    rank = Case(When(state=State.WAITING, then=0), When(state=State.ENDED, then=2), default=1)
    return (
        RoleAssignment.objects.filter(_within(list_scopes(actor.roles)))
        .select_related("user")
        .annotate(state=state)
        .annotate(rank=rank)
        .order_by("rank", "user__full_name", "region_code", "pk")
    )


def count_waiting(actor: Actor, *, now: datetime) -> int:
    """How many assignments wait for a second person where the actor gives roles."""
    within = _within(list_scopes(actor.roles))
    waiting = list_assignments_open(now=now).filter(
        within, needs_confirmation=True, confirmed_at=None
    )
    return waiting.count()


def list_people_within(actor: Actor) -> QuerySet[User]:
    """People whom the actor may know of: who holds or held a role where the actor gives roles.

    A person invited whose only role was taken back stays visible, so that nobody is lost.
    """
    assignments = RoleAssignment.objects.filter(
        _within(list_scopes(actor.roles)), user=OuterRef("pk")
    )
    return User.objects.filter(Exists(assignments))


def may_manage_user(actor: Actor, user: User, *, now: datetime) -> bool:
    """Whether the actor stands above this person in every open role of theirs.

    Roles that wait for a second person count as held: otherwise whoever proposed somebody for the
    desk could take over the account before it is confirmed. A person without an open role is
    below those who gave the last one.
    """
    if actor.user_id in (0, user.pk):
        return False
    assignments = list_assignments_open(now=now).filter(user=user)
    if not assignments.exists():
        assignments = RoleAssignment.objects.filter(user=user).order_by("-granted_at")[:1]
    theirs = [(Role(a.role), a.region_code) for a in assignments]
    return may_manage(holdings=actor.roles, of_person=theirs)


def get_home_region(user: User, *, now: datetime) -> str:
    """The widest region in which a person has a role; empty where there is none."""
    codes = list_assignments_open(now=now).filter(user=user).values_list("region_code", flat=True)
    return min(codes, key=len, default="")


def list_open_links(*, now: datetime) -> QuerySet[AccessLink]:
    """Access links that still open."""
    return AccessLink.objects.filter(
        used_at=None, cancelled_at=None, expires_at__gt=now, user__is_active=True
    ).select_related("user")


def name_of_account(uuid_field: str) -> Subquery:
    """The full name of the account that a row names by its uuid, within the row's own query."""
    named = User.objects.filter(uuid=OuterRef(uuid_field)).values("full_name")
    return Subquery(named[:1])


def find_user_by_login(login: str) -> User | None:
    """The account that a typed username or mail address means, closed ones included."""
    typed = login.strip().lower()
    if not typed:
        return None
    named = User.objects.filter(username=typed).first()
    return named or User.objects.filter(email__iexact=typed).first()


def group_demo_personas() -> list[tuple[str, list[tuple[User, str]]]]:
    """The people of the demo by place, with what each can do there.

    A title reads "place: what can be done"; places come in the order of their first account.
    """
    groups: dict[str, list[tuple[User, str]]] = {}
    for user in list_demo_personas():
        place, _separator, words = gettext(user.persona_title).partition(": ")
        groups.setdefault(place, []).append((user, words))
    return list(groups.items())


def list_demo_personas() -> QuerySet[User]:
    """The people of the demo who may be taken on with one click, the first account first."""
    return User.objects.filter(is_demo_persona=True, is_active=True).order_by("pk")


def _within(scopes: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for code in scopes:
        if code == "":
            return Q()
        condition |= Q(region_code=code) | Q(region_code__startswith=f"{code}.")
    return condition
