"""Voters divided among stations: proposed, accepted as one act, moved by hand, never after lock."""

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import StationKind
from pilkades.apps.roll.models import (
    AllocationMode,
    AllocationProposal,
    ChangeKind,
    ProposalState,
    Roll,
    RollChange,
    RollEntry,
    StationTerritory,
)
from pilkades.apps.roll.selectors.stations import count_station_voters, count_unplaced_voters
from pilkades.apps.roll.services.allocate import accept_allocation, propose_allocation
from pilkades.apps.roll.services.stations import add_hamlet_boxes
from pilkades.errors import ConflictError, RuleViolationError
from tests.apps.roll.station_cast import StationCast
from tests.apps.village_cast import REGISTRATION


def propose(
    village: StationCast, mode: AllocationMode = AllocationMode.ALL, by: str = "sari"
) -> AllocationProposal:
    return propose_allocation(
        actor=village.cast.actor(by),
        now=REGISTRATION,
        election_uuid=village.cast.election_uuid,
        mode=mode,
    )


def accept(village: StationCast, proposal: AllocationProposal, by: str = "sari") -> None:
    accept_allocation(actor=village.cast.actor(by), now=REGISTRATION, proposal_uuid=proposal.uuid)


def make_two_hamlets(village: StationCast) -> None:
    """Two hamlets with a station each, and families of three in two RTs each."""
    for number, name in enumerate(("Krajan", "Lor"), start=1):
        hamlet = village.hamlet(name)
        village.station(number, village.venue(f"Balai {name}", hamlet=hamlet))
        for rt in ("001", "002"):
            village.voters(12, household=3, hamlet=hamlet, rt=rt)


def test_a_proposal_moves_nobody_and_its_acceptance_everybody_at_once(
    village: StationCast,
) -> None:
    make_two_hamlets(village)

    proposal = propose(village)
    assert count_unplaced_voters(village.cast.election).total == 48
    accept(village, proposal)

    totals = count_station_voters(village.cast.election)
    assert [(t.male, t.female, t.total) for t in totals.values()] == [(12, 12, 24)] * 2
    assert not RollEntry.objects.exclude(station__venue__name__endswith="Krajan").filter(
        hamlet__name="Krajan"
    )
    assert RollChange.objects.filter(kind=ChangeKind.ALLOCATED).count() == 48
    assert set(StationTerritory.objects.values_list("station__number", "hamlet__name", "rt")) == {
        (1, "Krajan", "001"),
        (1, "Krajan", "002"),
        (2, "Lor", "001"),
        (2, "Lor", "002"),
    }


def test_an_allocation_is_one_event_with_counts_and_no_names(village: StationCast) -> None:
    make_two_hamlets(village)
    accept(village, propose(village))

    events = Event.objects.filter(event="roll.allocated")

    assert events.count() == 1
    assert '"moved":48' in events.get().leaf
    assert "Pemilih" not in events.get().leaf
    change = RollChange.objects.first()
    assert change is not None
    assert (change.before, change.after) == ('{"station":""}', '{"station":"TPS 01"}')
    assert change.event == events.get().uuid


def test_families_are_found_by_the_keyed_index_and_stay_together(village: StationCast) -> None:
    hamlet = village.hamlet("Krajan")
    for number in (1, 2):
        village.station(number, village.venue(f"Balai {number}", hamlet=hamlet))
    village.voters(600, household=4, hamlet=hamlet)

    accept(village, propose(village))

    stations_of: dict[str, set[int | None]] = {}
    for kk, station in RollEntry.objects.values_list("kk_index", "station_id"):
        stations_of.setdefault(str(kk), set()).add(station)
    assert len(stations_of) == 150
    assert all(len(stations) == 1 for stations in stations_of.values())
    assert all(t.total <= 500 for t in count_station_voters(village.cast.election).values())


def test_too_few_stations_leave_a_refused_proposal_with_the_number(village: StationCast) -> None:
    village.station(1, village.venue())
    village.voters(501)

    proposal = propose(village)

    assert proposal.state == ProposalState.REFUSED
    assert proposal.stations_needed == 2
    with pytest.raises(ConflictError):
        accept(village, proposal)


