"""Hours on duty warn before they harm; tax and net always make up the gross."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Severity
from pilkades.law.number_words import words_to_number
from pilkades.law.officers_pay import (
    Pay,
    Shift,
    check_hours,
    check_shift,
    compute_pay,
    count_minutes,
    sum_pay,
    write_amount,
)
from pilkades.law.officers_rules import OfficerRules
from pilkades.packfiles import read_pack

RULES = replace(OfficerRules.from_pack(read_pack("nasional")), hours_max=12)
SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)


def _hours(hours: float) -> datetime:
    return SIX + timedelta(hours=hours)


def test_hours_beyond_the_limit_warn_and_the_limit_itself_does_not() -> None:
    assert check_hours(rules=RULES, minutes=12 * 60) is None
    finding = check_hours(rules=RULES, minutes=12 * 60 + 1)
    assert finding is not None
    assert finding.severity is Severity.WARNING
    assert "12 jam 1 menit" in str(finding.text)


def test_no_limit_in_the_pack_never_warns() -> None:
    assert check_hours(rules=replace(RULES, hours_max=0), minutes=40 * 60) is None


def test_a_duty_past_midnight_is_counted_whole() -> None:
    shifts = [Shift(SIX, _hours(7)), Shift(_hours(8), _hours(20.5))]
    assert count_minutes(shifts=shifts, now=_hours(30)) == 19 * 60 + 30


def test_somebody_still_there_is_on_duty_until_now() -> None:
    assert count_minutes(shifts=[Shift(SIX, None)], now=_hours(3)) == 180


@pytest.mark.parametrize("hours", [-1, 0, 37])
def test_a_leaving_that_cannot_follow_the_arrival_is_refused(hours: float) -> None:
    with pytest.raises(MalformedInputError):
        check_shift(shift=Shift(SIX, _hours(hours)))


@given(
    gross=st.integers(min_value=0, max_value=99_999_999),
    percent=st.decimals(min_value=0, max_value=100, places=2),
)
def test_tax_and_net_are_the_gross(gross: int, percent: Decimal) -> None:
    pay = compute_pay(gross=gross, tax_percent=percent)
    assert pay.tax + pay.net == gross
    assert 0 <= pay.tax <= gross
    assert Decimal(pay.tax) <= Decimal(gross) * percent / 100


def test_a_broken_rupiah_of_tax_is_dropped() -> None:
    assert compute_pay(gross=1_100_001, tax_percent=Decimal(5)) == Pay(1_100_001, 55_000, 1_045_001)


def test_the_last_line_is_the_sum() -> None:
    assert sum_pay([Pay(3, 1, 2), Pay(10, 0, 10)]) == Pay(13, 1, 12)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_the_words_of_a_receipt_say_its_amount(amount: int) -> None:
    words = write_amount(amount)
    assert words_to_number(words.removesuffix(" rupiah")) == amount


def test_an_amount_beyond_the_words_has_none() -> None:
    assert write_amount(1_000_000_000) == ""
