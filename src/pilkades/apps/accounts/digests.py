"""Digests under which links and sign-in attempts are kept, so that a copy of the table is useless.

Keyed with the installation's secret where the input could be guessed.
"""

import hashlib

from django.utils.crypto import salted_hmac

from pilkades.apps.accounts.models import User


def digest_token(token: str) -> str:
    """The stored form of a link's token; the token is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_account(user: User, *, device: str, place: str) -> str:
    """The bucket of an account's failed sign-ins: of a browser that it knows, else of a place.

    All places of the world share 256 buckets, which bounds rows and guesses of an account alike.
    """
    return _digest(f"user:{user.pk}:{device or _digest(place)[:2]}")


def digest_unknown(login: str, *, place: str) -> str:
    """The bucket of a name that is no account, so that it answers like one that is.

    Cut short: names invented by a guessing program share 4,096 rows instead of filling the table.
    """
    return _digest(f"name:{login.strip().lower()}:{place}")[:3]


def _digest(value: str) -> str:
    return salted_hmac("pilkades.accounts.attempts", value, algorithm="sha256").hexdigest()
