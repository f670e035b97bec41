"""Where people live: hamlets with RW and RT, addresses, and the places they come from."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
HOUSEHOLDS_PER_RT = 45
RT_PER_RW = 5
DISTRICTS_PER_REGENCY = 20
FIRST_CITY = 71
KINDS_OF_HAMLET = ("Dusun", "Banjar", "Lorong", "Jorong", "Kampung", "Soa", "Jaga", "Dasan")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One RT: its hamlet, its numbers as three digits, its part of the village's people."""

    hamlet: str
    rw: str
    rt: str
    share: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody was first registered: six digits of the district, name of the regency."""

    district: str
    place: str


def plan_neighbourhoods(
    *, rng: Random, hamlets: Sequence[str], households: int
) -> tuple[Neighbourhood, ...]:
    """RW are numbered through the village, RT from one in each RW; no RW crosses a hamlet."""
    total = max(len(hamlets), round(households / HOUSEHOLDS_PER_RT))
    sizes = [0.6 + rng.random() for _ in hamlets]
    planned: list[tuple[str, int, int]] = []
    rw = 0
    for hamlet, size in zip(hamlets, sizes, strict=True):
        count = max(1, round(total * size / sum(sizes)))
        for place in range(count):
            rw += place % RT_PER_RW == 0
            planned.append((hamlet, rw, place % RT_PER_RW + 1))
    weights = [0.75 + rng.random() * 0.5 for _ in planned]
    return tuple(
        Neighbourhood(hamlet, f"{rw:03d}", f"{rt:03d}", weight / sum(weights))
        for (hamlet, rw, rt), weight in zip(planned, weights, strict=True)
    )


def draw_hamlet_names(*, rng: Random, region_code: str, count: int) -> tuple[str, ...]:
    """Names of that part of the archipelago; beyond the list they get a number."""
    names = list(_find_longest(_read_places()["hamlets"], region_code))
    rng.shuffle(names)
    while len(names) < count:
        names += [f"{name} {len(names) // 20 + 2}" for name in names[:20]]
    return tuple(names[:count])


def draw_address(*, rng: Random, place: Neighbourhood) -> str:
    """As people give it: the hamlet, or a street and a number."""
    kind = rng.random()
    if kind < 0.7:
        is_named = place.hamlet.startswith(KINDS_OF_HAMLET)
        if kind < 0.55:
            return place.hamlet if is_named else f"Dsn. {place.hamlet}"
        name = place.hamlet if is_named else f"Dusun {place.hamlet}"
        return f"{name} RT {place.rt} RW {place.rw}"
    streets = _find_longest(_read_places()["streets"], "names")
    return f"Jl. {streets[int(rng.random() * len(streets))]} No. {int(rng.random() * 90) + 1}"


def get_home(region_code: str) -> Origin:
    """The village's own district and the name of its regency."""
    number = int(region_code[3:5] or 1)
    cities = _read_places()["cities"].get(region_code[:2], ())
    if number >= FIRST_CITY and number - FIRST_CITY < len(cities):
        place = cities[number - FIRST_CITY]
    else:
        names = _find_longest(_read_places()["regencies"], region_code)
        place = names[(number - 1) % len(names)]
    return Origin(region_code.replace(".", "")[:6], place)


def draw_origin(*, rng: Random, region_code: str) -> Origin:
    """Somewhere else: mostly another district of this regency or province, or another province."""
    kind = rng.random()
    province, regency = region_code[:2], int(region_code[3:5] or 1)
    names = _find_longest(_read_places()["regencies"], province)
    if kind > 0.85:
        province = rng.choice(("31", "32", "33", "34", "35", "12", "18", "51", "64", "73"))
        names = _find_longest(_read_places()["regencies"], province)
        regency = int(rng.random() * len(names)) + 1
    elif kind > 0.45:
        regency = int(rng.random() * len(names)) + 1
    place = get_home(f"{province}.{regency:02d}").place
    number = int(rng.random() * DISTRICTS_PER_REGENCY) + 1
    return Origin(f"{province}{regency:02d}{number:02d}", place)


def _find_longest(table: Mapping[str, tuple[str, ...]], code: str) -> tuple[str, ...]:
    """The entry whose name is the longest beginning of the code."""
    for length in range(len(code), 0, -1):
        if code[:length] in table:
            return table[code[:length]]
    return table.get("", next(iter(table.values())))


@lru_cache(maxsize=1)
def _read_places() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    tables = tomllib.loads((HERE / "places.toml").read_text("utf-8"))
    return {
        title: {key: tuple(text.split(", ")) for key, text in table.items()}
        for title, table in tables.items()
    }
