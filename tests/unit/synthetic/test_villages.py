"""Invented villages: the same seed the same, numbers that agree, a population like a real one."""

import random
from collections import Counter
from datetime import date

import pytest

from pilkades.synthetic.families import draw_family
from pilkades.synthetic.livelihoods import POLICE, SOLDIER
from pilkades.synthetic.naming import get_mixture, make_name, make_twin_name
from pilkades.synthetic.villages import Village, VillagePerson, make_village

ON = date(2026, 12, 6)
CODE = "35.05.10.2003"


@pytest.fixture(scope="module")
def village() -> Village:
    return make_village(seed=7, region_code=CODE, voters=3000, hamlets=4, on=ON)


def _age(person: VillagePerson) -> int:
    born = person.birth_date
    return ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))


def test_the_same_seed_is_the_same_village_and_another_seed_is_another(village: Village) -> None:
    assert make_village(seed=7, region_code=CODE, voters=3000, hamlets=4, on=ON) == village
    other = make_village(seed=8, region_code=CODE, voters=3000, hamlets=4, on=ON)
    assert {row.full_name for row in other.voters} != {row.full_name for row in village.voters}


def test_the_roll_has_exactly_the_wished_voters_and_nobody_without_the_vote(
    village: Village,
) -> None:
    assert [row.row_id for row in village.voters] == list(range(1, 3001))
    assert all(_age(row) >= 17 or row.marital_status in "SP" for row in village.voters)
    left_out = [row for row in village.people if not row.row_id]
    assert left_out
    assert all(_age(row) < 17 and row.marital_status == "B" for row in left_out)


@pytest.mark.parametrize("on", [date(2026, 12, 6), date(2028, 2, 29), date(2027, 3, 1)])
def test_nobody_votes_a_day_too_early_and_somebody_turns_17_on_the_day(on: date) -> None:
    limit = date(on.year - 17, on.month, on.day) if on.day != 29 else date(on.year - 17, 3, 1)
    for seed in range(8):
        roll = make_village(seed=seed, region_code=CODE, voters=300, hamlets=2, on=on)
        unmarried = [row for row in roll.people if row.marital_status == "B"]
        assert all((row.birth_date <= limit) == bool(row.row_id) for row in unmarried)
        assert any(row.birth_date == limit for row in unmarried)


def test_every_nik_agrees_with_its_row_and_is_nobodys(village: Village) -> None:
    people = list(village.people)
    assert len({row.nik for row in people}) == len(people)
    for row in people:
        day = row.birth_date.day + (40 if row.sex == "P" else 0)
        assert row.nik[6:12] == f"{day:02d}{row.birth_date:%m%y}"
        assert len(row.nik) == len(row.kk) == 16
        assert row.nik[12] == row.kk[12] == "9"
    own = sum(row.nik.startswith("350510") for row in people) / len(people)
    assert 0.8 < own < 0.95


def test_villages_of_one_district_give_out_no_number_twice() -> None:
    taken: set[int] = set()
    rolls = [
        make_village(seed=1, region_code=f"35.05.10.20{n:02d}", voters=900, on=ON, taken=taken)
        for n in range(1, 6)
    ]
    niks = [row.nik for roll in rolls for row in roll.people]
    cards = [house.kk for roll in rolls for house in roll.households]
    ids = [row.person_id for roll in rolls for row in roll.people]
    assert len(set(niks)) == len(niks)
    assert len(set(cards)) == len(cards)
    assert len(set(ids)) == len(ids)


def test_a_household_shares_its_card_and_place_and_children_are_younger(village: Village) -> None:
    for house in village.households:
        assert (
            len({(row.kk, row.address, row.rt, row.rw, row.hamlet) for row in house.members}) == 1
        )
        assert house.relations[0] == "head"
        head = house.members[0]
        for row, relation in zip(house.members, house.relations, strict=True):
            if relation == "child":
                assert (row.birth_date - head.birth_date).days > 14 * 365
            if relation == "parent":
                assert (head.birth_date - row.birth_date).days > 14 * 365


