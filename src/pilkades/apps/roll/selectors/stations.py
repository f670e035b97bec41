"""How many voters vote where: per station, venue, hamlet and RT, one query each.

Removed entries do not count. Who has no sex on the roll yet counts in the total only, so a total
may be more than its two parts.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from pilkades.apps.elections.models import Election
from pilkades.apps.roll.models import RollEntry, Sex

KeyT = TypeVar("KeyT", bound=Hashable)
RtKey = tuple[UUID | None, str, str]


@dataclass(frozen=True, slots=True)
class Totals:
    """Voters of one place: men (L), women (P), and all."""

    male: int = 0
    female: int = 0
    total: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.male + other.male, self.female + other.female, self.total + other.total)


NOBODY = Totals()


def count_station_voters(election: Election) -> Mapping[int, Totals]:
    """Voters per station, desk and box (primary key); a desk's are in its station's as well.

    Stations without voters are absent: read with `.get(pk, NOBODY)`.
    """
    rows = _count(election, "station_id", "station__parent_id")
    return _add_up(
        (pk, totals)
        for row, totals in rows
        for pk in (row["station_id"], row["station__parent_id"])
        if pk is not None
    )


def count_venue_voters(election: Election) -> Mapping[int, Totals]:
    """Voters per venue (primary key)."""
    return _group(election, lambda row: row["station__venue_id"], "station__venue_id")


def count_hamlet_voters(election: Election) -> Mapping[UUID | None, Totals]:
    """Voters per hamlet; None are those whose hamlet is not known yet."""
    return _group(election, lambda row: row["hamlet_id"], "hamlet_id", is_none_kept=True)


def count_rt_voters(election: Election) -> Mapping[RtKey, Totals]:
    """Voters per RT: (hamlet, rw, rt); what is not known stands as None or empty."""
    rows = _count(election, "hamlet_id", "rw", "rt")
    return _add_up(((row["hamlet_id"], row["rw"], row["rt"]), totals) for row, totals in rows)


def count_rts_at_stations(election: Election) -> Mapping[tuple[int | None, RtKey], Totals]:
    """Voters per RT at each station (primary key); None are those who have no station yet."""
    rows = _count(election, "station_id", "hamlet_id", "rw", "rt")
    return _add_up(
        ((row["station_id"], (row["hamlet_id"], row["rw"], row["rt"])), totals)
        for row, totals in rows
    )


def count_unplaced_voters(election: Election) -> Totals:
    """Voters who have no station yet."""
    rows = list_voters(election).filter(station=None).aggregate(**_COUNTS)
    return Totals(rows["male"], rows["female"], rows["total"])


def count_all_voters(election: Election) -> Totals:
    """Every voter of the election."""
    rows = list_voters(election).aggregate(**_COUNTS)
    return Totals(rows["male"], rows["female"], rows["total"])


def list_voters(election: Election) -> QuerySet[RollEntry]:
    """Whoever is on the roll and not removed."""
    return RollEntry.objects.filter(roll__election=election, is_removed=False)


_COUNTS = {
    "male": Count("pk", filter=Q(sex=Sex.MALE)),
    "female": Count("pk", filter=Q(sex=Sex.FEMALE)),
    "total": Count("pk"),
}


def _group(
    election: Election,
    read_key: Callable[[Mapping[str, Any]], Any],
    field: str,
    *,
    is_none_kept: bool = False,
) -> Mapping[Any, Totals]:
    return _add_up(
        (read_key(row), totals)
        for row, totals in _count(election, field)
        if is_none_kept or read_key(row) is not None
    )


def _count(election: Election, *fields: str) -> Iterable[tuple[Mapping[str, Any], Totals]]:
    rows = list_voters(election).order_by().values(*fields).annotate(**_COUNTS)
    for row in rows:
        yield row, Totals(row["male"], row["female"], row["total"])


def _add_up(pairs: Iterable[tuple[KeyT, Totals]]) -> dict[KeyT, Totals]:
    sums: dict[KeyT, Totals] = {}
    for key, totals in pairs:
        sums[key] = sums.get(key, NOBODY) + totals
    return sums
