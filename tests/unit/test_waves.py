"""Waves of a regency: how many in how many years, and which villages vote."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from pilkades.law.findings import Severity
from pilkades.law.pack import RulePack, Status
from pilkades.law.waves import check_wave_limit, may_hold_election
from pilkades.packfiles import read_pack

PACK = read_pack("nasional")
POLL = date(2026, 11, 23)
days = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))


def _verified(pack: RulePack) -> RulePack:
    rule = replace(pack.rule("wave.max_waves"), status=Status.VERIFIED)
    return replace(pack, rules=MappingProxyType({**pack.rules, rule.id: rule}))


def test_fourth_wave_within_six_years_is_one_too_many() -> None:
    others = (date(2021, 3, 1), date(2023, 3, 1), date(2025, 3, 1))

    (finding,) = check_wave_limit(pack=_verified(PACK), poll_date=POLL, other_poll_dates=others)

    assert finding.code == "wave.too-many"
    assert finding.severity is Severity.ERROR
    assert "Permendagri 65/2017" in finding.article


def test_unverified_limit_warns_and_does_not_stop() -> None:
    others = (date(2021, 3, 1), date(2023, 3, 1), date(2025, 3, 1))

    (finding,) = check_wave_limit(pack=PACK, poll_date=POLL, other_poll_dates=others)

    assert finding.severity is Severity.WARNING


def test_wave_exactly_six_years_before_no_longer_counts() -> None:
    others = (date(2020, 11, 23), date(2023, 3, 1), date(2025, 3, 1))

    assert not list(check_wave_limit(pack=PACK, poll_date=POLL, other_poll_dates=others))


def test_later_waves_count_as_well() -> None:
    others = (date(2027, 3, 1), date(2028, 3, 1), date(2032, 11, 22))

    assert list(check_wave_limit(pack=PACK, poll_date=POLL, other_poll_dates=others))


def test_two_waves_on_one_day_are_one() -> None:
    others = (POLL, date(2024, 1, 1), date(2025, 1, 1))

    assert not list(check_wave_limit(pack=PACK, poll_date=POLL, other_poll_dates=others))


@given(st.sets(days, max_size=12), days)
def test_fewer_other_waves_never_make_it_worse(others: set[date], poll_date: date) -> None:
    all_found = list(check_wave_limit(pack=PACK, poll_date=poll_date, other_poll_dates=others))
    half = sorted(others)[::2]
    half_found = list(check_wave_limit(pack=PACK, poll_date=poll_date, other_poll_dates=half))

    assert not (half_found and not all_found)


@given(st.sets(days, max_size=2), days)
def test_three_waves_are_always_allowed(others: set[date], poll_date: date) -> None:
    assert not list(check_wave_limit(pack=PACK, poll_date=poll_date, other_poll_dates=others))


def test_wave_on_leap_day_is_counted_to_the_first_of_march() -> None:
    leap = date(2028, 2, 29)
    others = (date(2030, 1, 1), date(2031, 1, 1), date(2034, 2, 28))

    assert list(check_wave_limit(pack=PACK, poll_date=leap, other_poll_dates=others))
    others = (date(2030, 1, 1), date(2031, 1, 1), date(2034, 3, 1))
    assert not list(check_wave_limit(pack=PACK, poll_date=leap, other_poll_dates=others))


def _with_kinds(pack: RulePack, *kinds: str) -> RulePack:
    rule = replace(pack.rule("election.village_kinds"), value=kinds)
    return replace(pack, rules=MappingProxyType({**pack.rules, rule.id: rule}))


def test_kelurahan_does_not_elect_its_head_unless_the_pack_says_so() -> None:
    assert may_hold_election(pack=PACK, village_kind="DESA")
    assert not may_hold_election(pack=PACK, village_kind="KELURAHAN")
    assert may_hold_election(pack=_with_kinds(PACK, "desa", "kelurahan"), village_kind="KELURAHAN")


def test_customary_village_elects_its_head_only_where_the_pack_says_so() -> None:
    without, with_adat = _with_kinds(PACK, "desa"), _with_kinds(PACK, "desa", "desa_adat")

    assert not may_hold_election(pack=without, village_kind="DESA_ADAT")
    assert may_hold_election(pack=with_adat, village_kind="DESA_ADAT")
