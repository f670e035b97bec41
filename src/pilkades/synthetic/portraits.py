"""Drawn portraits of invented people: head and shoulders in greys, the same seed the same drawing.

Nobody real is shown: the shapes are ellipses. A ground, a build, a head and what is worn on it
differ, so that two candidates are told apart on a ballot.
"""

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 640
SCALE = 2
"""Drawn twice as large and made smaller, so that edges are smooth."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Greys:
    ground: Colour
    cloth: Colour
    skin: Colour
    hair: Colour
    line: Colour


def draw_portrait(*, rng: random.Random, is_female: bool) -> bytes:
    """A portrait of three to four as JPEG."""
    greys = _choose_greys(rng)
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), greys.ground)
    pen = ImageDraw.Draw(picture)
    head_width = rng.randint(76, 92)
    head_height = rng.randint(104, 118)
    shoulders = rng.randint(165, 200)
    middle, eyes = WIDTH // 2, 265
    covering = rng.choice(("veil", "veil", "bun") if is_female else ("cap", "cap", "short"))
    if covering == "veil":
        _ellipse(pen, (middle, eyes + 15), (head_width + 34, head_height + 42), greys.hair)
    if covering == "bun":
        _ellipse(pen, (middle, eyes - head_height + 2), (38, 34), greys.hair)
    _ellipse(pen, (middle, HEIGHT + 25), (shoulders, 245), greys.cloth)
    _box(pen, (middle - 34, eyes + 60), (middle + 34, eyes + 172), greys.skin)
    _draw_collar(pen, middle, greys, is_veiled=covering == "veil")
    if covering in ("short", "bun"):
        _ellipse(pen, (middle, eyes - 16), (head_width + 9, head_height + 4), greys.hair)
    _ellipse(pen, (middle, eyes + 6), (head_width, head_height), greys.skin)
    _draw_top(pen, covering, middle, eyes, head_width, head_height, greys)
    _draw_face(pen, rng, middle, eyes, greys)
    small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _choose_greys(rng: random.Random) -> _Greys:
    return _Greys(
        ground=_grey(rng.randint(206, 232)),
        cloth=_grey(rng.randint(58, 118)),
        skin=_grey(rng.randint(158, 188)),
        hair=_grey(rng.randint(28, 52)),
        line=_grey(70),
    )


def _grey(value: int) -> Colour:
    return (value, value, value)


def _draw_collar(pen: ImageDraw.ImageDraw, middle: int, greys: _Greys, *, is_veiled: bool) -> None:
    if is_veiled:
        _ellipse(pen, (middle, 424), (116, 92), greys.hair)
        return
    points = [(middle - 34, 425), (middle, 492), (middle + 34, 425)]
    pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=greys.skin)
    for side in (-1, 1):
        edge = [(middle + side * 33, 408), (middle, 494), (middle + side * 62, 452)]
        pen.polygon([(x * SCALE, y * SCALE) for x, y in edge], fill=greys.ground)


def _draw_top(
    pen: ImageDraw.ImageDraw,
    covering: str,
    middle: int,
    eyes: int,
    head_width: int,
    head_height: int,
    greys: _Greys,
) -> None:
    """What is above the forehead: a cap (peci), hair, the edge of a veil, or nothing."""
    crown = eyes + 6 - head_height
    if covering == "cap":
        _box(pen, (middle - head_width, crown - 22), (middle + head_width, crown + 48), greys.hair)
    elif covering in ("short", "bun"):
        box = (middle - head_width, crown, middle + head_width, crown + head_height)
        pen.chord([part * SCALE for part in box], 188, 352, fill=greys.hair)
    elif covering == "veil":
        box = (middle - head_width, crown, middle + head_width, crown + head_height)
        pen.chord([part * SCALE for part in box], 205, 335, fill=greys.hair)


def _draw_face(
    pen: ImageDraw.ImageDraw, rng: random.Random, middle: int, eyes: int, greys: _Greys
) -> None:
    apart = rng.randint(30, 38)
    for side in (-1, 1):
        _ellipse(pen, (middle + side * apart, eyes), (6, 6), greys.line)
        brow = (middle + side * apart - 15, eyes - 24, middle + side * apart + 15, eyes - 8)
        pen.arc([part * SCALE for part in brow], 200, 340, fill=greys.line, width=3 * SCALE)
    if rng.random() < 0.35:
        for side in (-1, 1):
            lens = (middle + side * apart - 24, eyes - 20, middle + side * apart + 24, eyes + 22)
            pen.ellipse([part * SCALE for part in lens], outline=greys.line, width=3 * SCALE)
    nose = (middle - 10, eyes + 18, middle + 10, eyes + 40)
    pen.arc([part * SCALE for part in nose], 20, 160, fill=greys.line, width=3 * SCALE)
    mouth = (middle - 26, eyes + 36, middle + 26, eyes + 70)
    pen.arc([part * SCALE for part in mouth], 25, 155, fill=greys.line, width=4 * SCALE)


def _ellipse(
    pen: ImageDraw.ImageDraw, centre: tuple[int, int], radii: tuple[int, int], fill: Colour
) -> None:
    (x, y), (across, down) = centre, radii
    box = (x - across, y - down, x + across, y + down)
    pen.ellipse([part * SCALE for part in box], fill=fill)


def _box(
    pen: ImageDraw.ImageDraw, start: tuple[int, int], end: tuple[int, int], fill: Colour
) -> None:
    pen.rounded_rectangle([part * SCALE for part in (*start, *end)], radius=10 * SCALE, fill=fill)