def test_neighbourhoods_lie_in_one_hamlet_and_are_of_the_usual_size(village: Village) -> None:
    hamlets: dict[str, set[str]] = {}
    for row in village.voters:
        hamlets.setdefault(row.rw, set()).add(row.hamlet)
    assert all(len(names) == 1 for names in hamlets.values())
    sizes = Counter((row.rw, row.rt) for row in village.voters)
    assert set(sizes) == {(place.rw, place.rt) for place in village.neighbourhoods}
    assert min(sizes.values()) > 20
    assert max(sizes.values()) < 300


def test_every_list_that_a_committee_draws_up_has_somebody_in_it(village: Village) -> None:
    rows = village.voters
    assert any(row.birth_date == date(2009, 12, 6) for row in rows)
    assert any(_age(row) < 17 and row.marital_status == "S" for row in rows)
    assert any(_age(row) > 100 for row in rows)
    assert any(0 < (ON - row.resident_since).days < 180 for row in rows)
    assert any(row.occupation in (SOLDIER, POLICE) for row in rows)
    assert any(row.disability for row in rows)
    assert any(row.identity_document != "ktp_el" for row in rows)
    assert any(row.marital_status == "P" for row in rows)


def test_the_population_has_the_shape_of_an_indonesian_district() -> None:
    rng = random.Random(3)
    people = [kin for _ in range(8000) for kin in draw_family(rng)]
    total = len(people)
    assert 0.2 < sum(kin.age < 15 for kin in people) / total < 0.26
    assert 0.065 < sum(kin.age >= 65 for kin in people) / total < 0.1
    lone = Counter(kin.sex for kin in people if kin.marital_status == "P")
    assert lone["P"] > 2 * lone["L"]
    assert (
        0.0001 < sum(kin.age < 17 and kin.marital_status == "S" for kin in people) / total < 0.001
    )
    assert sum(kin.twin >= 0 for kin in people) / total > 0.001


def test_namesakes_are_about_as_frequent_as_in_a_real_regency(village: Village) -> None:
    counts = Counter(row.full_name for row in village.voters)
    same = sum(count * (count - 1) for count in counts.values()) / len(village.voters) ** 2
    assert 1e-5 < same < 4e-4
    assert 0.05 < sum(" " not in row.full_name for row in village.voters) / 3000 < 0.3


@pytest.mark.parametrize("province", ["11", "12", "13", "31", "32", "35", "51", "53", "73", "91"])
def test_people_of_every_part_of_the_archipelago_have_their_own_names(province: str) -> None:
    rng = random.Random(5)
    mixture = get_mixture(f"{province}.01.01.2001")
    people = mixture.peoples[0]
    names = {
        make_name(rng=rng, people=people, sex=sex, birth_year=year)
        for sex in "LP"
        for year in (1950, 1995)
        for _ in range(25)
    }
    assert len(names) > 60
    assert all(name == " ".join(name.split()) and "_" not in name for name in names)


def test_a_batak_child_has_the_clan_of_the_father_and_a_balinese_an_order_of_birth() -> None:
    rng = random.Random(5)
    batak, bali = get_mixture("12.01").peoples[0], get_mixture("51.01").peoples[0]
    child = make_name(rng=rng, people=batak, sex="P", birth_year=1999, father="Sahat Gultom")
    assert child.endswith(" Gultom")
    girls = [make_name(rng=rng, people=bali, sex="P", birth_year=1990) for _ in range(40)]
    assert sum(name.startswith(("Ni ", "Luh ", "Ida Ayu ", "Desak ")) for name in girls) > 30


def test_twins_differ_in_one_name_and_keep_what_goes_before_it() -> None:
    rng = random.Random(5)
    assert make_twin_name(rng=rng, name="Hasan Basri", sex="L") == "Husein Basri"
    assert make_twin_name(rng=rng, name="Siti Rina Hasanah", sex="P") == "Siti Rini Hasanah"
    other = make_twin_name(rng=rng, name="Muhammad Faisal Akbar", sex="L").split(" ")
    assert (other[0], other[2]) == ("Muhammad", "Akbar")
    assert other[1] != "Faisal"


def test_hamlets_may_be_given_by_name() -> None:
    names = ("Krajan", "Sumber", "Gunungsari")
    village = make_village(seed=1, region_code=CODE, voters=400, hamlets=names, on=ON)
    assert {row.hamlet for row in village.voters} == set(names)
    assert len(village.voters) == 400
