"""Where the list begins on a sheet and which column is what.

Titles above, a header of one or two rows, a row of column numbers below it: the header is the place
with the most recognised headings. A sheet without any header is read by what stands in its columns.
A person confirms or changes the result; nothing here is final.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.fields import IGNORED, PARTS, TARGETS
from pilkades.apps.roll.spreadsheets.headings import recognise, squeeze
from pilkades.errors import MalformedInputError
from pilkades.text import Text

HEADER_SEARCH_ROWS = 40
SAMPLE_ROWS = 200
HEADINGS_MIN = 2
_LONG_NUMBER = re.compile(r"\d[\d. ]{5,}")

Row = Sequence[Cell]
Mapped = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Column:
    """Kolom: its place, the words over it, and what it seems to be (IGNORED if nothing)."""

    index: int
    title: str
    target: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Tata letak: the header's lines (may be none), the first line below, the columns."""

    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]

    @property
    def mapped(self) -> dict[int, str]:
        """The columns that are imported."""
        return {column.index: column.target for column in self.columns if column.target}

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(squeeze(column.title) for column in self.columns)


def find_layout(rows: Sequence[Row]) -> Layout:
    """The most likely layout of a sheet that holds at least one cell."""
    width = max((len(row) for row in rows), default=0)
    lines = _find_header(rows)
    first = lines[-1] + 1 if lines else _first_filled(rows)
    columns = _name_columns(rows, lines, width)
    while first < len(rows) and _is_numbering(rows[first]):
        first += 1
    columns = _fill_by_content(columns, rows[first : first + SAMPLE_ROWS])
    return Layout(lines, first, tuple(columns))


def check_mapping(mapped: Mapped) -> None:
    """Refuse what cannot be read into people.

    Raises: MalformedInputError: mapping.name-missing, mapping.twice.
    """
    targets = list(mapped.values())
    if "full_name" not in targets:
        raise MalformedInputError(
            "mapping.name-missing",
            Text("Belum ada kolom nama. Pilih kolom mana yang berisi nama lengkap."),
        )
    for target in targets:
        if targets.count(target) > 1:
            raise MalformedInputError(
                "mapping.twice",
                Text(
                    "Dua kolom dipilih sebagai {field}. Pilih satu saja; kolom yang lain tidak "
                    "diimpor.",
                    field=TARGETS[target],
                ),
            )
        for part in PARTS.get(target, ()):
            if part in targets:
                raise MalformedInputError(
                    "mapping.twice",
                    Text(
                        "{field} diambil dari dua tempat: kolomnya sendiri dan kolom gabungan. "
                        "Pilih salah satu.",
                        field=TARGETS[part],
                    ),
                )


def is_numbering(row: Row) -> bool:
    """Whether a line only numbers the columns: 1 2 3 …, (1) (2) (3) …"""
    return _is_numbering(row)


def _find_header(rows: Sequence[Row]) -> tuple[int, ...]:
    best: tuple[int, ...] = ()
    best_count = HEADINGS_MIN - 1
    for index in range(min(HEADER_SEARCH_ROWS, len(rows))):
        if _looks_like_data(rows[index]):
            continue
        single = _count_targets(rows, (index,))
        if single > best_count:
            best, best_count = (index,), single
        if index + 1 < len(rows) and not _looks_like_data(rows[index + 1]):
            double = _count_targets(rows, (index, index + 1))
            if double > best_count and _count_targets(rows, (index + 1,)) < double:
                best, best_count = (index, index + 1), double
    return best


def _count_targets(rows: Sequence[Row], lines: tuple[int, ...]) -> int:
    width = max(len(rows[line]) for line in lines)
    found = (recognise(own, group=group) for own, group in _headings(rows, lines, width))
    return len({target for target in found if target})


