"""Arrival and leaving of officers, and stays that were written down wrongly."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import OfficerAttendance, StationOfficer
from pilkades.apps.officers.services.locks import append_officer_event
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers_pay import Shift, check_shift
from pilkades.law.officers_rules import OfficerRules
from pilkades.text import Text


@transaction.atomic
def record_arrival(
    *, actor: Actor, now: datetime, officer_uuid: UUID, arrived_at: datetime
) -> OfficerAttendance:
    """Write down that an officer came.

    Allowed: who sits in the committee.
    Requires: an officer in office who is not there already; a moment that has passed and lies in
    no stay that was written down before.
    Effects: a stay without an end. `officer.arrived`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    officer, context = _lock(officer_uuid)

    require_seat(actor, context)

    rules = OfficerRules.from_pack(context.pack)
    _require_past(arrived_at, now)
    _require_in_office(officer, rules)
    _require_not_there(officer, arrived_at)

    stay = OfficerAttendance.objects.create(
        officer=officer, arrived_at=arrived_at, recorded_by_id=actor.user_id, recorded_at=now
    )

    append_officer_event(
        event="officer.arrived",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=rules.hours_article,
        data={"arrived_at": arrived_at.isoformat()},
        sealed={},
    )
    return stay


@transaction.atomic
def record_leaving(
    *, actor: Actor, now: datetime, stay_uuid: UUID, left_at: datetime
) -> OfficerAttendance:
    """Write down that an officer went home.

    Allowed: who sits in the committee.
    Requires: an open stay; a moment after the arrival that has passed.
    Effects: the stay has its end. `officer.left`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    stay, context = _lock_stay(stay_uuid)

    require_seat(actor, context)

    if stay.left_at is not None:
        raise ConflictError(
            "attendance.closed",
            Text("Jam pulang {name} sudah dicatat orang lain.", name=stay.officer.full_name),
        )
    _require_past(left_at, now)
    check_shift(shift=Shift(stay.arrived_at, left_at))

    stay.left_at = left_at
    stay.save(update_fields=["left_at"])

    append_officer_event(
        event="officer.left",
        officer=stay.officer,
        context=context,
        actor=actor,
        now=now,
        article=OfficerRules.from_pack(context.pack).hours_article,
        data={"left_at": left_at.isoformat()},
        sealed={},
    )
    return stay


@transaction.atomic
def cancel_stay(*, actor: Actor, now: datetime, stay_uuid: UUID, reason: str) -> OfficerAttendance:
    """Cancel a stay that was written down wrongly; it stays visible with its reason.

    Allowed: who sits in the committee.
    Requires: a stay that was not cancelled before.
    Effects: its time no longer counts. `officer.attendance_cancelled`.
    Raises: PermissionDenied, ConflictError.
    """
    stay, context = _lock_stay(stay_uuid)

    require_seat(actor, context)

    stay.cancelled_at, stay.cancelled_reason = now, reason
    stay.save(update_fields=["cancelled_at", "cancelled_reason"])

    append_officer_event(
        event="officer.attendance_cancelled",
        officer=stay.officer,
        context=context,
        actor=actor,
        now=now,
        article=OfficerRules.from_pack(context.pack).hours_article,
        sealed={"reason": reason},
    )
    return stay


def _lock(officer_uuid: UUID) -> tuple[StationOfficer, VillageElection]:
    election_pk = StationOfficer.objects.values_list("election_id", flat=True).get(
        uuid=officer_uuid
    )
    context = lock_village_election(election_pk)
    officer = StationOfficer.objects.select_related("team__station", "team__decree").get(
        uuid=officer_uuid
    )
    return officer, context


def _lock_stay(stay_uuid: UUID) -> tuple[OfficerAttendance, VillageElection]:
    election_pk = OfficerAttendance.objects.values_list("officer__election_id", flat=True).get(
        uuid=stay_uuid
    )
    context = lock_village_election(election_pk)
    stay = OfficerAttendance.objects.select_related("officer__team__station").get(uuid=stay_uuid)
    if stay.cancelled_at is not None:
        raise ConflictError(
            "attendance.cancelled", Text("Catatan kehadiran ini sudah dibatalkan orang lain.")
        )
    return stay, context


def _require_past(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise MalformedInputError(
            "attendance.future", Text("Waktu itu belum tiba. Periksa tanggal dan jamnya.")
        )


def _require_in_office(officer: StationOfficer, rules: OfficerRules) -> None:
    if not officer.team.is_appointed or not officer.is_serving:
        raise RuleViolationError(
            "attendance.not-in-office",
            Text("{name} tidak sedang bertugas menurut SK.", name=officer.full_name),
            article=rules.appointment_article,
        )


def _require_not_there(officer: StationOfficer, arrived_at: datetime) -> None:
    standing = officer.attendances.filter(cancelled_at__isnull=True)
    if standing.filter(left_at__isnull=True).exists():
        raise ConflictError(
            "attendance.open",
            Text("{name} sudah tercatat datang dan belum pulang.", name=officer.full_name),
        )
    if standing.filter(left_at__gt=arrived_at).exists():
        raise MalformedInputError(
            "attendance.overlap",
            Text("Jam datang ini tumpang tindih dengan kehadiran yang sudah dicatat."),
        )
