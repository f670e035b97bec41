"""The public drawing: opened, attended, lots recorded, signed and closed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.design.stored_texts import freeze_texts
from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    Drawing,
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
from pilkades.apps.elections.services.drawing_acts import (
    append_drawing_event,
    lock_drawing,
    lock_lot,
    refuse_closed,
    require_fresh,
)
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.apps.elections.services.signatures import (
    SIGNATURE_COLUMNS,
    clear_signature,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.law.drawing import DrawingOutcome, record_lots
from pilkades.text import Text


@transaction.atomic
def open_drawing(
    *, actor: Actor, now: datetime, election_pk: int, method: DrawingMethod, place: str
) -> Drawing:
    """Open the drawing with the determined candidates in the order of their registration.

    Allowed: the chair by the decree on the committee.
    Requires: determined candidates without numbers, no drawing in force, a place.
    Effects: the drawing and one lot for each candidate; `drawing.opened`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_chair(actor, context)

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
def record_lot(
    *, actor: Actor, now: datetime, lot_uuid: UUID, turn: int, number: int
) -> DrawingLot:
    """Write down the turn and the number that a candidate drew from the box.

    Allowed: who sits in the committee of the village.
    Requires: an open drawing by lots; a turn and a number that nobody else has.
    Effects: the number; a signature that was given for another number is void.
    `drawing.lot_recorded`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    lot, context = lock_lot(lot_uuid)

    require_seat(actor, context)

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
def close_drawing(
    *, actor: Actor, now: datetime, drawing_uuid: UUID, expected_version: int
) -> Drawing:
    """End the drawing: the numbers are the candidates' from now on.

    Allowed: the chair by the decree on the committee.
    Requires: what the law asks of the record: every candidate once, numbers without a gap, turns in
    order, signed by every candidate; a drawing by commitments comes out again when recomputed.
    Effects: ballot numbers, states, the announcement, the step; `drawing.closed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, ProofRejectedError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_chair(actor, context)

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

    Allowed: the chair by the decree on the committee.
    Requires: a drawing that is not closed; a reason.
    Effects: no drawing is in force; `drawing.cancelled`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_chair(actor, context)

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


def _require_within(turn: int, number: int, *, count: int) -> None:
    if 1 <= turn <= count and 1 <= number <= count:
        return
    raise MalformedInputError(
        "drawing.numbers",
        Text("Giliran dan nomor terletak antara 1 dan {count}.", count=count),
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
