"""Every change of a voter's entry: who, what, why, and its event in the ledger.

`add_entry`, `correct_entry`, `remove_entry` and `restore_entry` are acts of the committee.
`write_entries` and `record_changes` are their bulk counterparts for services that authorise and
record one event for many entries (imports, allocation). Nobody is ever deleted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.models import (
    ChangeKind,
    Roll,
    RollChange,
    RollEntry,
    RollImport,
    RollStage,
    RollState,
)
from pilkades.apps.roll.naming import search_form
from pilkades.apps.roll.services.rolls import LOCK_STEP, lock_roll, lock_roll_of, require_open
from pilkades.apps.roll.services.voters import (
    VOTER_FIELDS,
    Voter,
    clean_voter,
    read_voter,
)
from pilkades.errors import ConflictError, MalformedInputError
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
STAGES: Mapping[str, RollStage] = {
    RollState.DRAFT: RollStage.PROVISIONAL,
    RollState.PROVISIONAL: RollStage.SUPPLEMENTARY,
    RollState.ANNOUNCED: RollStage.SUPPLEMENTARY,
    RollState.SUPPLEMENTED: RollStage.SUPPLEMENTARY,
}
"""In which list somebody is written who comes while the roll is in a state; else the DPT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One entry with the fields that changed, as they were and as they are."""

    entry: RollEntry
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@transaction.atomic
def add_entry(
    *, actor: Actor, now: datetime, election_pk: int, voter: Voter, reason: str
) -> RollEntry:
    """Write one person on the roll.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; a NIK that no standing entry of it bears.
    Effects: the entry, in the list of the roll's state, numbered if that is. `roll.entry_added`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    roll = lock_roll_of(context, now=now)
    require_open(roll, context)
    cleaned = clean_voter(voter, today=context.local_date(now), village_code=context.village_code)
    refuse_known_nik(roll, cleaned.nik)

    entry = build_entry(roll, cleaned)
    entry.number = _next_number(roll)
    entry.save()

    after = {name: value for name in VOTER_FIELDS if (value := getattr(cleaned, name))}
    record_change(
        entry=entry,
        kind=ChangeKind.ADDED,
        before={},
        after=after,
        reason=clean_reason(reason),
        actor=actor,
        now=now,
        context=context,
    )
    return entry


