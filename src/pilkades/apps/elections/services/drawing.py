"""The public drawing: opened, attended, lots recorded, signed and closed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import (
    AnnouncementKind,
    AttendeeCapacity,
    Candidacy,
    Drawing,
    DrawingAttendee,
    DrawingLot,
    DrawingMethod,
)
from pilkades.apps.elections.selectors.candidates import list_by_state
from pilkades.apps.elections.selectors.drawings import (
    check_drawing,
    list_law_lots,
    list_parties,
)
from pilkades.apps.elections.selectors.scores import name_applicant
from pilkades.apps.elections.selectors.village_access import COMMITTEE_ROLES
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.announce import record_announcement
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.signatures import (
    SIGNATURE_COLUMNS,
    clear_signature,
    confirm_on_paper,
    record_on_paper,
    sign_own,
)
from pilkades.apps.elections.stored_texts import freeze_texts
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.law.drawing import DrawingOutcome, record_lots
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

CHAIR_ROLES = (Role.COMMITTEE_CHAIR,)


@transaction.atomic
def open_drawing(
    *, actor: Actor, now: datetime, election_pk: int, method: DrawingMethod, place: str
) -> Drawing:
    """Open the drawing with the determined candidates in the order of their registration.

    Allowed: the chair of the committee.
    Requires: determined candidates without numbers, no drawing in force, a place.
    Effects: the drawing and one lot for each candidate; `drawing.opened`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_role(actor, CHAIR_ROLES, context.village_code)

    require_running(context)
    if not place.strip():
        raise MalformedInputError("drawing.place", Text("Isi tempat pengundian."))
    candidacies = list_by_state(context.election, [ApplicationState.DETERMINED])
    if not candidacies:
        raise RuleViolationError(
            "drawing.candidates",
            Text("Belum ada calon yang ditetapkan, atau nomornya sudah diundi."),
            article=context.drawing_rules.article,
        )

    drawing = _create(context, actor, now, method, place.strip())
    DrawingLot.objects.bulk_create(
        DrawingLot(
            drawing=drawing,
            candidacy=candidacy,
            party=name_applicant(candidacy),
            position=position,
        )
        for position, candidacy in enumerate(candidacies, start=1)
    )

    append_drawing_event(
        "drawing.opened",
        drawing,
        context,
        actor,
        now,
        data={"method": method.value, "candidates": len(candidacies)},
    )
    return drawing


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

    Allowed: the committee of the village.
    Requires: an open drawing; a moment that is not ahead.
    Effects: the moment, which fixes the turn where the pack says so. `drawing.arrival_recorded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    lot, context = lock_lot(lot_uuid)

    require_role(actor, COMMITTEE_ROLES, context.village_code)

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

    Allowed: the committee of the village.
    Requires: an open drawing, a name, a moment that is not ahead.
    Effects: the line; `drawing.attendee_added` without the name.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    drawing, context = lock_drawing(drawing_uuid)

    require_role(actor, COMMITTEE_ROLES, context.village_code)

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
def record_lot(
    *, actor: Actor, now: datetime, lot_uuid: UUID, turn: int, number: int
) -> DrawingLot:
    """Write down the turn and the number that a candidate drew from the box.

    Allowed: the committee of the village.
    Requires: an open drawing by lots; a turn and a number that nobody else has.
    Effects: the number; a signature that was given for another number is void.
    `drawing.lot_recorded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    lot, context = lock_lot(lot_uuid)

    require_role(actor, COMMITTEE_ROLES, context.village_code)

    refuse_closed(lot.drawing)
    if lot.drawing.method != DrawingMethod.LOTS:
        raise ConflictError(
            "drawing.method",
            Text("Pengundian ini dihitung dari komitmen; nomornya tidak ditulis dengan tangan."),
        )
    _require_within(turn, number, count=lot.drawing.lots.count())

    lot.turn, lot.number = turn, number
    clear_signature(lot)
    _save_lot(lot, ["turn", "number", *SIGNATURE_COLUMNS])

    append_drawing_event(
        "drawing.lot_recorded",
        lot.drawing,
        context,
        actor,
        now,
        data={"position": lot.position, "turn": turn, "number": number},
    )
    return lot


