"""Drawings as SVG: the room of a station to scale, and bars of reach. They print, without script.

Only shapes, numbers and escaped names enter the markup; colours are those of the page.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pilkades.apps.design.formats import format_number
from pilkades.apps.design.texts import translate
from pilkades.apps.logistics.selectors.outreach import Reach
from pilkades.law.sites_layout import DOOR_CM, PART_NAMES, Box, Layout, Part, Point, Wall

MARGIN_CM = 90
SCALES = (50, 75, 100, 150, 200, 300)
PAPER_MM = (165, 150)
BAR_WIDTH = 340
BAR_STEP = 46


def draw_layout(layout: Layout) -> SafeString:
    """The room from above: walls, doors, everything with its name, the queue, a bar of 1 m."""
    plan = layout.plan
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{} {} {} {}" width="640" role="img" '
        'aria-label="{}" fill="none" stroke="currentColor" '
        'font-family="Libertinus Serif, sans-serif">'
        '<rect x="0" y="0" width="{}" height="{}" stroke-width="12"/>{}{}{}{}{}</svg>',
        -MARGIN_CM,
        -MARGIN_CM,
        plan.width_cm + 2 * MARGIN_CM,
        plan.length_cm + 2 * MARGIN_CM,
        gettext("Denah tempat pemungutan suara"),
        plan.width_cm,
        plan.length_cm,
        _draw_door(layout, plan.entrance_wall, layout.entrance, gettext("Masuk")),
        _draw_door(layout, plan.exit_wall, layout.exit, gettext("Keluar")),
        _draw_queue(layout.queue),
        format_html_join("", "{}", ((_draw_box(box),) for box in layout.boxes)),
        _draw_scale(layout),
    )


def find_scale(layout: Layout) -> tuple[int, int]:
    """The largest usual scale at which the drawing fits the paper, and its width there in mm."""
    width = layout.plan.width_cm + 2 * MARGIN_CM
    height = layout.plan.length_cm + 2 * MARGIN_CM
    for scale in SCALES:
        if width * 10 <= PAPER_MM[0] * scale and height * 10 <= PAPER_MM[1] * scale:
            return scale, width * 10 // scale
    return SCALES[-1], PAPER_MM[0]


def draw_reach(rows: Sequence[Reach]) -> SafeString:
    """One bar for each hamlet from nought to a hundred percent, its number beside it."""
    height = len(rows) * BAR_STEP + 8
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
        'role="img" aria-label="{}" fill="currentColor" font-size="15">{}</svg>',
        BAR_WIDTH,
        height,
        BAR_WIDTH,
        height,
        gettext("Jangkauan sosialisasi menurut dusun"),
        format_html_join("", "{}", ((_draw_bar(place, row),) for place, row in enumerate(rows))),
    )


def _draw_bar(place: int, row: Reach) -> SafeString:
    top = place * BAR_STEP
    percent = row.percent or 0
    full = BAR_WIDTH - 64
    label = gettext("belum ada data") if row.percent is None else f"{percent} %"
    return format_html(
        '<text x="0" y="{}">{}</text><rect x="0" y="{}" width="{}" height="16" fill="none" '
        'stroke="currentColor"/><rect x="0" y="{}" width="{}" height="16"/>'
        '<text x="{}" y="{}">{}</text>',
        top + 16,
        row.name,
        top + 22,
        full,
        top + 22,
        full * percent // 100,
        full + 6,
        top + 36,
        label,
    )


def _draw_box(box: Box) -> SafeString:
    centre = box.centre
    name = translate(PART_NAMES[box.part])
    label = f"{name[:1]}{box.number}" if box.part is Part.SEAT else f"{name} {box.number}"
    if box.part is Part.BOX:
        label = gettext("Kotak")
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" stroke-width="{}"/>{}'
        '<text x="{}" y="{}" font-size="24" text-anchor="middle" stroke="none" '
        'fill="currentColor">{}</text>',
        box.x,
        box.y,
        box.width,
        box.height,
        3 if box.open_wall else 5,
        _draw_closed_sides(box),
        centre.x,
        _label_y(box, centre),
        label,
    )


def _label_y(box: Box, centre: Point) -> int:
    """A booth is as narrow as its name: its label stands on the closed side, outside."""
    if box.open_wall is None:
        return centre.y + 8
    return box.y - 12 if box.open_wall is Wall.SOUTH else box.y + box.height + 28


def _draw_closed_sides(box: Box) -> SafeString:
    """The three closed sides of a booth thick, the open one left thin."""
    if box.open_wall is None:
        return SafeString("")
    sides = [box.side(wall) for wall in Wall if wall is not box.open_wall]
    return format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke-width="12"/>',
        ((one.x, one.y, other.x, other.y) for one, other in sides),
    )


def _draw_queue(queue: Sequence[Point]) -> SafeString:
    path = " ".join(f"{point.x},{point.y}" for point in queue)
    return format_html('<polyline points="{}" stroke-width="4" stroke-dasharray="14 12"/>', path)


def _draw_door(layout: Layout, wall: Wall, middle: Point, label: str) -> SafeString:
    half = DOOR_CM // 2
    is_level = wall in (Wall.NORTH, Wall.SOUTH)
    across, along = (half, 0) if is_level else (0, half)
    outside = {
        Wall.NORTH: (middle.x, -30),
        Wall.SOUTH: (middle.x, layout.plan.length_cm + 46),
        Wall.WEST: (-48, middle.y - half - 10),
        Wall.EAST: (layout.plan.width_cm + 48, middle.y - half - 10),
    }[wall]
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#fff" stroke-width="14"/>'
        '<text x="{}" y="{}" font-size="30" text-anchor="middle" stroke="none" '
        'fill="currentColor">{}</text>',
        middle.x - across,
        middle.y - along,
        middle.x + across,
        middle.y + along,
        *outside,
        label,
    )


def _draw_scale(layout: Layout) -> SafeString:
    bottom = layout.plan.length_cm + 70
    size = (
        f"{format_number(layout.plan.width_cm / 100)} m × "
        f"{format_number(layout.plan.length_cm / 100)} m"
    )
    return format_html(
        '<line x1="0" y1="{y}" x2="100" y2="{y}" stroke-width="6"/>'
        '<text x="110" y="{t}" font-size="26" stroke="none" fill="currentColor">1 m · {size}'
        "</text>",
        y=bottom,
        t=bottom + 8,
        size=size,
    )


def describe_problems(problems: Any) -> list[str]:
    """What is wrong with a drawing, in words, for the paper."""
    return [translate(text) for texts in problems.values() for text in texts]
