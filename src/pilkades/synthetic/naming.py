"""Invented names of the peoples of the archipelago, put together from `names.toml`.

A name follows the habits of its people: one word or several, the clan of the father, an order of
birth in Bali, "Muhammad" and its many spellings, "bin" and the father's name. Titles are not part
of it; they come with age and work (`add_title`). Lists are sampled with the first ones commonest,
so that chance namesakes are about as frequent as in a real regency.
"""

import tomllib
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
OLD_BEFORE = 1975
MALE, FEMALE = "L", "P"
LINKS = {MALE: "bin", FEMALE: "binti"}
HAJJ = {MALE: ("H.", "Haji", "H"), FEMALE: ("Hj.", "Hajjah", "Hj")}
OLD_DEGREES, NEW_DEGREES = (
    ("Drs.", "Ir.", "Dra.", "BA"),
    ("S.Pd", "S.Pd.", "SE", "S.Sos", "S.Kom", "SH", "S.Ag", "ST", "M.Pd", "A.Md.Kep", "S.Pd.I"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of which the first are drawn more often."""

    words: tuple[str, ...]
    bounds: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return self.words[bisect(self.bounds, rng.random() * self.bounds[-1])]


@dataclass(frozen=True, slots=True)
class People:
    """The habits of one people (suku) in giving names; what depends on sex is keyed "L" and "P"."""

    id: str
    faith: str
    old: Mapping[str, Words]
    young: Mapping[str, Words]
    last: Mapping[str, Words]
    clans: Words | None
    prefix: Mapping[str, Words | None]
    prefix_share: float
    single_old: float
    single_young: float
    three: float
    bin_share: float


@dataclass(frozen=True, slots=True)
class Mixture:
    """The peoples of a province with their shares."""

    peoples: tuple[People, ...]
    bounds: tuple[float, ...]

    def draw(self, rng: Random) -> People:
        return self.peoples[bisect(self.bounds, rng.random() * self.bounds[-1])]


def get_mixture(region_code: str) -> Mixture:
    """Who lives in the province of that region; an unknown province is taken for East Java."""
    tables = _read_names()
    for prefix in (region_code[:2], region_code[:1], "35"):
        if prefix in tables["mix"]:
            shares: Mapping[str, float] = tables["mix"][prefix]
            break
    return Mixture(
        peoples=tuple(_build_people(name) for name in shares),
        bounds=tuple(accumulate(shares.values())),
    )


def make_name(*, rng: Random, people: People, sex: str, birth_year: int, father: str = "") -> str:
    """A name without titles; `father` is the father's name, for the clan or "bin"."""
    is_old = birth_year < OLD_BEFORE
    first = (people.old if is_old else people.young)[sex].draw(rng)
    prefix = people.prefix[sex]
    if prefix is not None and rng.random() < people.prefix_share:
        first = _put_before(prefix.draw(rng), first)
    elif rng.random() < (people.single_old if is_old else people.single_young):
        return _add_father(first, rng, people, sex, father)
    if rng.random() < people.three:
        first = _put_after(first, people.young[sex].draw(rng))
    if people.clans is not None:
        return f"{first} {_get_clan(father, people) or people.clans.draw(rng)}"
    name = _put_after(first, people.last[sex].draw(rng))
    return _add_father(name, rng, people, sex, father)


def make_twin_name(*, rng: Random, name: str, sex: str) -> str:
    """What the twin of that child is called: another name of a pair, the rest the same."""
    words, place = name.split(" "), 0
    kept = _read_names()["twins"]["kept"].split()
    while place + 1 < len(words) and words[place] in kept:
        place += 1
    pairs = _read_twins()[sex]
    for pair in pairs:
        if words[place] in pair:
            words[place] = pair[1 - pair.index(words[place])]
            return " ".join(words)
    words[place] = rng.choice([word for pair in pairs for word in pair if word not in words])
    return " ".join(words)


def add_title(*, rng: Random, name: str, sex: str, age: int, faith: str) -> str:
    """Haji and degrees, as they stand in a roll: sometimes with a point, sometimes without."""
    if faith == "islam" and age >= 40 and rng.random() < 0.06:
        name = f"{HAJJ[sex][int(rng.random() ** 2 * 3)]} {name}"
    if age < 24 or rng.random() > 0.035:
        return name
    if age > 55:
        degree = OLD_DEGREES[rng.randrange(2) if sex == MALE else rng.randrange(1, 4)]
        return f"{name}, {degree}" if degree == "BA" else f"{degree} {name}"
    return f"{name}, {rng.choice(NEW_DEGREES)}"


def _put_before(prefix: str, name: str) -> str:
    return name if prefix in name else f"{prefix} {name}"


def _put_after(name: str, word: str) -> str:
    return name if word in name else f"{name} {word}"


def _add_father(name: str, rng: Random, people: People, sex: str, father: str) -> str:
    if father and rng.random() < people.bin_share:
        return f"{name} {LINKS[sex]} {father.split(' ')[-1]}"
    return name


def _get_clan(father: str, people: People) -> str:
    """The clan in the father's name, where he has one of this people."""
    last = father.rpartition(" ")[2]
    return last if people.clans is not None and last in people.clans.words else ""


@lru_cache(maxsize=1)
def _read_names() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "names.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _read_twins() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    table = _read_names()["twins"]
    return {
        sex: tuple(tuple(pair.split("/")) for pair in table[key].split())
        for sex, key in ((MALE, "same_sex_male"), (FEMALE, "same_sex_female"))
    }


@lru_cache(maxsize=64)
def _build_people(name: str) -> People:
    table = _read_names()["people"][name]
    clans = _split(table.get("clans", ""))
    extra = _make_syllable_names() if table.get("syllables") else {MALE: (), FEMALE: ()}
    keys = ((MALE, "male"), (FEMALE, "female"))
    return People(
        id=name,
        faith=table["faith"],
        old={sex: _weigh((*_split(table[f"{key}_old"]), *extra[sex])) for sex, key in keys},
        young={sex: _weigh(_split(table[key])) for sex, key in keys},
        last={sex: _weigh(_split(table.get(f"last_{key}", "-"))) for sex, key in keys},
        clans=_weigh(clans) if clans else None,
        prefix={
            sex: _weigh(words) if (words := _split(table[f"{key}_prefix"])) else None
            for sex, key in keys
        },
        prefix_share=table["prefix_share"],
        single_old=table["single"][0],
        single_young=table["single"][1],
        three=table["three"],
        bin_share=table["bin"],
    )


def _make_syllable_names() -> Mapping[str, tuple[str, ...]]:
    """Javanese names of a stem and an ending, every combination."""
    table = _read_names()["syllables"]
    return {
        sex: tuple(
            f"{stem}{end}"
            for end in table[f"{key}_ends"].split()
            for stem in table["stems"].split()
        )
        for sex, key in ((MALE, "male"), (FEMALE, "female"))
    }


def _split(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _weigh(words: Sequence[str]) -> Words:
    """The n-th word weighs 1 / (n + 12): the first is a few times commoner than the last."""
    return Words(tuple(words), tuple(accumulate(1 / (place + 12) for place in range(len(words)))))
