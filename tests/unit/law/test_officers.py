"""Who may serve at a station: blocks, warnings, open questions, and complete teams."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import RuleViolationError
from pilkades.law.findings import Finding, Severity, has_errors
from pilkades.law.officers import (
    SAME_NAME,
    UNANSWERED,
    Kin,
    Membership,
    OfficerFacts,
    check_officer,
    check_team,
    require_agent_place,
    require_one_station,
)
from pilkades.law.officers_kinship import Relation, Tie, compute_kinship
from pilkades.law.officers_rules import Check, CheckRule, Effect, OfficerRules, SeatKind
from pilkades.law.packcheck import check_pack
from pilkades.packfiles import list_packs, read_pack

RULES = OfficerRules.from_pack(read_pack("nasional"))
POLL = date(2026, 11, 23)
NEVER = Membership(was_ever=False)
GOOD = OfficerFacts(
    birth_date=date(1990, 5, 1),
    poll_date=POLL,
    lives_in_village=True,
    is_healthy=True,
    kin=(Kin("Kartika", Relation.NONE),),
    party=NEVER,
    campaign=NEVER,
)
FULL = [(SeatKind.STATION, n) for n in range(1, 8)] + [
    (SeatKind.SECURITY, 1),
    (SeatKind.SECURITY, 2),
]


def _find(facts: OfficerFacts, rules: OfficerRules = RULES) -> list[tuple[str, Severity]]:
    return [(item.code, item.severity) for item in check_officer(rules=rules, facts=facts)]


def _codes(findings: tuple[Finding, ...]) -> set[str]:
    return {item.code for item in findings if item.severity is Severity.ERROR}


def _with_effect(check: Check, effect: Effect) -> OfficerRules:
    return replace(RULES, checks={**RULES.checks, check: CheckRule(effect, "pasal uji")})


@pytest.mark.parametrize("name", list_packs())
def test_every_shipped_pack_says_what_is_checked_and_who_does_what(name: str) -> None:
    rules = OfficerRules.from_pack(read_pack(name))
    assert set(rules.checks) == set(Check)
    assert all(rule.article for rule in rules.checks.values())
    chair = rules.find_role(SeatKind.STATION, 1)
    assert chair is not None
    assert chair.name == "Ketua"
    assert rules.find_role(SeatKind.SECURITY, 2) is not None


def test_somebody_without_any_tie_has_no_conflict() -> None:
    assert _find(GOOD) == []


def test_a_sibling_of_a_candidate_is_blocked() -> None:
    facts = replace(GOOD, kin=(Kin("Kartika", Relation.SIBLING),))
    (finding,) = check_officer(rules=RULES, facts=facts)
    assert (finding.code, finding.severity) == ("kinship", Severity.ERROR)
    assert finding.article
    assert "Kartika" in str(finding.text)
    assert "derajat ke-2" in str(finding.text)


def test_a_cousin_is_too_far_for_the_second_degree_and_near_enough_for_the_fourth() -> None:
    facts = replace(GOOD, kin=(Kin("Kartika", Relation.COUSIN),))
    assert _find(facts) == []
    assert _find(facts, replace(RULES, blood_degree_max=4)) == [("kinship", Severity.ERROR)]


def test_a_spouse_is_caught_even_where_no_degree_counts() -> None:
    rules = replace(RULES, blood_degree_max=0, marriage_degree_max=0)
    assert _find(replace(GOOD, kin=(Kin("Darto", Relation.SPOUSE),)), rules)
    assert not _find(replace(GOOD, kin=(Kin("Darto", Relation.PARENT),)), rules)


@given(
    relation=st.sampled_from(Relation),
    blood=st.integers(min_value=0, max_value=5),
    marriage=st.integers(min_value=0, max_value=5),
)
def test_a_wider_degree_never_lets_a_nearer_relative_in(
    relation: Relation, blood: int, marriage: int
) -> None:
    facts = replace(GOOD, kin=(Kin("Kartika", relation),))
    narrow = replace(RULES, blood_degree_max=blood, marriage_degree_max=marriage)
    wide = replace(RULES, blood_degree_max=blood + 1, marriage_degree_max=marriage + 1)
    assert set(_find(facts, narrow)) <= set(_find(facts, wide))
    kinship = compute_kinship(relation=relation)
    limit = blood if kinship.tie is Tie.BLOOD else marriage
    expected = kinship.tie is not Tie.NONE and kinship.degree <= limit
    assert bool(_find(facts, narrow)) is expected


@pytest.mark.parametrize(
    ("birth", "codes"),
    [
        (date(2009, 11, 23), []),
        (date(2009, 11, 24), [("age_min", Severity.ERROR)]),
        (date(1970, 11, 24), []),
        (date(1970, 11, 23), [("age_max", Severity.WARNING)]),
    ],
)
def test_age_counts_on_polling_day(birth: date, codes: list[tuple[str, Severity]]) -> None:
    rules = replace(RULES, age_min=17, age_max=55)
    assert _find(replace(GOOD, birth_date=birth), rules) == codes


def test_no_greatest_age_lets_the_old_serve() -> None:
    facts = replace(GOOD, birth_date=date(1930, 1, 1))
    assert _find(facts, replace(RULES, age_max=0)) == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"lives_in_village": False}, "residence"),
        ({"is_healthy": False}, "health"),
        ({"party": Membership(was_ever=True, is_still=True)}, "party"),
        ({"campaign": Membership(was_ever=True, is_still=True)}, "campaign"),
        ({"is_candidate": True}, "candidate"),
        ({"is_agent": True}, "agent"),
        ({"other_station": "TPS 02"}, "two_stations"),
    ],
)
def test_each_tie_blocks_warns_or_is_not_looked_at_as_the_pack_says(
    changes: dict[str, object], check: str
) -> None:
    facts = replace(GOOD, **changes)  # type: ignore[arg-type]
    for effect, expected in (
        (Effect.BLOCK, [(check, Severity.ERROR)]),
        (Effect.WARN, [(check, Severity.WARNING)]),
        (Effect.OFF, []),
    ):
        assert _find(facts, _with_effect(Check(check), effect)) == expected


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_five_years_after_leaving_a_party_are_full_on_the_day_itself(days: int) -> None:
    left = date(2021, 11, 23) + timedelta(days=days)
    facts = replace(GOOD, party=Membership(was_ever=True, ended_date=left))
    found = _find(facts, replace(RULES, party_years=5))
    assert found == ([("party", Severity.ERROR)] if days > 0 else [])


def test_a_membership_that_ended_nobody_knows_when_is_not_long_ago() -> None:
    facts = replace(GOOD, campaign=Membership(was_ever=True))
    assert _find(facts) == [("campaign", Severity.ERROR)]


def test_what_was_not_asked_is_never_a_yes() -> None:
    facts = OfficerFacts(birth_date=GOOD.birth_date, poll_date=POLL, kin=(Kin("Darto", None),))
    found = check_officer(rules=RULES, facts=facts)
    assert {item.code for item in found} == {UNANSWERED}
    asked = {item.subject for item in found}
    assert asked == {"residence", "health", "kinship", "party", "campaign"}
    assert has_errors(found)


def test_a_question_that_the_pack_does_not_ask_may_stay_open() -> None:
    facts = replace(GOOD, is_healthy=None)
    assert _find(facts, _with_effect(Check.HEALTH, Effect.OFF)) == []


def test_a_name_like_a_committee_members_is_to_be_looked_into() -> None:
    facts = replace(GOOD, same_name_in_committee="Bu Sari")
    assert _find(facts) == [(SAME_NAME, Severity.WARNING)]
    member = replace(facts, is_committee_member=True)
    assert _find(member, _with_effect(Check.COMMITTEE, Effect.BLOCK)) == [
        ("committee", Severity.ERROR)
    ]


def test_blocks_come_before_warnings() -> None:
    facts = replace(GOOD, birth_date=date(1950, 1, 1), is_candidate=True)
    assert [severity for _, severity in _find(facts)] == [Severity.ERROR, Severity.WARNING]


def test_an_officer_of_two_stations_is_refused() -> None:
    require_one_station(rules=RULES, other_station="")
    with pytest.raises(RuleViolationError) as caught:
        require_one_station(rules=RULES, other_station="TPS 02")
    assert caught.value.code == "officer.two-stations"
    assert "TPS 02" in str(caught.value.text)
    assert caught.value.article


def test_a_second_agent_of_a_candidate_at_one_station_is_refused() -> None:
    rules = replace(RULES, agents_per_station_max=1)
    require_agent_place(rules=rules, present=0, candidate="Kartika", station="TPS 01")
    with pytest.raises(RuleViolationError) as caught:
        require_agent_place(rules=rules, present=1, candidate="Kartika", station="TPS 01")
    assert caught.value.code == "agent.limit"


def test_a_full_team_with_a_reserve_has_nothing_to_say_against_it() -> None:
    assert check_team(rules=RULES, seats=[*FULL, (SeatKind.RESERVE, 1)]) == ()


def test_a_team_without_a_reserve_is_told_and_may_go_on() -> None:
    findings = check_team(rules=RULES, seats=FULL)
    assert [item.severity for item in findings] == [Severity.INFO]


def test_a_team_without_a_chair_is_not_complete() -> None:
    assert _codes(check_team(rules=RULES, seats=FULL[1:])) == {"team.chair"}


def test_reserves_do_not_make_a_team_large_enough() -> None:
    seats = [*FULL[:4], *FULL[7:], *[(SeatKind.RESERVE, n) for n in range(1, 4)]]
    assert _codes(check_team(rules=RULES, seats=seats)) == {"team.size"}


@pytest.mark.parametrize("security", [0, 1, 3])
def test_the_number_of_security_officers_is_exact(security: int) -> None:
    seats = [*FULL[:7], *[(SeatKind.SECURITY, n) for n in range(1, security + 1)]]
    assert _codes(check_team(rules=RULES, seats=seats)) == {"team.security"}


def test_seats_follow_the_pack() -> None:
    seats = list(RULES.list_seats())
    assert len(seats) == RULES.officers_max + RULES.security_count + RULES.reserves_max
    assert seats[0] == (SeatKind.STATION, 1)
    other = OfficerRules.from_pack(read_pack("contoh-lain"))
    assert other.find_role(SeatKind.STATION, 9) is None


HEADER = b"""[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "99.01"
base = "nasional"
effective = 2026-01-01
approved_by = ""
"""


UNKNOWN_CHECK = b"""[[officer_check]]
id = "shoe_size"
effect = "block"
article = "a"
status = "unverified"
"""
TOO_OLD = b"""[[rule]]
id = "officer.age_min"
value = 80
article = "a"
status = "unverified"
"""


@pytest.mark.parametrize(
    ("row", "code"), [(UNKNOWN_CHECK, "officer.unknown-check"), (TOO_OLD, "officer.ages")]
)
def test_a_pack_that_contradicts_itself_about_officers_is_told(row: bytes, code: str) -> None:
    findings = check_pack(HEADER + row, base=read_pack("nasional"))
    assert code in {item.code for item in findings}
