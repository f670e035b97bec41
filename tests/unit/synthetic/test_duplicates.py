"""Planted duplicates: the stated rates, a truth that holds row by row, and people only alike."""

import random
from collections import Counter
from datetime import date
from itertools import islice

import pytest

from pilkades.synthetic.duplicates import DuplicateTruth, Likeness, Trait, TraitDealer
from pilkades.synthetic.misspellings import vary_name
from pilkades.synthetic.regencies import RegencyRolls
from pilkades.synthetic.villages import VillagePerson

ON = date(2026, 12, 6)
PEOPLE = 10_000


def _make_rolls(seed: int = 3) -> RegencyRolls:
    return RegencyRolls(seed=seed, regency_code="35.05", people=PEOPLE, on=ON, duplicate_share=0.04)


@pytest.fixture(scope="module")
def drawn() -> tuple[list[VillagePerson], DuplicateTruth]:
    rolls = _make_rolls()
    return list(rolls), rolls.truth


Drawn = tuple[list[VillagePerson], DuplicateTruth]


def test_rows_are_numbered_and_all_people_are_there_once_or_twice(drawn: Drawn) -> None:
    rows, truth = drawn
    assert [row.row_id for row in rows] == list(range(1, len(rows) + 1))
    assert len(truth) == 400
    alike = sum(kind is Likeness.NAMESAKE for *_, kind in truth.alike)
    assert len(rows) == PEOPLE + len(truth) + alike
    times = Counter(Counter(row.person_id for row in rows).values())
    assert times == {1: PEOPLE + alike - len(truth), 2: len(truth)}


def test_the_truth_is_exactly_the_rows_of_the_same_person(drawn: Drawn) -> None:
    rows, truth = drawn
    first_row: dict[int, int] = {}
    found = set()
    for row in rows:
        before = first_row.setdefault(row.person_id, row.row_id)
        if before != row.row_id:
            found.add((before, row.row_id))
    assert found == set(truth.pairs)


def test_planted_errors_have_the_stated_rates(drawn: Drawn) -> None:
    _, truth = drawn
    rates = {trait: truth.count(trait) / len(truth) for trait in Trait}
    assert rates == {
        Trait.NIK_MISSING: 0.35,
        Trait.NIK_WRONG_DIGIT: 0.15,
        Trait.NAME_VARIANT: 0.40,
        Trait.DATE_SWAPPED: 0.15,
        Trait.DATE_OTHER: 0.10,
        Trait.MOVED: 0.30,
    }


def test_every_row_differs_in_what_its_traits_say_and_in_nothing_else(drawn: Drawn) -> None:
    rows, truth = drawn
    for (first, second), traits in zip(truth.pairs, truth.traits, strict=True):
        one, two = rows[first - 1], rows[second - 1]
        digits = sum(a != b for a, b in zip(one.nik, two.nik, strict=False)) if two.nik else None
        assert digits == (
            None if traits & Trait.NIK_MISSING else int(bool(traits & Trait.NIK_WRONG_DIGIT))
        )
        assert (one.full_name != two.full_name) == bool(traits & Trait.NAME_VARIANT)
        changed = one.birth_date != two.birth_date
        assert changed == bool(traits & (Trait.DATE_SWAPPED | Trait.DATE_OTHER))
        if traits & Trait.DATE_SWAPPED:
            assert (one.birth_date.day, one.birth_date.month) == (
                two.birth_date.month,
                two.birth_date.day,
            )
        home = [(row.village_code, row.rw, row.rt) for row in (one, two)]
        assert (home[0] != home[1]) == bool(traits & Trait.MOVED)
        assert one.sex == two.sex


def test_some_have_moved_to_another_village_and_some_within_theirs(drawn: Drawn) -> None:
    rows, truth = drawn
    moved = [
        rows[first - 1].village_code != rows[second - 1].village_code
        for (first, second), traits in zip(truth.pairs, truth.traits, strict=True)
        if traits & Trait.MOVED
    ]
    assert 0.45 < sum(moved) / len(moved) < 0.75


