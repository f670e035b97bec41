"""How many stand on the roll, men and women apart, as a whole and by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from pilkades.apps.roll.models import Roll, RollEntry, RollStage, Sex

_STANDING = Q(is_removed=False)
COUNTS = {
    "men": Count("pk", filter=_STANDING & Q(sex=Sex.MALE)),
    "women": Count("pk", filter=_STANDING & Q(sex=Sex.FEMALE)),
    "total": Count("pk", filter=_STANDING),
    "struck": Count("pk", filter=~_STANDING),
    "added": Count("pk", filter=_STANDING & Q(stage=RollStage.SUPPLEMENTARY)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Men, women, and those whose sex is not written; struck ones are counted apart."""

    men: int = 0
    women: int = 0
    total: int = 0
    struck: int = 0
    added: int = 0

    @property
    def unknown(self) -> int:
        """How many stand on the roll without L or P."""
        return self.total - self.men - self.women


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTotals:
    """The totals of one hamlet, RW, RT or station."""

    place: tuple[Any, ...]
    totals: Totals


def count_totals(roll: Roll | None) -> Totals:
    """The totals of a whole roll; one query, none where nobody has begun the roll."""
    if roll is None:
        return Totals()
    return Totals(**RollEntry.objects.filter(roll=roll).aggregate(**COUNTS))


def list_totals(roll: Roll, by: Sequence[str]) -> list[PlaceTotals]:
    """The totals by fields of an entry, in their order; one query."""
    rows = RollEntry.objects.filter(roll=roll).order_by(*by).values(*by).annotate(**COUNTS)
    return [
        PlaceTotals(
            place=tuple(row[name] for name in by),
            totals=Totals(**{name: row[name] for name in COUNTS}),
        )
        for row in rows
    ]
