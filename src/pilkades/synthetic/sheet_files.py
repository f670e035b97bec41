"""Messy sheets as files: XLSX, CSV as Excel in Indonesia writes it, and ODS written by hand."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from pilkades.synthetic.messy_defects import Cell
from pilkades.synthetic.messy_sheets import DEFECT_SHARE, MessySheet, make_messy_sheet
from pilkades.synthetic.villages import VillagePerson

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def write_messy_xlsx(
    *, rng: Random, people: Sequence[VillagePerson], defect_share: float = DEFECT_SHARE
) -> tuple[bytes, MessySheet]:
    """A workbook with these people, and the truth about it."""
    sheet = make_messy_sheet(rng=rng, people=people, defect_share=defect_share)
    return write_xlsx(sheet), sheet


def write_xlsx(sheet: MessySheet) -> bytes:
    """Text stays text, also where it looks like a formula."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet(sheet.name)
    for line in sheet.lines:
        page.append([_make_office_cell(page, value) for value in line])
    for cells in sheet.merged:
        page.merged_cells.ranges.add(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_csv(sheet: MessySheet) -> bytes:
    """Semicolons and the Windows code page, as Excel saves where the comma is the decimal sign."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    width = len(sheet.layout.columns)
    for line in sheet.lines:
        cells = [_format_plain(value) for value in line]
        writer.writerow(cells + [""] * (width - len(cells)))
    return buffer.getvalue().encode("cp1252", "replace")


def write_ods(sheet: MessySheet) -> bytes:
    """The three parts that an OpenDocument spreadsheet needs (ODF 1.3 part 2, 3.2 and 3.3)."""
    rows = "".join(
        f"<table:table-row>{''.join(map(_format_open, line)) or '<table:table-cell/>'}"
        "</table:table-row>"
        for line in sheet.lines
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} '
        f'office:version="1.3"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(sheet.name)}>{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS_TYPE}"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _make_office_cell(page: Any, value: Cell) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(page, value=value)
        cell.data_type = "s"
        return cell
    return value


def _format_plain(value: Cell) -> str:
    """A number of sixteen digits is saved as Excel shows it."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, int) and value >= 10**11:
        return f"{value:.5E}".replace(".", ",")
    return "" if value is None else str(value)


def _format_open(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"
