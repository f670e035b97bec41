"""The drawing of numbers: rows, the law's values made of them, and what anybody can recompute."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pilkades.apps.elections.models import Drawing, DrawingLot, DrawingMethod, Election
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.law.drawing import Lot
from pilkades.law.sealed_drawing import DrawingCheck, Reveal, verify_drawing


def find_drawing(election: Election) -> Drawing | None:
    """The drawing in force with lots and attendees; three queries."""
    return (
        Drawing.objects.filter(election=election, cancelled_at__isnull=True)
        .select_related("opened_by", "closed_by")
        .prefetch_related("lots__candidacy", "attendees__recorded_by", "lots__recorded_by")
        .first()
    )


def list_parties(lots: Sequence[DrawingLot]) -> tuple[str, ...]:
    """The candidates in the order of the list that the drawing was opened with."""
    return tuple(lot.party for lot in sorted(lots, key=lambda lot: lot.position))


def list_law_lots(lots: Sequence[DrawingLot], *, fallback: datetime) -> list[Lot]:
    """Lots as the law reads them; only those whose turn and number are written down."""
    return [
        Lot(
            candidate=lot.party,
            arrived_at=lot.arrived_at or fallback,
            turn=lot.turn,
            number=lot.number,
            is_signed=lot.is_signed,
        )
        for lot in lots
        if lot.turn is not None and lot.number is not None
    ]


def list_commitments(lots: Sequence[DrawingLot]) -> dict[str, bytes]:
    """Published commitments by party."""
    return {lot.party: bytes.fromhex(lot.commitment) for lot in lots if lot.commitment}


def list_reveals(lots: Sequence[DrawingLot]) -> dict[str, Reveal]:
    """Openings by party."""
    return {lot.party: read_reveal(lot) for lot in lots if lot.revealed_at is not None}


def read_reveal(lot: DrawingLot) -> Reveal:
    """The opening that stands in a row."""
    return Reveal(salt=bytes.fromhex(lot.salt), contribution=bytes.fromhex(lot.contribution))


def check_drawing(context: VillageElection, drawing: Drawing) -> tuple[DrawingCheck, ...]:
    """Every check of a drawing by commitments, as anybody may repeat it; none for lots."""
    lots = list(drawing.lots.all())
    numbered = [lot for lot in lots if lot.number is not None]
    if drawing.method != DrawingMethod.COMMITMENTS or len(numbered) < len(lots):
        return ()
    return verify_drawing(
        rules=context.drawing_rules,
        drawing_id=str(drawing.uuid),
        candidates=list_parties(lots),
        commitments=list_commitments(lots),
        reveals=list_reveals(lots),
        published=[lot.party for lot in sorted(numbered, key=lambda lot: lot.number or 0)],
    )


def describe_drawing(drawing: Drawing) -> Mapping[str, Any]:
    """Everything needed to recompute the drawing, as open data; nothing here is secret any more."""
    lots = list(drawing.lots.all())
    return {
        "drawing_id": str(drawing.uuid),
        "method": drawing.method,
        "candidates": list(list_parties(lots)),
        "commitments": {lot.party: lot.commitment for lot in lots if lot.commitment},
        "reveals": {
            lot.party: {"salt": lot.salt, "contribution": lot.contribution}
            for lot in lots
            if lot.revealed_at is not None
        },
        "seed": drawing.seed,
        "order": [
            lot.party
            for lot in sorted(lots, key=lambda lot: lot.number or 0)
            if lot.number is not None
        ],
    }
