"""What a refused committee is told, and calendars and committees that a pack may not ask for."""

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.committee import CommitteeRules, Element, Position, Seat, check_committee
from pilkades.law.packcheck import check_pack
from pilkades.packfiles import read_pack

BASE = read_pack("nasional")
RULES = CommitteeRules(
    members_min=3,
    members_max=5,
    must_be_odd=True,
    elements=frozenset(Element),
    size_article="pasal 1",
    odd_article="pasal 2",
    elements_article="pasal 3",
)
HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""
RULE = """
[[rule]]
id = "committee.{name}"
value = {value}
article = "Perbup 1"
status = "verified"
"""
HOLIDAY = """
[[holiday]]
id = "{id}"
date = {date}
name = "Libur"
name_en = "Day off"
kind = "local"
article = "Perbup 1"
status = "verified"
"""


def codes(*blocks: str) -> list[tuple[str, str]]:
    findings = check_pack((HEADER + "".join(blocks)).encode(), base=BASE)
    wanted = ("committee.bounds", "calendar.same-day")
    return [(f.code, f.subject) for f in findings if f.code in wanted]


def test_the_refusal_names_the_elements_that_are_missing_and_not_those_that_are_there() -> None:
    seats = [
        Seat(Position.CHAIR, Element.APPARATUS),
        Seat(Position.SECRETARY, Element.APPARATUS),
        Seat(Position.MEMBER, Element.APPARATUS),
    ]
    with pytest.raises(RuleViolationError) as caught:
        check_committee(rules=RULES, seats=seats)
    assert "Belum ada: lembaga kemasyarakatan, tokoh masyarakat." in str(caught.value.text)


@pytest.mark.parametrize(
    ("low", "high", "odd", "is_possible"),
    [
        (4, 4, True, False),
        (5, 5, True, True),
        (4, 5, True, True),
        (4, 4, False, True),
        (6, 5, False, False),
    ],
)
def test_a_committee_that_cannot_be_formed_is_found_in_the_pack(
    low: int, high: int, odd: bool, is_possible: bool
) -> None:
    found = codes(
        RULE.format(name="members_min", value=low),
        RULE.format(name="members_max", value=high),
        RULE.format(name="members_odd", value=str(odd).lower()),
    )
    assert found == ([] if is_possible else [("committee.bounds", "committee.members_max")])


def test_two_holidays_on_one_day_are_found_and_on_two_days_are_not() -> None:
    one = HOLIDAY.format(id="first", date="2026-11-11")
    same = HOLIDAY.format(id="second", date="2026-11-11")
    other = HOLIDAY.format(id="second", date="2026-11-12")
    assert codes(one, same) == [("calendar.same-day", "second")]
    assert codes(one, other) == []
