"""Score sheets of the extra selection: what two officers entered, where they differ, the order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pilkades.apps.elections.models import Candidacy, ScoreEntry
from pilkades.apps.elections.selectors.candidates import list_by_state
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.errors import MalformedInputError
from pilkades.law.application import ApplicationState
from pilkades.law.scoring import (
    ItemKind,
    ScoreInput,
    ScoreItem,
    ScoreSheet,
    Selection,
    score_applicant,
    select_candidates,
)
from pilkades.text import Text

ENTRIES_NEEDED = 2
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """One item of one applicant: the entries of two people, and whether they agree."""

    candidacy: Candidacy
    item: ScoreItem
    entries: tuple[ScoreEntry, ...]

    @property
    def is_agreed(self) -> bool:
        """Two people have entered, and they entered the same."""
        return len(self.entries) == ENTRIES_NEEDED and len({_key(e) for e in self.entries}) == 1

    @property
    def is_different(self) -> bool:
        return len(self.entries) == ENTRIES_NEEDED and not self.is_agreed

    def find_entry(self, user_id: int) -> ScoreEntry | None:
        """What this person entered, if anything."""
        return next((entry for entry in self.entries if entry.entered_by_id == user_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBoard:
    """All sheets of an election's extra selection."""

    candidacies: tuple[Candidacy, ...]
    cells: Mapping[tuple[int, str], ScoreCell]
    sheets: tuple[ScoreSheet, ...]

    @property
    def missing_count(self) -> int:
        """How many cells do not have two equal entries yet."""
        return sum(not cell.is_agreed for cell in self.cells.values())

    def list_cells(self, candidacy: Candidacy) -> list[ScoreCell]:
        """The cells of one applicant in the order of the pack."""
        return [cell for (pk, _), cell in self.cells.items() if pk == candidacy.pk]


def get_score_board(context: VillageElection) -> ScoreBoard:
    """The applicants who are eligible, with every entry; two queries."""
    candidacies = tuple(list_by_state(context.election, [ApplicationState.ELIGIBLE]))
    entries: dict[tuple[int, str], list[ScoreEntry]] = {}
    rows = ScoreEntry.objects.filter(candidacy__in=candidacies).select_related("entered_by")
    for entry in rows:
        entries.setdefault((entry.candidacy_id, entry.item_id), []).append(entry)
    cells = {
        (candidacy.pk, item.id): ScoreCell(
            candidacy=candidacy,
            item=item,
            entries=tuple(entries.get((candidacy.pk, item.id), ())),
        )
        for candidacy in candidacies
        for item in context.scoring_rules.items
    }
    sheets = tuple(_sheet(context, candidacy, cells) for candidacy in candidacies)
    return ScoreBoard(candidacies=candidacies, cells=cells, sheets=sheets)


def rank_board(
    context: VillageElection, board: ScoreBoard, *, terminal_order: Sequence[str] = ()
) -> Selection:
    """The ranking of complete sheets by the law; raises RuleViolationError while one is open."""
    return select_candidates(
        rules=context.scoring_rules, sheets=board.sheets, terminal_order=terminal_order
    )


def name_applicant(candidacy: Candidacy) -> str:
    """How an applicant stands in sheets, lots and minutes: number first, so that it is unique."""
    return f"{candidacy.registration_number}. {candidacy.full_name}"


def read_value(item: ScoreItem, written: str) -> Decimal | str:
    """A value as it was written: a grade of the list, or a number with a point or a comma.

    Raises: MalformedInputError `score.value`.
    """
    if item.kind is ItemKind.GRADES:
        if written in dict(item.grades):
            return written
        raise _not_readable(item, written)
    plain = written.strip().replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise _not_readable(item, written)
    return Decimal(plain)


def _sheet(
    context: VillageElection,
    candidacy: Candidacy,
    cells: Mapping[tuple[int, str], ScoreCell],
) -> ScoreSheet:
    """Only what two people agree upon counts."""
    inputs = [
        _input(cell) for (pk, _), cell in cells.items() if pk == candidacy.pk and cell.is_agreed
    ]
    return score_applicant(
        rules=context.scoring_rules, applicant=name_applicant(candidacy), inputs=inputs
    )


def _input(cell: ScoreCell) -> ScoreInput:
    entry = cell.entries[0]
    return ScoreInput(
        item=cell.item.id,
        value=read_value(cell.item, entry.value),
        evidence=frozenset(entry.evidence),
        decided_points=entry.decided_points,
    )


def _key(entry: ScoreEntry) -> tuple[object, ...]:
    value = entry.value.strip().replace(",", ".")
    return value, tuple(sorted(entry.evidence)), entry.decided_points


def _not_readable(item: ScoreItem, written: str) -> MalformedInputError:
    return MalformedInputError(
        "score.value",
        Text(
            "“{written}” bukan nilai untuk {name}. Tulis angka, atau pilih dari daftar.",
            written=written,
            name=item.name,
        ),
    )
