"""The rows of the board as HTML, written by hand: one template tag per cell would take seconds.

Looks exactly like the components `status` and `table` of the design app.
"""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from pilkades.apps.design.formats import format_short_date
from pilkades.apps.elections.models import ElectionState
from pilkades.apps.elections.selectors.board import Board, BoardCell, BoardRow
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.words import get_state_kind, name_stage, name_state, name_step

ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
    "info": "info",
    "idle": "circle-dashed",
}
# Where nothing is due any more, a date would only distract.
DATELESS = (StepState.DONE, StepState.DROPPED, StepState.CONDITIONAL)


def get_column_names(board: Board) -> list[str]:
    """The heads of the columns: four stages, or the steps of one."""
    return [name_stage(c) if isinstance(c, str) else name_step(c) for c in board.columns]


def render_rows(board: Board) -> SafeString:
    """All rows of the table's body."""
    names = get_column_names(board)
    tags = {state: _render_tag(state) for state in StepState}
    # Every piece was escaped by format_html; joining them adds nothing of a user's.
    return mark_safe("\n".join(_render_row(row, names, tags) for row in board.rows))  # noqa: S308


def _render_row(row: BoardRow, names: list[str], tags: dict[StepState, SafeString]) -> SafeString:
    village = row.election.village
    is_active = row.election.state == ElectionState.ACTIVE
    cells = "".join(
        _render_cell(cell, name, tags, is_dated=is_active)
        for cell, name in zip(row.cells, names, strict=True)
    )
    return format_html(
        '<tr><th scope="row"><span><a href="{}">{}</a>{}<span class="cell-note">{}</span></span>'
        '</th>{}<td data-label="{}">{}</td></tr>',
        reverse("elections:village-timetable", args=[row.election.uuid]),
        village.name,
        _render_resting(row),
        _write_place(row),
        mark_safe(cells),  # noqa: S308
        gettext("Langkah berikut"),
        _render_next(row),
    )


def _write_place(row: BoardRow) -> str:
    """The district; and the day on which a rehearsal stands that has a moment of its own."""
    name = row.election.village.district.name
    return f"{name} · {format_short_date(row.day)}" if row.election.simulated_at else name


def _render_cell(
    cell: BoardCell | None, name: str, tags: dict[StepState, SafeString], *, is_dated: bool
) -> SafeString:
    if cell is None:
        return format_html('<td data-label="{}">–</td>', name)
    return format_html(
        '<td data-label="{}"><span>{}<span class="cell-note">{}</span></span></td>',
        name,
        tags[cell.state],
        _write_note(cell, is_dated=is_dated),
    )


def _write_note(cell: BoardCell, *, is_dated: bool) -> str:
    count = f"{cell.done_count}/{cell.step_count}" if cell.step_count else ""
    has_due = cell.due_date is not None and is_dated and cell.state not in DATELESS
    due = format_short_date(cell.due_date) if has_due and cell.due_date else ""
    return " · ".join(part for part in (count, due) if part)


def _render_next(row: BoardRow) -> SafeString:
    entry = row.next_step
    if entry is None or row.election.state != ElectionState.ACTIVE:
        return mark_safe("–")
    return format_html(
        '<span>{}<span class="cell-note">{}</span></span>',
        name_step(entry.step),
        format_short_date(entry.step.end_date),
    )


def _render_resting(row: BoardRow) -> SafeString:
    if row.election.state == ElectionState.ACTIVE:
        return mark_safe("")
    return format_html(
        ' <span class="status status-warn"><span>{}</span></span>',
        row.election.get_state_display(),
    )


def _render_tag(state: StepState) -> SafeString:
    kind = get_state_kind(state)
    return format_html(
        '<span class="status status-{}"><svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"/></svg> <span>{}</span></span>',
        kind,
        static("design/build/icons.svg"),
        ICONS[kind],
        name_state(state),
    )
