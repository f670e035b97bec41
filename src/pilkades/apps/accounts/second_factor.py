"""Which roles may act only with a second factor, and whether a person has one."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import get_actor


def is_required_of_actor(actor: Actor) -> bool:
    """Whether one of the actor's roles is on the installation's list."""
    return any(role.value in settings.PILKADES_SECOND_FACTOR_ROLES for role, _ in actor.roles)


def is_required_of(user: User, *, now: datetime) -> bool:
    """Whether a person holds a role that is on the installation's list."""
    return is_required_of_actor(get_actor(user, now=now))


def has_second_factor(user: User) -> bool:
    """Whether an app or a key is set up; spare codes alone are none."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))
