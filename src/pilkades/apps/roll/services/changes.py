"""Acts that change who stands on the roll, or what it says of them; each is on record.

`add_entry`, `correct_entry`, `remove_entry` and `restore_entry` are acts of the committee.
`write_entries` is the bulk counterpart for an import, which authorises and records one event for
many entries. Nobody is ever deleted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import (
    ChangeKind,
    Roll,
    RollEntry,
    RollImport,
    RollStage,
    RollState,
)
from pilkades.apps.roll.naming import search_form
from pilkades.apps.roll.services.change_records import (
    EntryChange,
    clean_reason,
    compare_voters,
    record_change,
    record_changes,
)
from pilkades.apps.roll.services.rolls import lock_roll, lock_roll_of, require_open
from pilkades.apps.roll.services.voters import (
    VOTER_FIELDS,
    Voter,
    clean_voter,
    read_voter,
)
from pilkades.errors import ConflictError
from pilkades.text import Text

STAGES: Mapping[str, RollStage] = {
    RollState.DRAFT: RollStage.PROVISIONAL,
    RollState.PROVISIONAL: RollStage.SUPPLEMENTARY,
    RollState.ANNOUNCED: RollStage.SUPPLEMENTARY,
    RollState.SUPPLEMENTED: RollStage.SUPPLEMENTARY,
}
"""In which list somebody is written who comes while the roll is in a state; else the DPT."""


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
