"""From the bytes of a TOML file to its blocks, each with its line, and every slip of the pen.

TOML v1.0.0 by the standard library, which stops at the first mistake and knows no lines. Here the
mistake is noted, the block it stands in is left out, and reading goes on, so that a lawyer sees all
mistakes at once. A date that does not exist costs only its own value. The meaning of the blocks is
none of this module's business.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from pilkades.law.findings import Finding, Severity
from pilkades.text import Text

MAX_BYTES = 500_000
MAX_SLIPS = 100

_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*([\"']?)([A-Za-z0-9_-]+)\1")
_KEY = re.compile(r"^[ \t]*([\"']?)([A-Za-z0-9_-]+)\1[ \t]*[.=]")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One `[name]` or `[[name]]` of the file: what it says and on which lines."""

    name: str
    data: Mapping[str, Any]
    line: int
    key_lines: Mapping[str, int]

    def line_of(self, key: str) -> int:
        return self.key_lines.get(key, self.line)


@dataclass(frozen=True, slots=True)
class PackSource:
    """The blocks of a file in their order, and what could not be read."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    lost_names: frozenset[str] = frozenset()
    """Tables of which at least one block could not be read."""


def read_source(*, data: bytes) -> PackSource:
    """Read everything that can be read; whatever cannot is a finding with its line."""
    if len(data) > MAX_BYTES:
        return PackSource((), (_too_large(len(data)),))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return PackSource((), (_not_utf8(data.count(b"\n", 0, error.start) + 1),))
    findings: list[Finding] = []
    lost_names: set[str] = set()
    document: dict[str, Any] = {}
    for _ in range(MAX_SLIPS):
        slip = _parse(text)
        if isinstance(slip, dict):
            document = slip
            break
        finding, text = _step_over(text, slip, lost_names)
        findings.append(finding)
    blocks = tuple(_blocks(document, text, findings))
    return PackSource(blocks, tuple(findings), frozenset(lost_names))


# --- reading on after a mistake ---


def _parse(text: str) -> dict[str, Any] | str:
    """The document, or the parser's complaint in its own (English) words."""
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError:
        return "Too deep"
    except (ValueError, InvalidOperation) as error:
        return str(error) or "Invalid value"


def _decimal(digits: str) -> Decimal:
    value = Decimal(digits)
    if not value.is_finite():
        raise ValueError("Invalid value")
    return value


def _step_over(text: str, complaint: str, lost_names: set[str]) -> tuple[Finding, str]:
    """The finding for the first mistake, and the text without the block it stands in."""
    lines = text.split("\n")
    place = _AT_LINE.search(complaint)
    impossible = _impossible_date(text, int(place[1])) if place else None
    if place and impossible:
        line = int(place[1])
        lines[line - 1] = lines[line - 1].replace(impossible, "1970-01-01")
        return _no_such_date(line, impossible), "\n".join(lines)
    first, last = _faulty_block(lines)
    line = _faulty_line(lines, first, last, complaint)
    if header := _HEADER.match(lines[first]):
        lost_names.add(header[2])
    lines[first:last] = [""] * (last - first)
    return _slip(line, complaint), "\n".join(lines)


def _impossible_date(text: str, line: int) -> str | None:
    """A date outside of quotation marks on that line which no calendar has."""
    for found in _DATE.finditer(_mask(text).split("\n")[line - 1]):
        try:
            date.fromisoformat(found[0])
        except ValueError:
            return found[0]
    return None


def _faulty_block(lines: list[str]) -> tuple[int, int]:
    """The first block whose addition makes the file unreadable (found by halving)."""
    visible = _mask("\n".join(lines)).split("\n")
    starts = [n for n, line in enumerate(visible) if n and _HEADER.match(line)]
    bounds = [*starts, len(lines)]
    low, high = 0, len(bounds) - 1
    while low < high:
        middle = (low + high) // 2
        if isinstance(_parse("\n".join(lines[: bounds[middle]])), dict):
            low = middle + 1
        else:
            high = middle
    return (bounds[low - 1] if low else 0), bounds[low]


def _faulty_line(lines: list[str], first: int, last: int, complaint: str) -> int:
    """The line to show: where the complaint says, or the value that is never closed."""
    place = _AT_LINE.search(complaint)
    is_never_closed = complaint.startswith("Unclosed") or "end of document" in complaint
    if place and first < int(place[1]) <= last and not is_never_closed:
        return int(place[1])
    keys = [n for n in range(first, last) if _KEY.match(lines[n])]
    for start, stop in pairwise([*keys, last]):
        if not isinstance(_parse("\n".join(lines[start:stop])), dict):
            return start + 1
    return first + 1


# --- lines of blocks and keys ---


def _blocks(document: Mapping[str, Any], text: str, findings: list[Finding]) -> list[Block]:
    headers = _header_lines(text)
    blocks: list[Block] = []
    for name, content in document.items():
        places = headers.get(name, [])
        parts = content if isinstance(content, list) else [content]
        if not all(isinstance(part, dict) for part in parts):
            findings.append(_stray_value(name, _line_of_stray(text, name)))
            continue
        for number, part in enumerate(parts):
            line, keys = places[number] if number < len(places) else (1, {})
            blocks.append(Block(name, part, line, keys))
    return sorted(blocks, key=lambda block: block.line)


