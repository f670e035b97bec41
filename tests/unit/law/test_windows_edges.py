"""The last day of a window and of a demand, and the sentences of a refusal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.packcheck import check_pack
from pilkades.law.timetable import Standing, compute_timetable
from pilkades.law.waves import check_wave_limit
from pilkades.law.windows import (
    Window,
    find_next_end,
    find_open_step,
    read_completion_window,
    require_in_time,
    require_open,
)
from pilkades.packfiles import read_pack

PACK = read_pack("blitar-2026")
STEPS = compute_timetable(pack=PACK, poll_date=date(2026, 11, 23)).steps
COMPLETION = read_completion_window(pack=PACK)
DUE = date(2026, 9, 18)
ONE_DAY = timedelta(days=1)
FIRST = next(step for step in STEPS if step.id == "document_completion")
SECOND = replace(
    FIRST,
    id="second",
    start_date=FIRST.end_date + 5 * ONE_DAY,
    end_date=FIRST.end_date + 7 * ONE_DAY,
)
BOTH = Window("completion.steps", (FIRST.id, "second"), "pasal 1")


def test_what_is_brought_on_the_last_day_is_in_time_and_on_the_next_it_is_late() -> None:
    require_in_time(window=COMPLETION, due_date=DUE, on_date=DUE)
    with pytest.raises(RuleViolationError) as caught:
        require_in_time(window=COMPLETION, due_date=DUE, on_date=DUE + ONE_DAY)
    assert (caught.value.code, caught.value.article) == ("completion.steps", COMPLETION.article)
    assert "terlambat 1 hari" in str(caught.value.text)


def test_the_end_that_comes_first_holds_whatever_the_order_of_the_steps() -> None:
    for steps in ((FIRST, SECOND), (SECOND, FIRST)):
        for day, expected in (
            (FIRST.end_date, FIRST),
            (FIRST.end_date + ONE_DAY, SECOND),
            (SECOND.end_date, SECOND),
            (SECOND.end_date + ONE_DAY, None),
        ):
            assert find_next_end(window=BOTH, steps=steps, on_date=day) == expected


def test_a_step_that_falls_away_or_is_not_listed_opens_nothing() -> None:
    day = FIRST.start_date
    dropped = replace(FIRST, standing=Standing.DROPPED)
    assert find_open_step(window=COMPLETION, steps=(dropped,), on_date=day) is None
    assert find_next_end(window=COMPLETION, steps=(dropped,), on_date=day) is None
    other = Window("completion.steps", ("second",), "pasal 1")
    assert find_open_step(window=other, steps=(FIRST,), on_date=day) is None


def test_a_refusal_says_when_the_window_is_open_or_that_there_is_none() -> None:
    between = FIRST.end_date + ONE_DAY
    assert require_open(window=BOTH, steps=(FIRST, SECOND), on_date=FIRST.end_date) == FIRST
    with pytest.raises(RuleViolationError) as caught:
        require_open(window=BOTH, steps=(FIRST, SECOND), on_date=between)
    assert str(caught.value.text).count(" sampai ") == 2
    with pytest.raises(RuleViolationError) as caught:
        require_open(window=BOTH, steps=(), on_date=between)
    assert "tidak memuat masa" in str(caught.value.text)


OVERLAY = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01

[[rule]]
id = "completion.steps"
value = [{steps}]
article = "Perbup 1"
status = "verified"
"""


@pytest.mark.parametrize(
    ("steps", "is_found"),
    [
        ('"nowhere"', True),
        ('"nowhere", "document_completion"', False),
        ('"document_completion"', False),
    ],
)
def test_a_window_without_a_single_step_of_the_timetable_is_found(
    steps: str, is_found: bool
) -> None:
    base = read_pack("nasional")
    known = next(iter(base.texts("completion.steps")))
    text = OVERLAY.format(steps=steps.replace("document_completion", known))
    found = {f.code for f in check_pack(text.encode(), base=base)}
    assert ("window.no-step" in found) is is_found


def test_the_warning_about_waves_counts_the_new_one_too() -> None:
    others = (date(2021, 3, 1), date(2023, 3, 1), date(2025, 3, 1))
    base = read_pack("nasional")
    (finding,) = check_wave_limit(pack=base, poll_date=date(2026, 11, 23), other_poll_dates=others)
    assert "menjadi yang ke-4 dalam 6 tahun, padahal paling banyak 3" in str(finding.text)