def test_the_errors_overlap_as_if_dealt_apart() -> None:
    dealer = TraitDealer(rng=random.Random(1))
    dealt = [dealer.deal() for _ in range(20_000)]
    both = sum(bool(t & Trait.NAME_VARIANT and t & Trait.MOVED) for t in dealt) / 20_000
    assert both == pytest.approx(0.4 * 0.3, abs=0.01)
    assert not any(t & Trait.NIK_MISSING and t & Trait.NIK_WRONG_DIGIT for t in dealt)
    assert not any(t & Trait.DATE_SWAPPED and t & Trait.DATE_OTHER for t in dealt)


def test_people_who_are_only_alike_are_planted_and_told(drawn: Drawn) -> None:
    rows, truth = drawn
    kinds = Counter(kind for *_, kind in truth.alike)
    assert kinds[Likeness.NAMESAKE] >= 9
    assert kinds[Likeness.TWINS] > 5
    assert kinds[Likeness.FATHER_AND_SON] > 0
    for first, second, kind in truth.alike:
        one, two = rows[first - 1], rows[second - 1]
        assert one.person_id != two.person_id
        assert one.nik != two.nik
        if kind is Likeness.NAMESAKE:
            assert (one.full_name, one.birth_date) == (two.full_name, two.birth_date)
            assert one.village_code != two.village_code
        if kind is Likeness.TWINS:
            assert (one.kk, one.birth_date) == (two.kk, two.birth_date)
        if kind is Likeness.FATHER_AND_SON:
            assert one.full_name == two.full_name
            assert one.birth_date != two.birth_date


def test_nobody_has_anothers_nik_but_by_a_wrong_digit(drawn: Drawn) -> None:
    rows, truth = drawn
    wrong = {
        second
        for (_, second), traits in zip(truth.pairs, truth.traits, strict=True)
        if traits & Trait.NIK_WRONG_DIGIT
    }
    holders: dict[str, int] = {}
    for row in rows:
        if row.nik and row.row_id not in wrong:
            assert holders.setdefault(row.nik, row.person_id) == row.person_id


def test_the_same_seed_streams_the_same_rows_and_may_be_drawn_again() -> None:
    rolls = _make_rolls(seed=9)
    once = list(islice(rolls, 6000))
    assert list(islice(rolls, 6000)) == once
    assert list(islice(_make_rolls(seed=9), 6000)) == once
    assert list(islice(_make_rolls(seed=10), 6000)) != once


def test_a_name_is_always_varied_and_keeps_most_of_its_letters() -> None:
    rng = random.Random(4)
    for name, sex in (("Muhammad Yusuf", "L"), ("Siti Aminah", "P"), ("Ali", "L"), ("Sri", "P")):
        varied = {vary_name(rng=rng, name=name, sex=sex) for _ in range(60)}
        assert len(varied) > 8
        assert name not in varied
        assert all(text == text.strip() and len(text) > 1 for text in varied)


@pytest.mark.parametrize(
    ("name", "sex", "expected"),
    [
        ("Muhammad Yusuf", "L", {"Moh. Yusuf", "Mhd. Yusuf", "Mochamad Yusuf"}),
        ("Siti Aminah", "P", {"St. Aminah", "Siti A.", "Hj. Siti Aminah", "Aminah Siti"}),
        ("Suparto", "L", {"Soeparto", "Suparta"}),
        ("Nur Hayati binti Umar", "P", {"Nur Hayati"}),
        ("H. Bambang", "L", {"Bambang"}),
        ("Nur Hayati", "P", {"Nurhayati", "Noor Hayati"}),
    ],
)
def test_the_habits_of_clerks_are_among_the_variants(
    name: str, sex: str, expected: set[str]
) -> None:
    rng = random.Random(2)
    assert expected <= {vary_name(rng=rng, name=name, sex=sex) for _ in range(4000)}
