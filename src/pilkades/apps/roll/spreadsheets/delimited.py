"""Delimited text (CSV): which encoding and which delimiter, found out rather than asked.

Excel writes semicolons where the decimal sign is a comma, its "Unicode text" is UTF-16 with tabs,
and older files are Windows-1252. Left out: other code pages, which Indonesian offices do not use.
"""

import csv
import io
from itertools import islice

from pilkades.apps.roll.spreadsheets.archives import HEADING_ROWS
from pilkades.apps.roll.spreadsheets.refusals import COLUMNS_MAX, ROWS_MAX, refuse

DELIMITERS = ";\t,|"
SAMPLE_LINES = 60
FIELD_MAX_CHARACTERS = 10_000
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26}


def decode_text(data: bytes) -> str:
    """The text of a file that is no archive. Raises: MalformedInputError (sheet.unknown)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    if data.startswith(b"\xef\xbb\xbf"):
        return _decode(data, "utf-8-sig")
    if b"\0" in data[:4096]:
        return _decode(data, _guess_utf_16(data[:4096]))
    if _CONTROLS & set(data[:4096]):
        raise refuse("sheet.unknown")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; they become the sign for "unreadable".
        return data.decode("cp1252", "replace")


def read_delimited(text: str) -> list[list[str]]:
    """All rows. Raises: MalformedInputError (sheet.rows, sheet.far-cell, sheet.broken)."""
    text, declared = _take_declaration(text)
    delimiter = declared or _find_delimiter(text)
    previous = csv.field_size_limit(FIELD_MAX_CHARACTERS)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = list(islice(reader, ROWS_MAX + HEADING_ROWS + 1))
    except csv.Error as error:
        raise refuse("sheet.broken") from error
    finally:
        csv.field_size_limit(previous)
    if len(rows) > ROWS_MAX + HEADING_ROWS:
        raise refuse("sheet.rows")
    if any(len(row) > COLUMNS_MAX and any(row[COLUMNS_MAX:]) for row in rows):
        raise refuse("sheet.far-cell")
    return rows


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("sheet.broken") from error


def _guess_utf_16(head: bytes) -> str:
    """Latin letters in UTF-16 leave every second byte empty; which one tells the order."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd > len(head) // 3 and even == 0:
        return "utf-16-le"
    if even > len(head) // 3 and odd == 0:
        return "utf-16-be"
    raise refuse("sheet.unknown")


def _take_declaration(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`."""
    first, _, rest = text.partition("\n")
    word = first.strip().lower()
    if word.startswith("sep=") and len(word) == 5:
        return rest, word[4]
    return text, ""


def _find_delimiter(text: str) -> str:
    """The one that cuts most lines into the same, largest number of fields."""
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter))


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    try:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return 0.0, 0
    if not counts:
        return 0.0, 0
    usual = max(set(counts), key=counts.count)
    return (counts.count(usual) / len(counts) * (usual > 1), usual)
