"""The law of giving roles: from above, inside one's region, never to oneself."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.accounts.grants import (
    CODE_LENGTHS,
    GRANTERS,
    list_grantable_roles,
    list_scopes,
    may_grant,
    may_manage,
)
from pilkades.apps.accounts.roles import Role, is_region_covered

codes = st.sampled_from(
    ["", "35", "35.05", "35.05.01", "35.05.01.2001", "35.05.01.2002", "35.06", "35.06.01.2001"]
)
holdings = st.lists(st.tuples(st.sampled_from(Role), codes), max_size=4)


def test_every_role_has_a_level_and_somebody_who_gives_it() -> None:
    assert set(CODE_LENGTHS) == set(GRANTERS) == set(Role)
    assert all(GRANTERS.values())


def test_nobody_in_a_village_gives_a_role_above_the_village() -> None:
    village_roles = {role for role in Role if CODE_LENGTHS[role] == {13}}
    for role, granters in GRANTERS.items():
        if role not in village_roles:
            assert not granters & village_roles


def test_giving_never_goes_in_a_circle_except_among_equals() -> None:
    for one, other in itertools.combinations(Role, 2):
        both_ways = one in GRANTERS[other] and other in GRANTERS[one]
        # The desk and the office of the bupati appoint one another, each with a second person.
        assert not both_ways or {one, other} == {Role.REGENCY_DESK, Role.REGENCY_HEAD}


def test_the_desk_does_not_choose_its_own_auditor() -> None:
    assert Role.REGENCY_DESK not in GRANTERS[Role.AUDITOR]


@given(mine=holdings, role=st.sampled_from(Role), code=codes)
def test_who_may_grant_holds_a_granting_role_that_covers_the_region(
    mine: list[tuple[Role, str]], role: Role, code: str
) -> None:
    expected = any(
        held in GRANTERS[role] and is_region_covered(by=own, region_code=code) for held, own in mine
    )
    assert may_grant(holdings=mine, role=role, region_code=code) is expected


@given(mine=holdings, theirs=holdings, more=st.tuples(st.sampled_from(Role), codes))
def test_one_more_role_never_puts_a_person_below_somebody(
    mine: list[tuple[Role, str]], theirs: list[tuple[Role, str]], more: tuple[Role, str]
) -> None:
    if theirs and not may_manage(holdings=mine, of_person=theirs):
        assert not may_manage(holdings=mine, of_person=[*theirs, more])


@given(mine=holdings, theirs=holdings, more=st.tuples(st.sampled_from(Role), codes))
def test_one_more_role_of_mine_never_takes_power_away(
    mine: list[tuple[Role, str]], theirs: list[tuple[Role, str]], more: tuple[Role, str]
) -> None:
    if may_manage(holdings=mine, of_person=theirs):
        assert may_manage(holdings=[*mine, more], of_person=theirs)


@given(mine=holdings)
def test_scopes_cover_every_granting_region_and_none_covers_another(
    mine: list[tuple[Role, str]],
) -> None:
    scopes = list_scopes(mine)
    for role, code in mine:
        if list_grantable_roles([(role, code)]):
            assert any(is_region_covered(by=scope, region_code=code) for scope in scopes)
    for one, other in itertools.permutations(scopes, 2):
        assert not is_region_covered(by=one, region_code=other)


@pytest.mark.parametrize(
    ("by", "code", "expected"),
    [
        ("", "35.05", True),
        ("35.05", "35.05", True),
        ("35.05", "35.05.01.2001", True),
        ("35.05", "35.0", False),
        ("35.0", "35.05", False),
        ("35.05.01", "35.05", False),
        ("35.05", "35.051", False),
        ("35.05", "", False),
    ],
)
def test_region_is_covered_by_itself_and_what_stands_above(
    by: str, code: str, expected: bool
) -> None:
    assert is_region_covered(by=by, region_code=code) is expected
