"""The alerts, as pure functions over events."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from pilkades.apps.audit.alerts import (
    Act,
    find_mass_unmasking,
    find_night_work,
    find_self_approvals,
    find_unlocks,
)
from pilkades.apps.audit.catalogue import AlertLimits, EventKind

SARI, BUDI = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def kind(event: str, alert: str = "", approves: tuple[str, ...] = ()) -> EventKind:
    return EventKind(
        id=event,
        title="Kalimat",
        article_required=False,
        fields=frozenset(),
        alert=alert,
        approves=frozenset(approves),
    )


LIMITS = AlertLimits(
    night_begins_hour=23, night_ends_hour=5, unmask_limit=3, unmask_window_minutes=60
)
KINDS = {
    one.id: one
    for one in (
        kind("file.proposed"),
        kind("file.approved", "approval", ("file.proposed",)),
        kind("roll.unlocked", "unlock"),
        kind("nik.shown", "unmask"),
    )
}


def act(number: int, event: str, **changes: Any) -> Act:
    values = {
        "id": number,
        "event": event,
        "at": NOON + timedelta(minutes=number),
        "region_code": "35.05.01.2001",
        "subject": "file:1",
        "actor_uuid": SARI,
    } | changes
    return Act(**values)


def test_an_approval_of_ones_own_proposal_stands_out() -> None:
    proposal, approval = act(1, "file.proposed"), act(2, "file.approved")
    assert find_self_approvals([approval], earlier=[proposal], kinds=KINDS) == {2}


@pytest.mark.parametrize(
    "earlier",
    [
        [],
        [act(1, "file.proposed", actor_uuid=BUDI)],
        [act(1, "file.proposed", subject="file:2")],
        [act(3, "file.proposed")],
        [act(1, "roll.unlocked")],
        [act(0, "file.proposed"), act(1, "file.proposed", actor_uuid=BUDI)],
    ],
)
def test_an_approval_of_somebody_elses_proposal_does_not(earlier: list[Act]) -> None:
    approval = act(2, "file.approved")
    assert find_self_approvals([approval], earlier=earlier, kinds=KINDS) == frozenset()


def test_the_system_approves_nothing_of_its_own() -> None:
    proposal = act(1, "file.proposed", actor_uuid=None)
    approval = act(2, "file.approved", actor_uuid=None)
    assert find_self_approvals([approval], earlier=[proposal], kinds=KINDS) == frozenset()


def test_every_unlocking_stands_out() -> None:
    acts = [act(1, "roll.unlocked"), act(2, "file.proposed"), act(3, "event.unknown")]
    assert find_unlocks(acts, kinds=KINDS) == {1}


@pytest.mark.parametrize(
    ("zone", "local", "is_night"),
    [
        ("Asia/Jakarta", "22:59:59", False),
        ("Asia/Jakarta", "23:00:00", True),
        ("Asia/Jakarta", "00:00:00", True),
        ("Asia/Jakarta", "04:59:59", True),
        ("Asia/Jakarta", "05:00:00", False),
        ("Asia/Makassar", "23:00:00", True),
        ("Asia/Makassar", "05:00:00", False),
        ("Asia/Jayapura", "04:59:59", True),
        ("Asia/Jayapura", "22:59:59", False),
    ],
)
def test_night_is_by_the_clock_of_the_village(zone: str, local: str, is_night: bool) -> None:
    at = datetime.fromisoformat(f"2026-11-23T{local}").replace(tzinfo=ZoneInfo(zone))
    acts = [act(1, "file.proposed", at=at.astimezone(UTC))]
    assert find_night_work(acts, zone_of=lambda _code: ZoneInfo(zone), limits=LIMITS) == (
        {1} if is_night else set()
    )


def test_the_system_may_work_at_night() -> None:
    acts = [act(1, "file.proposed", at=NOON + timedelta(hours=12), actor_uuid=None)]
    assert not find_night_work(acts, zone_of=lambda _code: ZoneInfo("Asia/Jakarta"), limits=LIMITS)


def test_as_many_unmaskings_as_allowed_do_not_stand_out() -> None:
    acts = [act(number, "nik.shown") for number in range(3)]
    assert not find_mass_unmasking(acts, kinds=KINDS, limits=LIMITS)


def test_one_unmasking_more_makes_all_of_that_hour_stand_out() -> None:
    acts = [act(number, "nik.shown") for number in range(4)]
    assert find_mass_unmasking(acts, kinds=KINDS, limits=LIMITS) == {0, 1, 2, 3}


def test_unmaskings_an_hour_apart_are_not_added_up() -> None:
    acts = [act(60 * number, "nik.shown") for number in range(9)]
    assert not find_mass_unmasking(acts, kinds=KINDS, limits=LIMITS)


def test_two_people_are_not_added_up() -> None:
    acts = [act(n, "nik.shown", actor_uuid=(SARI, BUDI)[n % 2]) for n in range(6)]
    assert not find_mass_unmasking(acts, kinds=KINDS, limits=LIMITS)
