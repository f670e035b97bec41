"""Opening a wave, choosing its villages, moving its day: what the law and the desk require."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import InboxItem, InboxKind, Wave, WaveStatus
from pilkades.apps.elections.services.change_schedule import change_schedule
from pilkades.apps.elections.services.change_villages import change_villages
from pilkades.apps.elections.services.close_wave import close_wave
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.regulations.models import PackVersion
from pilkades.errors import ConflictError, RuleViolationError
from tests.apps.desk_cast import NOW, REGENCY, Cast
from tests.apps.elections_desk.conftest import POLL, list_village_codes


def _create(cast: Cast, pack: PackVersion, **changes: Any) -> Wave:
    arguments = {
        "actor": cast.actor("desk"),
        "now": NOW,
        "regency_code": REGENCY,
        "name": "Gelombang uji",
        "poll_date": POLL,
        "pack_uuid": pack.uuid,
        "village_codes": list_village_codes(),
    }
    return create_wave(**{**arguments, **changes})


def test_wave_opens_with_one_election_per_village_and_is_in_the_ledger(wave: Wave) -> None:
    assert wave.elections.count() == 6
    assert Event.objects.filter(event="wave.created", region_code=REGENCY).count() == 1


@pytest.mark.parametrize("outsider", ["mallory", "camat", "council", "dewi"])
def test_only_the_regency_desk_opens_a_wave(cast: Cast, blitar: PackVersion, outsider: str) -> None:
    with pytest.raises(PermissionDenied):
        _create(cast, blitar, actor=cast.actor(outsider))


@pytest.mark.parametrize(
    ("poll_date", "code"),
    [
        (date(2026, 12, 25), "timetable.poll-on-holiday"),
        (date(2026, 8, 3), "timetable.poll-too-early"),
        (date(2025, 11, 24), "timetable.poll-too-early"),
    ],
)
def test_impossible_poll_date_is_refused_with_its_reason(
    cast: Cast, blitar: PackVersion, poll_date: date, code: str
) -> None:
    before = Wave.objects.count()

    with pytest.raises(RuleViolationError) as refusal:
        _create(cast, blitar, poll_date=poll_date)

    assert refusal.value.code == code
    assert Wave.objects.count() == before


def test_kelurahan_cannot_join_a_wave(cast: Cast, blitar: PackVersion) -> None:
    with pytest.raises(RuleViolationError) as refusal:
        _create(cast, blitar, village_codes=["35.05.01.1001"])

    assert refusal.value.code == "election.village_kinds"


def test_village_of_an_open_wave_cannot_join_another(
    cast: Cast, wave: Wave, blitar: PackVersion
) -> None:
    with pytest.raises(ConflictError) as refusal:
        _create(cast, blitar)

    assert refusal.value.code == "wave.village-busy"
    assert Wave.objects.count() == 1


def test_rehearsal_may_run_beside_the_election_in_earnest(
    cast: Cast, wave: Wave, blitar: PackVersion
) -> None:
    rehearsal = _create(cast, blitar, is_simulation=True)

    assert rehearsal.elections.filter(is_simulation=True).count() == 6


def test_name_of_a_wave_is_used_once_whatever_the_case(
    cast: Cast, wave: Wave, blitar: PackVersion
) -> None:
    with pytest.raises(ConflictError) as refusal:
        _create(cast, blitar, name="SERENTAK 2026", village_codes=())

    assert refusal.value.code == "wave.name-taken"


def test_draft_pack_cannot_carry_a_wave(cast: Cast, blitar: PackVersion) -> None:
    PackVersion.objects.filter(pk=blitar.pk).update(status="draft")

    with pytest.raises(PackVersion.DoesNotExist):
        _create(cast, blitar)


def test_second_official_with_an_old_page_loses_nothing_and_meets_a_conflict(
    cast: Cast, wave: Wave
) -> None:
    seen = wave.version
    code = wave.elections.first().village_id  # type: ignore[union-attr]
    change_villages(
        actor=cast.actor("desk"),
        now=NOW,
        wave_uuid=wave.uuid,
        expected_version=seen,
        remove=[code],
    )

    with pytest.raises(ConflictError) as refusal:
        change_schedule(
            actor=cast.actor("second"),
            now=NOW,
            wave_uuid=wave.uuid,
            expected_version=seen,
            poll_date=date(2026, 11, 30),
            pack_uuid=wave.pack.uuid,
        )

    assert refusal.value.code == "wave.stale"
    wave.refresh_from_db()
    assert wave.poll_date == POLL
    assert not wave.elections.filter(village_id=code).exists()


def test_village_with_recorded_steps_cannot_be_taken_out(cast: Cast, wave: Wave) -> None:
    election = wave.elections.first()
    assert election is not None
    record_step(
        actor=cast.actor("desk"),
        now=datetime(2026, 7, 20, tzinfo=UTC),
        election_uuid=election.uuid,
        expected_version=1,
        step_id="committee_formation",
        started_on=date(2026, 7, 6),
        finished_on=date(2026, 7, 17),
    )

    with pytest.raises(ConflictError) as refusal:
        change_villages(
            actor=cast.actor("desk"),
            now=NOW,
            wave_uuid=wave.uuid,
            expected_version=wave.version,
            remove=[election.village_id],
        )

    assert refusal.value.code == "wave.village-has-begun"


def test_moved_poll_date_moves_the_deadlines_in_the_inboxes(cast: Cast, wave: Wave) -> None:
    deadlines = InboxItem.objects.filter(kind=InboxKind.DEADLINE, subject="report_to_regency")
    before = set(deadlines.values_list("due_date", flat=True))

    change_schedule(
        actor=cast.actor("desk"),
        now=NOW,
        wave_uuid=wave.uuid,
        expected_version=wave.version,
        poll_date=date(2026, 11, 30),
        pack_uuid=wave.pack.uuid,
    )

    after = set(deadlines.values_list("due_date", flat=True))
    assert before == {date(2026, 12, 11)}
    assert after == {date(2026, 12, 18)}


def test_refused_poll_date_leaves_everything_as_it_was(cast: Cast, wave: Wave) -> None:
    events = Event.objects.count()

    with pytest.raises(RuleViolationError):
        change_schedule(
            actor=cast.actor("desk"),
            now=NOW,
            wave_uuid=wave.uuid,
            expected_version=wave.version,
            poll_date=date(2026, 12, 25),
            pack_uuid=wave.pack.uuid,
        )

    wave.refresh_from_db()
    assert wave.poll_date == POLL
    assert Event.objects.count() == events


def test_running_wave_cannot_be_closed_and_a_past_one_can(cast: Cast, wave: Wave) -> None:
    arguments = {"actor": cast.actor("desk"), "wave_uuid": wave.uuid, "expected_version": 1}
    arguments["expected_version"] = wave.version

    with pytest.raises(ConflictError):
        close_wave(now=NOW, **arguments)  # type: ignore[arg-type]
    closed = close_wave(now=datetime(2027, 12, 1, tzinfo=UTC), **arguments)  # type: ignore[arg-type]

    assert closed.status == WaveStatus.CLOSED
    with pytest.raises(ConflictError):
        close_wave(
            actor=cast.actor("desk"), now=NOW, wave_uuid=wave.uuid, expected_version=closed.version
        )
