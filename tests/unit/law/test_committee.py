"""The committee's size, positions and elements, by the pack's own numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import RuleViolationError
from pilkades.law.committee import CommitteeRules, Element, Position, Seat, check_committee
from pilkades.packfiles import read_pack

RULES = CommitteeRules.from_pack(read_pack("nasional"))
CHAIR = Seat(Position.CHAIR, Element.COMMUNITY)
SECRETARY = Seat(Position.SECRETARY, Element.APPARATUS)
MEMBER = Seat(Position.MEMBER, Element.INSTITUTION)


def _refusal(*seats: Seat) -> str:
    with pytest.raises(RuleViolationError) as caught:
        check_committee(rules=RULES, seats=seats)
    assert caught.value.article
    return caught.value.code


def test_five_members_of_all_elements_are_a_committee() -> None:
    check_committee(rules=RULES, seats=[CHAIR, SECRETARY, MEMBER, MEMBER, MEMBER])


def test_an_even_number_is_refused() -> None:
    assert _refusal(CHAIR, SECRETARY, *[MEMBER] * 4) == "committee.odd"


def test_three_members_are_too_few() -> None:
    assert _refusal(CHAIR, SECRETARY, MEMBER) == "committee.size"


def test_two_chairs_are_refused() -> None:
    assert _refusal(CHAIR, CHAIR, SECRETARY, MEMBER, MEMBER) == "committee.positions"


def test_a_committee_without_village_staff_is_refused() -> None:
    secretary = Seat(Position.SECRETARY, Element.COMMUNITY)
    assert _refusal(CHAIR, secretary, MEMBER, MEMBER, MEMBER) == "committee.elements"


@given(st.integers(min_value=0, max_value=40))
def test_only_odd_numbers_within_the_bounds_pass(members: int) -> None:
    seats = [CHAIR, SECRETARY, *[MEMBER] * members]
    is_good = RULES.members_min <= len(seats) <= RULES.members_max and len(seats) % 2 == 1
    if is_good:
        check_committee(rules=RULES, seats=seats)
    else:
        assert _refusal(*seats) in {"committee.size", "committee.odd"}
