"""What a file is, judged by its bytes, and the rows of its sheets."""

import io
from dataclasses import dataclass
from typing import Literal

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pilkades.apps.roll.spreadsheets.archives import Measure, inspect_archive
from pilkades.apps.roll.spreadsheets.cells import Cell, make_cell
from pilkades.apps.roll.spreadsheets.compounds import SIGNATURE, inspect_compound
from pilkades.apps.roll.spreadsheets.delimited import decode_text, read_delimited
from pilkades.apps.roll.spreadsheets.refusals import UPLOAD_MAX_BYTES, refuse

BookKind = Literal["xlsx", "xls", "ods", "csv"]
Row = tuple[Cell, ...]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_WEB_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lembar: its name and its rows from the first line on, so that indexes are line numbers.

    `line_count` is how many lines there are, also where only the first ones were read.
    """

    name: str
    rows: tuple[Row, ...]
    line_count: int

    @property
    def filled_count(self) -> int:
        """How many lines hold anything."""
        return sum(1 for row in self.rows if any(cell is not None for cell in row))


@dataclass(frozen=True, slots=True)
class Book:
    """Buku kerja: every sheet that holds something, in their order; hidden ones too."""

    kind: BookKind
    sheets: tuple[Sheet, ...]
    hidden: frozenset[str]
    formula_count: int
    error_count: int

    def find_sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_book(data: bytes) -> Book:
    """Judge a file and read all its sheets.

    Raises: MalformedInputError with one of the codes of `refusals`.
    """
    if not data:
        raise refuse("sheet.empty-file")
    if len(data) > UPLOAD_MAX_BYTES:
        raise refuse("sheet.too-large")
    if data.startswith(b"PK"):
        kind, measure = inspect_archive(data)
        return _read_workbook(data, kind, measure)
    if data.startswith(SIGNATURE):
        return _read_workbook(data, "xls", inspect_compound(data))
    return _read_text(data)


def reopen_book(data: bytes, *, kind: BookKind, lines_max: int | None = None) -> Book:
    """Read once more a file that `read_book` took before; it is not judged again.

    For bytes that have been kept sealed since, so that they are the same. `lines_max` lines of each
    sheet are enough to ask which column is what.
    """
    if kind == "csv":
        return _read_text(data)
    return _read_workbook(data, kind, Measure(), lines_max=lines_max)


def _read_text(data: bytes) -> Book:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"%pdf"):
        raise refuse("sheet.pdf")
    if data.startswith(_PICTURES):
        raise refuse("sheet.picture")
    if head.startswith(_WEB_PAGES):
        raise refuse("sheet.web-page")
    if head.startswith((b"{\\rtf", b"rar!", b"7z\xbc\xaf")):
        raise refuse("sheet.document")
    rows = tuple(tuple(map(make_cell, row)) for row in read_delimited(decode_text(data)))
    return _make_book("csv", (Sheet("CSV", rows, len(rows)),), frozenset(), Measure())


def _read_workbook(
    data: bytes, kind: BookKind, measure: Measure, *, lines_max: int | None = None
) -> Book:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        sheets = tuple(_read_sheet(workbook, meta.name, lines_max) for meta in listed)
    except PasswordError as error:
        raise refuse("sheet.password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise refuse("sheet.broken") from error
    except BaseException as error:
        # The reader is written in Rust; its panics arrive as no ordinary Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise refuse("sheet.broken") from error
    hidden = frozenset(m.name for m in listed if m.visible != SheetVisibleEnum.Visible)
    return _make_book(kind, sheets, hidden, measure)


def _read_sheet(workbook: CalamineWorkbook, name: str, lines_max: int | None) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    raw = sheet.to_python(skip_empty_area=False, nrows=lines_max)
    return Sheet(name, tuple(tuple(map(make_cell, row)) for row in raw), sheet.total_height)


def _make_book(
    kind: BookKind, sheets: tuple[Sheet, ...], hidden: frozenset[str], measure: Measure
) -> Book:
    filled = tuple(sheet for sheet in sheets if sheet.filled_count)
    if not filled:
        raise refuse("sheet.no-rows")
    return Book(kind, filled, hidden, measure.formulas, measure.errors)
