"""Degrees of kinship: births up and down, the spouse's family by marriage, besan not at all."""

import pytest

from pilkades.law.officers_kinship import (
    RELATION_NAMES,
    Kinship,
    Relation,
    Tie,
    compute_kinship,
)

INVERSE = {
    Relation.SPOUSE: Relation.SPOUSE,
    Relation.PARENT: Relation.CHILD,
    Relation.SIBLING: Relation.SIBLING,
    Relation.GRANDPARENT: Relation.GRANDCHILD,
    Relation.UNCLE_AUNT: Relation.NEPHEW_NIECE,
    Relation.GREAT_GRANDPARENT: Relation.GREAT_GRANDCHILD,
    Relation.COUSIN: Relation.COUSIN,
    Relation.STEP_PARENT: Relation.STEP_CHILD,
    Relation.PARENT_IN_LAW: Relation.CHILD_IN_LAW,
    Relation.SIBLING_IN_LAW: Relation.SIBLING_IN_LAW,
    Relation.NONE: Relation.NONE,
    Relation.CHILDS_PARENT_IN_LAW: Relation.CHILDS_PARENT_IN_LAW,
}


@pytest.mark.parametrize(
    ("relation", "tie", "degree"),
    [
        (Relation.PARENT, Tie.BLOOD, 1),
        (Relation.CHILD, Tie.BLOOD, 1),
        (Relation.SIBLING, Tie.BLOOD, 2),
        (Relation.GRANDCHILD, Tie.BLOOD, 2),
        (Relation.UNCLE_AUNT, Tie.BLOOD, 3),
        (Relation.NEPHEW_NIECE, Tie.BLOOD, 3),
        (Relation.GREAT_GRANDCHILD, Tie.BLOOD, 3),
        (Relation.COUSIN, Tie.BLOOD, 4),
        (Relation.SPOUSE, Tie.MARRIAGE, 0),
        (Relation.PARENT_IN_LAW, Tie.MARRIAGE, 1),
        (Relation.STEP_CHILD, Tie.MARRIAGE, 1),
        (Relation.SIBLING_IN_LAW, Tie.MARRIAGE, 2),
        (Relation.SPOUSE_OF_NEPHEW_NIECE, Tie.MARRIAGE, 3),
    ],
)
def test_the_degree_is_the_number_of_births_between_two_people(
    relation: Relation, tie: Tie, degree: int
) -> None:
    assert compute_kinship(relation=relation) == Kinship(tie, degree)


@pytest.mark.parametrize("relation", [Relation.NONE, Relation.CHILDS_PARENT_IN_LAW])
def test_the_parents_of_a_couple_are_not_related(relation: Relation) -> None:
    assert compute_kinship(relation=relation).tie is Tie.NONE


@pytest.mark.parametrize(("one", "other"), INVERSE.items())
def test_kinship_is_as_near_from_either_side(one: Relation, other: Relation) -> None:
    assert compute_kinship(relation=one) == compute_kinship(relation=other)


def test_every_relation_has_a_name_of_its_own() -> None:
    assert set(RELATION_NAMES) == set(Relation)
    assert len({str(name) for name in RELATION_NAMES.values()}) == len(Relation)
