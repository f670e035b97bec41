"""One invented household: names, numbers, a house and a past for a family."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pilkades.synthetic.families import DAYS, IN_LAW, SPOUSE, UNMARRIED, Kin
from pilkades.synthetic.livelihoods import draw_disability, draw_document, draw_occupation
from pilkades.synthetic.naming import Mixture, People, add_title, make_name, make_twin_name
from pilkades.synthetic.numbering import Issuer, make_phone
from pilkades.synthetic.residents import Household, VillagePerson
from pilkades.synthetic.settlements import Neighbourhood, Origin, draw_address, draw_origin

VOTING_AGE = 17
MOVED_HOUSEHOLDS, MOVED_SPOUSES = 0.06, 0.13
MIXED_MARRIAGES = 0.25
SAME_NAME_AS_FATHER = 0.004


@dataclass(frozen=True, slots=True)
class Setting:
    """What all households of the village share; who is born on `adult_birth` turns 17 `on` it."""

    rng: Random
    region_code: str
    on: date
    adult_birth: date
    home: Origin
    mixture: Mixture
    issuer: Issuer


def is_voter(kin: Kin) -> bool:
    """17 on polling day, or married before."""
    return kin.age >= VOTING_AGE or kin.marital_status != UNMARRIED


def build_household(
    setting: Setting, family: list[Kin], place: Neighbourhood, person_id: int, row_id: int
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
        may_vote = is_voter(kin)
        house, past = (kk, address, place), (arrived, came_from)
        ids = (person_id, row_id if may_vote else 0)
        members.append(_build_person(setting, kin, name, house, past, people.faith, ids))
        person_id += 1
        row_id += may_vote
    return Household(kk, tuple(members), tuple(kin.relation for kin in family))


def _build_person(
    setting: Setting,
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


def _draw_birth_date(setting: Setting, kin: Kin) -> date:
    """The day that fits the age; some of the old were written down on a round day."""
    born = setting.on - timedelta(days=int(kin.age * DAYS))
    if kin.age > 56 and setting.rng.random() < 0.03:
        day, month = setting.rng.choice(((31, 12), (1, 7), (1, 1)))
        return date(born.year, month, day)
    # An age in years is a day or so off; who may vote must not depend on it.
    if kin.age >= VOTING_AGE:
        return min(born, setting.adult_birth)
    return max(born, setting.adult_birth + timedelta(days=1))


def _draw_move(setting: Setting) -> date:
    """When somebody moved here; one in twelve less than eight months ago."""
    days = 240 if setting.rng.random() < 0.08 else 9000
    return setting.on - timedelta(days=20 + int(setting.rng.random() * days))


def _name_family(setting: Setting, family: list[Kin], people: People) -> list[str]:
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
