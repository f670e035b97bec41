"""Coklit: how far each RT is, and the households behind its doors."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import HouseholdVisit, Roll, RollEntry, VisitOutcome
from pilkades.apps.vault.masking import mask_nik

_VISITED = Q(visits__is_last=True)
_MOST = 400
"""Entries on one page of doors; beyond that the RT was written wrongly, and search helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One RT with what was looked for and found."""

    hamlet_id: UUID | None
    hamlet: str
    rw: str
    rt: str
    total: int
    visited: int
    unknown: int
    last_at: Any

    @property
    def is_done(self) -> bool:
        return self.visited >= self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody behind a door, with the last visit."""

    entry: RollEntry
    masked_nik: str
    visit: HouseholdVisit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Everybody of one family card; its last four digits tell them apart."""

    kk: str
    people: tuple[Person, ...]

    @property
    def is_done(self) -> bool:
        return all(person.visit is not None for person in self.people)


def list_areas(roll: Roll | None) -> list[Area]:
    """Every RT in the order of the roll; one query."""
    if roll is None:
        return []
    keys = ("hamlet_id", "hamlet__name", "rw", "rt")
    rows = (
        _to_visit(roll)
        .order_by("hamlet__name", "rw", "rt")
        .values(*keys)
        .annotate(
            total=Count("pk", distinct=True),
            visited=Count("pk", filter=_VISITED, distinct=True),
            unknown=Count(
                "pk", filter=_VISITED & Q(visits__outcome=VisitOutcome.UNKNOWN), distinct=True
            ),
            last_at=Max("visits__visited_at"),
        )
    )
    return [
        Area(
            hamlet_id=row["hamlet_id"],
            hamlet=row["hamlet__name"] or "",
            rw=row["rw"],
            rt=row["rt"],
            total=row["total"],
            visited=row["visited"],
            unknown=row["unknown"],
            last_at=row["last_at"],
        )
        for row in rows
    ]


def list_households(
    roll: Roll, *, hamlet: Hamlet | None, rw: str, rt: str
) -> tuple[Household, ...]:
    """The families of one RT, those without a card as one each; two queries."""
    entries = list(
        _to_visit(roll)
        .filter(hamlet=hamlet, rw=rw, rt=rt)
        .order_by("address", "kk_index", "birth_date", "pk")[:_MOST]
    )
    visits = {
        visit.entry_id: visit
        for visit in HouseholdVisit.objects.filter(entry__in=entries, is_last=True).select_related(
            "visited_by"
        )
    }
    families: dict[str, list[Person]] = {}
    for entry in entries:
        person = Person(
            entry=entry,
            masked_nik=mask_nik(entry.nik) if entry.nik else "",
            visit=visits.get(entry.pk),
        )
        families.setdefault(str(entry.kk_index) or f"-{entry.pk}", []).append(person)
    return tuple(_build(people) for people in families.values())


def _build(people: Iterable[Person]) -> Household:
    found = tuple(people)
    kk = found[0].entry.kk
    return Household(kk=mask_nik(kk) if kk else "", people=found)


def _to_visit(roll: Roll) -> QuerySet[RollEntry]:
    """Standing entries, and those that a visit itself has struck, so that progress never drops."""
    struck_at_door = (
        Q(is_removed=True)
        & _VISITED
        & Q(visits__outcome__in=(VisitOutcome.DIED, VisitOutcome.MOVED))
    )
    return RollEntry.objects.filter(
        Q(roll=roll) & (Q(is_removed=False) | struck_at_door)
    ).distinct()
