"""Making accounts for people below, closing them, and opening the way back in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.grants import may_grant
from pilkades.apps.accounts.models import AccessLink, RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_home_region
from pilkades.apps.accounts.services.access import issue_link
from pilkades.apps.accounts.services.grant import grant_role
from pilkades.apps.accounts.services.guard import require_manages
from pilkades.apps.audit.services import append
from pilkades.errors import ConflictError
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new account with its role and the link that its owner opens once."""

    user: User
    assignment: RoleAssignment
    token: str


@transaction.atomic
def invite_person(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    email: str,
    role: Role,
    region_code: str,
    now: datetime,
    valid_to: datetime | None = None,
    decree: str = "",
) -> Invitation:
    """Make an account for a person, give its first role, and issue the activation link.

    Allowed: who may grant the role there.
    Requires: a username and an address of mail that nobody has.
    Effects: an account without a password, an assignment, a link shown once.
    Raises: PermissionDenied; ConflictError (account.taken); MalformedInputError (role.region).
    """
    if not may_grant(holdings=actor.roles, role=role, region_code=region_code):
        raise PermissionDenied

    user = _create_user(actor, username=username, full_name=full_name, email=email, now=now)

    append(
        event="account.invited",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=region_code,
        subject=f"account:{user.uuid}",
    )
    assignment = grant_role(
        actor=actor,
        user=user,
        role=role,
        region_code=region_code,
        now=now,
        valid_to=valid_to,
        decree=decree,
    )
    token = issue_link(
        actor=actor,
        user=user,
        purpose=AccessLink.Purpose.ACTIVATE,
        region_code=region_code,
        now=now,
    )
    return Invitation(user=user, assignment=assignment, token=token)


@transaction.atomic
def set_account_active(*, actor: Actor, user: User, is_active: bool, now: datetime) -> User:
    """Close an account or open it again; nothing that it did is touched.

    Allowed: who stands above the person in all their roles.
    Effects: a closed account is out at its next request, and its links are dead.
    Raises: PermissionDenied; ConflictError (account.unchanged).
    """
    user = User.objects.select_for_update().get(pk=user.pk)

    require_manages(actor, user, now=now)

    if user.is_active == is_active:
        raise ConflictError(
            "account.unchanged", Text("Akun ini sudah diubah lebih dahulu oleh orang lain.")
        )

    user.is_active = is_active
    user.save(update_fields=["is_active"])
    if not is_active:
        user.access_links.filter(used_at=None, cancelled_at=None).update(cancelled_at=now)

    append(
        event="account.enabled" if is_active else "account.disabled",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=get_home_region(user, now=now),
        subject=f"account:{user.uuid}",
    )
    return user


@transaction.atomic
def reset_second_factor(*, actor: Actor, user: User, now: datetime) -> None:
    """Take a lost phone or key off an account, so that its owner can set up a new one.

    Allowed: who stands above the person in all their roles.
    Effects: every second factor and recovery code is gone; the password stays.
    Raises: PermissionDenied; ConflictError (account.no-second-factor).
    """
    user = User.objects.select_for_update().get(pk=user.pk)

    require_manages(actor, user, now=now)

    removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        raise ConflictError(
            "account.no-second-factor", Text("Akun ini tidak memakai verifikasi dua langkah.")
        )

    append(
        event="account.second_factor_reset",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=get_home_region(user, now=now),
        subject=f"account:{user.uuid}",
    )


def _create_user(actor: Actor, *, username: str, full_name: str, email: str, now: datetime) -> User:
    try:
        # A savepoint: the unique constraints decide, also against somebody inviting just now.
        with transaction.atomic():
            return User.objects.create_user(
                username,
                full_name=full_name.strip(),
                email=email,
                created_at=now,
                created_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise ConflictError(
            "account.taken",
            Text(
                "Nama pengguna atau surel ini sudah dipakai akun lain. Pilih yang lain; isian "
                "Anda tidak hilang."
            ),
        ) from error
