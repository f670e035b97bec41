"""Counting guesses against an account and recording who signed in.

A guess is counted before the password is looked at and taken back when it was right, so guesses
sent at once are all counted. A browser that has signed in to the account before has a count of its
own (`device`), and so has every place from which others try (`place`): a stranger who guesses slows
down the strangers beside them, not the owner, nor the owner's new laptop at the office.
"""

from datetime import datetime, timedelta

from django.db import transaction

from pilkades.apps.accounts.digests import digest_account, digest_unknown
from pilkades.apps.accounts.event_clock import get_event_moment
from pilkades.apps.accounts.models import SignInAttempts, User
from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import get_actor, get_home_region
from pilkades.apps.accounts.throttle import compute_failures, compute_wait_seconds
from pilkades.apps.audit.services import append
from pilkades.errors import PilkadesError
from pilkades.text import Text


class TooManyAttemptsError(PilkadesError):
    """The account has to rest; `wait_seconds` says how long."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(
            "sign-in.wait",
            Text(
                "Terlalu banyak percobaan masuk untuk akun ini. Tunggu {seconds} detik, lalu coba "
                "lagi. Akun tidak diblokir dan tidak ada data yang hilang.",
                seconds=wait_seconds,
            ),
        )
        self.wait_seconds = wait_seconds


@transaction.atomic
def begin_attempt(*, user: User | None, login: str, device: str, place: str, now: datetime) -> str:
    """Count one attempt and return its bucket; call `record_success` when it was right.

    Allowed: anybody.
    Raises: TooManyAttemptsError while the account rests; such a call is not counted.
    """
    if user:
        bucket = digest_account(user, device=device, place=place)
    else:
        bucket = digest_unknown(login, place=place)
    # A right guess beside this one may delete the row at any moment: then it is made anew.
    attempts, _ = SignInAttempts.objects.select_for_update().get_or_create(
        bucket=bucket, defaults={"last_failed_at": now}
    )

    if attempts.blocked_until and attempts.blocked_until > now:
        rest = (attempts.blocked_until - now) / timedelta(seconds=1)
        raise TooManyAttemptsError(max(1, round(rest)))

    so_far = compute_failures(
        failures=attempts.failures, last_failed_at=attempts.last_failed_at, now=now
    )
    wait = compute_wait_seconds(so_far + 1)
    attempts.failures = so_far + 1
    attempts.last_failed_at = now
    attempts.blocked_until = now + timedelta(seconds=wait) if wait else None
    attempts.save()
    return bucket


def record_success(*, bucket: str) -> None:
    """Forget the failures of a bucket: its guess was right."""
    SignInAttempts.objects.filter(bucket=bucket).delete()


@transaction.atomic
def record_failure(*, user: User | None, bucket: str, now: datetime) -> None:
    """Write that a guess against an account failed; names that are no account leave no event.

    The waits between guesses keep the number of these events small.
    """
    if user is None:
        return
    attempts = SignInAttempts.objects.filter(bucket=bucket).first()
    failures = attempts.failures if attempts else 1
    append(
        event="account.sign_in_failed",
        actor=None,
        at=get_event_moment(get_actor(user, now=now), now=now),
        region_code=get_home_region(user, now=now),
        subject=f"account:{user.uuid}",
        data={"failures": failures, "wait_seconds": compute_wait_seconds(failures)},
    )


@transaction.atomic
def record_sign_in(*, actor: Actor, user: User, method: str, now: datetime) -> None:
    """Write that a person is in, and by which means."""
    append(
        event="account.signed_in",
        actor=actor,
        at=get_event_moment(actor, now=now),
        region_code=get_home_region(user, now=now),
        subject=f"account:{user.uuid}",
        data={"method": method},
    )
