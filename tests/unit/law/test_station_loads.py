"""A station may be full; what becomes of one voter more, the pack decides."""

from dataclasses import replace

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.station_loads import StationLoadRules, count_stations_needed, judge_load
from pilkades.packfiles import read_pack

RULES = StationLoadRules.from_pack(read_pack("nasional"))


@pytest.mark.parametrize(("voters", "needed"), [(0, 0), (1, 1), (500, 1), (501, 2), (7_787, 16)])
def test_a_station_may_be_exactly_full(voters: int, needed: int) -> None:
    assert count_stations_needed(voters=voters, voters_max=500) == needed
    assert judge_load(rules=RULES, station="TPS 01", voters=RULES.voters_max) is None


def test_one_voter_too_many_is_refused_or_warned_of_as_the_pack_says() -> None:
    with pytest.raises(RuleViolationError, match="lebih 1 dari paling banyak 500") as refused:
        judge_load(rules=RULES, station="TPS 01", voters=501)
    assert refused.value.code == "station.over_max_is_refused"

    lenient = replace(RULES, is_over_max_refused=False)
    warning = judge_load(rules=lenient, station="TPS 01", voters=501)

    assert str(warning) == "TPS 01 menjadi 501 pemilih, lebih 1 dari paling banyak 500."
