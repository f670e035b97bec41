"""People and places of the tests of accounts, and how they act."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import get_actor

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
PASSWORD = "pasar kliwon hujan"
REGENCY, DISTRICT = "35.05", "35.05.01"
VILLAGE, NEIGHBOUR, FAR_VILLAGE = "35.05.01.2001", "35.05.01.2002", "35.06.01.2001"

MakePerson = Callable[..., User]


def actor_of(user: User) -> Actor:
    """The actor as a request would have it now."""
    return get_actor(user, now=NOW)


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client
