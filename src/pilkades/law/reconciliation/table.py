"""Statements from a table (CSV): the header is read once, then one line is one statement.

The columns are described in docs/formats/README.md. A line that cannot be read gives findings with
line and column, and the next line is read as if nothing had happened: one bad cell must not hide
eight hundred thousand good ones.

Left out on purpose: line breaks inside quotation marks, because a forgotten quotation mark would
then swallow everything after it.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.reconciliation.cells import parse_digits, parse_words
from pilkades.law.reconciliation.figures import PLAIN_FIELDS, CandidateFigures, StatementFigures
from pilkades.text import Text

_VILLAGE_CODE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)
_VOTES = re.compile(r"votes_(0|[1-9][0-9]?)", re.ASCII)
_WORDS_OF_SUMS = ("words_valid", "words_invalid", "words_total")
STATION_LENGTH_MAX = 60


@dataclass(frozen=True, slots=True)
class CandidateColumns:
    """Where the figures of one candidate stand; -1 where the table has no such column."""

    number: int
    votes: int
    words: int
    marks: int


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where each figure stands in the table, as its header says."""

    delimiter: str
    columns: tuple[str, ...]
    plain: tuple[int, ...]
    """Columns of `PLAIN_FIELDS`, in their order."""

    words_valid: int
    words_invalid: int
    words_total: int
    candidates: tuple[CandidateColumns, ...]
    village_column: int
    station_column: int
    count_column: int
    """The column that says how many candidates this village has, -1 where all have the same."""


def parse_header(line: str) -> TableLayout:
    """Read the header; a missing, double or unknown column refuses the whole table."""
    delimiter = next((d for d in (";", "\t") if d in line), ",")
    columns = tuple(cell.strip().strip('"') for cell in line.lstrip("\ufeff").split(delimiter))
    position = {name: n for n, name in enumerate(columns)}
    if len(position) != len(columns):
        raise _bad_header(Text("Ada kolom yang tertulis dua kali pada baris judul."))
    numbers = sorted(int(m[1]) for name in columns if (m := _VOTES.fullmatch(name)))
    known = {"village_code", "station", "candidates", *PLAIN_FIELDS, *_WORDS_OF_SUMS}
    known |= {f"{kind}_{n}" for kind in ("votes", "words", "marks") for n in numbers}
    missing = [n for n in ("village_code", "station", *PLAIN_FIELDS) if n not in position]
    unknown = [name for name in columns if name not in known]
    if missing or not numbers:
        raise _bad_header(
            Text("Kolom ini belum ada: {names}.", names=tuple(missing) or ("votes_1",))
        )
    if unknown:
        raise _bad_header(Text("Kolom ini tidak dikenal: {names}.", names=tuple(unknown)))
    return TableLayout(
        delimiter=delimiter,
        columns=columns,
        plain=tuple(position[name] for name in PLAIN_FIELDS),
        words_valid=position.get("words_valid", -1),
        words_invalid=position.get("words_invalid", -1),
        words_total=position.get("words_total", -1),
        candidates=tuple(
            CandidateColumns(
                n,
                position[f"votes_{n}"],
                position.get(f"words_{n}", -1),
                position.get(f"marks_{n}", -1),
            )
            for n in numbers
        ),
        village_column=position["village_code"],
        station_column=position["station"],
        count_column=position.get("candidates", -1),
    )


def parse_line(*, layout: TableLayout, line: str, number: int) -> StatementFigures | list[Finding]:
    """Read one statement, or list everything that is wrong with its line."""
    try:
        cells = _split(line, layout.delimiter)
    except csv.Error:
        return [_finding("statement.row.quotes", number, "", _QUOTES)]
    if len(cells) != len(layout.columns):
        text = Text(
            "Baris ini memuat {count} kolom, seharusnya {expected}.",
            count=len(cells),
            expected=len(layout.columns),
        )
        return [_finding("statement.row.length", number, "", text)]
    row = _Row(layout, cells, number)
    figures = row.read()
    return row.findings or figures


