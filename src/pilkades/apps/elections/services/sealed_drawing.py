"""The drawing that anybody can recompute: commitments first, then openings, then numbers."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.design.stored_texts import freeze_texts
from pilkades.apps.elections.models import Drawing, DrawingLot, DrawingMethod
from pilkades.apps.elections.selectors.drawings import (
    list_commitments,
    list_parties,
    list_reveals,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.drawing_acts import (
    append_drawing_event,
    lock_drawing,
    lock_lot,
    refuse_closed,
    require_fresh,
)
from pilkades.apps.elections.services.seats import is_seated, require_chair
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    ProofRejectedError,
    RuleViolationError,
)
from pilkades.law.drawing import MissingReveal
from pilkades.law.sealed_drawing import Reveal, draw_numbers, verify_drawing
from pilkades.ledger.leaf import Scalar
from pilkades.text import Text

COMMITMENT_HEX_LENGTH = 64


@transaction.atomic
def submit_commitment(
    *, actor: Actor, now: datetime, lot_uuid: UUID, commitment: str
) -> DrawingLot:
    """Hand in the commitment of a candidate; until the sealing it may be replaced.

    Allowed: the candidate; the committee for one brought on paper.
    Requires: an open drawing by commitments that is not sealed; 64 hexadecimal digits.
    Effects: the commitment, public at once; `drawing.committed`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    lot, context = lock_lot(lot_uuid)

    authorise_contribution(lot, context, actor)

    _require_commitments(lot.drawing)
    if lot.drawing.sealed_at is not None:
        raise ConflictError(
            "drawing.sealed",
            Text("Komitmen sudah ditutup bagi semua calon dan tidak dapat diganti lagi."),
        )
    cleaned = commitment.strip().lower()
    _read_hex(cleaned, exact=COMMITMENT_HEX_LENGTH, lot=lot)

    lot.commitment, lot.committed_at = cleaned, now
    lot.save(update_fields=["commitment", "committed_at"])

    append_drawing_event(
        "drawing.committed",
        lot.drawing,
        context,
        actor,
        now,
        data={"position": lot.position, "commitment": cleaned},
    )
    return lot


@transaction.atomic
def seal_commitments(
    *, actor: Actor, now: datetime, drawing_uuid: UUID, expected_version: int
) -> Drawing:
    """Close the commitments of all candidates at once; from here on they may be opened.

    Allowed: the chair by the decree on the committee.
    Requires: a commitment of every candidate.
    Effects: nobody can change a commitment any more; `drawing.sealed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_chair(actor, context)

    _require_commitments(drawing)
    missing = [lot.party for lot in drawing.lots.all() if not lot.commitment]
    if missing:
        raise RuleViolationError(
            "drawing.no_commitment",
            Text("Komitmen belum diserahkan oleh: {parties}.", parties=tuple(missing)),
            article=drawing.article,
        )

    drawing.sealed_at = now
    drawing.version += 1
    drawing.save(update_fields=["sealed_at", "version"])

    commitments: list[Scalar] = [lot.commitment for lot in drawing.lots.order_by("position")]
    append_drawing_event(
        "drawing.sealed", drawing, context, actor, now, data={"commitments": commitments}
    )
    return drawing


@transaction.atomic
def reveal_contribution(
    *, actor: Actor, now: datetime, lot_uuid: UUID, salt: str, contribution: str
) -> DrawingLot:
    """Open a commitment; the last opening makes the numbers follow.

    Allowed: the candidate; the committee for one read out at the drawing.
    Requires: sealed commitments; salt and contribution (hexadecimal) that open the commitment.
    Effects: the opening, public at once; with the last one the seed and everybody's number.
    `drawing.revealed`.
    Raises: PermissionDenied, ConflictError, MalformedInputError; ProofRejectedError that names
    whose commitment does not open.
    """
    lot, context = lock_lot(lot_uuid)

    authorise_contribution(lot, context, actor)

    _require_commitments(lot.drawing)
    _require_sealed(lot)
    reveal = Reveal(
        salt=_read_hex(salt.strip(), exact=None, lot=lot),
        contribution=_read_hex(contribution.strip(), exact=None, lot=lot),
    )
    _require_opens(context, lot, reveal)

    lot.salt, lot.contribution = reveal.salt.hex(), reveal.contribution.hex()
    lot.revealed_at = now
    lot.save(update_fields=["salt", "contribution", "revealed_at"])
    _compute_when_complete(context, lot.drawing)

    append_drawing_event(
        "drawing.revealed",
        lot.drawing,
        context,
        actor,
        now,
        data={"position": lot.position, "salt": lot.salt, "contribution": lot.contribution},
    )
    return lot


@transaction.atomic
def switch_to_lots(
    *, actor: Actor, now: datetime, drawing_uuid: UUID, expected_version: int
) -> Drawing:
    """Go on with an ordinary drawing because somebody does not open.

    Allowed: the chair by the decree on the committee.
    Requires: a pack that says so for a missing opening; a sealed drawing with one missing.
    Effects: turns and numbers are written down by hand from now on; `drawing.switched`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    drawing, context = lock_drawing(drawing_uuid)
    require_fresh(drawing, expected_version)

    require_chair(actor, context)

    _require_commitments(drawing)
    missing: list[Scalar] = [lot.position for lot in drawing.lots.all() if lot.revealed_at is None]
    rule = context.drawing_rules.missing_reveal
    if drawing.sealed_at is None or not missing or rule is not MissingReveal.LOTS:
        raise RuleViolationError(
            "drawing.missing_reveal",
            Text(
                "Peralihan ke undian biasa hanya bila komitmen sudah ditutup, ada yang tidak "
                "dibuka, dan paket aturan mengaturnya demikian; selain itu pengundian diulang."
            ),
            article=drawing.article,
        )

    drawing.method = DrawingMethod.LOTS
    drawing.version += 1
    drawing.save(update_fields=["method", "version"])

    append_drawing_event(
        "drawing.switched", drawing, context, actor, now, data={"missing": missing}
    )
    return drawing


