"""Writes an import onto the roll, all of it or nothing, and takes it back while that is honest."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.hamlets import add_hamlet
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.jobs.registry import JobHandle, Json, register_job
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.models import (
    ImportState,
    RollChange,
    RollEntry,
    RollImport,
    RollState,
)
from pilkades.apps.roll.selectors.imports import build_setting, find_known_niks, read_row
from pilkades.apps.roll.services.change_records import clean_reason
from pilkades.apps.roll.services.changes import STAGES, write_entries
from pilkades.apps.roll.services.imports import (
    forget_content,
    lock_import,
    require_undecided,
    save_import,
)
from pilkades.apps.roll.services.imports_mending import mark_known
from pilkades.apps.roll.services.rolls import LOCK_STEP, lock_roll, require_open
from pilkades.apps.roll.services.voters import Voter, clean_voter
from pilkades.apps.roll.spreadsheets.judging_places import HamletNames
from pilkades.errors import ConflictError
from pilkades.text import Text

ACCEPT_JOB = "roll.accept_import"
BATCH_ROWS = 500
_DAYS = ("birth_date", "resident_since")


@register_job(ACCEPT_JOB, title=Text("Menulis impor ke daftar pemilih"))
def accept_import(
    job: JobHandle, *, actor: Actor, import_uuid: str, expected_version: int
) -> Mapping[str, Json]:
    """Write every row of an import that is not kept out onto the roll.

    Allowed: who sits in the committee.
    Requires: an import that was read and is as the actor saw it; a roll that is not locked; at
    least one row; no row that is kept out, except those left out; no NIK that came onto the roll
    meanwhile.
    Effects: hamlets that were added, the entries with a change each, `roll.imported`; all of it in
    one transaction, so that a power cut leaves the draft as it was.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError, JobCancelled.
    """
    niks: dict[int, str] = {}
    try:
        with transaction.atomic():
            return _accept(
                job, actor, UUID(import_uuid), expected_version=expected_version, niks=niks
            )
    except ConflictError as error:
        if error.code == "import.known-nik":
            with transaction.atomic():
                source, _ = lock_import(UUID(import_uuid))
                mark_known(source, niks)
                save_import(source, [])
        raise


@transaction.atomic
def undo_import(
    *, actor: Actor, now: datetime, import_uuid: UUID, expected_version: int, reason: str
) -> RollImport:
    """Take an accepted import off the roll again; the draft with its mendings stands as before.

    Allowed: who sits in the committee.
    Requires: a roll whose DPS is not fixed; entries that nobody has touched since.
    Effects: the entries are gone, since they were nobody's knowledge yet; `roll.import_undone`.
    Hamlets that it added stay.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    source, context = lock_import(import_uuid, expected_version=expected_version)
    roll, _ = lock_roll(roll_uuid=source.roll.uuid)

    require_seat(actor, context)

    cleaned = clean_reason(reason)
    if source.state != ImportState.ACCEPTED:
        raise ConflictError(
            "import.not-accepted", Text("Impor ini tidak sedang berlaku. Tidak ada yang berubah.")
        )
    require_open(roll, context)
    if roll.state != RollState.DRAFT:
        raise ConflictError(
            "import.fixed",
            Text(
                "DPS sudah ditetapkan, sehingga impor tidak dapat dibatalkan sekaligus. Coret atau "
                "perbaiki pemilihnya satu per satu dengan alasan."
            ),
        )
    _refuse_touched(source)

    removed = source.entries.count()
    RollEntry.objects.filter(source_import=source).delete()
    source.state, source.undone_at = ImportState.READ, now
    source.decided_by = source.decided_at = source.event = None
    source.accepted_count = 0
    save_import(
        source, ["state", "undone_at", "decided_by", "decided_at", "event", "accepted_count"]
    )

    append_sealed(
        event="roll.import_undone",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll_import:{source.uuid}",
        article=context.article_of(LOCK_STEP),
        data={"removed": removed},
        sealed={"reason": cleaned},
    )
    return source


@transaction.atomic
def forget_accepted_imports(*, now: datetime, roll_pk: int) -> int:
    """Erase files and rows of imports that can no longer be undone; how many there were.

    Allowed: the service that fixes the roll, or the job of deletion dates.
    Effects: what the roll holds itself is not kept twice.
    """
    forgotten = 0
    accepted = RollImport.objects.filter(roll_id=roll_pk, state=ImportState.ACCEPTED)
    for source in accepted.select_for_update():
        if source.file is not None or source.rows.exists():
            forget_content(source, now=now)
            forgotten += 1
    return forgotten


def count_touched(source: RollImport) -> int:
    """How many entries of an import somebody or something has worked on since."""
    touched = Q(version__gt=1) | Q(is_removed=True) | Q(station__isnull=False)
    found = set(source.entries.filter(touched).values_list("pk", flat=True))
    for relation in RollEntry._meta.related_objects:
        rows = relation.related_model._default_manager.filter(
            **{f"{relation.field.name}__source_import": source}
        )
        if relation.related_model is RollChange:
            rows = rows.exclude(event=source.event)
        found |= set(rows.values_list(relation.field.name, flat=True))
    return len(found)


