"""Coklit stickers: one for each household, which an officer fills in and sticks at the door."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.roll.models import Roll, RollEntry
from pilkades.apps.roll.papers.addresses import describe_address

PER_SHEET = 8
SHEETS = 5
Values = dict[str, Any]


def list_sticker_parts(context: VillageElection, roll: Roll) -> Iterator[tuple[Values, None]]:
    """Batches of sheets in the order of the walk: hamlet, RW, RT, household."""
    shared = {
        "head": f"Panitia Pemilihan Kepala {name_village(context.village)}",
        "title": f"Pemilihan kepala desa {context.timetable.poll_date.year}",
    }
    batch: list[Values] = []
    for household in list_households(roll):
        batch.append(_describe(household))
        if len(batch) == PER_SHEET * SHEETS:
            yield {"shared": shared, "items": batch}, None
            batch = []
    if batch:
        yield {"shared": shared, "items": batch}, None


def list_households(roll: Roll) -> Iterator[list[RollEntry]]:
    """The people of each family card, eldest first; who has none stands alone."""
    entries = (
        roll.entries.filter(is_removed=False)
        .select_related("hamlet")
        .order_by("hamlet__name", "rw", "rt", "kk_index", "birth_date", "pk")
    )
    for _key, people in groupby(
        entries.iterator(chunk_size=500),
        key=lambda e: (e.hamlet_id, e.rw, e.rt, e.kk_index or str(e.pk)),
    ):
        yield list(people)


def _describe(household: list[RollEntry]) -> Values:
    eldest = household[0]
    return {
        "family": eldest.full_name,
        "address": describe_address(eldest),
        "voters": len(household),
    }
