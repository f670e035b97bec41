"""Pairs that may be one voter: who may read which, and the two rows side by side.

A committee reads its own entry in full (NIK and KK masked); of another village's entry only masked
NIK, name, birth date and village. The desk reads both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.roll.models import DuplicateDecision, DuplicatePair, RollEntry
from pilkades.apps.vault.masking import mask_nik

SAME, DIFFERENT, MISSING, UNSEEN = "same", "different", "missing", "unseen"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value; `is_other` where the other row has something else there."""

    text: str
    is_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One particular of both rows; `state` is said in words beside the marks."""

    label: Any
    left: Sequence[Piece]
    right: Sequence[Piece]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSheet:
    """Both rows as this reader may see them."""

    pair: DuplicatePair
    lines: Sequence[SheetLine]
    left_village: str
    right_village: str


@dataclass(frozen=True, slots=True)
class _Field:
    label: Any
    read: Callable[[RollEntry], Any]
    is_open_to_others: bool = False


FIELDS = (
    _Field(_("Nama"), lambda e: e.full_name, True),
    _Field(_("Tanggal lahir"), lambda e: e.birth_date, True),
    _Field(_("Tempat lahir"), lambda e: e.birth_place),
    _Field(_("Jenis kelamin"), lambda e: e.get_sex_display()),
    _Field(_("Status perkawinan"), lambda e: e.get_marital_status_display()),
    _Field(_("Alamat"), lambda e: e.address),
    _Field(_("RT/RW"), lambda e: f"{e.rt}/{e.rw}" if e.rt or e.rw else ""),
    _Field(_("Dusun"), lambda e: e.hamlet.name if e.hamlet else ""),
    _Field(_("Pekerjaan"), lambda e: e.occupation),
    _Field(_("Berdomisili sejak"), lambda e: e.resident_since),
    _Field(_("Dokumen"), lambda e: e.get_identity_document_display()),
    _Field(_("Keterangan"), lambda e: e.note),
)


def list_village_pairs(context: VillageElection) -> QuerySet[DuplicatePair]:
    """Pairs with at least one entry on this village's roll, likeliest first."""
    election = context.election
    return _list_pairs().filter(
        Q(left__roll__election=election) | Q(right__roll__election=election)
    )


def list_wave_pairs(wave: Wave) -> QuerySet[DuplicatePair]:
    """Pairs between two villages of a wave, likeliest first."""
    return _list_pairs().filter(is_across=True, left__roll__election__wave=wave)


def find_next_open(pairs: QuerySet[DuplicatePair]) -> UUID | None:
    """The likeliest pair that nobody has answered yet."""
    return (
        pairs.filter(decision=DuplicateDecision.OPEN)
        .order_by("-probability", "pk")
        .values_list("uuid", flat=True)
        .first()
    )


def build_sheet(pair: DuplicatePair, *, reads: Callable[[RollEntry], bool]) -> PairSheet:
    """The two rows line by line; `reads` says whether the reader may read an entry in full."""
    left, right = pair.left, pair.right
    lines = [
        _numbers_line(_("NIK"), left.nik, right.nik),
        *(_line(field, left, right, reads) for field in FIELDS),
    ]
    if reads(left) and reads(right):
        lines.insert(1, _numbers_line(_("Nomor KK"), left.kk, right.kk))
    return PairSheet(
        pair=pair,
        lines=[line for line in lines if line.state != UNSEEN],
        left_village=name_village(left.roll.election.village),
        right_village=name_village(right.roll.election.village),
    )


def _list_pairs() -> QuerySet[DuplicatePair]:
    return DuplicatePair.objects.select_related(
        "left__roll__election__village",
        "right__roll__election__village",
        "left__hamlet",
        "right__hamlet",
        "decided_by",
        "removed",
    ).order_by("-probability", "pk")


def _compare_numbers(left: str, right: str) -> str:
    if not left or not right:
        return MISSING if left or right else UNSEEN
    return SAME if left == right else DIFFERENT


def _numbers_line(label: Any, left: str, right: str) -> SheetLine:
    state = _compare_numbers(left, right)
    return SheetLine(
        label=label,
        left=[Piece(mask_nik(left), state == DIFFERENT)] if left else [],
        right=[Piece(mask_nik(right), state == DIFFERENT)] if right else [],
        state=state,
    )


def _line(
    field: _Field, left: RollEntry, right: RollEntry, reads: Callable[[RollEntry], bool]
) -> SheetLine:
    may_left, may_right = (field.is_open_to_others or reads(entry) for entry in (left, right))
    first = _write(field.read(left)) if may_left else ""
    second = _write(field.read(right)) if may_right else ""
    if not (may_left and may_right):
        return SheetLine(label=field.label, left=_whole(first), right=_whole(second), state=UNSEEN)
    if first == second:
        state = SAME if first else UNSEEN
        return SheetLine(label=field.label, left=_whole(first), right=_whole(second), state=state)
    marked = _mark(first, second)
    state = DIFFERENT if first and second else MISSING
    return SheetLine(label=field.label, left=marked[0], right=marked[1], state=state)


def _write(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value or "")


def _whole(text: str) -> list[Piece]:
    return [Piece(text, False)] if text else []


def _mark(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, those that the other lacks marked."""
    marked: tuple[list[Piece], list[Piece]] = ([], [])
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for pieces, text in zip(marked, (left[a:b], right[c:d]), strict=True):
            if text:
                pieces.append(Piece(text, tag != "equal"))
    return marked
