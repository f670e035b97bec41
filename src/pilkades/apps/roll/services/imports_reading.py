"""Long work: every line of the sheet becomes a row with its problems, and twins are found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.jobs.registry import JobHandle, Json, register_job
from pilkades.apps.roll.models import ImportRow, ImportState, RollImport
from pilkades.apps.roll.selectors.imports import (
    ON_ROLL,
    TWICE,
    build_setting,
    find_known_niks,
    join_codes,
    split_codes,
    weigh_codes,
)
from pilkades.apps.roll.services.imports import (
    lock_import,
    read_import_file,
    require_undecided,
    save_import,
)
from pilkades.apps.roll.spreadsheets.extraction import BLANK, Raw, classify, extract, read_section
from pilkades.apps.roll.spreadsheets.judging import Reading, Setting, judge_row
from pilkades.apps.roll.spreadsheets.layout import find_layout
from pilkades.errors import MalformedInputError
from pilkades.text import Text

READ_JOB = "roll.read_import"
BATCH_ROWS = 500


@register_job(READ_JOB, title=Text("Membaca berkas pemilih"))
def read_import(
    job: JobHandle, *, actor: Actor, import_uuid: str, expected_version: int
) -> Mapping[str, Json]:
    """Read all lines of an import anew; rows read before are replaced.

    Allowed: who sits in the committee.
    Requires: an undecided import whose columns are those the job was asked for.
    Effects: its rows, all or none. Nothing is on the roll.
    Raises: PermissionDenied, MalformedInputError, ConflictError, JobCancelled.
    """
    source = RollImport.objects.select_related("roll__election").get(uuid=UUID(import_uuid))
    context = get_village_election_by_uuid(source.roll.election.uuid)
    require_seat(actor, context)
    rows = _read_rows(job, source, context)

    with transaction.atomic():
        source, context = lock_import(source.uuid, expected_version=expected_version)

        require_seat(actor, context)

        require_undecided(source)

        source.rows.all().delete()
        for start in range(0, len(rows), BATCH_ROWS):
            ImportRow.objects.bulk_create(rows[start : start + BATCH_ROWS])
            job.report(len(rows) + start, 2 * len(rows), Text("Menyimpan pratinjau, tersegel"))
        source.state = ImportState.READ
        save_import(source, ["state"])
    return {"rows": len(rows)}


def renew_codes(row: ImportRow, reading: Reading) -> None:
    """Set the codes that the row has by itself, keeping none of its twins'; it is not saved."""
    codes = [problem.code for problem in reading.problems]
    row.codes, row.severity = join_codes(codes), weigh_codes(codes)


def set_code(row: ImportRow, code: str, *, is_there: bool) -> bool:
    """Give a row a code or take it away; whether that changed anything. It is not saved."""
    codes = split_codes(row.codes)
    if (code in codes) == is_there:
        return False
    codes = [*codes, code] if is_there else [kept for kept in codes if kept != code]
    row.codes, row.severity = join_codes(codes), weigh_codes(codes)
    return True


def _read_rows(job: JobHandle, source: RollImport, context: VillageElection) -> list[ImportRow]:
    sheet = read_import_file(source).find_sheet(source.sheet_name)
    if sheet is None:
        raise MalformedInputError("mapping.sheet", Text("Lembar itu tidak ada di berkas ini."))
    layout = find_layout(sheet.rows)
    setting = build_setting(context, source, now=job.now())
    mapped = {int(index): target for index, target in source.columns.items()}
    rows: list[ImportRow] = []
    niks: list[str] = []
    section: Raw = {}
    for number, line in enumerate(sheet.rows[layout.first_row :], start=layout.first_row + 1):
        if len(rows) % BATCH_ROWS == 0:
            job.report(number, 2 * len(sheet.rows), Text("Memeriksa setiap baris"))
        section |= read_section(line, mapped) or {}
        cells = extract(line, mapped)
        reason = classify(line, cells, layout)
        made = _make_row(source, number, section | cells, reason=reason, setting=setting)
        if made is not None:
            rows.append(made[0])
            niks.append(made[1])
    _mark_twins(rows, niks, known=find_known_niks(source, set(niks) - {""}))
    return rows


def _make_row(
    source: RollImport, number: int, raw: Raw, *, reason: str, setting: Setting
) -> tuple[ImportRow, str] | None:
    """The row of a line with the NIK it reads; None for a line that holds nothing."""
    if reason == BLANK:
        return None
    row = ImportRow(source=source, number=number)
    row.write_cells(raw, {})
    if reason:
        row.is_skipped, row.codes = True, join_codes([f"line.{reason}"])
        return row, ""
    reading = judge_row(raw, mended={}, setting=setting)
    renew_codes(row, reading)
    return row, reading.values.get("nik", "")


def _mark_twins(rows: Sequence[ImportRow], niks: Sequence[str], *, known: set[str]) -> None:
    counted = Counter(niks)
    for row, nik in zip(rows, niks, strict=True):
        if nik:
            set_code(row, TWICE, is_there=counted[nik] > 1)
            set_code(row, ON_ROLL, is_there=nik in known)
