"""Old Excel files (xls): the compound file they lie in and the records of the workbook stream.

Follows [MS-CFB] 2.2-2.6 and [MS-XLS] 2.1.4. Reads just enough to name what is refused before the
reader allocates anything: macros by their storage, a password by its record, cells too far out by
their addresses. Left out: values; python-calamine reads those.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pilkades.apps.roll.spreadsheets.archives import Measure
from pilkades.apps.roll.spreadsheets.refusals import refuse

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
_ENTRY_BYTES = 128
_ROW_OF_CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_CELLS_IN_A_ROW = 0x00BD
_FORMULA, _PASSWORD, _SHEET = 0x0006, 0x002F, 0x0809


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int


def inspect_compound(data: bytes) -> Measure:
    """Judge an old workbook by its directory and its records.

    Raises: MalformedInputError: sheet.password, sheet.macro, sheet.document, sheet.broken,
    sheet.rows, sheet.far-cell.
    """
    try:
        file = _CompoundFile(data)
        entries = {entry.name.lower(): entry for entry in file.entries()}
        _judge_entries(set(entries))
        book = entries.get("workbook") or entries.get("book")
        if book is None:
            raise refuse("sheet.document")
        return _measure(file.read(book))
    except (struct.error, IndexError, ValueError) as error:
        raise refuse("sheet.broken") from error


def _judge_entries(names: set[str]) -> None:
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise refuse("sheet.password")
    if names & {"_vba_project_cur", "_vba_project", "vba", "macros"}:
        raise refuse("sheet.macro")
    if "worddocument" in names or "powerpoint document" in names:
        raise refuse("sheet.document")


class _CompoundFile:
    """The sectors of a compound file, each chain read at most once around."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        self._directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        self._mini_fat_start = struct.unpack_from("<I", data, 60)[0]
        self._table = self._read_table()

    def entries(self) -> Iterator[_Entry]:
        raw = self._chain(self._directory)
        self._root = _Entry("", *struct.unpack_from("<II", raw, 116))
        for offset in range(0, len(raw) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length = struct.unpack_from("<H", raw, offset + 64)[0]
            if 2 <= length <= 64:
                name = raw[offset : offset + length - 2].decode("utf-16-le", "replace")
                yield _Entry(name, *struct.unpack_from("<II", raw, offset + 116))

    def read(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        return self._read_mini(entry)

    def _read_mini(self, entry: _Entry) -> bytes:
        holder = self._chain(self._root.start)
        fat = self._chain(self._mini_fat_start)
        table = struct.unpack(f"<{len(fat) // 4}I", fat)
        pieces = [holder[s * 64 : s * 64 + 64] for s in _follow(table, entry.start)]
        return b"".join(pieces)[: entry.size]

    def _read_table(self) -> tuple[int, ...]:
        sectors = [s for s in struct.unpack_from("<109I", self._data, 76) if s < _END]
        following = struct.unpack_from("<I", self._data, 68)[0]
        seen = 0
        while following < _END:
            numbers = struct.unpack(f"<{self._size // 4}I", self._sector(following))
            sectors += [s for s in numbers[:-1] if s < _END]
            following, seen = numbers[-1], seen + 1
            if seen * self._size > len(self._data):
                raise ValueError("chain")
        raw = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(raw) // 4}I", raw)

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._table, start)))

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if begin >= len(self._data):
            raise ValueError("sector")
        return self._data[begin : begin + self._size].ljust(self._size, b"\0")


def _follow(table: tuple[int, ...], start: int) -> Iterator[int]:
    sector, steps = start, 0
    while sector < _END:
        yield sector
        sector, steps = table[sector], steps + 1
        if steps > len(table):
            raise ValueError("chain")


def _measure(stream: bytes) -> Measure:
    total = Measure()
    row_before = -1
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _PASSWORD:
            raise refuse("sheet.password")
        if kind == _SHEET:
            row_before = -1
            total.begin_sheet()
        if kind in _ROW_OF_CELLS or kind == _CELLS_IN_A_ROW:
            row, column = struct.unpack_from("<HH", stream, offset + 4)
            if kind == _CELLS_IN_A_ROW:
                column = struct.unpack_from("<H", stream, offset + 2 + length)[0]
            total.formulas += kind == _FORMULA
            total.rows += row != row_before
            row_before = row
            total.add_cell(row=row + 1, column=column + 1)
        offset += 4 + length
    return total
