"""The drawing of a room: everything in it, and no booth that can be looked into."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.sites import PASSAGE, SECRECY
from pilkades.law.sites_layout import (
    Box,
    Opening,
    Part,
    Point,
    RoomPlan,
    Wall,
    check_layout,
    is_seen_from,
    set_out,
)

ROOM = RoomPlan(
    width_cm=1000,
    length_cm=800,
    entrance_wall=Wall.SOUTH,
    entrance_cm=100,
    exit_wall=Wall.SOUTH,
    exit_cm=800,
    booth_wall=Wall.NORTH,
    opening=Opening.WALL,
    desks=2,
    booths=3,
    seats=4,
)
walls = st.sampled_from(Wall)
rooms = st.builds(
    RoomPlan,
    width_cm=st.integers(600, 2000),
    length_cm=st.integers(600, 2000),
    entrance_wall=walls,
    entrance_cm=st.integers(0, 500),
    exit_wall=walls,
    exit_cm=st.integers(0, 500),
    booth_wall=walls,
    opening=st.sampled_from(Opening),
    desks=st.integers(1, 4),
    booths=st.integers(1, 6),
    seats=st.integers(0, 6),
)
_RIGHT = {
    Wall.NORTH: Wall.EAST,
    Wall.EAST: Wall.SOUTH,
    Wall.SOUTH: Wall.WEST,
    Wall.WEST: Wall.NORTH,
}


def test_the_usual_room_is_good() -> None:
    assert check_layout(set_out(ROOM)) == {}


def test_a_booth_that_opens_towards_the_queue_is_seen() -> None:
    found = check_layout(set_out(replace(ROOM, opening=Opening.ROOM)))
    assert len(found[SECRECY]) == 3
    assert "Bilik 1" in str(found[SECRECY][0])


def test_a_room_too_small_is_said_to_be_so() -> None:
    found = check_layout(set_out(replace(ROOM, width_cm=320, length_cm=300, booths=6)))
    assert PASSAGE in found


def test_a_narrow_passage_names_both_things_and_the_space() -> None:
    found = check_layout(set_out(replace(ROOM, passage_cm=400)))
    assert any("kursi roda memerlukan 400 cm" in str(text) for text in found[PASSAGE])


@settings(deadline=None)
@given(plan=rooms)
def test_everything_that_was_asked_for_is_drawn(plan: RoomPlan) -> None:
    layout = set_out(plan)
    assert [len(layout.of(part)) for part in Part] == [plan.desks, plan.booths, 1, plan.seats]
    assert layout.queue[0] == layout.entrance


@settings(deadline=None)
@given(plan=rooms)
def test_a_booth_closed_towards_a_place_is_not_seen_from_it(plan: RoomPlan) -> None:
    """The open side is crossed only by whoever stands on that side of it."""
    for booth in set_out(plan).of(Part.BOOTH):
        assert booth.open_wall is not None
        behind = {
            Wall.NORTH: Point(booth.centre.x, booth.y + booth.height + 50),
            Wall.SOUTH: Point(booth.centre.x, booth.y - 50),
            Wall.WEST: Point(booth.x + booth.width + 50, booth.centre.y),
            Wall.EAST: Point(booth.x - 50, booth.centre.y),
        }[booth.open_wall]
        before = Point(2 * booth.centre.x - behind.x, 2 * booth.centre.y - behind.y)
        assert not is_seen_from(booth, behind)
        assert is_seen_from(booth, before)


def turn(box: Box) -> Box:
    """A quarter to the right around the origin, moved back among positive numbers."""
    return Box(
        box.part,
        10_000 - box.y - box.height,
        box.x,
        box.height,
        box.width,
        box.number,
        _RIGHT[box.open_wall] if box.open_wall else None,
    )


@settings(deadline=None)
@given(plan=rooms, x=st.integers(0, 2000), y=st.integers(0, 2000))
def test_turning_the_whole_room_changes_no_verdict(plan: RoomPlan, x: int, y: int) -> None:
    place, turned_place = Point(x, y), Point(10_000 - y, x)
    for booth in set_out(plan).of(Part.BOOTH):
        assert is_seen_from(booth, place) == is_seen_from(turn(booth), turned_place)


@pytest.mark.parametrize("wall", list(Wall))
def test_booths_stand_along_their_wall_and_open_towards_it(wall: Wall) -> None:
    booths = set_out(replace(ROOM, booth_wall=wall)).of(Part.BOOTH)
    assert {booth.open_wall for booth in booths} == {wall}
    assert all(0 <= booth.x <= 940 and 0 <= booth.y <= 740 for booth in booths)