@transaction.atomic
def sign_lot(*, actor: Actor, now: datetime, lot_uuid: UUID, number: int) -> DrawingLot:
    """A candidate signs the own number, as seen on the screen.

    Allowed: the candidate whose lot it is.
    Requires: an open drawing, the number that stands there.
    Effects: the signature; `drawing.signed`.
    Raises: PermissionDenied, ConflictError.
    """
    lot, context = lock_lot(lot_uuid)

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

    Allowed: the committee of the village.
    Requires: an open drawing, the number that stands on the sheet.
    Effects: the first or the second half of the signature; `drawing.signed` with the second.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    lot, context = lock_lot(lot_uuid)

    require_role(actor, COMMITTEE_ROLES, context.village_code)

    refuse_closed(lot.drawing)
    _require_number(lot, number)
    if is_confirmation:
        article = context.drawing_rules.article
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
        require_role(actor, COMMITTEE_ROLES, context.village_code)

    refuse_closed(drawing)
    if on_paper and is_confirmation:
        article = context.drawing_rules.article
        confirm_on_paper(attendee, actor=actor, now=now, article=article)
    elif on_paper:
        record_on_paper(attendee, actor=actor, now=now)
    attendee.save(update_fields=SIGNATURE_COLUMNS)

    _append_signed(drawing, context, actor, now, f"attendee:{attendee.uuid}", attendee.kind)
    return attendee


@transaction.atomic
def close_drawing(
    *, actor: Actor, now: datetime, drawing_uuid: UUID, expected_version: int
) -> Drawing:
    """End the drawing: the numbers are the candidates' from now on.

    Allowed: the chair of the committee.
    Requires: what the law asks of the record: every candidate once, numbers without a gap, turns in
    order, signed by every candidate; a drawing by commitments comes out again when recomputed.
    Effects: ballot numbers, states, the announcement, the step; `drawing.closed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, ProofRejectedError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_role(actor, CHAIR_ROLES, context.village_code)

    require_running(context)
    refuse_closed(drawing)
    lots = list(drawing.lots.select_related("candidacy"))
    outcome = _decide(context, drawing, lots, now)

    drawing.closed_by_id, drawing.closed_at = actor.user_id, now
    drawing.why = [*drawing.why, *freeze_texts(outcome.why)]
    drawing.version += 1
    drawing.save(update_fields=["closed_by", "closed_at", "why", "version"])
    _give_numbers(context, lots, actor, now)
    _announce(context, lots, outcome, actor, now)

    append_drawing_event(
        "drawing.closed",
        drawing,
        context,
        actor,
        now,
        data={
            "method": drawing.method,
            "seed": drawing.seed,
            "order": [lot.position for lot in sorted(lots, key=lambda lot: lot.number or 0)],
        },
    )
    return drawing


@transaction.atomic
def cancel_drawing(
    *, actor: Actor, now: datetime, drawing_uuid: UUID, expected_version: int, reason: str
) -> Drawing:
    """Give up an open drawing so that it can be held again; everything recorded stays readable.

    Allowed: the chair of the committee.
    Requires: a drawing that is not closed; a reason.
    Effects: no drawing is in force; `drawing.cancelled`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_role(actor, CHAIR_ROLES, context.village_code)

    refuse_closed(drawing)
    if not reason.strip():
        raise MalformedInputError(
            "drawing.reason", Text("Tulis alasan pengundian dibatalkan dan diulang.")
        )

    salt, commitment = commit_to(reason.strip())
    drawing.cancelled_at, drawing.cancel_reason = now, reason.strip()
    drawing.cancel_reason_salt = salt
    drawing.version += 1
    drawing.save()

    append_drawing_event(
        "drawing.cancelled",
        drawing,
        context,
        actor,
        now,
        data={"reason_commitment": commitment},
    )
    return drawing


# --- Shared with the drawing by commitments ----------------------------------------------------


def lock_drawing(drawing_uuid: UUID) -> tuple[Drawing, VillageElection]:
    """The drawing behind the lock of its election; raises `Drawing.DoesNotExist`."""
    election_pk = Drawing.objects.values_list("election_id", flat=True).get(uuid=drawing_uuid)
    context = lock_village_election(election_pk)
    return Drawing.objects.get(uuid=drawing_uuid), context


def lock_lot(lot_uuid: UUID) -> tuple[DrawingLot, VillageElection]:
    """One lot behind the lock of its election; raises `DrawingLot.DoesNotExist`."""
    drawing_uuid = DrawingLot.objects.values_list("drawing__uuid", flat=True).get(uuid=lot_uuid)
    drawing, context = lock_drawing(drawing_uuid)
    lot = DrawingLot.objects.select_related("candidacy").get(uuid=lot_uuid)
    lot.drawing = drawing
    return lot, context


def refuse_closed(drawing: Drawing) -> None:
    """Raises ConflictError where the drawing is over or was given up."""
    if drawing.closed_at is None and drawing.cancelled_at is None:
        return
    raise ConflictError(
        "drawing.closed",
        Text("Pengundian ini sudah ditutup atau dibatalkan dan tidak diubah lagi."),
    )


