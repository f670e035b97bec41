"""What allauth announces, written into the ledger."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.middleware import SECOND_FACTOR_KEY
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.selectors import get_actor, get_home_region
from pilkades.apps.accounts.services import record_sign_in
from pilkades.apps.audit.services import append
from pilkades.apps.design import clock

DEMO_METHOD = "simulasi"


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A person is in."""
    now = clock.now()
    method = str(kwargs.get("method") or describe_method(request, user))
    record_sign_in(actor=get_actor(user, now=now), user=user, method=method, now=now)


@receiver(password_changed)
def on_password_changed(user: User, **kwargs: Any) -> None:
    """A person changed their own password."""
    _append(user, "account.password_changed", {})


@receiver(post_save, sender=Authenticator)
def on_second_factor_added(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """An app, a key or a set of spare codes was set up; allauth's own signal comes too late.

    It is sent when the transaction is through, and the event belongs into the transaction.
    """
    if created:
        _append(instance.user, "account.second_factor_added", {"kind": str(instance.type)})


@receiver(post_delete, sender=Authenticator)
def on_second_factor_removed(instance: Authenticator, **kwargs: Any) -> None:
    """An app, a key or the spare codes were taken off by their owner.

    Those above take them off by `services.reset_second_factor`, which writes its own event.
    """
    request = context.request
    if request is None or request.user.pk != instance.user_id:
        return
    request.session.pop(SECOND_FACTOR_KEY, None)
    _append(instance.user, "account.second_factor_removed", {"kind": str(instance.type)})


def describe_method(request: HttpRequest, user: User) -> str:
    """Means of this sign-in: "password", "password+totp", "webauthn"."""
    records = get_authentication_records(request, user)
    means = [str(record.get("type") or record["method"]) for record in records]
    return "+".join(dict.fromkeys(means)) or "password"


def _append(user: User, event: str, data: dict[str, str | int | bool | None]) -> None:
    now = clock.now()
    actor = get_actor(user, now=now)
    with transaction.atomic():
        append(
            event=event,
            actor=actor,
            at=get_event_moment(actor, now=now),
            region_code=get_home_region(user, now=now),
            subject=f"account:{user.uuid}",
            data=data,
        )
