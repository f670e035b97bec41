"""Minutes of the plenary that fixed the roll, with the date and the figures in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pilkades.apps.documents.services import date_in_words, place_and_date
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.village_papers import describe_head, list_committee_signatures
from pilkades.apps.roll.models import Roll
from pilkades.apps.roll.selectors.stations import (
    NOBODY,
    Totals,
    count_all_voters,
    count_station_voters,
    count_unplaced_voters,
)
from pilkades.law.number_words import number_to_words

Values = dict[str, Any]
STEPS = {"dps": "provisional_roll_fixed", "dpt": "final_roll_fixed"}
TITLES = {
    "dps": "Berita acara rapat pleno penetapan daftar pemilih sementara",
    "dpt": "Berita acara rapat pleno penetapan daftar pemilih tetap",
}


def find_moment(roll: Roll, kind: str) -> datetime | None:
    """When the list of this kind was fixed, None where it was not yet."""
    return roll.provisional_fixed_at if kind == "dps" else roll.final_fixed_at


def describe_minutes(
    context: VillageElection, roll: Roll, *, kind: str, fixed_at: datetime
) -> Values:
    """The paper's values: what was fixed, by whom, per station, in figures and in words."""
    day = context.local_date(fixed_at)
    stations = context.election.stations.select_related("venue").filter(parent=None)
    counts = count_station_voters(context.election)
    everybody = count_all_voters(context.election)
    return {
        **describe_head(context),
        "title": TITLES[kind],
        "article": context.article_of(STEPS[kind]),
        "date_in_words": date_in_words(day),
        "place_date": place_and_date(context.village.name, day),
        "stations": [_describe_station(s, counts) for s in stations],
        "unplaced": _describe_totals(count_unplaced_voters(context.election)),
        "total": _describe_totals(everybody),
        "words": number_to_words(everybody.total),
        "digest": roll.lock_digest,
        "signatures": list_committee_signatures(context),
    }


def _describe_station(station: PollingStation, counts: Mapping[int, Totals]) -> Values:
    return {
        "name": str(station),
        "venue": station.venue.name,
        **_describe_totals(counts.get(station.pk, NOBODY)),
    }


def _describe_totals(totals: Totals) -> Values:
    return {"male": totals.male, "female": totals.female, "total": totals.total}
