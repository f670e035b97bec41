"""Small tables (CSV) read strictly: UTF-8, a header without doubles, every line of full length.

For files of at most some thousand lines; the table of statements has its own reader, made for eight
hundred thousand. The delimiter is the one of the header: comma, semicolon (as spreadsheets with
Indonesian settings write it) or tab.
"""

import csv
import io
from collections.abc import Collection, Mapping

from pilkades.errors import MalformedInputError
from pilkades.law.strict_json import refuse
from pilkades.text import Text


def read_table(
    data: bytes, *, required: Collection[str], optional: Collection[str] = (), prefix: str = ""
) -> list[tuple[int, Mapping[str, str]]]:
    """Rows as (line number, cell by column); columns may also start with `prefix`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MalformedInputError(
            "csv.encoding", Text("Berkas bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8.")
        ) from None
    first = text.partition("\n")[0]
    delimiter = next((d for d in (";", "\t") if d in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(columns, required, optional, prefix)
        return [
            (reader.line_num, _row(columns, cells, reader.line_num)) for cells in reader if cells
        ]
    except csv.Error:
        line = reader.line_num
        raise MalformedInputError(
            "csv.quotes", Text("Baris {line}: tanda kutip tidak berpasangan.", line=line)
        ) from None


def read_cell_count(row: Mapping[str, str], column: str, *, line: int) -> int:
    """A figure in digits; leading zeros are allowed because the paper has them."""
    written = row[column]
    if not 0 < len(written) <= 9 or not written.isascii() or not written.isdigit():
        refuse(
            f"baris {line}, kolom {column}",
            Text('"{written}" bukan angka', written=written[:40]),
        )
    return int(written)


def _check_columns(
    columns: list[str], required: Collection[str], optional: Collection[str], prefix: str
) -> None:
    if len(set(columns)) != len(columns):
        refuse("baris 1", Text("ada kolom yang tertulis dua kali"))
    missing = [name for name in required if name not in columns]
    if missing:
        refuse("baris 1", Text("kolom ini belum ada: {names}", names=", ".join(missing)))
    known = {*required, *optional}
    unknown = [c for c in columns if c not in known and not (prefix and c.startswith(prefix))]
    if unknown:
        refuse("baris 1", Text("kolom ini tidak dikenal: {names}", names=", ".join(unknown)))


def _row(columns: list[str], cells: list[str], line: int) -> Mapping[str, str]:
    if len(cells) != len(columns):
        refuse(
            f"baris {line}",
            Text(
                "memuat {count} kolom, seharusnya {expected}",
                count=len(cells),
                expected=len(columns),
            ),
        )
    return dict(zip(columns, (cell.strip() for cell in cells), strict=True))
