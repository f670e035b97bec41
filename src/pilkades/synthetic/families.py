"""Families as they live in one house: who is whose, how old, married or not. No names yet.

What comes out resembles the population of an Indonesian district: about a quarter below 15, one in
twelve above 64, widows many more than widowers, grown children and a grandmother in the house, a
marriage before 17 now and then, about one birth of twins in a hundred. The shares are chosen by
hand after the shape of the census, not fitted to it.
"""

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import NamedTuple

UNMARRIED, MARRIED, WIDOWED = "B", "S", "P"
HEAD, SPOUSE, CHILD, PARENT, IN_LAW, GRANDCHILD = (
    "head", "spouse", "child", "parent", "in_law", "grandchild",
)  # fmt: skip
DAYS = 365.2425
OLDEST_YEARS = 106
# Age of the head of a family: lower bounds and shares.
HEAD_FROM = (19, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 100)
HEAD_BOUNDS = tuple(accumulate((3, 8, 11, 12, 12, 12, 11, 9, 7.5, 6, 4, 2.5, 2.2)))
TWINS_SHARE = 0.010
FATHER = 0
"""The place of the father in a family that he heads."""


class Kin(NamedTuple):
    """One member: relation to the head, sex, age in years and parts, marital status B, S or P.

    `father` is the place of the father in the list, -1 where he does not live here; `twin` the
    place of the twin born first.
    """

    relation: str
    sex: str
    age: float
    marital_status: str
    father: int = -1
    twin: int = -1


def draw_family(rng: Random) -> list[Kin]:
    """The members of one house, the head first."""
    band = bisect(HEAD_BOUNDS, rng.random() * HEAD_BOUNDS[-1])
    low, high = HEAD_FROM[band], HEAD_FROM[band + 1]
    part = rng.random()
    age = low + (high - low) * (part * part if low >= 75 else part)
    kind = rng.random()
    alone, without = (0.42, 0.44) if age < 25 else (0.045, 0.13) if age < 60 else (0.02, 0.42)
    if kind < alone:
        return [Kin(HEAD, "L" if rng.random() < 0.55 else "P", age, UNMARRIED)]
    if kind < without:
        return _draw_lone_parent(rng, age)
    return _draw_couple(rng, age)


def _draw_couple(rng: Random, age: float) -> list[Kin]:
    """Husband and wife, their children, sometimes a parent of his."""
    wife_age = max(age - rng.gauss(3.2, 3.4), _draw_youngest(rng, 0.04))
    family = [Kin(HEAD, "L", age, MARRIED), Kin(SPOUSE, "P", wife_age, MARRIED)]
    _add_children(family, rng, wife_age, father=FATHER)
    if age < 58 and rng.random() < 0.17:
        _add_parents(family, rng, age)
    return family


def _draw_lone_parent(rng: Random, age: float) -> list[Kin]:
    """A widow, a widower or somebody divorced, with the children who still live there."""
    is_mother = rng.random() < 0.8
    family = [Kin(HEAD, "P" if is_mother else "L", age, WIDOWED)]
    _add_children(family, rng, age if is_mother else age - 3, father=-1 if is_mother else FATHER)
    return family


def _add_children(family: list[Kin], rng: Random, mother_age: float, *, father: int) -> None:
    """Children from the eldest down; many of the grown ones have left the house."""
    random = rng.random
    fertile_until = 2.05 if mother_age < 40 else 2.5 if mother_age < 60 else 4.2
    at_birth = 18.5 + random() * 6
    for _ in range(int(random() * 2 * fertile_until + 0.6)):
        age = mother_age - at_birth
        if age < 0 or at_birth > 44:
            return
        at_birth += 2 + random() * 4.5
        if random() > _get_share_at_home(age):
            continue
        sex = "L" if random() < 0.512 else "P"
        if age > 19 and random() < 0.3:
            _add_young_couple(family, rng, sex, age, father)
            continue
        status = WIDOWED if age > 22 and random() < 0.05 else UNMARRIED
        family.append(Kin(CHILD, sex, age, status, father))
        if random() < TWINS_SHARE:
            family.append(Kin(CHILD, sex, age, UNMARRIED, father, len(family) - 1))


def _get_share_at_home(age: float) -> float:
    if age < 16:
        return 0.97
    return 0.72 if age < 23 else 0.34 if age < 30 else 0.15


def _add_young_couple(family: list[Kin], rng: Random, sex: str, age: float, father: int) -> None:
    """A grown child who has married and stayed, the spouse, often a small grandchild."""
    family.append(Kin(CHILD, sex, age, MARRIED, father))
    place = len(family) - 1
    wished = age - rng.gauss(2.5, 3) if sex == "L" else age + rng.gauss(3, 3)
    youngest = _draw_youngest(rng, 0.05 if sex == "L" else 0)
    partner = Kin(IN_LAW, "P" if sex == "L" else "L", max(wished, youngest), MARRIED)
    family.append(partner)
    mother_age = partner.age if sex == "L" else age
    if mother_age > 18.5 and rng.random() < 0.6:
        child_age = rng.random() * min(mother_age - 18, 12)
        husband = place if sex == "L" else place + 1
        grandchild_sex = "L" if rng.random() < 0.512 else "P"
        family.append(Kin(GRANDCHILD, grandchild_sex, child_age, UNMARRIED, husband))


def _draw_youngest(rng: Random, below_17_share: float) -> float:
    """The age below which this marriage was not made."""
    return (15.1 if rng.random() < below_17_share else 17.4) + rng.random() * 1.7


def _add_parents(family: list[Kin], rng: Random, age: float) -> None:
    parent_age = min(age + 19 + rng.random() * 14, OLDEST_YEARS - 1)
    kind = rng.random()
    if kind < 0.2:
        family.append(Kin(PARENT, "L", parent_age + 2, MARRIED))
    if kind > 0.35 or kind < 0.2:
        status = MARRIED if kind < 0.2 else WIDOWED
        family.append(Kin(PARENT, "P", parent_age, status))
    else:
        family.append(Kin(PARENT, "L", parent_age, WIDOWED))
