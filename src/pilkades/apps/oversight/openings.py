"""Where the plain values behind an event's commitments lie: each app says so for its own events.

The ledger holds such values as salted hashes only. The trail asks here, so that those entitled
read what was done in words; the apps above register how their records are read.
"""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

Openings = Mapping[UUID, Mapping[str, str]]
Opener = Callable[[Collection[UUID]], Openings]

_openers: list[Opener] = []


def register_opener(opener: Opener) -> None:
    """Let the trail ask an app for the values of its events, by the events' uuid."""
    if opener not in _openers:
        _openers.append(opener)


def read_openings(events: Collection[UUID]) -> Openings:
    """What the apps know about these events; one query for each app that registered."""
    found: dict[UUID, dict[str, str]] = {}
    for opener in _openers:
        for event, values in opener(events).items():
            found.setdefault(event, {}).update(values)
    return found
