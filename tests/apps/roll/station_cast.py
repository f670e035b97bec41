"""A village with hamlets, stations and voters, for the tests about who votes where."""

from dataclasses import dataclass
from typing import Any

from pilkades.apps.elections.models import PollingStation, StationKind, Venue
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import Roll, RollEntry
from tests.apps.village_cast import REGISTRATION, VILLAGE, VillageCast


@dataclass(slots=True)
class StationCast:
    """Short ways to fill one village."""

    cast: VillageCast
    roll: Roll

    def hamlet(self, name: str) -> Hamlet:
        return Hamlet.objects.get_or_create(village_id=VILLAGE, name=name)[0]

    def venue(self, name: str = "Balai desa", **values: Any) -> Venue:
        return Venue.objects.create(election=self.cast.election, name=name, **values)

    def station(
        self, number: int, venue: Venue, kind: StationKind = StationKind.STATION, **values: Any
    ) -> PollingStation:
        return PollingStation.objects.create(
            election=self.cast.election, venue=venue, number=number, kind=kind, **values
        )

    def voters(self, count: int, *, household: int = 1, **values: Any) -> list[RollEntry]:
        """Voters in households of this size, men and women in turns."""
        started = RollEntry.objects.count()
        shared = {"roll": self.roll, "rt": "001", "rw": "001", **values}
        return RollEntry.objects.bulk_create(
            RollEntry(
                full_name=f"Pemilih {started + place}",
                search_name=f"pemilih {started + place}",
                sex="LP"[place % 2],
                kk=f"35050100{(started + place) // household:08d}",
                **shared,
            )
            for place in range(count)
        )


def make_stations(cast: VillageCast) -> StationCast:
    """The cast's village with an empty roll."""
    roll = Roll.objects.create(election=cast.election, created_at=REGISTRATION)
    return StationCast(cast, roll)
