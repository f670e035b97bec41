"""The hour at which registration closes, in the three zones of Indonesia."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.candidacy_rules import RegistrationRules
from pilkades.law.registration import (
    RegistrationReceipt,
    RegistrationWindow,
    find_closing,
    receive_application,
)
from pilkades.packfiles import read_pack

RULES = RegistrationRules.from_pack(read_pack("blitar-2026"))
WIB, WITA, WIT = (timezone(timedelta(hours=hours)) for hours in (7, 8, 9))


def window(zone: timezone = WIB) -> RegistrationWindow:
    return RegistrationWindow(date(2026, 8, 20), date(2026, 9, 2), zone)


def receive(at: datetime, zone: timezone = WIB) -> RegistrationReceipt:
    return receive_application(rules=RULES, window=window(zone), received_at=at)


def test_an_applicant_a_minute_after_the_deadline_is_refused_with_time_and_article():
    with pytest.raises(RuleViolationError) as caught:
        receive(datetime(2026, 9, 2, 16, 1, tzinfo=WIB))
    assert caught.value.code == "registration.closes_at"
    assert caught.value.article == RULES.article
    assert caught.value.text.params["closes_at"] == datetime(2026, 9, 2, 16, tzinfo=WIB)
    assert caught.value.text.params["late_minutes"] == 1


def test_a_second_late_is_a_minute_begun():
    with pytest.raises(RuleViolationError) as caught:
        receive(datetime(2026, 9, 2, 16, 0, 1, tzinfo=WIB))
    assert caught.value.text.params["late_minutes"] == 1


def test_the_closing_instant_itself_is_in_time():
    receipt = receive(datetime(2026, 9, 2, 16, tzinfo=WIB))
    assert receipt.closes_at == datetime(2026, 9, 2, 16, tzinfo=WIB)
    assert receipt.registration_date == date(2026, 9, 2)
    assert receipt.article
    assert receipt.text.params["received_at"] == receipt.received_at


def test_a_minute_too_early_is_refused_and_the_opening_instant_is_not():
    with pytest.raises(RuleViolationError, match=r"registration\.opens_at"):
        receive(datetime(2026, 8, 20, 7, 59, tzinfo=WIB))
    assert receive(datetime(2026, 8, 20, 8, tzinfo=WIB))


def test_a_file_sent_at_night_between_the_days_is_taken():
    assert receive(datetime(2026, 8, 25, 23, 30, tzinfo=WIB))


@pytest.mark.parametrize(("zone", "utc_hour"), [(WIB, 9), (WITA, 8), (WIT, 7)])
def test_each_zone_has_its_own_hour(zone: timezone, utc_hour: int):
    last = datetime(2026, 9, 2, utc_hour, tzinfo=UTC)
    assert find_closing(rules=RULES, window=window(zone)) == last
    assert receive(last, zone)
    with pytest.raises(RuleViolationError):
        receive(last + timedelta(minutes=1), zone)


def test_the_day_of_registration_is_the_villages_day():
    receipt = receive(datetime(2026, 8, 25, 17, 30, tzinfo=UTC), WIB)
    assert receipt.registration_date == date(2026, 8, 26)


def test_a_time_without_a_zone_is_malformed():
    with pytest.raises(MalformedInputError, match=r"registration\.time"):
        receive(datetime(2026, 8, 25, 12))  # noqa: DTZ001


def test_another_pack_closes_at_another_hour():
    rules = RegistrationRules.from_pack(read_pack("contoh-lain"))
    assert (rules.opens_at, rules.closes_at) == (time(9), time(14))
