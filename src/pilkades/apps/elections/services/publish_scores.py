"""The result of the extra selection: sheets, ranking and tie, published for good."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import AnnouncementKind, ScorePublication
from pilkades.apps.elections.selectors.scores import (
    ScoreBoard,
    get_score_board,
    name_applicant,
    rank_board,
)
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
from pilkades.apps.elections.services.scoring import require_selection
from pilkades.apps.elections.services.seats import require_chair
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent
from pilkades.law.candidacy_rules import SELECTION_STEP
from pilkades.law.scoring import (
    ScoreLine,
    Selection,
    SelectionRow,
    TieStep,
    show_number,
)
from pilkades.text import Text


@transaction.atomic
def publish_scores(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    terminal_order: Sequence[str] = (),
    terminal_reference: str = "",
) -> ScorePublication:
    """Publish sheets, ranking and the trace of a tie, and let the selection take effect.

    Allowed: the chair by the decree on the committee.
    Requires: two equal entries in every cell; a tie at the last place settled, by the order that
    the pack's last step brought and the paper that shows it.
    Effects: the publication, for good; who is not selected; the announcement; `score.published`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_chair(actor, context)

    require_running(context)
    require_selection(context)
    board = get_score_board(context)
    _require_agreed(context, board)
    if terminal_order and not terminal_reference.strip():
        raise MalformedInputError(
            "score.terminal-reference",
            Text("Tulis nomor berita acara yang menunjukkan hasil langkah akhir."),
        )
    selection = rank_board(context, board, terminal_order=terminal_order)
    _require_settled(context, selection)

    content = describe_selection(selection)
    publication = ScorePublication.objects.create(
        election=context.election,
        content=content,
        sha256=hashlib.sha256(rfc8785.dumps(content)).hexdigest(),
        terminal_order=list(terminal_order),
        terminal_reference=terminal_reference.strip(),
        published_by_id=actor.user_id,
        published_at=now,
    )
    _select_out(context, board, selection, actor, now)
    record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=AnnouncementKind.SCORES,
        sentences=tuple(
            Text("{name}: {why}", name=row.sheet.applicant, why=row.why) for row in selection.rows
        ),
        article=selection.article,
    )
    mark_step(
        election=context.election,
        step_id=SELECTION_STEP,
        actor=actor,
        now=now,
        finished_on=context.local_date(now),
    )

    append(
        event="score.published",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=selection.article,
        data={"sha256": publication.sha256, "admitted": len(selection.admitted)},
    )
    return publication


def describe_selection(selection: Selection) -> dict[str, Any]:
    """The selection as the published JSON: every line with points, weight, reason and article."""
    return {
        "rows": [_describe_row(row) for row in selection.rows],
        "tie_steps": [_describe_step(step) for step in selection.steps],
        "article": selection.article,
    }


def _describe_row(row: SelectionRow) -> dict[str, Any]:
    return {
        "place": row.place,
        "applicant": row.sheet.applicant,
        "total": show_number(value=row.sheet.total) if row.sheet.total is not None else "",
        "is_admitted": row.is_admitted,
        "why": freeze_text(row.why),
        "sum": freeze_text(row.sheet.why),
        "lines": [_describe_line(line) for line in row.sheet.lines],
    }


def _describe_line(line: ScoreLine) -> dict[str, Any]:
    is_number = line.value is not None and not isinstance(line.value, str)
    shown = show_number(value=line.value) if is_number else (line.value or "")  # type: ignore[arg-type]
    return {
        "item": line.item,
        "name": line.name,
        "value": shown,
        "points": "" if line.points is None else show_number(value=line.points),
        "weight_percent": show_number(value=line.weight * 100),
        "product": "" if line.product is None else show_number(value=line.product),
        "state": line.state.value,
        "why": freeze_text(line.why),
        "article": line.article,
    }


def _describe_step(step: TieStep) -> dict[str, Any]:
    return {
        "criterion": step.criterion,
        "article": step.article,
        "admitted": list(step.admitted),
        "refused": list(step.refused),
        "still_tied": list(step.still_tied),
        "text": freeze_text(step.text),
    }


def _require_agreed(context: VillageElection, board: ScoreBoard) -> None:
    for cell in board.cells.values():
        if cell.is_agreed:
            continue
        text = (
            Text(
                "Dua petugas mengisi {item} untuk {name} secara berbeda. Periksa buktinya bersama, "
                "lalu perbaiki isian yang keliru.",
                item=cell.item.name,
                name=name_applicant(cell.candidacy),
            )
            if cell.is_different
            else Text(
                "{item} untuk {name} belum diisi oleh dua petugas.",
                item=cell.item.name,
                name=name_applicant(cell.candidacy),
            )
        )
        raise RuleViolationError("scoring.incomplete", text, article=cell.item.article)


def _require_settled(context: VillageElection, selection: Selection) -> None:
    if selection.is_settled:
        return
    raise RuleViolationError(
        "scoring.tie-open",
        Text(
            "Nilai pada batas masih sama: {names}. {places} tempat tersisa. Jalankan langkah akhir "
            "menurut paket aturan, lalu isi urutannya.",
            names=selection.open_group,
            places=selection.open_places,
        ),
        article=selection.article,
    )


def _select_out(
    context: VillageElection,
    board: ScoreBoard,
    selection: Selection,
    actor: Actor,
    now: datetime,
) -> None:
    admitted = set(selection.admitted)
    for candidacy in board.candidacies:
        if name_applicant(candidacy) in admitted:
            continue
        candidacy.state = next_state(
            context=context,
            candidacy=candidacy,
            event=ApplicationEvent.SELECT_OUT,
            by="panitia",
        )
        save_file(candidacy, fields=["state"])
        append_file_event(
            event="candidacy.not_selected",
            candidacy=candidacy,
            context=context,
            actor=actor,
            now=now,
            article=selection.article,
        )
