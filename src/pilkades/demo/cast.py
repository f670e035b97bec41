"""The officials of the demo, how they come into office, and the personas a visitor may take on."""

from dataclasses import dataclass
from datetime import datetime

from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.accounts.services import appoint_from_console, invite_person

DESK, DEPARTMENT, AUDITOR = "hadi", "endang", "inspektorat"
CAMAT, DISTRICT_COMMITTEE = "camat.kanigoro", "panitia.kanigoro"
CITY_DESK, OUTSIDER = "wawan", "mallory"


@dataclass(frozen=True, slots=True)
class Persona:
    """Whom a visitor may be: the account, and one line that says what can be done there."""

    username: str
    title: str


def appoint(
    *, username: str, full_name: str, role: Role | None, region_code: str, now: datetime
) -> User:
    """An account made from the command line, like the first one of every installation."""
    user = User.objects.create_user(username, full_name=full_name, created_at=now)
    if role is not None:
        appoint_from_console(user=user, role=role, region_code=region_code, now=now)
    return user


def invite(
    *, by: str, username: str, full_name: str, role: Role, region_code: str, now: datetime
) -> User:
    """An account that somebody above makes."""
    return invite_person(
        actor=act_as(by, now=now),
        username=username,
        full_name=full_name,
        email="",
        role=role,
        region_code=region_code,
        now=now,
    ).user


def act_as(username: str, *, now: datetime) -> Actor:
    """A person as the services see them at a moment."""
    return get_actor(User.objects.get(username=username), now=now)


def mark_personas(personas: tuple[Persona, ...]) -> None:
    """Offer these people on the sign-in page of the demo, in this order."""
    for persona in personas:
        User.objects.filter(username=persona.username).update(
            is_demo_persona=True, persona_title=persona.title
        )
