"""Tables as XLSX and CSV, typed, and harmless when opened: no cell can become a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pilkades.apps.design.texts import translate
from pilkades.apps.documents.responses import content_disposition
from pilkades.text import Text

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel, LibreOffice or a spreadsheet on a phone may read as the start of a formula; a tab or
# a line break is dropped by some of them before they look.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
WIDEST_COLUMN = 60
SHEET_TITLE_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column; `width` in characters, `number_format` as the spreadsheet writes it."""

    title: Text | str
    width: int = 18
    number_format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One list of a page as one sheet of a workbook."""

    title: str
    columns: Sequence[SheetColumn | Text | str]
    rows: Iterable[Sequence[Any]]


def xlsx_response(
    *,
    filename: str,
    columns: Sequence[SheetColumn | Text | str],
    rows: Iterable[Sequence[Any]],
    sheet_title: str = "Data",
) -> HttpResponse:
    """A download of the rows under one bold, frozen, filterable header row."""
    sheet = Sheet(title=sheet_title, columns=columns, rows=rows)
    return workbook_response(filename=filename, sheets=[sheet])


def workbook_response(*, filename: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """A download with one sheet for each list of a page."""
    response = HttpResponse(build_workbook(sheets), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition(filename=filename, extension="xlsx")
    return response


def build_xlsx(
    *,
    columns: Sequence[SheetColumn | Text | str],
    rows: Iterable[Sequence[Any]],
    sheet_title: str = "Data",
) -> bytes:
    """A workbook of one sheet as bytes."""
    return build_workbook([Sheet(title=sheet_title, columns=columns, rows=rows)])


def build_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as bytes; rows are taken one at a time and never held together."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_response(
    *, filename: str, columns: Sequence[SheetColumn | Text | str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Rows as CSV in UTF-8 with a byte order mark, streamed; dates in ISO form for machines."""
    response = StreamingHttpResponse(
        _csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition(filename=filename, extension="csv")
    return response


def neutralise(text: str) -> str:
    """The text as it may stand in a cell: an apostrophe before whatever could start a formula."""
    clean = "".join(ch for ch in text if ch in "\t\r\n" or ch >= " ")[:LONGEST_CELL]
    return f"'{clean}"[:LONGEST_CELL] if clean.lstrip(" ").startswith(FORMULA_STARTS) else clean


def _write_sheet(book: Workbook, content: Sheet) -> None:
    described = [_describe(column) for column in content.columns]
    sheet = book.create_sheet(content.title.translate(SHEET_TITLE_FORBIDDEN)[:31] or "Data")
    sheet.freeze_panes = "A2"
    for index, column in enumerate(described, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = min(column.width, WIDEST_COLUMN)
    sheet.append([_header_cell(sheet, column) for column in described])
    count = 0
    for count, row in enumerate(content.rows, start=1):  # noqa: B007
        sheet.append(
            [_cell(sheet, value, column) for value, column in zip(row, described, strict=True)]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(described), 1))}{count + 1}"


def _describe(column: SheetColumn | Text | str) -> SheetColumn:
    if isinstance(column, SheetColumn):
        return column
    return SheetColumn(title=column, width=max(12, len(translate(column)) + 4))


def _header_cell(sheet: WriteOnlyWorksheet, column: SheetColumn) -> Cell:
    cell = WriteOnlyCell(sheet, value=neutralise(translate(column.title)))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FFEEF0F3")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any, column: SheetColumn) -> Cell:
    typed, number_format = _typed(value)
    cell = WriteOnlyCell(sheet, value=typed)
    if isinstance(typed, str):
        cell.data_type = "s"
    if column.number_format or number_format:
        cell.number_format = column.number_format or number_format
    return cell


def _typed(value: Any) -> tuple[Any, str]:
    match value:
        case None:
            return None, ""
        case bool():
            return translate(Text("ya") if value else Text("tidak")), ""
        case int() if abs(value) < 10**15:
            return value, "#,##0"
        case float() | Decimal():
            return value, ""
        case datetime():
            # A spreadsheet knows no zones: the wall clock of the installation is written.
            moment = timezone.localtime(value) if timezone.is_aware(value) else value
            return moment.replace(tzinfo=None), "dd/mm/yyyy hh:mm"
        case date():
            return value, "dd/mm/yyyy"
        case time():
            return value, "hh:mm"
        case _:
            return neutralise(translate(value) if isinstance(value, Text) else str(value)), ""


def _csv_lines(
    columns: Sequence[SheetColumn | Text | str], rows: Iterable[Sequence[Any]]
) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield "\ufeff"
    header = [neutralise(translate(_describe(column).title)) for column in columns]
    for row in _chain(header, rows):
        writer.writerow([_plain(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _chain(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield header
    yield from rows


def _plain(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return _typed(value)[0]
        case int() | float() | Decimal():
            return value
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return neutralise(translate(value) if isinstance(value, Text) else str(value))
