"""What stands out in a line of the roll, by the national pack and by others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.law.ages import LeapBirthday, add_months, count_full_years
from pilkades.law.eligibility import KeyDates
from pilkades.law.findings import Severity
from pilkades.law.pack import Status
from pilkades.law.packcheck import read_pack_text
from pilkades.law.roll import Effect, LineFacts, RollCheck, RollRules, judge_voter
from pilkades.packfiles import read_pack

NATIONAL = read_pack("nasional")
RULES = RollRules.from_pack(NATIONAL)
DPS, POLL = date(2026, 8, 3), date(2026, 11, 23)
DATES = KeyDates(provisional_roll_date=DPS, final_roll_date=date(2026, 8, 18), poll_date=POLL)
MBAK_DEWI = LineFacts(
    birth_date=date(1999, 3, 4),
    is_ever_married=False,
    resident_since_date=date(2015, 1, 1),
    occupation="Petani",
    identity_document="ktp_el",
    present=frozenset(RULES.required_fields),
)
BIRTHS = st.dates(date(1900, 1, 1), POLL + timedelta(days=400))


def codes(facts: LineFacts, rules: RollRules = RULES) -> set[str]:
    return {finding.code for finding in judge_voter(rules=rules, facts=facts, dates=DATES)}


def severity(facts: LineFacts, code: str, rules: RollRules = RULES) -> Severity:
    found = judge_voter(rules=rules, facts=facts, dates=DATES)
    return next(item.severity for item in found if item.code == code)


def test_a_grown_resident_with_all_data_stands_out_in_nothing():
    assert codes(MBAK_DEWI) == set()


def test_a_birthday_on_the_day_that_counts_is_in_time_and_listed():
    assert codes(replace(MBAK_DEWI, birth_date=date(2009, 11, 23))) == {"comes_of_age"}
    assert codes(replace(MBAK_DEWI, birth_date=date(2009, 11, 24))) == {"under_age"}


def test_whoever_was_of_age_before_the_provisional_roll_is_not_listed():
    assert codes(replace(MBAK_DEWI, birth_date=date(2009, 8, 2))) == set()
    assert codes(replace(MBAK_DEWI, birth_date=date(2009, 8, 3))) == {"comes_of_age"}


def test_the_day_that_counts_is_the_packs():
    rules = RollRules.from_pack(read_pack("contoh-lain"))
    late = replace(MBAK_DEWI, birth_date=date(2009, 8, 19))
    assert "under_age" in codes(late, rules)
    assert "under_age" not in codes(late)


def test_a_child_born_after_the_day_that_counts_is_under_age_and_no_mistake():
    assert codes(replace(MBAK_DEWI, birth_date=POLL + timedelta(days=1))) == {"under_age"}


def test_marriage_under_the_age_needs_the_family_card():
    young = replace(MBAK_DEWI, birth_date=date(2010, 1, 1), is_ever_married=True)
    assert codes(young) == {"married_under_age", "under_age_paper"}
    assert codes(replace(young, identity_document="kk")) == {"married_under_age"}


def test_an_unknown_marriage_of_a_young_person_is_asked_for():
    young = replace(MBAK_DEWI, birth_date=date(2010, 1, 1), is_ever_married=None)
    assert codes(young) == {"marriage_unknown"}
    assert severity(young, "marriage_unknown") is Severity.WARNING


def test_residence_is_counted_to_the_day_the_provisional_roll_is_fixed():
    assert codes(replace(MBAK_DEWI, resident_since_date=date(2026, 2, 3))) == set()
    assert codes(replace(MBAK_DEWI, resident_since_date=date(2026, 2, 4))) == {"residence_short"}


def test_what_is_not_recorded_strikes_nobody():
    unknown = LineFacts(birth_date=None)
    found = judge_voter(rules=RULES, facts=unknown, dates=DATES)
    assert [item.code for item in found] == ["missing_data"]
    assert found[0].severity is Severity.WARNING


def test_a_hundred_years_are_not_more_than_a_hundred():
    assert codes(replace(MBAK_DEWI, birth_date=date(1925, 11, 24))) == set()
    assert codes(replace(MBAK_DEWI, birth_date=date(1925, 11, 23))) == {"very_old"}


@pytest.mark.parametrize("occupation", ["TNI", "Anggota Polri", "tni-ad", "Polisi", "TNI AL"])
def test_soldiers_and_police_are_found_however_they_are_written(occupation):
    facts = replace(MBAK_DEWI, occupation=occupation)
    assert codes(facts) == {"military"}
    assert severity(facts, "military") is Severity.WARNING


@pytest.mark.parametrize(
    "occupation", ["Purnawirawan TNI", "Pensiunan Polri", "Mantan tentara", "Politisi", ""]
)
def test_former_soldiers_are_no_soldiers(occupation):
    assert codes(replace(MBAK_DEWI, occupation=occupation)) == set()


def test_an_exclusion_that_nobody_verified_never_stops_even_if_it_should_block():
    facts = replace(MBAK_DEWI, occupation="TNI")
    checks = {**RULES.checks, RollCheck.MILITARY: replace_effect(RollCheck.MILITARY, Effect.BLOCK)}
    blocking = replace(RULES, checks=checks)
    assert severity(facts, "military", blocking) is Severity.WARNING
    verified = replace(blocking, military=replace(RULES.military, status=Status.VERIFIED))
    assert severity(facts, "military", verified) is Severity.ERROR


def replace_effect(check: RollCheck, effect: Effect):
    return replace(RULES.checks[check], effect=effect)


def test_soldiers_may_stand_where_the_pack_lets_them_vote():
    allowed = replace(RULES, military=replace(RULES.military, is_allowed=True))
    assert codes(replace(MBAK_DEWI, occupation="TNI"), allowed) == set()


def test_the_particulars_that_the_pack_asks_for_are_named():
    facts = replace(MBAK_DEWI, present=frozenset(RULES.required_fields) - {"nik", "rt"})
    (finding,) = judge_voter(rules=RULES, facts=facts, dates=DATES)
    assert str(finding.text) == "Belum diisi: NIK, RT." or "NIK" in str(finding.text)


def test_a_check_that_nobody_knows_is_refused_with_its_line():
    overlay = (
        b'[pack]\nid = "x"\ntitle = "X"\nversion = "1"\nregion = "35.05"\nbase = "nasional"\n\n'
        b'[[roll_check]]\nid = "zodiac"\neffect = "warn"\narticle = "Perbup X"\n'
        b'status = "unverified"\n'
    )
    found = read_pack_text(overlay, base=NATIONAL).findings
    assert [(item.code, item.subject) for item in found if "roll" in item.code] == [
        ("roll.unknown-check", "zodiac")
    ]


@given(birth_date=BIRTHS, leap=st.sampled_from(LeapBirthday))
def test_age_splits_all_births_in_two_at_exactly_one_day(birth_date, leap):
    rules = replace(RULES, voter_rules=replace(RULES.voter_rules, leap_birthday=leap))
    of_age = count_full_years(start_date=birth_date, on_date=POLL, leap=leap) >= 17
    found = codes(replace(MBAK_DEWI, birth_date=birth_date), rules)
    assert ("under_age" in found) is not of_age
    assert len(found & {"under_age", "comes_of_age", "very_old"}) <= 1


@given(birth_date=BIRTHS, married=st.sampled_from([True, False, None]))
def test_marriage_never_takes_a_vote_away(birth_date, married):
    single = codes(replace(MBAK_DEWI, birth_date=birth_date))
    other = codes(replace(MBAK_DEWI, birth_date=birth_date, is_ever_married=married))
    assert "under_age" not in other or "under_age" in single


def test_a_leap_day_birthday_comes_of_age_as_the_pack_reads_it():
    """17 years after 29 February 2008 there is no such day; the poll is on 28 February 2025."""
    dates = KeyDates(
        provisional_roll_date=date(2024, 11, 1),
        final_roll_date=date(2024, 11, 20),
        poll_date=date(2025, 2, 28),
    )
    leapling = replace(MBAK_DEWI, birth_date=date(2008, 2, 29))
    for leap, expected in (
        (LeapBirthday.LAST_OF_FEBRUARY, {"comes_of_age"}),
        (LeapBirthday.FIRST_OF_MARCH, {"under_age"}),
    ):
        rules = replace(RULES, voter_rules=replace(RULES.voter_rules, leap_birthday=leap))
        found = judge_voter(rules=rules, facts=leapling, dates=dates)
        assert {item.code for item in found} == expected


@given(since=st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_residence_short_is_exactly_less_than_the_months_of_the_pack(since):
    is_short = add_months(start_date=since, months=6) > DPS
    assert ("residence_short" in codes(replace(MBAK_DEWI, resident_since_date=since))) is is_short


@given(present=st.sets(st.sampled_from(sorted(RULES.required_fields))))
def test_a_line_misses_data_unless_all_is_there(present):
    found = codes(replace(MBAK_DEWI, present=frozenset(present)))
    assert ("missing_data" in found) is (present != set(RULES.required_fields))
