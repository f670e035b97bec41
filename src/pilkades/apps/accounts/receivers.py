"""What allauth announces, written into the ledger."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from pilkades.apps.accounts.middleware import SECOND_FACTOR_KEY
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.selectors import get_actor, get_home_region
from pilkades.apps.accounts.services import record_sign_in
from pilkades.apps.audit.services import append

DEMO_METHOD = "simulasi"


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person is in."""
    now = timezone.now()
    method = str(kwargs.get("method") or describe_method(request, user))
    record_sign_in(actor=get_actor(user, now=now), user=user, method=method, now=now)


@receiver(password_changed)
def on_password_changed(user: User, **kwargs: Any) -> None:
    """A person changed their own password."""
    _append(user, "account.password_changed", {})


@receiver([authenticator_added, authenticator_reset])
def on_second_factor_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """An app, a key or a set of spare codes was set up."""
    _append(user, "account.second_factor_added", {"kind": str(authenticator.type)})


@receiver(authenticator_removed)
def on_second_factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """An app, a key or the spare codes were taken off."""
    request.session.pop(SECOND_FACTOR_KEY, None)
    _append(user, "account.second_factor_removed", {"kind": str(authenticator.type)})


def describe_method(request: HttpRequest, user: User) -> str:
    """Means of this sign-in: "password", "password+totp", "webauthn"."""
    records = get_authentication_records(request, user)
    means = [str(record.get("type") or record["method"]) for record in records]
    return "+".join(dict.fromkeys(means)) or "password"


def _append(user: User, event: str, data: dict[str, str | int | bool | None]) -> None:
    now = timezone.now()
    with transaction.atomic():
        append(
            event=event,
            actor=get_actor(user, now=now),
            at=now,
            region_code=get_home_region(user, now=now),
            subject=f"account:{user.uuid}",
            data=data,
        )
