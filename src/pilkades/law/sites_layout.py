"""The room of a polling station as a drawing to scale, and whether a booth can be looked into.

Law: Permendagri 112/2014 (TPS): the vote is secret. How a room is set out is regional and mostly
unwritten; the rule stated here is plain: a booth has three closed sides, and a straight line from
any place in the queue, or from an agent's seat, to its table must meet a closed side. All lengths
are whole centimetres; the room lies with its north wall above, the origin is its upper left corner.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from pilkades.law.sites import PASSAGE, SECRECY
from pilkades.text import Text

DESK_CM = (120, 60)
BOOTH_CM = 60
BOX_CM = 50
SEAT_CM = 50
DOOR_CM = 90
GAP_CM = 30
QUEUE_STEP_CM = 25
STANDING_CM = 100
"""Room for the voter between wall and booth where the booth opens to the wall."""


class Wall(StrEnum):
    """A wall of the room (dinding)."""

    NORTH = "north"
    EAST = "east"
    SOUTH = "south"
    WEST = "west"


class Opening(StrEnum):
    """To which side a booth is open (arah bukaan bilik): the voter stands there."""

    WALL = "wall"
    ROOM = "room"


class Part(StrEnum):
    """What stands in the room (isi ruangan)."""

    DESK = "desk"
    BOOTH = "booth"
    BOX = "box"
    SEAT = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPlan:
    """The small form: sizes of the room, doors, and how many of everything.

    A door's place is measured from the left end of its wall, seen on the drawing from above (for
    east and west: from the upper end).
    """

    width_cm: int
    length_cm: int
    entrance_wall: Wall
    entrance_cm: int
    exit_wall: Wall
    exit_cm: int
    booth_wall: Wall
    opening: Opening
    desks: int
    booths: int
    seats: int
    passage_cm: int = 90


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing; `open_wall` is the side on which a booth is open."""

    part: Part
    x: int
    y: int
    width: int
    height: int
    number: int = 1
    open_wall: Wall | None = None

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def overlaps(self, other: "Box") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def side(self, wall: Wall) -> tuple[Point, Point]:
        """The two ends of one side."""
        left, top = self.x, self.y
        right, bottom = self.x + self.width, self.y + self.height
        return {
            Wall.NORTH: (Point(left, top), Point(right, top)),
            Wall.SOUTH: (Point(left, bottom), Point(right, bottom)),
            Wall.WEST: (Point(left, top), Point(left, bottom)),
            Wall.EAST: (Point(right, top), Point(right, bottom)),
        }[wall]


@dataclass(frozen=True, slots=True)
class Layout:
    """The room set out: every thing in its place, doors, and the line where people queue."""

    plan: RoomPlan
    boxes: tuple[Box, ...]
    entrance: Point
    exit: Point
    queue: tuple[Point, ...]

    def of(self, part: Part) -> tuple[Box, ...]:
        return tuple(box for box in self.boxes if box.part is part)


_OPPOSITE = {
    Wall.NORTH: Wall.SOUTH,
    Wall.SOUTH: Wall.NORTH,
    Wall.EAST: Wall.WEST,
    Wall.WEST: Wall.EAST,
}