def _headings(rows: Sequence[Row], lines: tuple[int, ...], width: int) -> list[tuple[str, str]]:
    """For each column its own heading and the one of the merged cell above."""
    if not lines:
        return [("", "")] * width
    upper = [_heading(rows[lines[0]], index) for index in range(width)]
    if len(lines) == 1:
        return [(title, "") for title in upper]
    lower = [_heading(rows[lines[1]], index) for index in range(width)]
    pairs, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        pairs.append((below, group) if below else (above, ""))
    return pairs


def _heading(row: Row, index: int) -> str:
    return to_text(row[index]) if index < len(row) else ""


def _name_columns(rows: Sequence[Row], lines: tuple[int, ...], width: int) -> list[Column]:
    columns: list[Column] = []
    taken: set[str] = set()
    pairs = _headings(rows, lines, width)
    for index, (own, group) in enumerate(pairs):
        target = recognise(own, group=group) or IGNORED
        if target in taken or any(part in taken for part in PARTS.get(target, ())):
            target = IGNORED
        if target:
            taken.add(target)
        title = f"{group} / {own}" if group and own != group else own
        columns.append(Column(index, title, target))
    return _drop_lone_ticks(columns)


def _drop_lone_ticks(columns: list[Column]) -> list[Column]:
    """One column of a pair alone says nothing; a lone `P` may be anything."""
    targets = {column.target for column in columns}
    if {"sex_L", "sex_P"} <= targets:
        return columns
    return [
        Column(c.index, c.title, IGNORED) if c.target in ("sex_L", "sex_P") else c for c in columns
    ]


def _looks_like_data(row: Row) -> bool:
    return any(
        isinstance(cell, date)
        or (isinstance(cell, float) and abs(cell) > 1000)
        or (isinstance(cell, str) and _LONG_NUMBER.search(cell) is not None)
        for cell in row
    )


def _is_numbering(row: Row) -> bool:
    texts = [to_text(cell).strip("() .") for cell in row if cell is not None]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]
    return (
        len(numbers) >= 3
        and len(numbers) >= len(texts) - 1
        and all(0 <= b - a <= 2 for a, b in pairwise(numbers))
    )


def _first_filled(rows: Sequence[Row]) -> int:
    return next((i for i, row in enumerate(rows) if any(c is not None for c in row)), 0)


def _fill_by_content(columns: list[Column], sample: Sequence[Row]) -> list[Column]:
    """Give columns without a known heading what their content says beyond doubt."""
    taken = {column.target for column in columns}
    taken |= {part for target in taken for part in PARTS.get(target, ())}
    filled = []
    for column in columns:
        target = column.target
        # A heading that is known and not imported stays so; only unknown ones are guessed.
        if not target and recognise(column.title) is None:
            guessed = _guess_target([_cell(row, column.index) for row in sample])
            target = guessed if guessed not in taken else IGNORED
            taken.add(target)
        filled.append(Column(column.index, column.title, target))
    return filled


def _cell(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else None


def _guess_target(cells: list[Cell]) -> str:
    present = [cell for cell in cells if cell is not None]
    if len(present) < 3:
        return IGNORED
    texts = [to_text(cell) for cell in present]
    tests = {
        "nik": lambda t: len(squeeze(t)) == 16 and squeeze(t).isdigit(),
        "sex": lambda t: t.upper() in ("L", "P"),
        "marital_status": lambda t: t.upper() in ("B", "S", "P"),
    }
    for target, test in tests.items():
        if sum(map(test, texts)) > 0.8 * len(texts):
            return _tell_kk(target, texts)
    if sum(isinstance(cell, date) for cell in present) > 0.8 * len(present):
        return "birth_date"
    words = sum(t.replace(" ", "").replace(".", "").replace("'", "").isalpha() for t in texts)
    if words > 0.9 * len(texts) and len(set(texts)) > 0.8 * len(texts) and " " in "".join(texts):
        return "full_name"
    return IGNORED


def _tell_kk(target: str, texts: list[str]) -> str:
    """Members of a family share the number of their card; nobody shares a NIK."""
    return "kk" if target == "nik" and len(set(texts)) < 0.7 * len(texts) else target
