"""Who goes on when more than five are eligible: the ranking, and the tie at the last place.

Implements Permendagri 112/2014 with the criteria of the pack. Equal scores matter only
where they straddle the last place; there an ordered list of criteria separates them, and a
terminal step ends what none of them does. Leaves out who signs; holds no random source: the order
that a drawing or a test brought is an argument.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.scoring.rules import (
    Preference,
    ScoringRules,
    Terminal,
    TieBasis,
    TieCriterion,
)
from pilkades.law.scoring.sheet import ScoreSheet, show_number
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class SelectionRow:
    """One row of the published table; `is_admitted` is None while a tie is open."""

    place: int
    sheet: ScoreSheet
    is_admitted: bool | None
    why: Text


@dataclass(frozen=True, slots=True)
class TieStep:
    """What one criterion did to the applicants who stood equal at the last place."""

    criterion: str
    article: str
    admitted: tuple[str, ...]
    refused: tuple[str, ...]
    still_tied: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Selection:
    """The result of an extra selection (seleksi tambahan).

    `open_group` holds the applicants whom only the terminal step can separate, `open_places` how
    many of them go on, `terminal` what that step is (None: the pack names none).
    """

    rows: tuple[SelectionRow, ...]
    admitted: tuple[str, ...]
    steps: tuple[TieStep, ...]
    open_group: tuple[str, ...]
    open_places: int
    terminal: Terminal | None
    article: str

    @property
    def is_settled(self) -> bool:
        return not self.open_group


@dataclass(frozen=True, slots=True)
class _Border:
    """The state of a tie at the last place: who is in, who is out, who is still equal."""

    admitted: tuple[ScoreSheet, ...]
    refused: tuple[ScoreSheet, ...]
    tied: tuple[ScoreSheet, ...]
    steps: tuple[TieStep, ...] = ()
    terminal: Terminal | None = None

    def count_open(self, places: int) -> int:
        return places - len(self.admitted)


def select_candidates(
    *, rules: ScoringRules, sheets: Sequence[ScoreSheet], terminal_order: Sequence[str] = ()
) -> Selection:
    """Rank the sheets and say who goes on.

    Law: Permendagri 112/2014; at most `candidates.max` go on, equal scores at the last place
    are separated by `[[score_tie]]` in its order. `terminal_order` is the order that the terminal
    step brought, first is ahead; without it a tie that needs one stays open.
    """
    _require_complete(sheets, rules)
    ordered = sorted(sheets, key=lambda sheet: (_descending(sheet.ranks_by), sheet.applicant))
    border = _separate(_find_border(ordered, rules.places), rules)
    border = _finish(border, rules, terminal_order)
    admitted = {sheet.applicant for sheet in border.admitted}
    tied = {sheet.applicant for sheet in border.tied}
    return Selection(
        rows=tuple(_rows(ordered, admitted, tied)),
        admitted=tuple(sheet.applicant for sheet in ordered if sheet.applicant in admitted),
        steps=border.steps,
        open_group=tuple(sorted(tied)),
        open_places=border.count_open(rules.places) if tied else 0,
        terminal=border.terminal,
        article=rules.article,
    )


def _require_complete(sheets: Sequence[ScoreSheet], rules: ScoringRules) -> None:
    open_sheets = [sheet.applicant for sheet in sheets if not sheet.is_complete]
    if open_sheets:
        text = Text(
            "Penilaian belum lengkap untuk: {applicants}. Lengkapi setiap lembar sebelum urutan "
            "diumumkan.",
            applicants=", ".join(open_sheets),
        )
        raise RuleViolationError("scoring.incomplete", text, article=rules.article)
    names = [sheet.applicant for sheet in sheets]
    if len(set(names)) != len(names):
        text = Text("Satu pelamar mempunyai dua lembar penilaian. Hapus salah satunya.")
        raise MalformedInputError("scoring.double_sheet", text)


def _descending(key: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(-part for part in key)


def _find_border(ordered: Sequence[ScoreSheet], places: int) -> _Border:
    if len(ordered) <= places:
        return _Border(admitted=tuple(ordered), refused=(), tied=())
    last = ordered[places - 1].ranks_by
    ahead = tuple(sheet for sheet in ordered if sheet.ranks_by > last)
    equal = tuple(sheet for sheet in ordered if sheet.ranks_by == last)
    behind = tuple(sheet for sheet in ordered if sheet.ranks_by < last)
    if len(ahead) + len(equal) == places:
        return _Border(admitted=ahead + equal, refused=behind, tied=())
    return _Border(admitted=ahead, refused=behind, tied=equal)


def _separate(border: _Border, rules: ScoringRules) -> _Border:
    for criterion in rules.ties:
        if not border.tied:
            return border
        if criterion.terminal is not None:
            return replace(border, terminal=criterion.terminal)
        border = _apply_criterion(border, criterion, rules.places)
    return border


def _apply_criterion(border: _Border, criterion: TieCriterion, places: int) -> _Border:
    key = _tie_key(criterion)
    admitted: tuple[ScoreSheet, ...] = ()
    refused: tuple[ScoreSheet, ...] = ()
    tied: tuple[ScoreSheet, ...] = ()
    for _, members in groupby(sorted(border.tied, key=key), key=key):
        group = tuple(members)
        room = border.count_open(places) - len(admitted)
        if tied or room == 0:
            refused += group
        elif len(group) <= room:
            admitted += group
        else:
            tied = group
    step = TieStep(
        criterion=criterion.id,
        article=criterion.article,
        admitted=_names(admitted),
        refused=_names(refused),
        still_tied=_names(tied),
        text=_tell_step(criterion, admitted, refused, tied),
    )
    return _Border(
        admitted=border.admitted + admitted,
        refused=border.refused + refused,
        tied=tied,
        steps=(*border.steps, step),
    )


def _tie_key(criterion: TieCriterion) -> Callable[[ScoreSheet], Fraction]:
    sign = -1 if criterion.preference is Preference.HIGHER else 1

    def key(sheet: ScoreSheet) -> Fraction:
        line = sheet.find_line(item=criterion.item)
        if line is None or line.points is None:
            raise MalformedInputError(
                "scoring.tie_item",
                Text("Unsur “{item}” tidak ada pada lembar penilaian.", item=criterion.item),
            )
        is_number = criterion.basis is TieBasis.VALUE and isinstance(line.value, Fraction)
        found = line.value if is_number and isinstance(line.value, Fraction) else line.points
        return sign * found

    return key


def _finish(border: _Border, rules: ScoringRules, terminal_order: Sequence[str]) -> _Border:
    if not border.tied or border.terminal is None or not terminal_order:
        return border
    by_name = {sheet.applicant: sheet for sheet in border.tied}
    if sorted(terminal_order) != sorted(by_name):
        text = Text(
            "Urutan akhir harus memuat tepat pelamar yang masih sama: {applicants}.",
            applicants=", ".join(sorted(by_name)),
        )
        raise RuleViolationError("scoring.terminal_order", text, article=rules.article)
    room = border.count_open(rules.places)
    criterion = next(item for item in rules.ties if item.terminal is not None)
    admitted = tuple(by_name[name] for name in terminal_order[:room])
    refused = tuple(by_name[name] for name in terminal_order[room:])
    step = TieStep(
        criterion=criterion.id,
        article=criterion.article,
        admitted=_names(admitted),
        refused=_names(refused),
        still_tied=(),
        text=_tell_step(criterion, admitted, refused, ()),
    )
    return _Border(
        admitted=border.admitted + admitted,
        refused=border.refused + refused,
        tied=(),
        steps=(*border.steps, step),
        terminal=border.terminal,
    )


def _rows(
    ordered: Sequence[ScoreSheet], admitted: set[str], tied: set[str]
) -> Sequence[SelectionRow]:
    rows: list[SelectionRow] = []
    for position, sheet in enumerate(ordered, start=1):
        is_equal = bool(rows) and rows[-1].sheet.ranks_by == sheet.ranks_by
        place = rows[-1].place if is_equal else position
        decided = None if sheet.applicant in tied else sheet.applicant in admitted
        rows.append(SelectionRow(place, sheet, decided, _tell_row(sheet, place, decided)))
    return rows


def _names(sheets: Sequence[ScoreSheet]) -> tuple[str, ...]:
    return tuple(sorted(sheet.applicant for sheet in sheets))


def _tell_row(sheet: ScoreSheet, place: int, is_admitted: bool | None) -> Text:
    shown = show_number(value=sheet.total or Fraction(0))
    if is_admitted is None:
        return Text(
            "Peringkat {place} dengan nilai {total}, sama pada batas; menunggu langkah akhir.",
            place=place,
            total=shown,
        )
    if is_admitted:
        return Text("Peringkat {place} dengan nilai {total}: lolos.", place=place, total=shown)
    return Text("Peringkat {place} dengan nilai {total}: tidak lolos.", place=place, total=shown)


def _tell_step(
    criterion: TieCriterion,
    admitted: Sequence[ScoreSheet],
    refused: Sequence[ScoreSheet],
    tied: Sequence[ScoreSheet],
) -> Text:
    return Text(
        "{name}: lolos {admitted}; tidak lolos {refused}; masih sama {tied}.",
        name=criterion.name,
        admitted=", ".join(_names(admitted)) or "-",
        refused=", ".join(_names(refused)) or "-",
        tied=", ".join(_names(tied)) or "-",
    )
