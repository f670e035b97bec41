"""A place is judged by the pack: blocking points, warnings, what nobody looked at."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.sites import (
    SECRECY,
    SiteAnswer,
    SiteJudgement,
    SiteRules,
    Verdict,
    judge_site,
    require_fit,
)
from pilkades.packfiles import list_packs, read_pack
from pilkades.text import Text

RULES = SiteRules.from_pack(read_pack("nasional"))
ALL_MET = {item.id: SiteAnswer.MET for item in RULES.criteria if not item.is_measured}
GOOD_SIZES = {
    "door_width": Decimal(90),
    "wheelchair_path": Decimal(120),
    "floor_area": Decimal(80),
    "distance": Decimal("1.5"),
}


def judge(**changes: object) -> SiteJudgement:
    values: dict[str, object] = {"answers": ALL_MET, "measures": GOOD_SIZES, "drawn": {}}
    return judge_site(rules=RULES, **{**values, **changes})  # type: ignore[arg-type]


def test_a_good_place_is_fit() -> None:
    assert judge().verdict is Verdict.FIT
    require_fit(judge())


def test_one_blocking_point_refuses_the_place_at_once() -> None:
    found = judge(answers={"not_in_worship": SiteAnswer.NOT_MET})
    assert found.verdict is Verdict.UNFIT
    with pytest.raises(RuleViolationError) as caught:
        require_fit(found)
    assert caught.value.code == "site.not_in_worship"
    assert "rumah ibadah" in str(caught.value.text)


def test_a_warning_does_not_stop() -> None:
    found = judge(answers={**ALL_MET, "signal": SiteAnswer.NOT_MET})
    assert found.verdict is Verdict.FIT_WITH_WARNINGS
    assert [item.criterion.id for item in found.warnings] == ["signal"]
    require_fit(found)


def test_a_point_nobody_looked_at_leaves_the_survey_incomplete() -> None:
    found = judge(measures={**GOOD_SIZES, "floor_area": None} | {"floor_area": Decimal(90)})
    assert found.verdict is Verdict.FIT
    found = judge(measures={})
    assert found.verdict is Verdict.INCOMPLETE
    with pytest.raises(RuleViolationError) as caught:
        require_fit(found)
    assert caught.value.code == "site.incomplete"


@pytest.mark.parametrize(
    ("width", "answer"), [("89.9", SiteAnswer.NOT_MET), ("90", SiteAnswer.MET)]
)
def test_a_measure_at_the_bound_is_met(width: str, answer: SiteAnswer) -> None:
    found = judge(measures={**GOOD_SIZES, "door_width": Decimal(width)})
    door = next(item for item in found.findings if item.criterion.id == "door_width")
    assert door.answer is answer
    assert "paling sedikit 90 cm" in str(door.why)


def test_what_the_drawing_shows_weighs_more_than_what_was_ticked() -> None:
    found = judge(drawn={SECRECY: (Text("Bilik 1 terlihat."),)})
    assert found.verdict is Verdict.UNFIT
    assert [str(item.why) for item in found.blocks] == ["Bilik 1 terlihat."]


def test_no_survey_at_all_is_incomplete() -> None:
    assert judge(answers={}, measures={}).verdict is Verdict.INCOMPLETE


def test_a_pack_without_a_standard_lets_no_place_pass() -> None:
    rules = SiteRules.from_pack(replace(read_pack("nasional"), tables={}))
    found = judge_site(rules=rules, answers={}, measures={}, drawn={})
    assert found.verdict is Verdict.INCOMPLETE
    with pytest.raises(RuleViolationError):
        require_fit(found)


@pytest.mark.parametrize("name", list_packs())
def test_every_shipped_pack_keeps_the_points_that_the_drawing_answers(name: str) -> None:
    rules = SiteRules.from_pack(read_pack(name))
    assert rules.find("booth_secrecy") is not None
    assert rules.find("wheelchair_path") is not None
