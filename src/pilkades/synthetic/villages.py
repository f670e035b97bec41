"""Whole invented villages, seeded: families, neighbourhoods, migration. The same seed, the same.

The columns of a person are those of a row of the roll. A village of 300 voters or more always has
somebody who turns 17 on polling day, a wife below 17 and a woman above 100, so that every list a
committee draws up has somebody in it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from random import Random

from pilkades.synthetic.families import (
    CHILD,
    DAYS,
    FATHER,
    HEAD,
    MARRIED,
    PARENT,
    SPOUSE,
    UNMARRIED,
    WIDOWED,
    Kin,
    draw_family,
)
from pilkades.synthetic.households import VOTING_AGE, Setting, build_household, is_voter
from pilkades.synthetic.naming import get_mixture
from pilkades.synthetic.numbering import Issuer
from pilkades.synthetic.residents import Household, Village, VillagePerson
from pilkades.synthetic.settlements import (
    Neighbourhood,
    draw_hamlet_names,
    get_home,
    plan_neighbourhoods,
)

__all__ = ["Household", "Village", "VillagePerson", "make_village"]

VOTERS_PER_HOUSEHOLD = 2.56
MANY_VOTERS = 60_000
SMALL_VILLAGE = 300


def make_village(
    *,
    seed: int,
    region_code: str,
    voters: int,
    on: date,
    hamlets: int | Sequence[str] = 4,
    taken: set[int] | None = None,
) -> Village:
    """A village with exactly that many people on its roll on polling day `on`.

    `hamlets` are their names or how many; `taken` keeps the numbers of other districts apart where
    several villages are made together.
    """
    if voters > MANY_VOTERS:
        raise ValueError("a village has at most 60,000 voters; a regency is streamed")
    rng = Random(f"{seed}:{region_code}")
    if isinstance(hamlets, int):
        hamlets = draw_hamlet_names(rng=rng, region_code=region_code, count=hamlets)
    setting = Setting(
        rng=rng,
        region_code=region_code,
        on=on,
        adult_birth=_shift_years(on, -VOTING_AGE),
        home=get_home(region_code),
        mixture=get_mixture(region_code),
        issuer=Issuer(region_code=region_code, rng=rng, taken=taken),
    )
    places = plan_neighbourhoods(
        rng=rng, hamlets=hamlets, households=round(voters / VOTERS_PER_HOUSEHOLD)
    )
    households = tuple(_settle(setting, places, voters))
    return Village(region_code, tuple(hamlets), places, households)


def _settle(setting: Setting, places: Sequence[Neighbourhood], voters: int) -> Iterator[Household]:
    """Households until the roll is full, one neighbourhood after the other."""
    first_id = int(setting.region_code.replace(".", "")) * 100_000
    planted = _plant_families(setting, voters) if voters >= SMALL_VILLAGE else {}
    place, filled, people, on_roll = 0, places[0].share * voters, 0, 0
    for number in count():
        if on_roll == voters:
            return
        while on_roll >= filled and place + 1 < len(places):
            place += 1
            filled += places[place].share * voters
        family = planted.get(number) or draw_family(setting.rng)
        if on_roll + sum(map(is_voter, family)) > voters:
            family = [Kin(HEAD, "P", 20 + setting.rng.random() * 40, UNMARRIED)]
        household = build_household(
            setting, family, places[place], first_id + people + 1, on_roll + 1
        )
        people += len(family)
        on_roll += sum(map(is_voter, family))
        yield household


def _plant_families(setting: Setting, voters: int) -> dict[int, list[Kin]]:
    """One family each for the lists that are otherwise often empty, by the number of the house."""
    seventeenth = (setting.on - setting.adult_birth).days
    exactly = max((seventeenth + 0.01) / DAYS, VOTING_AGE)
    couple = [Kin(HEAD, "L", 43.2, MARRIED), Kin(SPOUSE, "P", 40.7, MARRIED)]
    families = (
        [*couple, Kin(CHILD, "P", exactly, UNMARRIED, FATHER)],
        [Kin(HEAD, "L", 20.4, MARRIED), Kin(SPOUSE, "P", 16.3, MARRIED)],
        [Kin(HEAD, "L", 71.5, WIDOWED), Kin(PARENT, "P", 101.6, WIDOWED)],
    )
    houses = setting.rng.sample(range(voters // 4), len(families))
    return dict(zip(houses, families, strict=True))


def _shift_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
