"""The sealed values of events, for the audit trail; who may read it decides `oversight`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from pilkades.apps.elections.models import SealedValue


def open_sealed_values(events: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """The plain values behind the commitments of these events, by name; one query."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in SealedValue.objects.filter(event__in=events):
        found[row.event][row.name] = row.value
    return found
