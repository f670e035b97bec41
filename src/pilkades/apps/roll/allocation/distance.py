"""How far people walk, from what a village knows of its places.

A hamlet lies at the middle of the venues in it that have coordinates. Where both ends are known the
way is the great circle (haversine, R. W. Sinnott 1984, radius 6,371,009 m); else a station in the
own hamlet is `OWN_HAMLET_METRES` away, one in another hamlet `OTHER_HAMLET_METRES` and a little
more for every hamlet between them in the list of names. Roads, rivers and hills are left out:
whoever knows them moves the RT by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from pilkades.text import Text

EARTH_METRES = 6_371_009
OWN_HAMLET_METRES = 300
OTHER_HAMLET_METRES = 1_000
NEXT_HAMLET_METRES = 100
UNKNOWN_HAMLET = ""

RULE_OF_DISTANCE = Text(
    "Jarak diukur lurus dari tengah dusun (titik tengah tempat-tempat di dusun itu yang "
    "koordinatnya terisi) ke tempat pemungutan suara. Bila koordinat belum ada: {own} m di dusun "
    "sendiri, {other} m ke dusun lain, ditambah {step} m untuk setiap dusun di antaranya menurut "
    "urutan nama. Jalan, sungai, dan tanjakan tidak dihitung; pindahkan RT bila tidak cocok.",
    own=OWN_HAMLET_METRES,
    other=OTHER_HAMLET_METRES,
    step=NEXT_HAMLET_METRES,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on earth, degrees of WGS 84."""

    latitude_degrees: float
    longitude_degrees: float


@dataclass(frozen=True, slots=True)
class Site:
    """Where a station stands: its hamlet where known, its point where known."""

    target: int
    hamlet: str = UNKNOWN_HAMLET
    spot: Spot | None = None


def measure_metres(one: Spot, other: Spot) -> int:
    """The great circle between two points, in whole metres."""
    latitude, latitude_other = radians(one.latitude_degrees), radians(other.latitude_degrees)
    half_lat = (latitude_other - latitude) / 2
    half_lon = radians(other.longitude_degrees - one.longitude_degrees) / 2
    root = sin(half_lat) ** 2 + cos(latitude) * cos(latitude_other) * sin(half_lon) ** 2
    return round(2 * EARTH_METRES * asin(min(1.0, sqrt(root))))


def compute_walks(
    *, hamlets: Sequence[str], sites: Sequence[Site]
) -> Mapping[tuple[str, int], int]:
    """Metres from each hamlet, in the order of the list, to each station."""
    centres = {hamlet: find_centre(hamlet, sites) for hamlet in hamlets}
    order = {hamlet: place for place, hamlet in enumerate(hamlets)}
    return {
        (hamlet, site.target): _walk(hamlet, site, centres[hamlet], order)
        for hamlet in hamlets
        for site in sites
    }


def find_centre(hamlet: str, sites: Sequence[Site]) -> Spot | None:
    """The middle of a hamlet's venues that have coordinates; None where there are none.

    A venue counts once, however many stations stand in it.
    """
    here = {site.spot for site in sites if site.hamlet == hamlet and site.spot is not None}
    if hamlet == UNKNOWN_HAMLET or not here:
        return None
    # Sorted, because a sum of floating-point numbers depends on its order.
    latitudes = sorted(spot.latitude_degrees for spot in here)
    longitudes = sorted(spot.longitude_degrees for spot in here)
    return Spot(sum(latitudes) / len(here), sum(longitudes) / len(here))


def _walk(hamlet: str, site: Site, centre: Spot | None, order: Mapping[str, int]) -> int:
    if centre is not None and site.spot is not None:
        return measure_metres(centre, site.spot)
    if hamlet == UNKNOWN_HAMLET or site.hamlet not in order:
        return OTHER_HAMLET_METRES
    steps = abs(order[hamlet] - order[site.hamlet])
    if steps == 0:
        return OWN_HAMLET_METRES
    return OTHER_HAMLET_METRES + (steps - 1) * NEXT_HAMLET_METRES
