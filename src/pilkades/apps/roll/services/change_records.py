"""What is kept of every change: who, what, why, the values sealed, and its event in the ledger.

`record_change` appends one event for one entry; `record_changes` keeps many changes that belong to
one event of their caller (an import, an allocation).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import ChangeKind, RollChange, RollEntry
from pilkades.apps.roll.services.rolls import LOCK_STEP
from pilkades.apps.roll.services.voters import VOTER_FIELDS, Voter
from pilkades.errors import MalformedInputError
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

REASON_MAX = 200
EVENTS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "roll.entry_added",
    ChangeKind.CORRECTED: "roll.entry_corrected",
    ChangeKind.REMOVED: "roll.entry_removed",
    ChangeKind.RESTORED: "roll.entry_restored",
    ChangeKind.MERGED: "roll.entry_merged",
    ChangeKind.ALLOCATED: "roll.entry_allocated",
    ChangeKind.ANNOTATED: "roll.entry_annotated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One entry with the fields that changed, as they were and as they are."""

    entry: RollEntry
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def record_change(
    *,
    entry: RollEntry,
    kind: ChangeKind,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str,
    actor: Actor | None,
    now: datetime,
    context: VillageElection,
    data: Mapping[str, Datum] | None = None,
) -> RollChange:
    """Append the event of one change and keep what changed, sealed.

    Allowed: the calling service, which has authorised its act; inside its transaction.
    Effects: the event names the fields; reason and values are salted commitments, the values' salt
    stays with the change and is erased with it.
    """
    before_json, after_json = format_values(before), format_values(after)
    salt, commitment = commit_to(f"{before_json}\n{after_json}")
    names = sorted({*before, *after})
    event = append_sealed(
        event=EVENTS[kind],
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll_entry:{entry.uuid}",
        article=context.article_of(LOCK_STEP),
        data={
            "stage": entry.stage,
            "fields": list[Any](names),
            "values_commitment": commitment,
            **(data or {}),
        },
        sealed={"reason": reason},
    )
    return RollChange.objects.create(
        entry=entry,
        kind=kind,
        fields=names,
        before=before_json,
        after=after_json,
        values_salt=salt,
        reason=reason,
        made_by_id=actor.user_id if actor and actor.is_signed_in else None,
        made_at=now,
        event=event,
    )


def record_changes(
    changes: Iterable[EntryChange],
    *,
    kind: ChangeKind,
    reason: str,
    actor: Actor,
    now: datetime,
    event: UUID,
) -> None:
    """Keep many changes that belong to one event; see `write_entries` for who may."""
    RollChange.objects.bulk_create(
        (
            RollChange(
                entry=change.entry,
                kind=kind,
                fields=sorted({*change.before, *change.after}),
                before=format_values(change.before),
                after=format_values(change.after),
                reason=reason,
                made_by_id=actor.user_id or None,
                made_at=now,
                event=event,
            )
            for change in changes
        ),
        batch_size=500,
    )


def compare_voters(old: Voter, new: Voter) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in which two differ, as they were and as they are."""
    names = [name for name in VOTER_FIELDS if getattr(old, name) != getattr(new, name)]
    return {n: getattr(old, n) for n in names}, {n: getattr(new, n) for n in names}


def format_values(values: Mapping[str, Any]) -> str:
    """Canonical JSON of changed fields; empty for none."""
    if not values:
        return ""
    return json.dumps(
        {name: _plain(value) for name, value in values.items()},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def clean_reason(reason: str) -> str:
    """The reason of a change, which nobody may leave out.

    Raises: MalformedInputError.
    """
    cleaned = " ".join(reason.split())
    if not cleaned or len(cleaned) > REASON_MAX:
        raise MalformedInputError(
            "entry.reason",
            Text(
                "Tulis alasan perubahan ini, paling banyak {limit} huruf. Alasan itu tercatat "
                "bersama nama Anda.",
                limit=REASON_MAX,
            ),
        )
    return cleaned


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Hamlet):
        return value.name
    return value
