"""When files may be completed, on the timetable of Blitar 2026."""

from datetime import date, timedelta

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.timetable import compute_timetable
from pilkades.law.windows import (
    find_next_end,
    find_open_step,
    read_completion_window,
    require_open,
)
from pilkades.packfiles import read_pack

PACK = read_pack("blitar-2026")
STEPS = compute_timetable(pack=PACK, poll_date=date(2026, 11, 23)).steps
COMPLETION = read_completion_window(pack=PACK)


@pytest.mark.parametrize(
    ("on_date", "is_open"),
    [
        (date(2026, 9, 6), False),
        (date(2026, 9, 7), True),
        (date(2026, 9, 18), True),
        (date(2026, 9, 19), False),
    ],
)
def test_files_are_completed_from_the_first_to_the_last_day(on_date: date, is_open: bool) -> None:
    step = find_open_step(window=COMPLETION, steps=STEPS, on_date=on_date)
    assert (step is not None) is is_open


def test_a_completion_after_the_last_day_is_refused_with_its_article() -> None:
    with pytest.raises(RuleViolationError) as caught:
        require_open(window=COMPLETION, steps=STEPS, on_date=date(2026, 9, 19))
    assert caught.value.code == "completion.steps"
    assert "Pelengkapan" in caught.value.article
    assert "18" in str(caught.value.text)


def test_what_is_asked_for_before_the_period_is_due_at_its_end() -> None:
    step = find_next_end(window=COMPLETION, steps=STEPS, on_date=date(2026, 9, 3))
    assert step is not None
    assert step.end_date == date(2026, 9, 18)


def test_extensions_that_are_not_taken_open_nothing() -> None:
    day = date(2026, 10, 1)
    assert find_open_step(window=COMPLETION, steps=STEPS, on_date=day) is None
    extended = compute_timetable(
        pack=PACK, poll_date=date(2026, 11, 23), branches=frozenset({"single"})
    ).steps
    found = find_open_step(window=COMPLETION, steps=extended, on_date=day)
    assert found is not None
    assert found.id == "extension_1"


def test_the_window_is_open_on_every_day_of_its_step_and_on_no_other() -> None:
    step = next(step for step in STEPS if step.id == "document_completion")
    for offset in range(-3, 20):
        day = step.start_date + timedelta(days=offset)
        found = find_open_step(window=COMPLETION, steps=STEPS, on_date=day)
        assert (found is not None) is (step.start_date <= day <= step.end_date)
