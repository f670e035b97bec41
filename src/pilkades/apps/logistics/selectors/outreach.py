"""How many people of each hamlet have been told how to vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.logistics.models import Meeting
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.selectors.stations import list_voters


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One hamlet: voters and households on the roll, and how many came to its meetings.

    People who came twice are counted twice; a share is never shown above the whole.
    """

    name: str
    voters: int
    households: int
    meetings: int
    attendees: int
    households_reached: int

    @property
    def percent(self) -> int | None:
        """Attendees in percent of the voters; None while the roll knows none."""
        if not self.voters:
            return None
        return min(100, self.attendees * 100 // self.voters)

    @property
    def household_percent(self) -> int | None:
        if not self.households:
            return None
        return min(100, self.households_reached * 100 // self.households)


def list_meetings(context: VillageElection) -> QuerySet[Meeting]:
    """All meetings, withdrawn ones included, the latest first."""
    return (
        Meeting.objects.filter(election=context.election)
        .select_related("hamlet", "recorded_by", "withdrawn_by")
        .order_by("-held_on", "-pk")
    )


def list_reach(context: VillageElection) -> list[Reach]:
    """Every hamlet with its reach, the least reached first; four queries."""
    on_roll: dict[Any, Mapping[str, Any]] = {
        row["hamlet_id"]: row
        for row in list_voters(context.election)
        .values("hamlet_id")
        .annotate(
            voters=Count("pk"),
            households=Count("kk_index", distinct=True, filter=~Q(kk_index="")),
        )
        .order_by()
    }
    met: dict[Any, Mapping[str, Any]] = {
        row["hamlet_id"]: row
        for row in Meeting.objects.filter(election=context.election, withdrawn_at__isnull=True)
        .values("hamlet_id")
        .annotate(meetings=Count("pk"), attendees=Sum("attendees"), households=Sum("households"))
        .order_by()
    }
    rows = [
        Reach(
            name=hamlet.name,
            voters=on_roll.get(hamlet.pk, {}).get("voters", 0),
            households=on_roll.get(hamlet.pk, {}).get("households", 0),
            meetings=met.get(hamlet.pk, {}).get("meetings", 0),
            attendees=met.get(hamlet.pk, {}).get("attendees", 0),
            households_reached=met.get(hamlet.pk, {}).get("households", 0),
        )
        for hamlet in list_hamlets(context.village_code)
    ]
    return sorted(rows, key=lambda row: (row.percent if row.percent is not None else -1, row.name))