def set_out(plan: RoomPlan) -> Layout:
    """Place desks by the entrance, booths along their wall, the box by the exit, agents opposite.

    Law: silent; the order of the way is that of the voter: desk, booth, box, exit.
    """
    entrance = _door(plan, plan.entrance_wall, plan.entrance_cm)
    leave = _door(plan, plan.exit_wall, plan.exit_cm)
    booths = tuple(_place_booths(plan))
    desks = tuple(_place_desks(plan, entrance))
    box = _place_box(plan, leave)
    seats = tuple(_place_seats(plan))
    goal = desks[0].centre if desks else Point(plan.width_cm // 2, plan.length_cm // 2)
    queue = tuple(_walk(entrance, goal))
    return Layout(plan, (*desks, *booths, box, *seats), entrance, leave, queue)


def check_layout(layout: Layout) -> Mapping[str, tuple[Text, ...]]:
    """What is wrong with a drawing, by the criterion of the survey that it belongs to.

    Law: Permendagri 112/2014 (TPS): secret vote; decision: no straight line from the queue to the
    table of a booth may pass its open side. UU 8/2016: a passage as wide as `passage_cm` from the
    entrance to the booths, here: no thing stands nearer to another than that, unless they stand
    side by side.
    """
    return {
        key: texts
        for key, texts in (
            (SECRECY, tuple(_list_seen_booths(layout))),
            (PASSAGE, tuple(_list_tight_places(layout))),
        )
        if texts
    }


def is_seen_from(booth: Box, place: Point) -> bool:
    """Whether somebody at this place looks through the open side onto the table.

    Law: as `check_layout`; the line to the middle of the table crosses the open side.
    """
    if booth.open_wall is None:
        return False
    return _cross(place, booth.centre, *booth.side(booth.open_wall))


def _list_seen_booths(layout: Layout) -> Iterator[Text]:
    for booth in layout.of(Part.BOOTH):
        if any(is_seen_from(booth, place) for place in layout.queue):
            yield Text(
                "Bilik {number} terlihat dari antrean: garis lurus dari antrean ke meja bilik "
                "melewati sisi yang terbuka. Putar bukaannya atau pindahkan bilik.",
                number=booth.number,
            )
        elif any(is_seen_from(booth, seat.centre) for seat in layout.of(Part.SEAT)):
            yield Text(
                "Bilik {number} terlihat dari kursi saksi. Putar bukaannya atau pindahkan bilik.",
                number=booth.number,
            )


def _list_tight_places(layout: Layout) -> Iterator[Text]:
    room = layout.plan
    for box in layout.boxes:
        inside = box.x >= 0 and box.y >= 0
        if not (
            inside and box.x + box.width <= room.width_cm and box.y + box.height <= room.length_cm
        ):
            yield Text(
                "{name} {number} tidak muat dalam ruangan. Perbesar ruangan atau kurangi isinya.",
                name=PART_NAMES[box.part],
                number=box.number,
            )
    for one, other in combinations(layout.boxes, 2):
        if one.part is other.part:
            continue
        if one.overlaps(other):
            yield Text(
                "{one} {first} dan {other} {second} bertumpuk. Perbesar ruangan atau kurangi "
                "isinya.",
                one=PART_NAMES[one.part],
                first=one.number,
                other=PART_NAMES[other.part],
                second=other.number,
            )
        elif _distance(one, other) < room.passage_cm:
            yield Text(
                "Jalan antara {one} {first} dan {other} {second} hanya {found} cm; kursi roda "
                "memerlukan {needed} cm.",
                one=PART_NAMES[one.part],
                first=one.number,
                other=PART_NAMES[other.part],
                second=other.number,
                found=_distance(one, other),
                needed=room.passage_cm,
            )


PART_NAMES: Mapping[Part, Text] = {
    Part.DESK: Text("Meja"),
    Part.BOOTH: Text("Bilik"),
    Part.BOX: Text("Kotak suara"),
    Part.SEAT: Text("Kursi saksi"),
}


def _distance(one: Box, other: Box) -> int:
    """The wider of the two clear spaces: whoever passes needs only one of them."""
    across = max(one.x - (other.x + other.width), other.x - (one.x + one.width))
    along = max(one.y - (other.y + other.height), other.y - (one.y + one.height))
    return max(across, along)


def _door(plan: RoomPlan, wall: Wall, offset: int) -> Point:
    middle = offset + DOOR_CM // 2
    return {
        Wall.NORTH: Point(middle, 0),
        Wall.SOUTH: Point(middle, plan.length_cm),
        Wall.WEST: Point(0, middle),
        Wall.EAST: Point(plan.width_cm, middle),
    }[wall]


def _along(plan: RoomPlan, wall: Wall) -> int:
    return plan.width_cm if wall in (Wall.NORTH, Wall.SOUTH) else plan.length_cm


def _at(plan: RoomPlan, wall: Wall, start: int, depth: int, size: tuple[int, int]) -> Point:
    """The corner of a thing that stands `start` along a wall and `depth` away from it."""
    width, height = size
    return {
        Wall.NORTH: Point(start, depth),
        Wall.SOUTH: Point(start, plan.length_cm - depth - height),
        Wall.WEST: Point(depth, start),
        Wall.EAST: Point(plan.width_cm - depth - width, start),
    }[wall]


def _spread(length: int, size: int, count: int) -> Sequence[int]:
    """Starts of `count` things of one size, evenly along a wall."""
    space = (length - count * size) // (count + 1)
    return [space + place * (size + space) for place in range(count)]


def _place_booths(plan: RoomPlan) -> Iterator[Box]:
    depth = STANDING_CM if plan.opening is Opening.WALL else 0
    open_wall = plan.booth_wall if plan.opening is Opening.WALL else _OPPOSITE[plan.booth_wall]
    starts = _spread(_along(plan, plan.booth_wall), BOOTH_CM, plan.booths)
    for number, start in enumerate(starts, start=1):
        corner = _at(plan, plan.booth_wall, start, depth, (BOOTH_CM, BOOTH_CM))
        yield Box(Part.BOOTH, corner.x, corner.y, BOOTH_CM, BOOTH_CM, number, open_wall)


def _place_desks(plan: RoomPlan, entrance: Point) -> Iterator[Box]:
    """Side by side, two steps inside the entrance, where whoever comes in meets them first."""
    long, short = DESK_CM
    wall = plan.entrance_wall
    is_level = wall in (Wall.NORTH, Wall.SOUTH)
    size = (long, short) if is_level else (short, long)
    middle = entrance.x if is_level else entrance.y
    total = plan.desks * long + (plan.desks - 1) * GAP_CM
    first = max(GAP_CM, min(middle - total // 2, _along(plan, wall) - total - GAP_CM))
    for number in range(1, plan.desks + 1):
        start = first + (number - 1) * (long + GAP_CM)
        corner = _at(plan, wall, start, 200, size)
        yield Box(Part.DESK, corner.x, corner.y, *size, number)


def _place_box(plan: RoomPlan, leave: Point) -> Box:
    """Beside the exit, so that nobody leaves without passing it."""
    wall = plan.exit_wall
    middle = leave.x if wall in (Wall.NORTH, Wall.SOUTH) else leave.y
    beside = middle + DOOR_CM // 2 + GAP_CM
    if beside + BOX_CM > _along(plan, wall):
        beside = max(0, middle - DOOR_CM // 2 - GAP_CM - BOX_CM)
    corner = _at(plan, wall, beside, GAP_CM, (BOX_CM, BOX_CM))
    return Box(Part.BOX, corner.x, corner.y, BOX_CM, BOX_CM)


def _place_seats(plan: RoomPlan) -> Iterator[Box]:
    """Along the wall that has neither door nor booths, from where box and desks are seen."""
    taken = {plan.entrance_wall, plan.exit_wall, plan.booth_wall}
    wall = next((item for item in Wall if item not in taken), _OPPOSITE[plan.booth_wall])
    length = _along(plan, wall)
    total = plan.seats * SEAT_CM
    first = (length - total) // 2
    for place in range(plan.seats):
        corner = _at(plan, wall, first + place * SEAT_CM, 0, (SEAT_CM, SEAT_CM))
        yield Box(Part.SEAT, corner.x, corner.y, SEAT_CM, SEAT_CM, place + 1)


def _walk(start: Point, goal: Point) -> Iterator[Point]:
    """Places in the queue, a step apart, from the entrance to the first desk."""
    span = max(abs(goal.x - start.x), abs(goal.y - start.y))
    steps = max(1, span // QUEUE_STEP_CM)
    for step in range(steps + 1):
        yield Point(
            start.x + (goal.x - start.x) * step // steps,
            start.y + (goal.y - start.y) * step // steps,
        )


def _cross(start: Point, goal: Point, one: Point, other: Point) -> bool:
    """Whether two stretches meet, in whole numbers and touching ends included."""
    return _turn(start, goal, one) * _turn(start, goal, other) <= 0 and (
        _turn(one, other, start) * _turn(one, other, goal) <= 0
    )


def _turn(one: Point, other: Point, third: Point) -> int:
    value = (other.x - one.x) * (third.y - one.y) - (other.y - one.y) * (third.x - one.x)
    return (value > 0) - (value < 0)
