"""The extra selection: two people enter each value from the evidence."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import (
    Candidacy,
    ScoreEntry,
    ScorePublication,
)
from pilkades.apps.elections.selectors.scores import (
    ENTRIES_NEEDED,
    read_value,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.scoring import (
    ScoreItem,
)
from pilkades.text import Text


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

    Allowed: who sits in the committee of the village.
    Requires: an applicant in a selection that is not published; an item, value and papers that the
    pack knows; at most two people for one cell.
    Effects: the entry; `score.entered`, with the value that stood there before.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    candidacy = Candidacy.objects.select_related("election").get(uuid=candidacy_uuid)
    context = lock_village_election(candidacy.election_id)

    require_seat(actor, context)

    require_running(context)
    require_selection(context)
    if candidacy.state != ApplicationState.ELIGIBLE:
        raise _not_in_selection(context)
    item = _get_item(context, item_id)
    _check_input(item, value, evidence)
    entries = list(candidacy.score_entries.filter(item_id=item_id))
    mine = _require_seat(entries, actor, expected_version)

    before = mine.value if mine else ""
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
        data={"item": item.id},
        # The second officer enters the same without seeing this; the sheet is public in the end.
        sealed={"value": entry.value, "value_before": before},
    )
    return entry


def require_selection(context: VillageElection) -> None:
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
