"""An RT, a family or a voter moved by hand: the effect first, the maximum kept, all recorded."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.roll.models import Roll, RollChange, RollEntry, StationTerritory
from pilkades.apps.roll.selectors.allocation import Ground
from pilkades.apps.roll.selectors.moves import Picked, What, describe_move
from pilkades.apps.roll.services.move_voters import move_voters
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from tests.apps.roll.station_cast import StationCast
from tests.apps.village_cast import REGISTRATION


@pytest.fixture
def two(village: StationCast) -> tuple[PollingStation, PollingStation]:
    """TPS 01 with a family of four in RT 001 and one of two in RT 002; TPS 02 is empty."""
    first, second = (village.station(n, village.venue(f"Balai {n}")) for n in (1, 2))
    village.voters(4, household=4, station=first)
    village.voters(2, household=2, station=first, rt="002")
    return first, second


def move(
    village: StationCast,
    picked: Picked,
    target: PollingStation,
    *,
    by: str = "sari",
    **changes: Any,
) -> None:
    effect = describe_move(Ground(village.cast.context), picked, target.uuid)
    values: dict[str, Any] = {"seen": effect.seen, "reason": "Lebih dekat", **changes}
    move_voters(
        actor=village.cast.actor(by),
        now=REGISTRATION,
        election_pk=village.cast.election.pk,
        picked=picked,
        target_uuid=target.uuid,
        **values,
    )


def pick(what: What, entry: RollEntry | None = None) -> Picked:
    if what == What.RT:
        return Picked(what=what, rw="001", rt="001")
    return Picked(what=what, entry_uuid=entry.uuid if entry else None)


def list_stations(rt: str = "001") -> list[int | None]:
    rows = RollEntry.objects.filter(rt=rt).order_by("pk")
    return list(rows.values_list("station__number", flat=True))


def test_an_rt_moves_with_everybody_in_it(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    move(village, pick(What.RT), two[1])

    assert list_stations() == [2, 2, 2, 2]
    assert list_stations("002") == [1, 1]
    assert RollEntry.objects.filter(is_station_by_hand=True).count() == 4
    assert set(StationTerritory.objects.values_list("station__number", "rt")) == {
        (1, "002"),
        (2, "001"),
    }


def test_a_family_moves_together_and_a_voter_alone(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    entry = RollEntry.objects.filter(rt="001").first()
    move(village, pick(What.FAMILY, entry), two[1])
    assert list_stations() == [2, 2, 2, 2]

    move(village, pick(What.VOTER, entry), two[0])
    assert list_stations() == [1, 2, 2, 2]


def test_the_effect_says_totals_and_which_family_is_taken_apart(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    entry = RollEntry.objects.filter(rt="001").first()

    effect = describe_move(Ground(village.cast.context), pick(What.VOTER, entry), two[1].uuid)

    totals = {c.station.number: (c.before.total, c.after.total) for c in effect.effect.stations}
    assert totals == {1: (6, 5), 2: (0, 1)}
    assert effect.separated == 1
    assert list_stations() == [1, 1, 1, 1]


def test_each_voter_has_a_change_and_the_act_one_event_without_its_words(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    move(village, pick(What.RT), two[1], reason="Terhalang Sungai Brantas")

    event = Event.objects.get(event="roll.voters_moved")
    assert "Brantas" not in event.leaf
    assert '"moved":4' in event.leaf
    changes = RollChange.objects.filter(event=event.uuid)
    assert {(c.before, c.after, c.reason) for c in changes} == {
        ('{"station":"TPS 01"}', '{"station":"TPS 02"}', "Terhalang Sungai Brantas")
    }


def test_a_station_over_the_maximum_is_refused(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    village.voters(497, station=two[1], rt="009")

    with pytest.raises(RuleViolationError, match="lebih 1 dari paling banyak 500"):
        move(village, pick(What.RT), two[1])

    assert list_stations() == [1, 1, 1, 1]


def test_whoever_saw_other_totals_decides_again(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    with pytest.raises(ConflictError):
        move(village, pick(What.RT), two[1], seen="4:0-0")


def test_a_move_needs_a_reason_and_somewhere_to_go(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    with pytest.raises(MalformedInputError):
        move(village, pick(What.RT), two[1], reason=" ")
    with pytest.raises(ConflictError):
        move(village, pick(What.RT), two[0])


def test_after_the_lock_nobody_moves(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    Roll.objects.filter(pk=village.roll.pk).update(
        state="locked", locked_at=REGISTRATION, lock_digest="0" * 64
    )
    with pytest.raises(RuleViolationError):
        move(village, pick(What.RT), two[1])


@pytest.mark.parametrize("person", ["mallory", "dewi", "desk", "bayu"])
def test_only_the_committee_moves(
    village: StationCast, two: tuple[PollingStation, PollingStation], person: str
) -> None:
    with pytest.raises(PermissionDenied):
        move(village, pick(What.RT), two[1], by=person)


def test_of_an_rt_only_those_without_a_station_are_picked_from_their_column(
    village: StationCast, two: tuple[PollingStation, PollingStation]
) -> None:
    village.voters(3)

    move(village, Picked(what=What.RT, rw="001", rt="001", is_unplaced=True), two[1])

    assert list_stations() == [1, 1, 1, 1, 2, 2, 2]
