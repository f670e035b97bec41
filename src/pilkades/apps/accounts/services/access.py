"""Links that let a person set their password once: the first time, or after forgetting it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from pilkades.apps.accounts.digests import digest_token
from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.models import AccessLink, User
from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import get_actor, get_home_region, list_open_links
from pilkades.apps.accounts.services.guard import require_manages
from pilkades.apps.audit.services import append
from pilkades.errors import ConflictError
from pilkades.text import Text

LIFETIME = timedelta(days=7)
TOKEN_BYTES = 24


@transaction.atomic
def issue_access_link(*, actor: Actor, user: User, now: datetime) -> str:
    """Issue a fresh link for a person who lost theirs or forgot the password; earlier ones die.

    Allowed: who stands above the person in all their roles.
    Effects: a link of seven days; its token is returned once and only its digest is kept.
    Raises: PermissionDenied; ConflictError (account.disabled).
    """
    user = User.objects.select_for_update().get(pk=user.pk)

    require_manages(actor, user, now=now)

    purpose = AccessLink.Purpose.RESET if user.has_usable_password() else None
    return issue_link(
        actor=actor,
        user=user,
        purpose=purpose or AccessLink.Purpose.ACTIVATE,
        region_code=get_home_region(user, now=now),
        now=now,
    )


def issue_link(
    *,
    actor: Actor | None,
    user: User,
    purpose: AccessLink.Purpose,
    region_code: str,
    now: datetime,
) -> str:
    """Write a link and its event inside the caller's transaction; the caller has authorised."""
    if not user.is_active:
        raise ConflictError("account.disabled", Text("Akun ini sudah dinonaktifkan."))
    cancel_access_links(user=user, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    AccessLink.objects.create(
        user=user,
        purpose=purpose,
        token_sha256=digest_token(token),
        issued_by_id=actor.user_id if actor else None,
        issued_at=now,
        expires_at=now + LIFETIME,
    )
    append(
        event="account.link_issued",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=region_code,
        subject=f"account:{user.uuid}",
        data={"purpose": purpose.value},
    )
    return token


def cancel_access_links(*, user: User, now: datetime) -> None:
    """Let every open link of a person die; the caller has authorised."""
    user.access_links.filter(used_at=None, cancelled_at=None).update(cancelled_at=now)


@transaction.atomic
def activate_account(*, token: str, password: str, now: datetime) -> User:
    """Set the password of the person who holds the link, and use the link up.

    Allowed: whoever holds the link. It goes from hand to hand, so every issue is an event.
    Requires: a link that is neither used, cancelled nor expired; a password the form has judged.
    Effects: the password is set; sessions that were open end.
    Raises: ConflictError (link.spent).
    """
    open_links = list_open_links(now=now).select_for_update(of=("self",))
    link = open_links.filter(token_sha256=digest_token(token)).first()

    if link is None:
        raise ConflictError(
            "link.spent",
            Text(
                "Tautan ini sudah dipakai, dibatalkan, atau lewat masa berlakunya. Mintalah "
                "tautan baru kepada yang membuatkan akun Anda."
            ),
        )

    user = link.user
    is_first = not user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    link.used_at = now
    link.save(update_fields=["used_at"])

    append(
        event="account.activated" if is_first else "account.password_changed",
        actor=(holder := get_actor(user, now=now)),
        at=get_event_moment(holder, now=now),
        region_code=get_home_region(user, now=now),
        subject=f"account:{user.uuid}",
    )
    return user
