"""Who votes where, counted: one query each, removed people left out."""

from collections.abc import Callable
from typing import Any

from pilkades.apps.elections.models import StationKind
from pilkades.apps.roll.models import RollEntry
from pilkades.apps.roll.selectors.stations import (
    Totals,
    count_all_voters,
    count_hamlet_voters,
    count_rt_voters,
    count_station_voters,
    count_unplaced_voters,
    count_venue_voters,
)
from tests.apps.roll.station_cast import StationCast


def test_a_desk_s_voters_are_counted_in_its_station_as_well(
    village: StationCast, django_assert_num_queries: Callable[..., Any]
) -> None:
    venue = village.venue()
    station = village.station(1, venue)
    desk = village.station(1, venue, StationKind.DESK, parent=station)
    other = village.station(2, venue)
    village.voters(3, station=station)
    village.voters(4, station=desk)
    village.voters(1, station=other)

    election = village.cast.election
    with django_assert_num_queries(1):
        counts = count_station_voters(election)

    assert counts == {
        station.pk: Totals(4, 3, 7),
        desk.pk: Totals(2, 2, 4),
        other.pk: Totals(1, 0, 1),
    }
    assert count_venue_voters(village.cast.election) == {venue.pk: Totals(5, 3, 8)}


def test_removed_people_do_not_count_and_an_unknown_sex_counts_in_the_total_only(
    village: StationCast,
) -> None:
    village.voters(2)
    gone = village.voters(1)[0]
    RollEntry.objects.filter(pk=gone.pk).update(is_removed=True, removed_reason="Meninggal")
    village.voters(1, rt="002")
    RollEntry.objects.filter(rt="002").update(sex="")

    assert count_all_voters(village.cast.election) == Totals(1, 1, 3)
    assert count_unplaced_voters(village.cast.election) == Totals(1, 1, 3)
    assert count_rt_voters(village.cast.election) == {
        (None, "001", "001"): Totals(1, 1, 2),
        (None, "001", "002"): Totals(0, 0, 1),
    }


def test_hamlets_are_counted_and_the_unknown_one_too(village: StationCast) -> None:
    krajan = village.hamlet("Krajan")
    village.voters(4, hamlet=krajan)
    village.voters(1)

    counts = count_hamlet_voters(village.cast.election)

    assert counts == {krajan.pk: Totals(2, 2, 4), None: Totals(1, 0, 1)}
