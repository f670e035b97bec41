"""The stations as a page shows them: their load against the maximum, and the RTs in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from pilkades.apps.elections.models import PollingStation, StationKind
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.models import StationTerritory
from pilkades.apps.roll.selectors.allocation import list_stations
from pilkades.apps.roll.selectors.stations import (
    NOBODY,
    RtKey,
    Totals,
    count_rts_at_stations,
    count_station_voters,
)
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StationLoad:
    """A station with its voters; desks and boxes have no maximum of their own."""

    station: PollingStation
    totals: Totals
    voters_max: int | None
    hamlet: str = ""

    @property
    def is_over(self) -> bool:
        return self.voters_max is not None and self.totals.total > self.voters_max

    @property
    def room(self) -> int | None:
        """How many more may come."""
        return None if self.voters_max is None else self.voters_max - self.totals.total

    @property
    def status(self) -> str:
        """The kind of status tag."""
        if self.is_over:
            return "bad"
        return "idle" if self.totals.total == 0 else "ok"

    @property
    def words(self) -> Text:
        """How full it is, in words."""
        if self.is_over:
            return Text("Melebihi batas")
        if self.totals.total == 0:
            return Text("Kosong")
        return Text("Penuh") if self.room == 0 else Text("Muat")


@dataclass(frozen=True, slots=True, kw_only=True)
class RtCard:
    """The voters of one RT at one station; `query` names them in an address."""

    hamlet: str
    rw: str
    rt: str
    totals: Totals
    query: str
    is_split: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """One station, desk or box of the board; without `load` those who have no station."""

    load: StationLoad | None
    cards: Sequence[RtCard]
    totals: Totals


def list_loads(context: VillageElection, voters_max: int) -> list[StationLoad]:
    """Every station with its desks and boxes behind it."""
    totals = count_station_voters(context.election)
    stations = list_stations(context.election)
    hamlets = dict(
        StationTerritory.objects.filter(
            station__election=context.election, station__kind=StationKind.BOX, rw="", rt=""
        ).values_list("station_id", "hamlet__name")
    )
    loads = {
        station.pk: StationLoad(
            station=station,
            totals=totals.get(station.pk, NOBODY),
            voters_max=voters_max if station.kind == StationKind.STATION else None,
            hamlet=hamlets.get(station.pk) or "",
        )
        for station in stations
    }
    tops = [station for station in stations if station.parent_id is None]
    return [
        loads[station.pk]
        for top in tops
        for station in (top, *(part for part in stations if part.parent_id == top.pk))
    ]


def build_board(context: VillageElection, voters_max: int) -> list[BoardColumn]:
    """Those without a station first, then the stations; a station with parts by its parts."""
    loads = list_loads(context, voters_max)
    rts = count_rts_at_stations(context.election)
    names: dict[UUID | None, str] = {
        hamlet.pk: hamlet.name for hamlet in list_hamlets(context.village_code)
    }
    places: dict[RtKey, int] = {}
    for _, rt in rts:
        places[rt] = places.get(rt, 0) + 1
    divided = {load.station.parent_id for load in loads}
    columns = []
    for load in (None, *loads):
        pk = load.station.pk if load else None
        here = [(rt, totals) for (station, rt), totals in rts.items() if station == pk]
        if not here and (load is None or pk in divided):
            continue
        cards = [
            _card(rt, totals, names.get(rt[0], ""), load, is_split=places[rt] > 1)
            for rt, totals in sorted(
                here, key=lambda item: (names.get(item[0][0], ""), item[0][1:])
            )
        ]
        total = sum((totals for _, totals in here), NOBODY)
        columns.append(BoardColumn(load=load, cards=cards, totals=total))
    return columns


def _card(
    rt: RtKey, totals: Totals, hamlet: str, load: StationLoad | None, *, is_split: bool
) -> RtCard:
    query = {
        "apa": "rt",
        "dusun": str(rt[0] or ""),
        "rw": rt[1],
        "rt": rt[2],
        "dari": str(load.station.uuid) if load else "belum",
    }
    return RtCard(
        hamlet=hamlet,
        rw=rt[1],
        rt=rt[2],
        totals=totals,
        query=urlencode(query),
        is_split=is_split,
    )
