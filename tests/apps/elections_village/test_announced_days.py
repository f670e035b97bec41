"""The days that were announced hold: a step done early pulls nothing forward."""

from datetime import date

import pytest

from pilkades.apps.elections.services.marking import mark_step
from tests.apps.village_cast import VillageCast, at, open_draft, receive


@pytest.mark.parametrize(
    ("finished_on", "closes_on"),
    [(date(2026, 7, 8), date(2026, 9, 2)), (date(2026, 7, 24), date(2026, 9, 2))],
)
def test_a_roll_officer_step_done_early_does_not_close_the_registration_early(
    cast: VillageCast, finished_on: date, closes_on: date
) -> None:
    mark_step(
        election=cast.election,
        step_id="officers_formation",
        actor=cast.actor("sari"),
        now=at(7, 24),
        finished_on=finished_on,
    )
    step = cast.context.find_step("registration")
    assert step is not None
    assert step.end_date == closes_on
    assert receive(cast, open_draft(cast), at(9, 2, 9, 0))


def test_a_step_done_late_pushes_what_follows(cast: VillageCast) -> None:
    mark_step(
        election=cast.election,
        step_id="officers_formation",
        actor=cast.actor("sari"),
        now=at(7, 29),
        finished_on=date(2026, 7, 29),
    )
    step = cast.context.find_step("registration")
    assert step is not None
    assert step.end_date > date(2026, 9, 2)
