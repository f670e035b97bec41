"""The clock that events about people carry: real time, except that the demo has one of its own.

Links, roles, sessions and waits always count real time. Only what is written into a demo's ledger
stands at the moment of the person's place, so that its trail reads as one year and nobody's visit
in the evening looks like work at night.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from pilkades.apps.accounts.roles import Actor

MomentFinder = Callable[[Actor | None], datetime | None]
_finders: list[MomentFinder] = []


def register_moment_finder(find: MomentFinder) -> None:
    """Let the demo say where its people stand."""
    if find not in _finders:
        _finders.append(find)


def get_event_moment(actor: Actor | None, *, now: datetime) -> datetime:
    """The moment for the ledger; `now` wherever there is no demo."""
    if not settings.PILKADES_DEMO:
        return now
    moments = (find(actor) for find in _finders)
    return next((moment for moment in moments if moment is not None), now)
