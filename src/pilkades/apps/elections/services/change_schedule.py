"""Moves the poll date of a wave or gives it another rule pack: what-if made true."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Wave, WaveStatus
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.poll_dates import check_poll_date, refuse_errors
from pilkades.apps.elections.selectors.timetables import PackKey
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import refuse_closed
from pilkades.apps.elections.services.deadlines import refresh_deadlines
from pilkades.apps.elections.services.locking import advance_wave, lock_wave
from pilkades.apps.regulations.selectors import get_adopted_version, list_approvals, list_shas


@transaction.atomic
def change_schedule(
    *,
    actor: Actor,
    now: datetime,
    wave_uuid: UUID,
    expected_version: int,
    poll_date: date,
    pack_uuid: UUID,
) -> Wave:
    """Set another poll date or rule pack for the whole wave.

    Allowed: the regency desk.
    Requires: a wave that is not closed, a date the pack allows, an adopted pack.
    Effects: all timetables follow at once, deadlines move; a decreed wave needs a new decree and
    is planned again, the old decree's timetable stays on record. `wave.schedule_changed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, `PackVersion.DoesNotExist`.
    """
    wave = lock_wave(wave_uuid=wave_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, wave.regency_id)

    refuse_closed(wave)
    version = get_adopted_version(region_code=wave.regency_id, pack_uuid=pack_uuid)
    if (wave.poll_date, wave.pack_id) == (poll_date, version.pk):
        return wave
    key = PackKey(list_shas(version), list_approvals(wave.regency_id))
    findings = check_poll_date(
        key=key,
        regency_code=wave.regency_id,
        poll_date=poll_date,
        today=get_local_date(now, wave.regency),
        counts_as_wave=not wave.is_simulation,
        leaving_out=wave,
        has_begun=wave.elections.filter(stage_facts__isnull=False).exists(),
    )
    refuse_errors(findings)

    before = (wave.poll_date, wave.pack.sha256)
    wave.poll_date, wave.pack = poll_date, version
    wave.status = WaveStatus.PLANNED
    advance_wave(wave, fields=["poll_date", "pack", "status"])
    refresh_deadlines(wave=wave, now=now)

    append(
        event="wave.schedule_changed",
        actor=actor,
        at=now,
        region_code=wave.regency_id,
        subject=f"wave:{wave.uuid}",
        data={
            "poll_date_before": before[0].isoformat(),
            "poll_date": poll_date.isoformat(),
            "pack_sha256_before": before[1],
            "pack_sha256": version.sha256,
        },
    )
    return wave
