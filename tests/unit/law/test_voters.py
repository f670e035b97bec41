"""Who may be on the roll, by the national pack and by others."""

from dataclasses import fields, replace
from datetime import date

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.eligibility import (
    Checklist,
    KeyDates,
    Outcome,
    Requirement,
    VoterFacts,
    VoterRules,
    check_voter,
)
from pilkades.law.pack import Status
from pilkades.packfiles import read_pack

DATES = KeyDates(
    provisional_roll_date=date(2026, 8, 3),
    final_roll_date=date(2026, 8, 18),
    poll_date=date(2026, 11, 23),
)
MBAK_DEWI = VoterFacts(
    birth_date=date(1999, 3, 4),
    is_ever_married=False,
    resident_since_date=date(2020, 1, 1),
    is_incapacitated=False,
    is_right_revoked=False,
    is_military_or_police=False,
    documents=frozenset({"ktp_el"}),
)
AGE, RESIDENCE, MILITARY = (
    "roll.voter_age_min",
    "roll.residence_months",
    "roll.military_police_may_vote",
)


def check(facts: VoterFacts, pack: str = "nasional") -> Checklist:
    return check_voter(rules=VoterRules.from_pack(read_pack(pack)), facts=facts, dates=DATES)


def line(checklist: Checklist, requirement: str) -> Requirement:
    return next(item for item in checklist.requirements if item.id == requirement)


def test_a_grown_resident_with_a_card_may_vote():
    checklist = check(MBAK_DEWI)
    assert checklist.is_met
    assert all(item.article for item in checklist.requirements)


def test_the_seventeenth_birthday_on_polling_day_is_in_time():
    assert check(replace(MBAK_DEWI, birth_date=date(2009, 11, 23))).is_met
    assert check(replace(MBAK_DEWI, birth_date=date(2009, 11, 24))).is_refused


def test_of_a_resident_of_whom_nothing_is_recorded_nothing_is_known():
    blank = VoterFacts(birth_date=date(1999, 3, 4))
    for field in fields(blank):
        if field.name not in {"birth_date", "documents"}:
            assert getattr(blank, field.name) is None
    assert blank.documents == frozenset()
    met = {item.id for item in check(blank).requirements if item.outcome is Outcome.MET}
    assert met == {AGE, "roll.not_incapacitated"}


def test_another_cut_off_day_follows_the_pack():
    facts = replace(MBAK_DEWI, birth_date=date(2009, 11, 23))
    item = line(check(facts, "contoh-lain"), AGE)
    rules = VoterRules.from_pack(read_pack("contoh-lain"))
    cut_off = {condition.id: condition.counted_on for condition in rules.conditions}[AGE]
    expected = Outcome.MET if cut_off.value == "poll" else Outcome.NOT_MET
    assert item.outcome is expected


def test_a_married_voter_under_age_shows_the_family_card():
    facts = replace(MBAK_DEWI, birth_date=date(2010, 1, 1), is_ever_married=True)
    item = line(check(facts), AGE)
    assert item.outcome is Outcome.NEEDS_DOCUMENT
    assert [paper.id for paper in item.missing] == ["kk"]
    assert check(replace(facts, documents=frozenset({"ktp_el", "kk"}))).is_met


def test_a_grown_voter_need_not_show_a_family_card():
    assert line(check(MBAK_DEWI), AGE).documents == ()


def test_under_age_with_unknown_marriage_needs_a_decision():
    facts = replace(MBAK_DEWI, birth_date=date(2010, 1, 1), is_ever_married=None)
    assert line(check(facts), AGE).outcome is Outcome.NEEDS_DECISION


def test_marriage_does_not_help_where_the_pack_says_so():
    rules = VoterRules.from_pack(read_pack("nasional"))
    strict = replace(
        rules,
        conditions=tuple(replace(item, is_marriage_enough=False) for item in rules.conditions),
    )
    facts = replace(MBAK_DEWI, birth_date=date(2010, 1, 1), is_ever_married=True)
    assert line(check_voter(rules=strict, facts=facts, dates=DATES), AGE).outcome is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("since", "outcome"),
    [
        (date(2026, 2, 3), Outcome.MET),
        (date(2026, 2, 4), Outcome.NOT_MET),
        (None, Outcome.NEEDS_DECISION),
    ],
)
def test_six_months_are_counted_to_the_day_the_provisional_roll_is_fixed(
    since: date | None, outcome: Outcome
):
    assert line(check(replace(MBAK_DEWI, resident_since_date=since)), RESIDENCE).outcome is outcome


def test_a_missing_day_of_the_timetable_is_told():
    rules = VoterRules.from_pack(read_pack("nasional"))
    with pytest.raises(MalformedInputError, match=r"eligibility\.key-date"):
        check_voter(rules=rules, facts=MBAK_DEWI, dates=replace(DATES, provisional_roll_date=None))


def test_everybody_is_held_able_unless_a_doctor_says_otherwise():
    assert check(replace(MBAK_DEWI, is_incapacitated=None)).is_met
    item = line(check(replace(MBAK_DEWI, is_incapacitated=True)), "roll.not_incapacitated")
    assert item.outcome is Outcome.NOT_MET


def test_a_revoked_right_refuses_and_an_unknown_one_waits():
    key = "roll.right_not_revoked"
    revoked = line(check(replace(MBAK_DEWI, is_right_revoked=True)), key)
    unknown = line(check(replace(MBAK_DEWI, is_right_revoked=None)), key)
    assert revoked.outcome is Outcome.NOT_MET
    assert unknown.outcome is Outcome.NEEDS_DECISION


def test_an_exclusion_nobody_verified_takes_no_vote_away():
    soldier = replace(MBAK_DEWI, is_military_or_police=True)
    rules = VoterRules.from_pack(read_pack("nasional"))
    item = line(check_voter(rules=rules, facts=soldier, dates=DATES), MILITARY)
    assert item.status is Status.UNVERIFIED
    assert item.outcome is Outcome.NEEDS_DECISION
    verified = replace(
        rules,
        conditions=tuple(replace(item, status=Status.VERIFIED) for item in rules.conditions),
    )
    item = line(check_voter(rules=verified, facts=soldier, dates=DATES), MILITARY)
    assert item.outcome is Outcome.NOT_MET


def test_soldiers_vote_where_the_pack_allows_it():
    rules = VoterRules.from_pack(read_pack("nasional"))
    open_rules = replace(
        rules, conditions=tuple(replace(item, is_allowed=True) for item in rules.conditions)
    )
    soldier = replace(MBAK_DEWI, is_military_or_police=True)
    assert check_voter(rules=open_rules, facts=soldier, dates=DATES).is_met


def test_an_unknown_occupation_waits_for_a_record():
    item = line(check(replace(MBAK_DEWI, is_military_or_police=None)), MILITARY)
    assert item.outcome is Outcome.NEEDS_DECISION


def test_a_population_certificate_replaces_the_card():
    assert check(replace(MBAK_DEWI, documents=frozenset({"population_certificate"}))).is_met
    assert line(check(replace(MBAK_DEWI, documents=frozenset())), RESIDENCE).missing
