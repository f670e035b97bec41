"""Voters per station against the maximum as bars from zero, in numbers that a page draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from pilkades.apps.roll.selectors.station_board import StationLoad
from pilkades.text import Text

WIDTH, ROW, TOP = 340, 26, 24
LABEL_WIDTH, NUMBER_WIDTH = 70, 44


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its words, in units of the drawing."""

    label: str
    value: int
    y: int
    width: float
    is_over: bool

    @property
    def text_y(self) -> int:
        return self.y + ROW - 9


@dataclass(frozen=True, slots=True)
class LoadPlot:
    """The whole drawing; its title is the finding."""

    title: Text
    bars: tuple[Bar, ...]
    limit: int
    limit_x: float
    height: int
    width: int = WIDTH
    label_width: int = LABEL_WIDTH
    bar_height: int = ROW - 8


def build_load_plot(loads: Sequence[StationLoad], voters_max: int) -> LoadPlot | None:
    """Bars of the stations; None where nobody has a station yet."""
    stations = [load for load in loads if load.voters_max is not None]
    highest = max((load.totals.total for load in stations), default=0)
    if highest == 0:
        return None
    scale = (WIDTH - LABEL_WIDTH - NUMBER_WIDTH) / max(highest, voters_max)
    bars = tuple(
        Bar(
            label=str(load.station),
            value=load.totals.total,
            y=TOP + place * ROW,
            width=round(load.totals.total * scale, 1),
            is_over=load.is_over,
        )
        for place, load in enumerate(stations)
    )
    return LoadPlot(
        title=_find_title(stations, voters_max),
        bars=bars,
        limit=voters_max,
        limit_x=round(LABEL_WIDTH + voters_max * scale, 1),
        height=TOP + len(bars) * ROW + 4,
    )


def _find_title(stations: Sequence[StationLoad], voters_max: int) -> Text:
    over = [load for load in stations if load.is_over]
    if over:
        names = tuple(str(load.station) for load in over)
        return Text("{stations} melebihi {max} pemilih", stations=names, max=voters_max)
    counts = [load.totals.total for load in stations]
    return Text(
        "Semua TPS paling banyak {max} pemilih; yang terbesar {most}, yang terkecil {least}",
        max=voters_max,
        most=max(counts),
        least=min(counts),
    )
