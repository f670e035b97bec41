"""The public drawing of ballot numbers by lots, and what the pack says about drawings.

Implements Permendagri 112/2014 (numbers by drawing, in public, minuted): the record of a
drawing is checked for completeness before it counts. Leaves out who attends and how the minutes
look; the drawing that anyone can recompute is in `sealed_drawing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from pilkades.errors import RuleViolationError
from pilkades.text import Text


class TurnOrder(StrEnum):
    """In which order the candidates take their lots (urutan pengambilan nomor)."""

    ARRIVAL = "arrival"
    DRAWN = "drawn"
    FREE = "free"


class MissingReveal(StrEnum):
    """What follows when a party does not open what it committed to."""

    LOTS = "lots"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class DrawingRules:
    """What the pack says about the drawing (pengundian nomor urut)."""

    turn_order: TurnOrder
    missing_reveal: MissingReveal
    article: str


@dataclass(frozen=True, slots=True)
class Lot:
    """One candidate's lot: when the candidate arrived, the turn it took and the number drawn."""

    candidate: str
    arrived_at: datetime
    turn: int
    number: int
    is_signed: bool


@dataclass(frozen=True, slots=True)
class DrawingOutcome:
    """The numbers, 1 first, and how they came about; `seed` is empty for a drawing by lots."""

    candidates: tuple[str, ...]
    seed: bytes
    article: str
    why: tuple[Text, ...]

    def get_number(self, *, candidate: str) -> int:
        return self.candidates.index(candidate) + 1


def record_lots(
    *, rules: DrawingRules, candidates: Sequence[str], lots: Sequence[Lot]
) -> DrawingOutcome:
    """The numbers of a drawing by lots, refused unless every candidate drew once and signed.

    Law: Permendagri 112/2014; numbers 1 to n without a gap, every determined candidate
    exactly one, turns in the order that `drawing.turn_order` names, signed by every candidate or
    the person the candidate sent.
    """
    _require_same_candidates(candidates, [lot.candidate for lot in lots], rules)
    _require_run([lot.number for lot in lots], "drawing.numbers", rules)
    _require_run([lot.turn for lot in lots], "drawing.turns", rules)
    _require_turn_order(lots, rules)
    for lot in lots:
        if not lot.is_signed:
            text = Text(
                "Berita acara pengundian belum ditandatangani oleh {candidate} atau wakilnya. "
                "Mintalah tanda tangan sebelum nomor urut dicatat.",
                candidate=lot.candidate,
            )
            raise RuleViolationError("drawing.signed", text, article=rules.article)
    ordered = sorted(lots, key=lambda lot: lot.number)
    return DrawingOutcome(
        candidates=tuple(lot.candidate for lot in ordered),
        seed=b"",
        article=rules.article,
        why=tuple(
            Text(
                "{candidate} mengambil undian pada giliran {turn} dan mendapat nomor {number}.",
                candidate=lot.candidate,
                turn=lot.turn,
                number=lot.number,
            )
            for lot in sorted(lots, key=lambda lot: lot.turn)
        ),
    )


def _require_same_candidates(
    candidates: Sequence[str], drawn: Sequence[str], rules: DrawingRules
) -> None:
    missing = sorted(set(candidates) - set(drawn))
    strangers = sorted(set(drawn) - set(candidates))
    if not missing and not strangers and len(drawn) == len(set(candidates)) == len(candidates):
        return
    text = Text(
        "Setiap calon yang ditetapkan mengambil tepat satu undian. Belum ada: {missing}. "
        "Bukan calon: {strangers}. Periksa kembali berita acara pengundian.",
        missing=", ".join(missing) or "-",
        strangers=", ".join(strangers) or "-",
    )
    raise RuleViolationError("drawing.candidates", text, article=rules.article)


def _require_run(numbers: Sequence[int], code: str, rules: DrawingRules) -> None:
    if sorted(numbers) == list(range(1, len(numbers) + 1)):
        return
    text = Text(
        "Nomor harus 1 sampai {count}, masing-masing tepat sekali; tercatat {numbers}. "
        "Periksa kembali lembar undian.",
        count=len(numbers),
        numbers=", ".join(str(number) for number in numbers),
    )
    raise RuleViolationError(code, text, article=rules.article)


def _require_turn_order(lots: Sequence[Lot], rules: DrawingRules) -> None:
    if rules.turn_order is not TurnOrder.ARRIVAL:
        return
    by_turn = sorted(lots, key=lambda lot: lot.turn)
    for earlier, later in pairwise(by_turn):
        if earlier.arrived_at <= later.arrived_at:
            continue
        text = Text(
            "Giliran mengambil undian mengikuti urutan kedatangan: {later} datang lebih dahulu "
            "daripada {earlier}, tetapi tercatat mengambil sesudahnya.",
            later=later.candidate,
            earlier=earlier.candidate,
        )
        raise RuleViolationError("drawing.turn_order", text, article=rules.article)