def _accept(
    job: JobHandle,
    actor: Actor,
    import_uuid: UUID,
    *,
    expected_version: int,
    niks: dict[int, str],
) -> Mapping[str, Json]:
    source, context = lock_import(import_uuid, expected_version=expected_version)
    roll, _ = lock_roll(roll_uuid=source.roll.uuid)

    require_seat(actor, context)

    now = job.now()
    require_undecided(source)
    require_open(roll, context)
    values = _read_all(job, source, context, now=now)
    niks.update({pk: row.get("nik", "") for pk, row in values.items()})
    _refuse_known(source, niks)
    hamlets = _make_hamlets(
        source, {row["hamlet"] for row in values.values() if "hamlet" in row},
        actor=actor, now=now, context=context,
    )  # fmt: skip
    today = context.local_date(now)
    voters = [
        clean_voter(_build_voter(row, hamlets), today=today, village_code=context.village_code)
        for row in values.values()
    ]

    source.file_salt, commitment = commit_to(source.file_sha256)
    source.event = append(
        event="roll.imported",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll_import:{source.uuid}",
        article=context.article_of(LOCK_STEP),
        data={
            "stage": str(STAGES.get(roll.state, "dpt")),
            "added": len(voters),
            "left_out": source.rows.filter(is_skipped=True).count(),
            "mended": source.rows.filter(is_skipped=False, is_mended=True).count(),
            "file_commitment": commitment,
        },
    )
    for start in range(0, len(voters), BATCH_ROWS):
        job.report(len(voters) + start, 2 * len(voters), Text("Menulis ke daftar pemilih"))
        write_entries(
            roll=roll,
            voters=voters[start : start + BATCH_ROWS],
            actor=actor,
            now=now,
            reason=f"Impor {source.file_name}",
            event=source.event,
            source_import=source,
        )
    source.state, source.accepted_count = ImportState.ACCEPTED, len(voters)
    source.decided_by_id, source.decided_at = actor.user_id, now
    save_import(
        source,
        ["state", "accepted_count", "decided_by", "decided_at", "event", "file_salt"],
    )
    return {"added": len(voters)}


def _read_all(
    job: JobHandle, source: RollImport, context: VillageElection, *, now: datetime
) -> dict[int, Mapping[str, str]]:
    """The values of all rows that count, by key; read anew, since days and hamlets may differ.

    Raises: ConflictError where a row is kept out, or none is there.
    """
    setting = build_setting(context, source, now=now)
    kept = source.rows.filter(is_skipped=False)
    total = kept.count()
    values: dict[int, Mapping[str, str]] = {}
    blocked = 0
    for row in kept.iterator(chunk_size=BATCH_ROWS):
        if len(values) % BATCH_ROWS == 0:
            job.report(len(values), 2 * total, Text("Membaca baris yang diterima"))
        reading = read_row(row, setting)
        blocked += row.severity == 2 or reading.severity == 2
        values[row.pk] = reading.values
    if source.state != ImportState.READ or not values:
        raise ConflictError(
            "import.nothing",
            Text("Tidak ada baris yang dapat ditulis ke daftar. Tidak ada yang berubah."),
        )
    if blocked:
        raise ConflictError(
            "import.blocked",
            Text(
                "{count} baris masih terhalang. Perbaiki, atau tinggalkan baris itu, lalu terima "
                "lagi. Tidak ada yang berubah.",
                count=blocked,
            ),
        )
    return values


def _refuse_known(source: RollImport, niks: Mapping[int, str]) -> None:
    known = find_known_niks(source, set(niks.values()) - {""})
    if known:
        raise ConflictError(
            "import.known-nik",
            Text(
                "{count} orang di berkas ini sementara itu sudah masuk daftar. Barisnya sekarang "
                "ditandai; tidak ada yang disimpan. Periksa, lalu terima lagi.",
                count=len(known),
            ),
        )


def _make_hamlets(
    source: RollImport,
    used: set[str],
    *,
    actor: Actor,
    now: datetime,
    context: VillageElection,
) -> Mapping[str, Hamlet]:
    """The hamlets by name; those that the import adds are made now, if a row still names them."""
    there = {hamlet.name: hamlet for hamlet in list_hamlets(context.village_code)}
    names = HamletNames.of(list(there))
    for name in source.new_hamlets:
        if name in used and names.find(name) is None:
            made = add_hamlet(actor=actor, now=now, village_code=context.village_code, name=name)
            there[name] = there[made.name] = made
    return {name: there[names.find(name) or name] for name in used}


def _build_voter(values: Mapping[str, str], hamlets: Mapping[str, Hamlet]) -> Voter:
    fields: dict[str, Any] = dict(values)
    for name in _DAYS:
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    if "hamlet" in fields:
        fields["hamlet"] = hamlets[fields["hamlet"]]
    return Voter(**fields)


def _refuse_touched(source: RollImport) -> None:
    touched = count_touched(source)
    if touched:
        raise ConflictError(
            "import.touched",
            Text(
                "{count} pemilih dari impor ini sudah diubah, dikunjungi, dilaporkan atau dibagi "
                "ke TPS sesudah diimpor. Impor tidak dapat dibatalkan tanpa menghapus pekerjaan "
                "itu; perbaiki atau coret pemilihnya satu per satu. Tidak ada yang berubah.",
                count=touched,
            ),
        )
