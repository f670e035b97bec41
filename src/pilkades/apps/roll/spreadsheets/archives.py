"""Zipped workbooks (xlsx, ods): what they hold and how far they unpack, before anything reads them.

Sizes that an archive declares are not believed: every part is unpacked in a stream and counted,
and every XML part is walked by expat, which counts rows that hold something and where the last
cell lies (ECMA-376 part 1, 18.3.1; OpenDocument 1.3 part 3, 9.1). Document types are refused, so
no entity expands. Memory stays constant however large the content is.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal
from xml.parsers import expat

from pilkades.apps.roll.spreadsheets.refusals import (
    COLUMNS_MAX,
    EXPANDED_MAX_BYTES,
    LAST_ROW_MAX,
    ROWS_MAX,
    refuse,
)

PARTS_MAX = 2_000
DECLARED_MAX_BYTES = 2 * 1024**3
RATIO_MAX = 400
RATIO_FREE_BYTES = 16 * 1024 * 1024
HEADING_ROWS = 100
"""Titles, headers and signatures around a list that may hold `ROWS_MAX` people."""
_CHUNK_BYTES = 256 * 1024

# What zipfile raises for archives whose directory or content is damaged.
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError,
    LookupError, ValueError, OverflowError,
)  # fmt: skip

ArchiveKind = Literal["xlsx", "ods"]


@dataclass(slots=True)
class Measure:
    """What the parts of a workbook hold, counted."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    formulas: int = 0
    errors: int = 0
    area_before: int = 0

    def begin_sheet(self) -> None:
        """The reader fills every sheet up to its last cell, so their areas add up."""
        self.area_before += self.last_row * self.last_column
        self.last_row = self.last_column = 0

    def add_cell(self, *, row: int, column: int) -> None:
        """Count a cell that holds something. Raises: MalformedInputError beyond any village."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if self.rows > ROWS_MAX + HEADING_ROWS:
            raise refuse("sheet.rows")
        area = self.area_before + self.last_row * self.last_column
        if row > LAST_ROW_MAX or column > COLUMNS_MAX or area > LAST_ROW_MAX * COLUMNS_MAX:
            raise refuse("sheet.far-cell")


def inspect_archive(data: bytes) -> tuple[ArchiveKind, Measure]:
    """Say which workbook a zip archive is, having unpacked all of it once.

    Raises: MalformedInputError: sheet.broken, sheet.macro, sheet.password, sheet.bomb,
    sheet.rows, sheet.far-cell, sheet.document, sheet.binary-workbook, sheet.unknown.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_MAX or sum(p.file_size for p in parts) > DECLARED_MAX_BYTES:
                raise refuse("sheet.bomb")
            kind = _name_kind(archive, {part.filename for part in parts})
            return kind, _measure(archive, parts, kind)
    except _DAMAGES as error:
        raise refuse("sheet.broken") from error
    except RuntimeError as error:
        # zipfile says so of a part that is encrypted.
        raise refuse("sheet.password") from error


def _name_kind(archive: zipfile.ZipFile, names: set[str]) -> ArchiveKind:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise refuse("sheet.macro")
    if "xl/workbook.bin" in lowered:
        raise refuse("sheet.binary-workbook")
    if any(name.startswith(("word/", "ppt/")) for name in lowered):
        raise refuse("sheet.document")
    if "content.xml" in lowered:
        _judge_open_document(archive, names)
        return "ods"
    if any(name.startswith("xl/") for name in lowered):
        return "xlsx"
    raise refuse("sheet.unknown")


