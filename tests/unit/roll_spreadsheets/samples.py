"""Spreadsheets made by hand: good ones of each kind, and those that want to do harm."""

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Lines = Sequence[Sequence[Any]]


def make_xlsx(lines: Lines, *, sheets: Sequence[str] = ("Lembar1",)) -> bytes:
    """A workbook of equal sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_zip(parts: dict[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replace_parts(data: bytes, parts: dict[str, bytes | str]) -> bytes:
    """The same archive with some parts changed or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    return make_zip(kept | parts)


def make_ods(lines: Lines, *, extra: str = "", manifest: str = "") -> bytes:
    """An OpenDocument sheet as LibreOffice writes it, its endless empty rows included."""
    rows = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, line)) + "</table:table-row>" for line in lines
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    content = f'<table:table table:name="Lembar1">{rows}{extra}{empty}</table:table>'
    return make_zip(
        {
            "mimetype": _ODS_TYPE,
            "META-INF/manifest.xml": manifest
            or '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": _ODS_HEAD + content + _ODS_TAIL,
        }
    )


def make_xls(
    lines: Lines, *, records: bytes = b"", storages: Sequence[str] = (), at: int = 0
) -> bytes:
    """An old workbook (BIFF8) of text cells in a compound file, the first line at row `at`."""
    cells = b"".join(
        _label(at + row, column, str(text))
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
        if text is not None
    )
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)
    head = _record(0x0809, bof) + records
    bound_size = 4 + 8 + len("Lembar1")
    start = len(head) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IHBB", start, 0, 7, 0) + b"Lembar1")
    sheet_bof = struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6)
    end = _record(0x000A, b"")
    stream = head + bound + end + _record(0x0809, sheet_bof) + cells + end
    return _compound("Workbook", stream, storages)


def make_encrypted() -> bytes:
    """An xlsx behind a password: a compound file that holds an encrypted package."""
    return _compound("EncryptedPackage", b"\0" * 5000, ("EncryptionInfo",))


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _label(row: int, column: int, text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + encoded)


def _compound(name: str, stream: bytes, storages: Sequence[str]) -> bytes:
    stream = stream.ljust(max(len(stream), 4096), b"\0")
    stream = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    entries = [_entry("Root Entry", 5, _END, 0, child=1), _entry(name, 2, 0, len(stream))]
    entries += [_entry(storage, 1, 0, 0) for storage in storages]
    while len(entries) % 4:
        entries.append(b"\0" * 128)
    directory = b"".join(entries)
    stream_sectors, directory_sectors = len(stream) // _SECTOR, len(directory) // _SECTOR
    used = stream_sectors + directory_sectors
    fat_sectors = 1
    while fat_sectors * 128 < used + fat_sectors:
        fat_sectors += 1
    table = [*range(1, stream_sectors), _END]
    table += [*range(stream_sectors + 1, used), _END]
    table += [_FAT] * fat_sectors
    table += [_FREE] * (fat_sectors * 128 - len(table))
    fat_places = [used + place for place in range(fat_sectors)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, stream_sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *(fat_places + [_FREE] * (109 - fat_sectors)))
    return header + stream + directory + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    body = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    body += struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36
    return body + struct.pack("<IQ", start, size)
