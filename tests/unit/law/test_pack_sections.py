"""What a pack may leave out: subjects that are newer than it, whole and not in part."""

import re
from pathlib import Path

import pytest

from pilkades import law
from pilkades.errors import MalformedInputError
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import check_pack, parse_pack
from pilkades.law.roll import RollRules
from pilkades.packfiles import read_pack

TEXT = (Path(law.__file__).parent / "packs" / "nasional.toml").read_text()


def _without(*beginnings: str) -> bytes:
    """The national pack without the rows whose id or table begins so."""
    rows = re.split(r"(?m)^(?=\[\[)", TEXT)
    names = "|".join(map(re.escape, beginnings))
    unwanted = re.compile(rf'\[\[(?:rule\]\]\nid = "(?:{names})|(?:{names}))')
    return "".join(row for row in rows if not unwanted.match(row)).encode()


OLDER = (
    "roll.very_old",
    "roll.personal",
    "roll.required_f",
    "roll.military_w",
    "roll.former",
    "roll_check",
    "officer",
    "agent",
)


def _codes(data: bytes) -> list[str]:
    return [finding.code for finding in check_pack(data, base=None)]


def test_a_pack_older_than_the_roll_and_the_officers_is_still_read() -> None:
    pack = parse_pack(_without(*OLDER), base=None)
    assert isinstance(pack, RulePack)
    assert not pack.has("officer.age_min")


def test_what_it_does_not_regulate_is_said_and_not_assumed() -> None:
    pack = parse_pack(_without(*OLDER), base=None)
    with pytest.raises(MalformedInputError):
        RollRules.from_pack(pack)


@pytest.mark.parametrize("left_out", ["roll.former", "officer.age_min", "agent.per_station"])
def test_a_subject_that_is_regulated_in_part_is_refused(left_out: str) -> None:
    assert "pack.missing-rule" in _codes(_without(left_out))


def test_nothing_older_may_be_left_out() -> None:
    assert "pack.missing-rule" in _codes(_without("station.voters_max"))


def test_the_national_pack_regulates_everything() -> None:
    assert read_pack("nasional").has("roll.personal_data_kept_days")
