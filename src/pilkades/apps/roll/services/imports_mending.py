"""Mends rows of an import: one by one, all of a kind, by hand; or leaves them out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import ImportRow, RollImport
from pilkades.apps.roll.selectors.imports import (
    LEFT_OUT,
    ON_ROLL,
    TWICE,
    build_setting,
    find_known_niks,
    find_mending,
    join_codes,
    read_row,
    with_code,
)
from pilkades.apps.roll.services.imports import lock_import, require_undecided, save_import
from pilkades.apps.roll.services.imports_reading import renew_codes, set_code
from pilkades.apps.roll.spreadsheets.fields import FIELDS
from pilkades.apps.roll.spreadsheets.judging import Setting
from pilkades.errors import ConflictError
from pilkades.text import Text

BATCH_ROWS = 500
CHANGING_FIELDS = ("cells", "nik_index", "codes", "severity", "is_skipped", "is_mended")


@transaction.atomic
def mend_rows(
    *,
    actor: Actor,
    now: datetime,
    import_uuid: UUID,
    code: str,
    key: str,
    row_uuid: UUID | None = None,
) -> int:
    """Apply an offered mending to one row, or to every row of the kind that is offered the same.

    Allowed: who sits in the committee.
    Requires: an undecided import; rows that are still offered this mending.
    Effects: the rows; a hamlet that the mending names is noted and made when the import is
    accepted. Returns how many rows were mended.
    Raises: PermissionDenied, ConflictError.
    """
    source, context = lock_import(import_uuid)

    require_seat(actor, context)

    require_undecided(source)
    setting = build_setting(context, source, now=now)
    rows = source.rows.select_for_update().filter(with_code(code), is_skipped=False)
    mended = []
    for row in rows.filter(uuid=row_uuid) if row_uuid else rows:
        mending = find_mending(read_row(row, setting), code=code, key=key)
        if mending is not None:
            _write(row, mending.changes)
            _note_hamlet(source, mending.new_hamlet)
            mended.append(row)
    if not mended:
        raise ConflictError(
            "import.mended",
            Text("Masalah ini sudah tidak ada, mungkin diperbaiki orang lain. Muat ulang halaman."),
        )

    _save(mended, source, build_setting(context, source, now=now))
    if source.new_hamlets:
        _renew_hamlets(source, build_setting(context, source, now=now))
    return len(mended)


@transaction.atomic
def edit_row(
    *,
    actor: Actor,
    now: datetime,
    import_uuid: UUID,
    row_uuid: UUID,
    changes: Mapping[str, str],
) -> ImportRow:
    """Write over fields of a row by hand; what is written is read and judged like any cell.

    Allowed: who sits in the committee.
    Requires: an undecided import.
    Effects: the row; one that was skipped counts again.
    Raises: PermissionDenied, ConflictError, `ImportRow.DoesNotExist`.
    """
    source, context = lock_import(import_uuid)

    require_seat(actor, context)

    require_undecided(source)
    row = source.rows.select_for_update().get(uuid=row_uuid)

    row.is_skipped = False
    _write(row, {name: value for name, value in changes.items() if name in FIELDS})
    _save([row], source, build_setting(context, source, now=now))
    return row


@transaction.atomic
def leave_out_rows(
    *,
    actor: Actor,
    now: datetime,
    import_uuid: UUID,
    code: str = "",
    row_uuid: UUID | None = None,
) -> int:
    """Leave out one row, every row of a kind, or every row that is kept out anyway.

    Of rows with the same NIK the first one stays.

    Allowed: who sits in the committee.
    Requires: an undecided import.
    Effects: the rows do not count; they can be taken back. Returns how many.
    Raises: PermissionDenied, ConflictError.
    """
    source, context = lock_import(import_uuid)

    require_seat(actor, context)

    require_undecided(source)
    chosen = Q(uuid=row_uuid) if row_uuid else with_code(code) if code else Q(severity=2)
    rows = list(source.rows.select_for_update().filter(chosen, is_skipped=False))
    if code == TWICE and row_uuid is None:
        rows = _without_first(rows)

    digests = {row.nik_index for row in rows}
    for row in rows:
        row.is_skipped = True
        row.codes, row.severity = join_codes([LEFT_OUT]), 0
    ImportRow.objects.bulk_update(rows, ["is_skipped", "codes", "severity"], batch_size=BATCH_ROWS)
    _renew_twins(source, digests)
    save_import(source, [])
    return len(rows)


@transaction.atomic
def take_back_row(*, actor: Actor, now: datetime, import_uuid: UUID, row_uuid: UUID) -> ImportRow:
    """Let a skipped or left-out row count as a person again.

    Allowed: who sits in the committee.
    Requires: an undecided import.
    Effects: the row is read anew.
    Raises: PermissionDenied, ConflictError, `ImportRow.DoesNotExist`.
    """
    return edit_row(actor=actor, now=now, import_uuid=import_uuid, row_uuid=row_uuid, changes={})


def mark_known(source: RollImport, niks: Mapping[int, str]) -> int:
    """Mark rows (by key) whose NIK came onto the roll meanwhile; how many there are.

    Allowed: the acceptance, which has authorised; in a transaction of its own.
    """
    known = find_known_niks(source, set(niks.values()) - {""})
    rows = [
        row
        for row in source.rows.filter(pk__in=[pk for pk, nik in niks.items() if nik in known])
        if set_code(row, ON_ROLL, is_there=True)
    ]
    ImportRow.objects.bulk_update(rows, ["codes", "severity"], batch_size=BATCH_ROWS)
    return len(rows)


def _write(row: ImportRow, changes: Mapping[str, str]) -> None:
    raw, mended = row.read_cells()
    row.write_cells(raw, {**mended, **changes})


def _note_hamlet(source: RollImport, name: str) -> None:
    if name and name not in source.new_hamlets:
        source.new_hamlets = [*source.new_hamlets, name]


def _save(rows: Sequence[ImportRow], source: RollImport, setting: Setting) -> None:
    """Judge, save, and look again for twins of the old and the new numbers."""
    digests = {row.nik_index for row in rows}
    readings = [read_row(row, setting) for row in rows]
    known = find_known_niks(source, {r.values["nik"] for r in readings if "nik" in r.values})
    for row, reading in zip(rows, readings, strict=True):
        renew_codes(row, reading)
        set_code(row, ON_ROLL, is_there=reading.values.get("nik") in known)
    # Sealed fields refuse `bulk_update`, which cannot know the row; this seals each for its own.
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CHANGING_FIELDS,
        batch_size=BATCH_ROWS,
    )
    _renew_twins(source, digests | {row.nik_index for row in rows})
    save_import(source, ["new_hamlets"])


def _renew_twins(source: RollImport, digests: Iterable[str]) -> None:
    wanted = {digest for digest in digests if digest}
    if not wanted:
        return
    groups: dict[str, list[ImportRow]] = {}
    for row in source.rows.filter(nik_index__in=wanted, is_skipped=False).defer("cells"):
        groups.setdefault(row.nik_index, []).append(row)
    changed = [
        row
        for group in groups.values()
        for row in group
        if set_code(row, TWICE, is_there=len(group) > 1)
    ]
    ImportRow.objects.bulk_update(changed, ["codes", "severity"], batch_size=BATCH_ROWS)


def _renew_hamlets(source: RollImport, setting: Setting) -> None:
    """A hamlet that was added is known to every other row that names it."""
    rows = source.rows.select_for_update().filter(with_code("hamlet.unknown"), is_skipped=False)
    found = [row for row in rows if "hamlet" in read_row(row, setting).values]
    if found:
        _save(found, source, setting)


def _without_first(rows: Sequence[ImportRow]) -> list[ImportRow]:
    seen: set[str] = set()
    later = []
    for row in sorted(rows, key=lambda row: row.number):
        if row.nik_index in seen:
            later.append(row)
        seen.add(row.nik_index)
    return later
