"""Publishes the timetable of a wave with the decree of the head of the regency."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import DecreedTimetable, Wave, WaveStatus
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.decrees import (
    build_snapshot,
    encode_snapshot,
    get_wave_timetable,
)
from pilkades.apps.elections.selectors.poll_dates import refuse_errors
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import refuse_closed
from pilkades.apps.elections.services.locking import advance_wave, lock_wave
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.pack import Status
from pilkades.law.timetable import Timetable
from pilkades.text import Text

DECREE_ARTICLE = "Permendagri 65/2017 pasal 4"


@transaction.atomic
def decree_timetable(
    *,
    actor: Actor,
    now: datetime,
    wave_uuid: UUID,
    expected_version: int,
    decree_number: str,
    decree_date: date,
) -> DecreedTimetable:
    """Record the decree and keep the timetable exactly as it is published.

    Allowed: the regency desk.
    Requires: at least one village, a timetable without errors, a decree number that this wave has
    not used, a decree date not after today.
    Effects: an immutable copy of the timetable with its SHA-256; the wave is decreed.
    `wave.decreed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    wave = lock_wave(wave_uuid=wave_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, wave.regency_id)

    refuse_closed(wave)
    number = decree_number.strip()
    _check(wave, number=number, decree_date=decree_date, now=now)
    timetable = get_wave_timetable(wave)
    refuse_errors(timetable.findings)
    content, digest = encode_snapshot(build_snapshot(wave=wave, timetable=timetable))

    decree = DecreedTimetable.objects.create(
        wave=wave,
        pack=wave.pack,
        poll_date=wave.poll_date,
        decree_number=number,
        decree_date=decree_date,
        content=content,
        sha256=digest,
        published_by_id=actor.user_id,
        published_at=now,
    )
    wave.status = WaveStatus.DECREED
    wave.decree_number, wave.decree_date = number, decree_date
    advance_wave(wave, fields=["status", "decree_number", "decree_date"])

    append_sealed(
        event="wave.decreed",
        actor=actor,
        at=now,
        region_code=wave.regency_id,
        subject=f"wave:{wave.uuid}",
        article=DECREE_ARTICLE,
        sealed={"decree_number": number},
        data={
            "decree_date": decree_date.isoformat(),
            "timetable_sha256": digest,
            "villages_count": wave.elections.count(),
            "unverified_steps": _count_unverified(timetable),
        },
    )
    return decree


def _check(wave: Wave, *, number: str, decree_date: date, now: datetime) -> None:
    if not number:
        raise MalformedInputError(
            "decree.number-missing",
            Text("Nomor SK belum diisi. Salin nomornya dari naskah yang sudah ditandatangani."),
        )
    if decree_date > get_local_date(now, wave.regency):
        raise MalformedInputError(
            "decree.date-ahead",
            Text(
                "Tanggal SK {date} masih di depan. Catat SK setelah ditandatangani, dengan "
                "tanggal pada naskahnya.",
                date=decree_date,
            ),
        )
    if wave.decreed_timetables.filter(decree_number=number).exists():
        raise ConflictError(
            "decree.number-used",
            Text(
                "SK {number} sudah pernah dicatat untuk gelombang ini. Perubahan jadwal memerlukan "
                "SK dengan nomor lain.",
                number=number,
            ),
        )
    if not wave.elections.exists():
        raise RuleViolationError(
            "decree.no-villages",
            Text("Gelombang ini belum berisi desa. Pilih desanya lebih dahulu."),
            article=DECREE_ARTICLE,
        )


def _count_unverified(timetable: Timetable) -> int:
    return sum(step.status is not Status.VERIFIED for step in timetable.steps)
