"""Closes a wave whose elections are over, so that its villages may join another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import Wave, WaveStatus
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.timetables import list_timetables
from pilkades.apps.elections.selectors.villages import RESTING_STATES
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import refuse_closed
from pilkades.apps.elections.services.locking import advance_wave, lock_wave
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.errors import ConflictError
from pilkades.text import Text


@transaction.atomic
def close_wave(*, actor: Actor, now: datetime, wave_uuid: UUID, expected_version: int) -> Wave:
    """Close a wave for good.

    Allowed: the regency desk.
    Requires: every election void or finished, or the last day of its timetable over.
    Effects: nothing in the wave can be changed any more. `wave.closed`.
    Raises: PermissionDenied, ConflictError.
    """
    wave = lock_wave(wave_uuid=wave_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, wave.regency_id)

    refuse_closed(wave)
    today = get_local_date(now, wave.regency)
    running = sum(
        item.election.state not in RESTING_STATES
        and max((step.end_date for step in item.steps), default=today) >= today
        for item in list_timetables(wave)
    )
    if running:
        raise ConflictError(
            "wave.still-running",
            Text(
                "Gelombang belum dapat ditutup: {count} desa masih dalam tahapannya.",
                count=running,
            ),
        )

    wave.status = WaveStatus.CLOSED
    advance_wave(wave, fields=["status"])

    append_sealed(
        event="wave.closed",
        actor=actor,
        at=now,
        region_code=wave.regency_id,
        subject=f"wave:{wave.uuid}",
        sealed={"name": wave.name},
    )
    return wave