def test_whoever_was_moved_by_hand_keeps_their_station_unless_asked(village: StationCast) -> None:
    make_two_hamlets(village)
    accept(village, propose(village))
    moved = RollEntry.objects.filter(hamlet__name="Krajan").first()
    assert moved is not None
    lor = RollEntry.objects.filter(hamlet__name="Lor").first()
    assert lor is not None
    RollEntry.objects.filter(pk=moved.pk).update(station=lor.station, is_station_by_hand=True)

    accept(village, propose(village))
    moved.refresh_from_db()
    assert moved.station_id == lor.station_id

    accept(village, propose(village, AllocationMode.EVERYBODY))
    moved.refresh_from_db()
    assert moved.station_id != lor.station_id
    assert not moved.is_station_by_hand


def test_later_voters_are_placed_and_nobody_else_moves(village: StationCast) -> None:
    make_two_hamlets(village)
    accept(village, propose(village))
    before = dict(RollEntry.objects.values_list("pk", "station_id"))
    late = village.voters(2, hamlet=village.hamlet("Lor"), rt="002")

    accept(village, propose(village, AllocationMode.UNPLACED))

    after = dict(RollEntry.objects.values_list("pk", "station_id"))
    assert {pk: after[pk] for pk in before} == before
    lor = RollEntry.objects.filter(hamlet__name="Lor").first()
    assert lor is not None
    assert {after[entry.pk] for entry in late} == {lor.station_id}


def test_a_roll_that_changed_since_makes_the_proposal_stale(village: StationCast) -> None:
    make_two_hamlets(village)
    proposal = propose(village)
    village.voters(1)

    with pytest.raises(ConflictError):
        accept(village, proposal)

    assert count_unplaced_voters(village.cast.election).total == 49


def test_a_proposal_is_accepted_once(village: StationCast) -> None:
    make_two_hamlets(village)
    proposal = propose(village)
    accept(village, proposal)

    with pytest.raises(ConflictError):
        accept(village, proposal)


def test_after_the_lock_a_station_is_given_once_and_never_taken_away(
    village: StationCast,
) -> None:
    make_two_hamlets(village)
    Roll.objects.filter(pk=village.roll.pk).update(
        state="locked", locked_at=REGISTRATION, lock_digest="0" * 64
    )

    accept(village, propose(village))
    assert count_unplaced_voters(village.cast.election).total == 0

    RollEntry.objects.filter(hamlet__name="Krajan").update(
        station=village.cast.election.stations.get(number=2)
    )
    with pytest.raises(RuleViolationError):
        propose(village)


def test_a_proposal_from_before_the_lock_does_not_move_anybody_after_it(
    village: StationCast,
) -> None:
    make_two_hamlets(village)
    RollEntry.objects.update(station=village.cast.election.stations.get(number=1))
    proposal = propose(village)
    Roll.objects.filter(pk=village.roll.pk).update(
        state="locked", locked_at=REGISTRATION, lock_digest="0" * 64
    )

    with pytest.raises(RuleViolationError):
        accept(village, proposal)


@pytest.mark.parametrize("person", ["mallory", "dewi", "desk", "bayu", "kartika"])
def test_only_the_committee_divides(village: StationCast, person: str) -> None:
    make_two_hamlets(village)
    proposal = propose(village)

    with pytest.raises(PermissionDenied):
        propose(village, by=person)
    with pytest.raises(PermissionDenied):
        accept(village, proposal, by=person)


def test_one_station_gets_a_box_per_hamlet(village: StationCast) -> None:
    station = village.station(1, village.venue())
    for name in ("Krajan", "Lor"):
        village.voters(10, hamlet=village.hamlet(name))
    village.voters(1)
    add_hamlet_boxes(actor=village.cast.actor("sari"), now=REGISTRATION, station_uuid=station.uuid)

    accept(village, propose(village))

    rows = RollEntry.objects.values_list("hamlet__name", "station__kind", "station__number")
    assert {row for row in rows if row[0]} == {("Krajan", "box", 1), ("Lor", "box", 2)}
    assert count_station_voters(village.cast.election)[station.pk].total == 21


def test_desks_share_a_station(village: StationCast) -> None:
    station = village.station(1, village.venue())
    desks = [village.station(n, station.venue, StationKind.DESK, parent=station) for n in (1, 2)]
    village.voters(40, household=2)

    accept(village, propose(village))

    totals = count_station_voters(village.cast.election)
    assert [totals[desk.pk].total for desk in desks] == [20, 20]
    assert totals[station.pk].total == 40
