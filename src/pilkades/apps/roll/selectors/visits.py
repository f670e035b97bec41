"""Coklit: how far each RT is, and the households behind its doors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet

from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import HouseholdVisit, Roll, RollEntry, VisitOutcome
from pilkades.apps.vault.masking import mask_nik

_UNKNOWN = date(9999, 1, 1)
_VISITED = Q(visits__is_last=True)
HOUSEHOLDS_PER_PAGE = 30
"""So few that the page stays small enough for a poor line."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdPage:
    """Some doors of one RT, and where among its pages they stand."""

    households: tuple[Household, ...]
    number: int
    count: int


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
    roll: Roll, *, hamlet: Hamlet | None, rw: str, rt: str, page: str | None = None
) -> HouseholdPage:
    """The families of one RT, those without a card as one each, a page at a time; three queries."""
    found = (
        _to_visit(roll).filter(hamlet=hamlet, rw=rw, rt=rt).order_by("address", "kk_index", "pk")
    )
    families: dict[str, list[int]] = {}
    for pk, kk_index in found.values_list("pk", "kk_index"):
        families.setdefault(str(kk_index) or f"-{pk}", []).append(pk)
    shown = Paginator(list(families.values()), HOUSEHOLDS_PER_PAGE).get_page(page)
    keys = [pk for family in shown.object_list for pk in family]
    entries = RollEntry.objects.in_bulk(keys)
    visits = {
        visit.entry_id: visit
        for visit in HouseholdVisit.objects.filter(entry__in=keys, is_last=True).select_related(
            "visited_by"
        )
    }
    return HouseholdPage(
        households=tuple(
            _build(_describe(entries[pk], visits.get(pk)) for pk in family)
            for family in shown.object_list
        ),
        number=shown.number,
        count=shown.paginator.num_pages,
    )


def _describe(entry: RollEntry, visit: HouseholdVisit | None) -> Person:
    return Person(entry=entry, masked_nik=mask_nik(entry.nik) if entry.nik else "", visit=visit)


def _build(people: Iterable[Person]) -> Household:
    found = tuple(sorted(people, key=lambda person: person.entry.birth_date or _UNKNOWN))
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
