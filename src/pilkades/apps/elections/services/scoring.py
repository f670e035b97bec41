"""The extra selection: two people enter each value from the evidence, then all is published."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import (
    AnnouncementKind,
    Candidacy,
    ScoreEntry,
    ScorePublication,
)
from pilkades.apps.elections.selectors.scores import (
    ENTRIES_NEEDED,
    ScoreBoard,
    get_score_board,
    name_applicant,
    rank_board,
    read_value,
)
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
from pilkades.apps.elections.stored_texts import freeze_text
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent, ApplicationState
from pilkades.law.candidacy_rules import SELECTION_STEP
from pilkades.law.scoring import (
    ScoreItem,
    ScoreLine,
    Selection,
    SelectionRow,
    TieStep,
    show_number,
)
from pilkades.text import Text

CHAIR_ROLES = (Role.COMMITTEE_CHAIR,)


@transaction.atomic
def enter_score(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    item_id: str,
    value: str,
    evidence: Collection[str],
    decided_points: Decimal | None = None,
    note: str = "",
    expected_version: int = 0,
) -> ScoreEntry:
    """Enter what one officer reads from the evidence for one item; entering again corrects it.

    Allowed: the committee of the village.
    Requires: an applicant in a selection that is not published; an item, value and papers that the
    pack knows; at most two people for one cell.
    Effects: the entry; `score.entered`, with the value that stood there before.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    candidacy = Candidacy.objects.select_related("election").get(uuid=candidacy_uuid)
    context = lock_village_election(candidacy.election_id)

    require_role(actor, COMMITTEE_ROLES, context.village_code)

    require_running(context)
    _require_selection(context)
    if candidacy.state != ApplicationState.ELIGIBLE:
        raise _not_in_selection(context)
    item = _get_item(context, item_id)
    _check_input(item, value, evidence)
    entries = list(candidacy.score_entries.filter(item_id=item_id))
    mine = _require_seat(entries, actor, expected_version)

    before = mine.value if mine else None
    entry = mine or ScoreEntry(candidacy=candidacy, item_id=item_id, entered_by_id=actor.user_id)
    entry.value, entry.evidence, entry.note = value.strip(), sorted(evidence), note.strip()
    entry.decided_points, entry.entered_at = decided_points, now
    entry.version = expected_version + 1
    entry.save()

    append_file_event(
        event="score.entered",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=item.article,
        data={"item": item.id, "value": entry.value, "value_before": before},
    )
    return entry


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

    Allowed: the chair of the committee.
    Requires: two equal entries in every cell; a tie at the last place settled, by the order that
    the pack's last step brought and the paper that shows it.
    Effects: the publication, for good; who is not selected; the announcement; `score.published`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    context = lock_village_election(election_pk)

    require_role(actor, CHAIR_ROLES, context.village_code)

    require_running(context)
    _require_selection(context)
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


def _require_selection(context: VillageElection) -> None:
    """A selection is open from the decision on the path until its publication."""
    election = context.election
    is_published = ScorePublication.objects.filter(election=election).exists()
    is_decided = election.path_decisions.filter(
        act="select", confirmed_at__isnull=False, withdrawn_at__isnull=True
    ).exists()
    if is_decided and not is_published:
        return
    raise _not_in_selection(context)


def _not_in_selection(context: VillageElection) -> RuleViolationError:
    return RuleViolationError(
        "score.not-open",
        Text(
            "Tidak ada seleksi tambahan yang sedang berjalan untuk bakal calon ini: belum "
            "diputuskan, atau hasilnya sudah diumumkan dan tidak diubah lagi."
        ),
        article=context.scoring_rules.article,
    )


def _get_item(context: VillageElection, item_id: str) -> ScoreItem:
    for item in context.scoring_rules.items:
        if item.id == item_id:
            return item
    raise MalformedInputError(
        "scoring.items",
        Text("Unsur penilaian “{item}” tidak ada dalam paket aturan.", item=item_id),
    )


def _check_input(item: ScoreItem, value: str, evidence: Collection[str]) -> None:
    read_value(item, value)
    strangers = sorted(set(evidence) - set(item.evidence))
    if strangers:
        raise MalformedInputError(
            "score.evidence",
            Text(
                "Bukti {papers} tidak diminta untuk {name}.",
                papers=tuple(strangers),
                name=item.name,
            ),
        )


def _require_seat(
    entries: Sequence[ScoreEntry], actor: Actor, expected_version: int
) -> ScoreEntry | None:
    """Two people fill one cell; each corrects only their own entry."""
    mine = next((entry for entry in entries if entry.entered_by_id == actor.user_id), None)
    if mine is None and len(entries) >= ENTRIES_NEEDED:
        raise ConflictError(
            "score.two-people",
            Text(
                "Unsur ini sudah diisi dua petugas lain. Bila isian mereka berbeda, mereka sendiri "
                "yang memperbaikinya."
            ),
        )
    if (mine.version if mine else 0) != expected_version:
        raise ConflictError(
            "score.stale",
            Text(
                "Isian Anda untuk unsur ini sudah berubah menjadi “{value}”. Muat ulang halaman.",
                value=mine.value if mine else "-",
            ),
        )
    return mine


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