def _header_lines(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """For every table name, line and lines of keys of each of its blocks, in their order."""
    found: dict[str, list[tuple[int, dict[str, int]]]] = {}
    keys: dict[str, int] = {}
    for line, content in _outer_lines(text):
        header = _HEADER.match(content)
        if header and _is_subtable(content):
            keys.setdefault(_subtable_key(content), line)
        elif header:
            keys = {}
            found.setdefault(header[2], []).append((line, keys))
        elif key := _KEY.match(content):
            keys.setdefault(key[2], line)
    return found


def _is_subtable(header: str) -> bool:
    return "." in header.split("]")[0]


def _subtable_key(header: str) -> str:
    return header.split("]")[0].split(".")[1].strip(" \t\"'")


def _outer_lines(text: str) -> list[tuple[int, str]]:
    """Lines that begin outside of any string, array or inline table, with their numbers."""
    inside_string = _continuation_lines(text)
    depth = 0
    outer: list[tuple[int, str]] = []
    originals = text.split("\n")
    for number, line in enumerate(_mask(text).split("\n"), start=1):
        if depth == 0 and number not in inside_string:
            outer.append((number, originals[number - 1]))
            if _HEADER.match(originals[number - 1]):
                continue
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return outer


def _mask(text: str) -> str:
    """The same lines with strings and comments blanked out."""
    return _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _continuation_lines(text: str) -> set[int]:
    """Numbers of the lines that begin inside of a string of several lines."""
    line_ends = [found.start() for found in re.finditer("\n", text)]
    inside: set[int] = set()
    for found in _OPAQUE.finditer(text):
        first = bisect_right(line_ends, found.start() - 1) + 1
        inside.update(range(first + 1, first + 1 + found[0].count("\n")))
    return inside


def _line_of_stray(text: str, name: str) -> int:
    for line, content in _outer_lines(text):
        key = _KEY.match(content)
        if key and key[2] == name:
            return line
    return 1


# --- sentences ---

_SLIPS: tuple[tuple[str, Text], ...] = (
    (
        "Invalid date",
        Text("Tanggal atau jam ini tidak ada. Tulis tanggal yang benar, misalnya 2026-11-23."),
    ),
    (
        "Cannot overwrite",
        Text("Satu kolom ditulis dua kali dalam satu butir. Hapus salah satunya."),
    ),
    (
        "Cannot declare",
        Text("Judul bagian ini ditulis dua kali. Tulis [pack] sekali saja, yang lain [[...]]."),
    ),
    ("Unterminated string", Text("Tanda kutip penutup belum ada. Tutup teks dengan tanda kutip.")),
    ("Illegal character", Text("Tanda kutip penutup belum ada, atau ada huruf yang tidak boleh.")),
    ("Unclosed array", Text("Daftar belum ditutup. Tambahkan tanda ] di akhir daftar.")),
    ("Unclosed inline table", Text("Tanda }} penutup belum ada. Tambahkan di akhir baris.")),
    (
        "Expected '='",
        Text("Setelah nama kolom harus ada tanda sama dengan (=), misalnya days = 3."),
    ),
    (
        "Invalid value",
        Text("Nilai ini tidak terbaca. Teks harus di antara tanda kutip, misalnya “panitia”."),
    ),
    (
        "Expected newline",
        Text("Ada tulisan berlebih setelah nilai. Satu baris memuat satu kolom saja."),
    ),
    ("Too deep", Text("Susunan tanda kurung terlalu dalam. Periksa tanda kurung yang berlebih.")),
)
_ANY_SLIP = Text(
    "Cara menulis bagian ini keliru. Bandingkan dengan contoh pada docs/format-pack.md."
)


def _slip(line: int, complaint: str) -> Finding:
    text = next((text for start, text in _SLIPS if complaint.startswith(start)), _ANY_SLIP)
    return Finding("pack.syntax", Severity.ERROR, text, line=line)


def _no_such_date(line: int, written: str) -> Finding:
    text = Text(
        "Tanggal {written} tidak ada dalam kalender. Periksa tanggal dan bulannya.", written=written
    )
    return Finding("pack.date", Severity.ERROR, text, line=line)


def _not_utf8(line: int) -> Finding:
    text = Text("Berkas bukan teks UTF-8. Simpan ulang berkas dengan pilihan UTF-8.")
    return Finding("pack.encoding", Severity.ERROR, text, line=line)


def _too_large(size: int) -> Finding:
    text = Text(
        "Berkas {size} bita terlalu besar untuk paket aturan (paling banyak {limit} bita). "
        "Pastikan berkas yang dipilih benar.",
        size=size,
        limit=MAX_BYTES,
    )
    return Finding("pack.size", Severity.ERROR, text, line=1)


def _stray_value(name: str, line: int) -> Finding:
    text = Text(
        "“{name}” berdiri di luar bagian. Letakkan di bawah [pack] atau jadikan [[{name}]].",
        name=name,
    )
    return Finding("pack.stray-value", Severity.ERROR, text, subject=name, line=line)
