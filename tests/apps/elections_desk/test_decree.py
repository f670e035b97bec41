"""The decree keeps the timetable exactly as it was published."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.elections.models import DecreedTimetable, Wave, WaveStatus
from pilkades.apps.elections.selectors.decrees import (
    find_latest_decree,
    get_wave_timetable,
    is_decree_current,
)
from pilkades.apps.elections.services.change_schedule import change_schedule
from pilkades.apps.elections.services.decree_timetable import decree_timetable
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from tests.apps.desk_cast import NOW, Cast


def _decree(cast: Cast, wave: Wave, **changes: Any) -> DecreedTimetable:
    wave.refresh_from_db()
    arguments = {
        "actor": cast.actor("desk"),
        "now": NOW,
        "wave_uuid": wave.uuid,
        "expected_version": wave.version,
        "decree_number": "188/241/2026",
        "decree_date": date(2026, 6, 12),
    }
    return decree_timetable(**{**arguments, **changes})


def test_decree_holds_the_golden_dates_and_its_own_digest(cast: Cast, wave: Wave) -> None:
    decree = _decree(cast, wave)

    steps = {step["id"]: step for step in json.loads(decree.content)["steps"]}
    assert (steps["registration"]["from"], steps["registration"]["to"]) == (
        "2026-08-20",
        "2026-09-02",
    )
    wave.refresh_from_db()
    assert wave.status == WaveStatus.DECREED
    assert is_decree_current(wave, decree, get_wave_timetable(wave))


def test_moved_poll_date_asks_for_a_new_decree_and_keeps_the_old(cast: Cast, wave: Wave) -> None:
    old = _decree(cast, wave)
    wave.refresh_from_db()

    moved = change_schedule(
        actor=cast.actor("desk"),
        now=NOW,
        wave_uuid=wave.uuid,
        expected_version=wave.version,
        poll_date=date(2026, 11, 30),
        pack_uuid=wave.pack.uuid,
    )

    assert moved.status == WaveStatus.PLANNED
    assert not is_decree_current(moved, old, get_wave_timetable(moved))
    new = _decree(cast, wave, decree_number="188/300/2026")
    assert find_latest_decree(wave) == new
    old.refresh_from_db()
    assert "2026-11-23" in old.content


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"decree_number": "  "}, MalformedInputError, "decree.number-missing"),
        ({"decree_date": date(2026, 6, 16)}, MalformedInputError, "decree.date-ahead"),
    ],
)
def test_careless_decree_is_refused_kindly(
    cast: Cast, wave: Wave, changes: dict[str, Any], error: type[Exception], code: str
) -> None:
    with pytest.raises(error) as refusal:
        _decree(cast, wave, **changes)

    assert refusal.value.code == code  # type: ignore[attr-defined]


def test_decree_number_is_used_once(cast: Cast, wave: Wave) -> None:
    _decree(cast, wave)

    with pytest.raises(ConflictError):
        _decree(cast, wave)


def test_wave_without_villages_is_not_decreed(cast: Cast, wave: Wave) -> None:
    wave.elections.all().delete()

    with pytest.raises(RuleViolationError) as refusal:
        _decree(cast, wave)

    assert refusal.value.code == "decree.no-villages"


def test_decree_day_is_judged_by_the_clock_of_the_regency(cast: Cast, wave: Wave) -> None:
    # 18.30 UTC on the 15th is already the 16th in Blitar.
    late = datetime(2026, 6, 15, 18, 30, tzinfo=UTC)

    assert _decree(cast, wave, now=late, decree_date=date(2026, 6, 16))


def test_outsider_cannot_decree(cast: Cast, wave: Wave) -> None:
    with pytest.raises(PermissionDenied):
        _decree(cast, wave, actor=cast.actor("mallory"))
