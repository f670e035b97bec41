"""When the personal data of a roll are erased."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pilkades.law.roll_retention import KEPT_DAYS, find_deletion_date
from pilkades.packfiles import read_pack

PACK = read_pack("nasional")


@given(st.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_the_day_of_deletion_comes_after_every_day_of_the_span(poll_date: date) -> None:
    found = find_deletion_date(pack=PACK, poll_date=poll_date)
    assert found is not None
    assert found - timedelta(days=1) == poll_date + timedelta(days=PACK.integer(KEPT_DAYS))


def test_the_span_outlasts_the_administrative_court() -> None:
    assert PACK.integer(KEPT_DAYS) > 30 + 30 + 90