def require_fresh(drawing: Drawing, expected_version: int) -> None:
    """Raises ConflictError where the drawing moved on since it was read."""
    if drawing.version != expected_version:
        raise ConflictError(
            "drawing.stale",
            Text(
                "Pengundian sudah diubah petugas lain. Muat ulang halaman untuk melihat keadaan "
                "terbaru, lalu ulangi."
            ),
        )


def append_drawing_event(
    event: str,
    drawing: Drawing,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    *,
    data: dict[str, Datum],
) -> None:
    """The audit event of an act in a drawing; people stand in it by their position only."""
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"drawing:{drawing.uuid}",
        article=drawing.article,
        data=data,
    )


def _create(
    context: VillageElection, actor: Actor, now: datetime, method: DrawingMethod, place: str
) -> Drawing:
    try:
        with transaction.atomic():
            return Drawing.objects.create(
                election=context.election,
                method=method,
                place=place,
                opened_by_id=actor.user_id,
                opened_at=now,
                article=context.drawing_rules.article,
            )
    except IntegrityError as error:
        raise ConflictError(
            "drawing.open", Text("Pengundian sudah dibuka oleh petugas lain. Muat ulang halaman.")
        ) from error


def _create_attendee(**columns: object) -> DrawingAttendee:
    try:
        with transaction.atomic():
            return DrawingAttendee.objects.create(**columns)
    except IntegrityError as error:
        raise ConflictError(
            "drawing.attendee", Text("Orang ini sudah tercatat dalam daftar hadir.")
        ) from error


def _save_lot(lot: DrawingLot, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            lot.save(update_fields=fields)
    except IntegrityError as error:
        raise ConflictError(
            "drawing.number-taken",
            Text(
                "Giliran {turn} atau nomor {number} sudah tercatat untuk calon lain. Periksa "
                "lembar undian.",
                turn=lot.turn,
                number=lot.number,
            ),
        ) from error


def _require_not_ahead(moment: datetime, now: datetime) -> None:
    if moment > now:
        raise MalformedInputError(
            "drawing.time", Text("Jam kedatangan masih di depan. Periksa jam yang ditulis.")
        )


def _require_within(turn: int, number: int, *, count: int) -> None:
    if 1 <= turn <= count and 1 <= number <= count:
        return
    raise MalformedInputError(
        "drawing.numbers",
        Text("Giliran dan nomor terletak antara 1 dan {count}.", count=count),
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


def _decide(
    context: VillageElection, drawing: Drawing, lots: Sequence[DrawingLot], now: datetime
) -> DrawingOutcome:
    """By lots the record decides; by commitments it must come out again, and is signed as well."""
    if drawing.method == DrawingMethod.COMMITMENTS:
        _require_recomputed(context, drawing)
    return record_lots(
        rules=context.drawing_rules,
        candidates=list_parties(lots),
        lots=list_law_lots(lots, fallback=now),
    )


def _require_recomputed(context: VillageElection, drawing: Drawing) -> None:
    checks = check_drawing(context, drawing)
    if checks and all(check.ok for check in checks):
        return
    failed = next((check for check in checks if not check.ok), None)
    raise RuleViolationError(
        "drawing.missing_reveal",
        failed.detail if failed else Text("Belum semua komitmen dibuka."),
        article=drawing.article,
    )


def _give_numbers(
    context: VillageElection, lots: Sequence[DrawingLot], actor: Actor, now: datetime
) -> None:
    for lot in lots:
        candidacy: Candidacy = lot.candidacy
        candidacy.state = next_state(
            context=context,
            candidacy=candidacy,
            event=ApplicationEvent.GIVE_NUMBER,
            by="panitia",
        )
        candidacy.ballot_number = lot.number
        save_file(candidacy, fields=["state", "ballot_number"])
        append_file_event(
            event="candidacy.numbered",
            candidacy=candidacy,
            context=context,
            actor=actor,
            now=now,
            article=lot.drawing.article,
            data={"number": lot.number},
        )


def _announce(
    context: VillageElection,
    lots: Sequence[DrawingLot],
    outcome: DrawingOutcome,
    actor: Actor,
    now: datetime,
) -> None:
    names = {lot.party: lot.candidacy.ballot_name for lot in lots}
    record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=AnnouncementKind.CANDIDATES,
        sentences=tuple(
            Text("Nomor {number}: {name}.", number=place, name=names[party])
            for place, party in enumerate(outcome.candidates, start=1)
        ),
        article=outcome.article,
    )
    mark_step(
        election=context.election,
        step_id=DETERMINATION_STEP,
        actor=actor,
        now=now,
        finished_on=context.local_date(now),
    )
