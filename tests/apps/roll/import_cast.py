"""Spreadsheets as they come, and the way of one through an import."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from pilkades.apps.jobs.registry import JobHandle
from pilkades.apps.roll.models import ImportRow, RollImport
from pilkades.apps.roll.services.imports import confirm_columns, receive_file
from pilkades.apps.roll.services.imports_acceptance import accept_import
from pilkades.apps.roll.services.imports_reading import read_import
from pilkades.synthetic.people import make_nik
from pilkades.text import Text
from tests.apps.roll_cast import LISTING
from tests.apps.village_cast import VillageCast

HEADINGS = ("No", "N I K", "Nama", "L/P", "Tempat/Tgl Lahir", "Status", "RT/RW", "Dusun")


class QuietJob:
    """A job's handle that nobody watches."""

    uuid = UUID(int=7)

    def __init__(self, now: datetime = LISTING, *, stop_at: int | None = None) -> None:
        self._now = now
        self.stop_at = stop_at
        self.reports = 0

    def now(self) -> datetime:
        return self._now

    def report(self, done: int, total: int, note: Text | None = None) -> None:
        self.reports += 1
        if self.stop_at is not None and self.reports >= self.stop_at:
            raise PowerCut

    def store_result(self, *, data: bytes, name: str, media_type: str) -> None:
        raise AssertionError("an import makes no file")


class PowerCut(Exception):  # noqa: N818
    """The process is gone in the middle."""


def person(number: int = 1, **changes: Any) -> list[Any]:
    """A line of the sheet in which nothing is wrong; `changes` by heading."""
    born = date(1980, 3, 2)
    nik = make_nik(district_digits="350501", birth_date=born, is_female=False, serial=9000 + number)
    cells = {
        "No": number,
        "N I K": nik,
        "Nama": f"Budi {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}asuki",
        "L/P": "L",
        "Tempat/Tgl Lahir": "Blitar, 02-03-1980",
        "Status": "S",
        "RT/RW": "002/001",
        "Dusun": "Krajan",
    }
    return [changes.get(heading, cells[heading]) for heading in HEADINGS]


def make_sheet(
    lines: Sequence[Sequence[Any]], *, headings: Sequence[str] = HEADINGS, title: str = ""
) -> bytes:
    """An xlsx with a title above, the header, the lines."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if title:
        sheet.append([title])
        sheet.append([])
    sheet.append(list(headings))
    for line in lines:
        sheet.append(list(line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(
    cast: VillageCast, data: bytes, *, by: str = "sari", name: str = "daftar.xlsx"
) -> RollImport:
    """A file handed in by the committee."""
    return receive_file(
        actor=cast.actor(by, LISTING),
        now=LISTING,
        election_pk=cast.election.pk,
        data=data,
        file_name=name,
    )


def read(cast: VillageCast, source: RollImport, *, by: str = "sari") -> RollImport:
    """Confirm the columns as they were recognised and read the rows."""
    actor = cast.actor(by, LISTING)
    confirmed = confirm_columns(
        actor=actor,
        import_uuid=source.uuid,
        expected_version=source.version,
        sheet_name=source.sheet_name,
        columns={int(index): target for index, target in source.columns.items()},
    )
    job: JobHandle = QuietJob()
    read_import(job, actor=actor, import_uuid=str(source.uuid), expected_version=confirmed.version)
    return fresh_import(source)


def bring(cast: VillageCast, *lines: Sequence[Any]) -> RollImport:
    """These lines as an import in its preview."""
    return read(cast, upload(cast, make_sheet(lines)))


def accept(
    cast: VillageCast,
    source: RollImport,
    *,
    by: str = "sari",
    job: QuietJob | None = None,
    version: int | None = None,
) -> RollImport:
    """Write an import onto the roll."""
    accept_import(
        job or QuietJob(),
        actor=cast.actor(by, LISTING),
        import_uuid=str(source.uuid),
        expected_version=version or fresh_import(source).version,
    )
    return fresh_import(source)


def fresh_import(source: RollImport) -> RollImport:
    """The import as it stands in the database now."""
    return RollImport.objects.get(pk=source.pk)


def get_row(source: RollImport, place: int = 0) -> ImportRow:
    """The row of the nth line below the header."""
    return list(source.rows.order_by("number"))[place]
