"""Whole invented villages, seeded: families, neighbourhoods, migration. The same seed, the same.

The columns of a person are those of a row of the roll. A village of 300 voters or more always has
somebody who turns 17 on polling day, a wife below 17 and a woman above 100, so that every list a
committee draws up has somebody in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from pilkades.synthetic.families import (
    CHILD,
    DAYS,
    HEAD,
    IN_LAW,
    MARRIED,
    PARENT,
    SPOUSE,
    UNMARRIED,
    WIDOWED,
    Kin,
    draw_family,
)
from pilkades.synthetic.livelihoods import draw_disability, draw_document, draw_occupation
from pilkades.synthetic.naming import (
    Mixture,
    People,
    add_title,
    get_mixture,
    make_name,
    make_twin_name,
)
from pilkades.synthetic.numbering import Issuer, make_phone
from pilkades.synthetic.settlements import (
    Neighbourhood,
    Origin,
    draw_address,
    draw_hamlet_names,
    draw_origin,
    get_home,
    plan_neighbourhoods,
)

VOTERS_PER_HOUSEHOLD = 2.56
VOTING_AGE = 17
MANY_VOTERS = 60_000
SMALL_VILLAGE = 300
MOVED_HOUSEHOLDS, MOVED_SPOUSES = 0.06, 0.13
MIXED_MARRIAGES = 0.25
SAME_NAME_AS_FATHER = 0.004


class VillagePerson(NamedTuple):
    """Orang rekaan, with the columns of a row of the roll; `person_id` is who it really is.

    `row_id` is the place in the roll, 0 for somebody who is not on it.
    """

    nik: str
    kk: str
    full_name: str
    sex: str
    birth_place: str
    birth_date: date
    marital_status: str
    address: str
    rt: str
    rw: str
    hamlet: str
    disability: str
    identity_document: str
    occupation: str
    resident_since: date
    phone: str
    note: str
    village_code: str
    person_id: int
    row_id: int


@dataclass(frozen=True, slots=True)
class Household:
    """Keluarga: who lives under one KK, the head first, and what each is to the head."""

    kk: str
    members: tuple[VillagePerson, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Village:
    """Desa rekaan."""

    region_code: str
    hamlets: tuple[str, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    households: tuple[Household, ...]

    @property
    def voters(self) -> tuple[VillagePerson, ...]:
        """Everybody who belongs on the roll, neighbourhood by neighbourhood."""
        return tuple(person for person in self.people if person.row_id)

    @property
    def people(self) -> Iterator[VillagePerson]:
        """Everybody, with the children."""
        return (person for household in self.households for person in household.members)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all households of the village share."""

    rng: Random
    region_code: str
    on: date
    home: Origin
    mixture: Mixture
    issuer: Issuer


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
    setting = _Setting(
        rng=rng,
        region_code=region_code,
        on=on,
        home=get_home(region_code),
        mixture=get_mixture(region_code),
        issuer=Issuer(region_code=region_code, rng=rng, taken=taken),
    )
    places = plan_neighbourhoods(
        rng=rng, hamlets=hamlets, households=round(voters / VOTERS_PER_HOUSEHOLD)
    )
    households = tuple(_settle(setting, places, voters))
    return Village(region_code, tuple(hamlets), places, households)


def _settle(setting: _Setting, places: Sequence[Neighbourhood], voters: int) -> Iterator[Household]:
    """Households until the roll is full, one neighbourhood after the other."""
    first_id = int(setting.region_code.replace(".", "")) * 100_000
    planted = _plant_families(setting.on) if voters >= SMALL_VILLAGE else []
    place, filled, people, on_roll = 0, places[0].share * voters, 0, 0
    while on_roll < voters:
        while on_roll >= filled and place + 1 < len(places):
            place += 1
            filled += places[place].share * voters
        family = planted.pop() if planted else draw_family(setting.rng)
        if on_roll + sum(map(_is_voter, family)) > voters:
            family = [Kin(HEAD, "P", 20 + setting.rng.random() * 40, UNMARRIED)]
        household = _build_household(
            setting, family, places[place], first_id + people + 1, on_roll + 1
        )
        people += len(family)
        on_roll += sum(map(_is_voter, family))
        yield household


def _is_voter(kin: Kin) -> bool:
    return kin.age >= VOTING_AGE or kin.marital_status != UNMARRIED