def _judge_open_document(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise refuse("sheet.macro")
    manifest = _read_head(archive, "META-INF/manifest.xml", names)
    if b"encryption-data" in manifest:
        raise refuse("sheet.password")
    media_type = _read_head(archive, "mimetype", names)
    if media_type and b"opendocument.spreadsheet" not in media_type:
        raise refuse("sheet.document")


def _read_head(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as stream:
        return stream.read(_CHUNK_BYTES)


def _measure(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: ArchiveKind) -> Measure:
    total = Measure()
    budget = _Budget()
    # Sheets come first: a million rows are then named as such before their texts are unpacked.
    for part in sorted(parts, key=lambda part: "sheet" not in part.filename.lower()):
        if not part.is_dir():
            _walk_part(archive, part, kind, total, budget)
    return total


@dataclass(slots=True)
class _Budget:
    expanded: int = 0

    def spend(self, size: int, *, part: zipfile.ZipInfo, unpacked: int) -> None:
        self.expanded += size
        is_dense = unpacked > RATIO_MAX * max(part.compress_size, 1)
        if self.expanded > EXPANDED_MAX_BYTES or (unpacked > RATIO_FREE_BYTES and is_dense):
            raise refuse("sheet.bomb")


def _walk_part(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    kind: ArchiveKind,
    total: Measure,
    budget: _Budget,
) -> None:
    with archive.open(part) as stream:
        chunk = stream.read(_CHUNK_BYTES)
        # A sheet is whatever part the workbook points to, so its name proves nothing.
        is_xml = chunk.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<")
        parser = _make_parser(kind, total) if is_xml else None
        unpacked = 0
        while chunk:
            unpacked += len(chunk)
            budget.spend(len(chunk), part=part, unpacked=unpacked)
            if parser is not None:
                _feed(parser, chunk)
            chunk = stream.read(_CHUNK_BYTES)


def _feed(parser: expat.XMLParserType, chunk: bytes) -> None:
    try:
        parser.Parse(chunk, False)
    except expat.ExpatError as error:
        raise refuse("sheet.broken") from error


def _make_parser(kind: ArchiveKind, total: Measure) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    walk = _OfficeWalk(total) if kind == "xlsx" else _OpenDocumentWalk(total)
    parser.StartElementHandler = walk.start
    return parser


def _refuse_doctype(*_declared: object) -> None:
    raise refuse("sheet.broken")


class _OfficeWalk:
    """SpreadsheetML: a cell counts once something (value, text, formula) stands in it."""

    def __init__(self, total: Measure) -> None:
        self._total = total
        self._row = self._column = self._counted = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._open_cell(attributes)
        elif local == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
        elif local in ("v", "is", "f"):
            self._fill_cell(is_formula=local == "f")
        elif local == "sheetData":
            self._row = self._counted = 0
            self._total.begin_sheet()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip("0123456789")
        self._column = _column_number(letters) if letters else self._column + 1
        self._row = _number(reference[len(letters) :]) or self._row
        self._total.errors += attributes.get("t") == "e"

    def _fill_cell(self, *, is_formula: bool) -> None:
        total = self._total
        total.formulas += is_formula
        if self._row != self._counted:
            self._counted = self._row
            total.rows += 1
        total.add_cell(row=self._row, column=self._column)


class _OpenDocumentWalk:
    """OpenDocument: rows and cells may stand for many equal ones."""

    def __init__(self, total: Measure) -> None:
        self._total = total
        self._row = self._column = self._repeats = 0
        self._is_counted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._open_cell(attributes)
        elif local == "table-row":
            self._repeats = _repeats(attributes, "number-rows-repeated")
            self._row += self._repeats
            self._column, self._is_counted = 0, False
        elif local == "table":
            self._row = 0
            self._total.begin_sheet()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column += _repeats(attributes, "number-columns-repeated")
        if not any(key.endswith((":value-type", ":formula")) for key in attributes):
            return
        total = self._total
        total.formulas += any(key.endswith(":formula") for key in attributes)
        if not self._is_counted:
            self._is_counted = True
            total.rows += self._repeats
        total.add_cell(row=self._row, column=self._column)


def _repeats(attributes: dict[str, str], name: str) -> int:
    found = next((value for key, value in attributes.items() if key.endswith(f":{name}")), "1")
    return max(_number(found), 1)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + (ord(letter) & 31)
    return number
