"""Takes a spreadsheet in, lets people say which column is what, and throws it away again.

Nothing of a file is on the roll until it is accepted (`imports_acceptance`); reading it is long
work (`imports_reading`).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
    lock_village_election,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import ImportState, RollImport
from pilkades.apps.roll.services.rolls import get_or_create_roll, require_open
from pilkades.apps.roll.spreadsheets.book import Book, BookKind, read_book, reopen_book
from pilkades.apps.roll.spreadsheets.layout import check_mapping, find_layout
from pilkades.apps.roll.spreadsheets.refusals import refuse
from pilkades.apps.vault.files import erase_file, keep_made_file, read_file
from pilkades.errors import ConflictError
from pilkades.text import Text

FILE_NAME_MAX = 120
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}


@transaction.atomic
def receive_file(
    *, actor: Actor, now: datetime, election_pk: int, data: bytes, file_name: str
) -> RollImport:
    """Judge a spreadsheet by its bytes and keep it, sealed, with the columns it seems to have.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; a file that `read_book` takes.
    Effects: the sealed file and an import that waits for its columns to be confirmed; the roll,
    where this is the first act on it. Nothing is on the roll.
    Raises: PermissionDenied, MalformedInputError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    roll = get_or_create_roll(context, now=now)
    require_open(roll, context)
    book = read_book(data)
    sheet = max(book.sheets, key=lambda sheet: len(find_layout(sheet.rows).mapped))

    return RollImport.objects.create(
        roll=roll,
        file_name=" ".join(file_name.split())[-FILE_NAME_MAX:] or "-",
        file_kind=book.kind,
        file=keep_made_file(data=data, name=file_name, media_type=MEDIA_TYPES[book.kind]),
        file_sha256=hashlib.sha256(data).hexdigest(),
        sheet_name=sheet.name,
        columns=_format_columns(find_layout(sheet.rows).mapped),
        formula_count=book.formula_count,
        error_count=book.error_count,
        created_by_id=actor.user_id,
        created_at=now,
    )


@transaction.atomic
def confirm_columns(
    *,
    actor: Actor,
    import_uuid: UUID,
    expected_version: int,
    sheet_name: str,
    columns: Mapping[int, str],
) -> RollImport:
    """Set which sheet is read and which column is what; what was mended before is forgotten.

    Allowed: who sits in the committee.
    Requires: an undecided import; one column of names, no field twice.
    Effects: the columns. The rows are read by the job `roll.read_import`, which refuses a sheet
    that is not there.
    Raises: PermissionDenied, MalformedInputError, ConflictError.
    """
    source, context = lock_import(import_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_undecided(source)
    check_mapping(columns)

    source.sheet_name, source.columns = sheet_name, _format_columns(columns)
    save_import(source, ["sheet_name", "columns"])
    return source


@transaction.atomic
def discard_import(
    *, actor: Actor, now: datetime, import_uuid: UUID, expected_version: int
) -> RollImport:
    """Throw an import away: the file and every row of it.

    Allowed: who sits in the committee.
    Requires: an undecided import.
    Effects: rows gone, file erased; the import stays as a line that says so.
    Raises: PermissionDenied, ConflictError.
    """
    source, context = lock_import(import_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_undecided(source)

    forget_content(source, now=now)
    source.state, source.decided_by_id, source.decided_at = (
        ImportState.DISCARDED,
        actor.user_id,
        now,
    )
    save_import(source, ["state", "decided_by", "decided_at"])
    return source


# --- What the other services of an import build on ----------------------------------------------


def lock_import(
    import_uuid: UUID, *, expected_version: int | None = None
) -> tuple[RollImport, VillageElection]:
    """An import taken for the rest of the transaction, with its election.

    Raises: `RollImport.DoesNotExist`, ConflictError.
    """
    source = (
        RollImport.objects.select_for_update(of=("self",))
        .select_related("roll")
        .get(uuid=import_uuid)
    )
    if expected_version is not None and source.version != expected_version:
        raise ConflictError(
            "import.stale",
            Text(
                "Impor ini sudah diubah orang lain sejak Anda membukanya. Tidak ada yang disimpan. "
                "Periksa keadaan terbaru, lalu putuskan lagi."
            ),
        )
    return source, get_village_election_by_uuid(source.roll.election.uuid)


def save_import(source: RollImport, fields: list[str]) -> None:
    """Save the named fields with the next version."""
    source.version += 1
    source.save(update_fields=[*fields, "version"])


def require_undecided(source: RollImport) -> None:
    """Refuse to work on an import that was accepted or thrown away.

    Raises: ConflictError.
    """
    if source.state in (ImportState.UPLOADED, ImportState.READ):
        return
    raise ConflictError(
        "import.decided",
        Text(
            "Impor ini sudah diputuskan ({state}). Tidak ada yang berubah.",
            state=str(source.get_state_display()),
        ),
    )


def read_import_file(source: RollImport, *, lines_max: int | None = None) -> Book:
    """The book of an import, read anew from the sealed file, which was judged when it came.

    Allowed: the calling service or page, which has authorised.
    Raises: MalformedInputError.
    """
    if source.file is None:
        raise refuse("sheet.no-rows")
    return reopen_book(
        read_file(source.file).data, kind=cast(BookKind, source.file_kind), lines_max=lines_max
    )


def forget_content(source: RollImport, *, now: datetime) -> None:
    """Erase the rows and the file of an import; the record of it stays.

    Allowed: the calling service, which has authorised and locked the import; in its transaction.
    """
    source.rows.all().delete()
    if source.file is not None:
        erase_file(uuid=source.file, now=now)
        source.file = None
        source.save(update_fields=["file"])


def _format_columns(columns: Mapping[int, str]) -> dict[str, str]:
    return {str(index): target for index, target in sorted(columns.items()) if target}