def _plant_families(on: date) -> list[list[Kin]]:
    """One family each for the lists that are otherwise often empty."""
    seventeenth = (on - _shift_years(on, -VOTING_AGE)).days
    exactly = (seventeenth + 0.01) / DAYS
    couple = [Kin(HEAD, "L", 43.2, MARRIED), Kin(SPOUSE, "P", 40.7, MARRIED)]
    return [
        [*couple, Kin(CHILD, "P", max(exactly, VOTING_AGE), UNMARRIED, 0)],
        [Kin(HEAD, "L", 20.4, MARRIED), Kin(SPOUSE, "P", 16.3, MARRIED)],
        [Kin(HEAD, "L", 71.5, WIDOWED), Kin(PARENT, "P", 101.6, WIDOWED)],
    ]


def _shift_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _build_household(
    setting: _Setting, family: list[Kin], place: Neighbourhood, person_id: int, row_id: int
) -> Household:
    """Give the family names, numbers, a house and a past."""
    rng, on = setting.rng, setting.on
    people = setting.mixture.draw(rng)
    moved = _draw_move(setting) if rng.random() < MOVED_HOUSEHOLDS else None
    origin = draw_origin(rng=rng, region_code=setting.region_code) if moved else setting.home
    kk = setting.issuer.issue_kk(issued=moved or on - timedelta(days=30 + rng.randrange(6000)))
    address = draw_address(rng=rng, place=place)
    names = _name_family(setting, family, people)
    members = []
    for kin, name in zip(family, names, strict=True):
        arrived, came_from = moved, origin
        if kin.relation in (SPOUSE, IN_LAW) and moved is None and rng.random() < MOVED_SPOUSES:
            arrived = _draw_move(setting)
            came_from = draw_origin(rng=rng, region_code=setting.region_code)
        is_voter = _is_voter(kin)
        house, past = (kk, address, place), (arrived, came_from)
        ids = (person_id, row_id if is_voter else 0)
        members.append(_build_person(setting, kin, name, house, past, people.faith, ids))
        person_id += 1
        row_id += is_voter
    return Household(kk, tuple(members), tuple(kin.relation for kin in family))


def _build_person(
    setting: _Setting,
    kin: Kin,
    name: str,
    house: tuple[str, str, Neighbourhood],
    past: tuple[date | None, Origin],
    faith: str,
    ids: tuple[int, int],
) -> VillagePerson:
    rng, age = setting.rng, int(kin.age)
    born = _draw_birth_date(setting, kin)
    arrived, origin = past
    if arrived is None or born >= arrived:
        arrived, origin = None, setting.home
    (kk, address, place), is_female = house, kin.sex == "P"
    if origin.district == setting.home.district:
        nik = setting.issuer.issue_nik(birth_date=born, is_female=is_female)
    else:
        nik = setting.issuer.issue_foreign_nik(
            district=origin.district, birth_date=born, is_female=is_female
        )
    return VillagePerson(
        nik, kk, add_title(rng=rng, name=name, sex=kin.sex, age=age, faith=faith), kin.sex,
        origin.place, born, kin.marital_status, address, place.rt, place.rw, place.hamlet,
        draw_disability(rng=rng, age=age), draw_document(rng=rng, age=age),
        draw_occupation(rng=rng, sex=kin.sex, age=age), arrived or born,
        make_phone(rng) if age >= VOTING_AGE and rng.random() < 0.45 else "", "",
        setting.region_code, *ids,
    )  # fmt: skip


def _draw_birth_date(setting: _Setting, kin: Kin) -> date:
    """The day that fits the age; some of the old were written down on a round day."""
    born = setting.on - timedelta(days=int(kin.age * DAYS))
    if kin.age > 56 and setting.rng.random() < 0.03:
        day, month = setting.rng.choice(((31, 12), (1, 7), (1, 1)))
        return date(born.year, month, day)
    return born


def _draw_move(setting: _Setting) -> date:
    """When somebody moved here; one in twelve less than eight months ago."""
    days = 240 if setting.rng.random() < 0.08 else 9000
    return setting.on - timedelta(days=20 + int(setting.rng.random() * days))


def _name_family(setting: _Setting, family: list[Kin], people: People) -> list[str]:
    """Names without titles, in the order of the family."""
    rng, on_year = setting.rng, setting.on.year
    names: list[str] = []
    for kin in family:
        father = names[kin.father] if kin.father >= 0 else ""
        if kin.twin >= 0:
            names.append(make_twin_name(rng=rng, name=names[kin.twin], sex=kin.sex))
        elif father and kin.sex == "L" and rng.random() < SAME_NAME_AS_FATHER:
            names.append(father)
        else:
            is_stranger = kin.relation in (SPOUSE, IN_LAW) and rng.random() < MIXED_MARRIAGES
            own = setting.mixture.draw(rng) if is_stranger else people
            year = on_year - int(kin.age)
            names.append(
                make_name(rng=rng, people=own, sex=kin.sex, birth_year=year, father=father)
            )
    return names
