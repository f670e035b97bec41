"""Meetings of the sosialisasi: written down, and withdrawn where that was a mistake."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import lock_village_election
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.logistics.models import Meeting
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text


@transaction.atomic
def record_meeting(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    place: str,
    held_on: date,
    hamlet_uuid: UUID | None,
    attendees: int,
    households: int,
    topic: str,
) -> Meeting:
    """Write down a meeting that was held.

    Allowed: who sits in the committee of the village.
    Requires: a day that is not in the future, a hamlet of this village or none.
    Effects: the meeting; `meeting.recorded`, place and topic as commitments.
    Raises: PermissionDenied, MalformedInputError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    if held_on > context.local_date(now):
        raise MalformedInputError(
            "meeting.future",
            Text("Tanggal {day} belum tiba. Catat pertemuan setelah diadakan.", day=held_on),
        )
    if households > attendees:
        raise MalformedInputError(
            "meeting.households",
            Text(
                "Rumah tangga ({households}) tidak mungkin lebih banyak daripada yang hadir "
                "({attendees}).",
                households=households,
                attendees=attendees,
            ),
        )
    hamlets = list_hamlets(context.village_code)
    hamlet = hamlets.filter(uuid=hamlet_uuid).first() if hamlet_uuid else None

    meeting = Meeting.objects.create(
        election=context.election,
        place=place.strip(),
        held_on=held_on,
        hamlet=hamlet,
        attendees=attendees,
        households=households,
        topic=topic.strip(),
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )

    append_sealed(
        event="meeting.recorded",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"meeting:{meeting.uuid}",
        data={"attendees": attendees, "households": households},
        sealed={"place": meeting.place, "topic": meeting.topic},
    )
    return meeting


@transaction.atomic
def withdraw_meeting(*, actor: Actor, now: datetime, meeting_uuid: UUID, reason: str) -> Meeting:
    """Take a meeting out of the count; it stays in the list with the reason.

    Allowed: who sits in the committee of the village.
    Requires: a meeting that still counts.
    Effects: it counts no more; `meeting.withdrawn`, the reason as a commitment.
    Raises: PermissionDenied, ConflictError, `Meeting.DoesNotExist`.
    """
    found = Meeting.objects.get(uuid=meeting_uuid)
    context = lock_village_election(found.election_id)
    meeting = Meeting.objects.get(pk=found.pk)

    require_seat(actor, context)

    if meeting.withdrawn_at is not None:
        raise ConflictError("meeting.withdrawn", Text("Pertemuan ini sudah ditarik."))

    meeting.withdrawn_by_id, meeting.withdrawn_at = actor.user_id, now
    meeting.withdrawn_reason = reason.strip()
    meeting.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])

    append_sealed(
        event="meeting.withdrawn",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"meeting:{meeting.uuid}",
        sealed={"reason": meeting.withdrawn_reason},
    )
    return meeting