@transaction.atomic
def correct_entry(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected_version: int,
    voter: Voter,
    reason: str,
) -> RollEntry:
    """Put the particulars of an entry right; where nothing differs, nothing is recorded.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked, a standing entry, the entry as it was seen.
    Effects: the changed fields; `roll.entry_corrected` names them without their values.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    entry, roll, context = lock_entry(entry_uuid=entry_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_open(roll, context)
    require_standing(entry)
    cleaned = clean_voter(voter, today=context.local_date(now), village_code=context.village_code)
    before, after = compare_voters(read_voter(entry), cleaned)
    if not after:
        return entry
    if "nik" in after:
        refuse_known_nik(roll, cleaned.nik, besides=entry)

    _fill(entry, cleaned)
    save_entry(entry)

    record_change(
        entry=entry,
        kind=ChangeKind.CORRECTED,
        before=before,
        after=after,
        reason=clean_reason(reason),
        actor=actor,
        now=now,
        context=context,
    )
    return entry


@transaction.atomic
def remove_entry(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected_version: int,
    reason: str,
    kind: ChangeKind = ChangeKind.REMOVED,
) -> RollEntry:
    """Strike an entry: it stays on record with the reason, and no longer counts.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked, a standing entry; `kind` REMOVED or MERGED.
    Effects: the entry is struck; `roll.entry_removed` or `roll.entry_merged`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    entry, roll, context = lock_entry(entry_uuid=entry_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_open(roll, context)
    require_standing(entry)
    cleaned = clean_reason(reason)

    entry.is_removed, entry.removed_reason = True, cleaned
    save_entry(entry)

    record_change(
        entry=entry,
        kind=ChangeKind.MERGED if kind == ChangeKind.MERGED else ChangeKind.REMOVED,
        before={},
        after={},
        reason=cleaned,
        actor=actor,
        now=now,
        context=context,
    )
    return entry


@transaction.atomic
def restore_entry(
    *, actor: Actor, now: datetime, entry_uuid: UUID, expected_version: int, reason: str
) -> RollEntry:
    """Take back a strike.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked, a struck entry, no standing entry with the same NIK.
    Effects: the entry counts again; `roll.entry_restored`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    entry, roll, context = lock_entry(entry_uuid=entry_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_open(roll, context)
    if not entry.is_removed:
        raise ConflictError(
            "entry.standing", Text("Pemilih ini tidak sedang dicoret; tidak ada yang diubah.")
        )
    cleaned = clean_reason(reason)
    refuse_known_nik(roll, entry.nik, besides=entry)

    entry.is_removed, entry.removed_reason = False, ""
    if entry.number is None:
        entry.number = _next_number(roll)
    save_entry(entry)

    record_change(
        entry=entry,
        kind=ChangeKind.RESTORED,
        before={},
        after={},
        reason=cleaned,
        actor=actor,
        now=now,
        context=context,
    )
    return entry


# --- What other services of the roll build on --------------------------------------------------


def lock_entry(
    *, entry_uuid: UUID, expected_version: int
) -> tuple[RollEntry, Roll, VillageElection]:
    """An entry with its roll and election; the roll is taken first, so nobody locks it meanwhile.

    Raises: `RollEntry.DoesNotExist`, ConflictError.
    """
    roll_uuid = RollEntry.objects.values_list("roll__uuid", flat=True).get(uuid=entry_uuid)
    roll, context = lock_roll(roll_uuid=roll_uuid)
    entry = (
        RollEntry.objects.select_for_update(of=("self",))
        .select_related("hamlet")
        .get(uuid=entry_uuid)
    )
    if entry.version != expected_version:
        raise ConflictError(
            "entry.stale",
            Text(
                "Data {name} sudah diubah orang lain sejak Anda membukanya. Isian Anda belum "
                "disimpan dan masih ada di layar ini. Periksa keadaan terbaru, lalu simpan lagi.",
                name=entry.full_name,
            ),
        )
    return entry, roll, context


def save_entry(entry: RollEntry) -> None:
    """Save an entry with its next version."""
    entry.version += 1
    entry.save()


def build_entry(roll: Roll, voter: Voter, *, source_import: RollImport | None = None) -> RollEntry:
    """An entry that is not saved yet; the voter is clean already."""
    entry = RollEntry(
        roll=roll,
        stage=STAGES.get(roll.state, RollStage.FINAL),
        source_import=source_import,
    )
    _fill(entry, voter)
    return entry


def write_entries(
    *,
    roll: Roll,
    voters: Sequence[Voter],
    actor: Actor,
    now: datetime,
    reason: str,
    event: UUID,
    source_import: RollImport | None = None,
) -> list[RollEntry]:
    """Write many people at once, each with a change that points to the one event.

    Allowed: the calling service, which has authorised, locked the roll, cleaned the voters and
    appended the event; inside its transaction.
    """
    number = _next_number(roll)
    entries = [build_entry(roll, voter, source_import=source_import) for voter in voters]
    if number is not None:
        for place, entry in enumerate(entries):
            entry.number = number + place
    RollEntry.objects.bulk_create(entries, batch_size=500)
    changes = [
        EntryChange(
            entry=entry,
            before={},
            after={name: value for name in VOTER_FIELDS if (value := getattr(voter, name))},
        )
        for entry, voter in zip(entries, voters, strict=True)
    ]
    record_changes(changes, kind=ChangeKind.ADDED, reason=reason, actor=actor, now=now, event=event)
    return entries


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


def refuse_known_nik(roll: Roll, nik: str, *, besides: RollEntry | None = None) -> None:
    """One person stands once on a roll.

    Raises: ConflictError where a standing entry bears the NIK.
    """
    if not nik:
        return
    found = RollEntry.objects.filter(roll=roll, nik_index=nik, is_removed=False)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    known = found.first()
    if known is not None:
        raise ConflictError(
            "entry.known-nik",
            Text(
                "NIK ini sudah ada di daftar atas nama {name}. Satu orang didaftar satu kali; "
                "periksa nomornya, atau perbaiki data yang sudah ada.",
                name=known.full_name,
            ),
        )


def require_standing(entry: RollEntry) -> None:
    """Refuse to work on a struck entry.

    Raises: ConflictError.
    """
    if entry.is_removed:
        raise ConflictError(
            "entry.removed",
            Text(
                "{name} sudah dicoret dari daftar. Pulihkan lebih dahulu bila pencoretan itu "
                "keliru.",
                name=entry.full_name,
            ),
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


def _fill(entry: RollEntry, voter: Voter) -> None:
    for name in VOTER_FIELDS:
        setattr(entry, name, getattr(voter, name))
    entry.search_name = search_form(voter.full_name)


def _next_number(roll: Roll) -> int | None:
    """The number after the last one of a numbered list; None while the list is being made."""
    if roll.state == RollState.DRAFT:
        return None
    last: int | None = roll.entries.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Hamlet):
        return value.name
    return value