def authorise_contribution(lot: DrawingLot, context: VillageElection, actor: Actor) -> None:
    """The candidate whose lot it is, or the committee for what was brought on paper.

    Raises: PermissionDenied.
    """
    is_own = actor.is_signed_in and lot.candidacy.user_id == actor.user_id
    if not is_own and not is_seated(actor, context):
        raise PermissionDenied


def _require_commitments(drawing: Drawing) -> None:
    refuse_closed(drawing)
    if drawing.method != DrawingMethod.COMMITMENTS:
        raise ConflictError(
            "drawing.method", Text("Pengundian ini memakai undian biasa, bukan komitmen.")
        )


def _require_sealed(lot: DrawingLot) -> None:
    if lot.drawing.sealed_at is None:
        raise ConflictError(
            "drawing.not-sealed",
            Text(
                "Komitmen belum ditutup bagi semua calon. Jangan buka sumbangan Anda sebelum ketua "
                "menutupnya, supaya tidak ada yang menyesuaikan diri."
            ),
        )
    if lot.revealed_at is not None:
        raise ConflictError(
            "drawing.revealed", Text("{party} sudah membuka komitmennya.", party=lot.party)
        )


def _read_hex(written: str, *, exact: int | None, lot: DrawingLot) -> bytes:
    is_length = exact is None or len(written) == exact
    try:
        if is_length and written:
            return bytes.fromhex(written)
    except ValueError:
        pass
    raise MalformedInputError(
        "drawing.hex",
        Text(
            "Isian {party} bukan bilangan heksadesimal yang lengkap (angka 0-9 dan huruf a-f). "
            "Salin seluruhnya dari catatan calon.",
            party=lot.party,
        ),
    )


def _require_opens(context: VillageElection, lot: DrawingLot, reveal: Reveal) -> None:
    """One party's opening, judged by the check that anybody can repeat."""
    checks = verify_drawing(
        rules=context.drawing_rules,
        drawing_id=str(lot.drawing.uuid),
        candidates=(lot.party,),
        commitments={lot.party: bytes.fromhex(lot.commitment)},
        reveals={lot.party: reveal},
        published=(lot.party,),
    )
    opening = checks[0]
    if not opening.ok:
        raise ProofRejectedError("drawing.commitment_opens", opening.detail)


def _compute_when_complete(context: VillageElection, drawing: Drawing) -> None:
    lots = list(drawing.lots.all())
    if any(lot.revealed_at is None for lot in lots):
        return
    outcome = draw_numbers(
        rules=context.drawing_rules,
        drawing_id=str(drawing.uuid),
        candidates=list_parties(lots),
        commitments=list_commitments(lots),
        reveals=list_reveals(lots),
    )
    for lot in lots:
        lot.number = outcome.get_number(candidate=lot.party)
        lot.turn = lot.position
        lot.save(update_fields=["number", "turn"])
    drawing.seed = outcome.seed.hex()
    drawing.why = freeze_texts(outcome.why)
    drawing.save(update_fields=["seed", "why"])
