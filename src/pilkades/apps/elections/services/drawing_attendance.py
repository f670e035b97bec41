"""Who came to the drawing, in which order, and who signed."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import (
    AttendeeCapacity,
    Drawing,
    DrawingAttendee,
    DrawingLot,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
)
from pilkades.apps.elections.services.drawing_acts import (
    append_drawing_event,
    lock_drawing,
    lock_lot,
    refuse_closed,
)
from pilkades.apps.elections.services.paper_signatures import refuse_paper_of_account
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.services.signatures import (
    CANDIDATE_ROLES,
    SIGNATURE_COLUMNS,
    confirm_on_paper,
    record_on_paper,
    sign_own,
)
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text


@transaction.atomic
def record_arrival(
    *,
    actor: Actor,
    now: datetime,
    lot_uuid: UUID,
    arrived_at: datetime,
    proxy_name: str = "",
) -> DrawingLot:
    """Note when a candidate, or the person sent, arrived.

    Allowed: who sits in the committee of the village.
    Requires: an open drawing; a moment that is not ahead.
    Effects: the moment, which fixes the turn where the pack says so. `drawing.arrival_recorded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    lot, context = lock_lot(lot_uuid)

    require_seat(actor, context)

    refuse_closed(lot.drawing)
    _require_not_ahead(arrived_at, now)

    lot.arrived_at, lot.proxy_name = arrived_at, proxy_name.strip()
    lot.save(update_fields=["arrived_at", "proxy_name"])

    append_drawing_event(
        "drawing.arrival_recorded",
        lot.drawing,
        context,
        actor,
        now,
        data={"position": lot.position, "by_proxy": bool(lot.proxy_name)},
    )
    return lot


@transaction.atomic
def add_attendee(
    *,
    actor: Actor,
    now: datetime,
    drawing_uuid: UUID,
    full_name: str,
    capacity: AttendeeCapacity,
    arrived_at: datetime,
    user_id: int | None = None,
) -> DrawingAttendee:
    """Write somebody present into the attendance.

    Allowed: who sits in the committee of the village.
    Requires: an open drawing, a name, a moment that is not ahead.
    Effects: the line; `drawing.attendee_added` without the name.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    drawing, context = lock_drawing(drawing_uuid)

    require_seat(actor, context)

    refuse_closed(drawing)
    _require_not_ahead(arrived_at, now)
    if not full_name.strip():
        raise MalformedInputError("drawing.name", Text("Isi nama orang yang hadir."))

    attendee = _create_attendee(
        drawing=drawing,
        full_name=full_name.strip(),
        capacity=capacity,
        user_id=user_id,
        arrived_at=arrived_at,
    )

    append_drawing_event(
        "drawing.attendee_added",
        drawing,
        context,
        actor,
        now,
        data={"attendee": str(attendee.uuid), "capacity": capacity.value},
    )
    return attendee


@transaction.atomic
def sign_lot(*, actor: Actor, now: datetime, lot_uuid: UUID, number: int) -> DrawingLot:
    """A candidate signs the own number, as seen on the screen.

    Allowed: the candidate whose lot it is, with the candidate's role still in force.
    Requires: an open drawing, the number that stands there.
    Effects: the signature; `drawing.signed`.
    Raises: PermissionDenied, ConflictError.
    """
    lot, context = lock_lot(lot_uuid)

    require_role(actor, CANDIDATE_ROLES, context.village_code)
    sign_own(lot, signer_id=lot.candidacy.user_id, actor=actor, now=now)

    refuse_closed(lot.drawing)
    _require_number(lot, number)
    lot.save(update_fields=SIGNATURE_COLUMNS)

    _append_signed(lot.drawing, context, actor, now, f"lot:{lot.position}", lot.kind)
    return lot


@transaction.atomic
def sign_lot_on_paper(
    *, actor: Actor, now: datetime, lot_uuid: UUID, number: int, is_confirmation: bool
) -> DrawingLot:
    """An officer has seen a candidate's signature on the sheet; two different ones make it count.

    Allowed: who sits in the committee of the village.
    Requires: an open drawing, the number that stands on the sheet, and a candidate without an
    account that could sign.
    Effects: the first or the second half of the signature; `drawing.signed` with the second.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    lot, context = lock_lot(lot_uuid)

    require_seat(actor, context)

    refuse_closed(lot.drawing)
    article = context.drawing_rules.article
    _require_number(lot, number)
    refuse_paper_of_account(lot.candidacy, context, now=now, article=article)
    if is_confirmation:
        confirm_on_paper(lot, actor=actor, now=now, article=article)
    else:
        record_on_paper(lot, actor=actor, now=now)
    lot.save(update_fields=SIGNATURE_COLUMNS)

    _append_signed(lot.drawing, context, actor, now, f"lot:{lot.position}", lot.kind)
    return lot


@transaction.atomic
def sign_attendance(
    *,
    actor: Actor,
    now: datetime,
    attendee_uuid: UUID,
    on_paper: bool = False,
    is_confirmation: bool = False,
) -> DrawingAttendee:
    """Somebody present signs by account, or on paper before two officers.

    Allowed: the person, for the own line; the committee for a signature on paper.
    Requires: an open drawing.
    Effects: the signature; `drawing.signed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    found = DrawingAttendee.objects.get(uuid=attendee_uuid)
    drawing, context = lock_drawing(found.drawing.uuid)
    attendee = DrawingAttendee.objects.get(pk=found.pk)

    if not on_paper:
        sign_own(attendee, signer_id=attendee.user_id, actor=actor, now=now)
    else:
        require_seat(actor, context)

    refuse_closed(drawing)
    if on_paper and is_confirmation:
        article = context.drawing_rules.article
        confirm_on_paper(attendee, actor=actor, now=now, article=article)
    elif on_paper:
        record_on_paper(attendee, actor=actor, now=now)
    attendee.save(update_fields=SIGNATURE_COLUMNS)

    _append_signed(drawing, context, actor, now, f"attendee:{attendee.uuid}", attendee.kind)
    return attendee


def _create_attendee(**columns: object) -> DrawingAttendee:
    try:
        with transaction.atomic():
            return DrawingAttendee.objects.create(**columns)
    except IntegrityError as error:
        raise ConflictError(
            "drawing.attendee", Text("Orang ini sudah tercatat dalam daftar hadir.")
        ) from error


def _require_not_ahead(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise MalformedInputError(
            "drawing.time", Text("Jam kedatangan masih di depan. Periksa jam yang ditulis.")
        )


def _require_number(lot: DrawingLot, number: int) -> None:
    """A signature is for the number that the signer saw."""
    if lot.number is not None and lot.number == number:
        return
    raise ConflictError(
        "drawing.number-changed",
        Text(
            "Nomor yang tercatat sekarang {number}. Periksa kembali sebelum menandatangani.",
            number=lot.number or "-",
        ),
    )


def _append_signed(
    drawing: Drawing,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    line: str,
    kind: str,
) -> None:
    append_drawing_event(
        "drawing.signed", drawing, context, actor, now, data={"line": line, "kind": kind}
    )