class _Row:
    """One line being read: what cannot be read becomes a finding, and reading goes on."""

    def __init__(self, layout: TableLayout, cells: Sequence[str], number: int) -> None:
        self.layout = layout
        self.cells = cells
        self.number = number
        self.findings: list[Finding] = []

    def read(self) -> StatementFigures:
        layout, cells = self.layout, self.cells
        try:
            values = [parse_digits(cells[n]) for n in layout.plain]
        except MalformedInputError:
            values = [self.digits(n) for n in layout.plain]
        return StatementFigures(
            village_code=self.village_code(),
            station=self.station(),
            candidates=tuple([self.candidate(column) for column in self.present_candidates()]),
            valid_words=self.words(layout.words_valid),
            invalid_words=self.words(layout.words_invalid),
            total_words=self.words(layout.words_total),
            **dict(zip(PLAIN_FIELDS, values, strict=True)),
        )

    def candidate(self, column: CandidateColumns) -> CandidateFigures:
        cells = self.cells
        try:
            return _parse_candidate(
                column.number,
                cells[column.votes],
                cells[column.words] if column.words >= 0 else "",
                cells[column.marks] if column.marks >= 0 else "",
            )
        except MalformedInputError:
            self.digits(column.votes)
            self.words(column.words)
            if column.marks >= 0 and cells[column.marks]:
                self.digits(column.marks)
            return CandidateFigures(number=column.number, votes=0)

    def present_candidates(self) -> tuple[CandidateColumns, ...]:
        """The candidates this village has; cells of the others must be empty."""
        candidates, counter = self.layout.candidates, self.layout.count_column
        if counter < 0:
            return candidates
        count = self.digits(counter)
        if not 1 <= count <= len(candidates):
            self.fail("statement.candidates", counter, _WRONG_COUNT)
            return ()
        for column in candidates[count:]:
            for n in (column.votes, column.words, column.marks):
                if n >= 0 and self.cells[n].strip():
                    self.fail("statement.candidates", n, _NO_SUCH_CANDIDATE)
        return candidates[:count]

    def village_code(self) -> str:
        written = self.cells[self.layout.village_column]
        if not is_village_code(written):
            self.fail("statement.village_code", self.layout.village_column, _BAD_VILLAGE_CODE)
        return written

    def station(self) -> str:
        written = self.cells[self.layout.station_column].strip()
        if not 0 < len(written) <= STATION_LENGTH_MAX:
            self.fail("statement.station", self.layout.station_column, _BAD_STATION)
        return written

    def digits(self, n: int) -> int:
        try:
            return parse_digits(self.cells[n])
        except MalformedInputError as error:
            self.fail(error.code, n, error.text)
            return 0

    def words(self, n: int) -> int | None:
        if n < 0:
            return None
        try:
            return parse_words(self.cells[n])
        except MalformedInputError as error:
            self.fail(error.code, n, error.text)
            return None

    def fail(self, code: str, n: int, text: Text) -> None:
        self.findings.append(_finding(code, self.number, self.layout.columns[n], text))


@lru_cache(maxsize=65_536)
def _parse_candidate(number: int, votes: str, words: str, marks: str) -> CandidateFigures:
    """The figures of one candidate; kept, because the same few hundred figures come again."""
    return CandidateFigures(
        number=number,
        votes=parse_digits(votes),
        words=parse_words(words),
        marks=parse_digits(marks) if marks else None,
    )


@lru_cache(maxsize=4_096)
def is_village_code(written: str) -> bool:
    """Say whether this is a code like 35.05.01.2001."""
    return _VILLAGE_CODE.fullmatch(written) is not None


_WRONG_COUNT = Text("Jumlah calon pada baris ini di luar jumlah kolom calon dalam tabel.")
_NO_SUCH_CANDIDATE = Text("Ada isian untuk calon yang melebihi jumlah calon pada baris ini.")
_BAD_VILLAGE_CODE = Text("Kode desa ditulis seperti 35.05.01.2001.")
_BAD_STATION = Text("Nama TPS kosong atau lebih dari 60 huruf.")
_QUOTES = Text(
    "Tanda kutip pada baris ini tidak berpasangan, atau ada pergantian baris di dalam tanda kutip."
)


def _split(line: str, delimiter: str) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    return next(csv.reader([line], delimiter=delimiter, strict=True))


def _finding(code: str, number: int, column: str, text: Text) -> Finding:
    return Finding(code, Severity.ERROR, text, subject=column, line=number)


def _bad_header(text: Text) -> MalformedInputError:
    return MalformedInputError("statement.header", text)
