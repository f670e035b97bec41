"""From a line of the sheet to the raw cells of one person, or to why it is not one."""

import re
from collections.abc import Mapping, Sequence

from pilkades.apps.roll.spreadsheets.cells import Cell, to_text
from pilkades.apps.roll.spreadsheets.headings import recognise, squeeze
from pilkades.apps.roll.spreadsheets.layout import Layout, is_numbering

_TOTALS = re.compile(r"^(SUB ?)?(JUMLAH|TOTAL|JML|REKAP\w*|GRAND)\b", re.IGNORECASE)
_PERSONAL = ("nik", "birth_date", "birth", "sex", "sex_L", "sex_P", "marital_status")
_HEADER_LIKENESS = 0.6
_NUMBER_DIGITS_MIN = 8
"""So many digits in the NIK's column are somebody's number, not a sum."""

Raw = dict[str, Cell]

BLANK, TOTAL, HEADER, NUMBERING = "blank", "total", "header", "numbering"
SECTION, OTHER = "section", "other"
_HAMLET_LINE = re.compile(
    r"^(DUSUN|DSN|DUKUH|LINGKUNGAN|KAMPUNG)[\s.:]+(?P<name>.{2,60})$", re.IGNORECASE
)
_TERRITORY_LINE = re.compile(r"^RT\b.*\d.*\bRW\b.*\d", re.IGNORECASE)


def extract(row: Sequence[Cell], mapped: Mapping[int, str]) -> Raw:
    """The raw cells by target; columns that hold nothing are left out."""
    return {
        target: row[index]
        for index, target in mapped.items()
        if index < len(row) and row[index] is not None
    }


def read_section(row: Sequence[Cell], mapped: Mapping[int, str]) -> Raw | None:
    """What a line that heads the people below it says of all of them: their hamlet, or RT and RW.

    Only where the sheet has no column for it; None for any other line.
    """
    filled = [cell for cell in row if cell is not None]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    targets = set(mapped.values())
    hamlet = _HAMLET_LINE.match(filled[0])
    if hamlet is not None:
        return {} if "hamlet" in targets else {"hamlet": hamlet["name"].strip()}
    if _TERRITORY_LINE.match(filled[0]):
        return {} if targets & {"rt", "rw", "rt_rw"} else {"rt_rw": filled[0]}
    return None


def classify(row: Sequence[Cell], raw: Raw, layout: Layout) -> str:
    """Why a line is no person: blank, section, total, header, numbering, other; "" else.

    In doubt it is a person: a line is skipped only where nothing personal stands in it.
    """
    filled = [cell for cell in row if cell is not None]
    if not filled:
        return BLANK
    if read_section(row, layout.mapped) is not None:
        return SECTION
    if not _has_number(raw) and any(_TOTALS.match(to_text(cell)) for cell in filled[:3]):
        return TOTAL
    if _is_header(row, layout):
        return HEADER
    if is_numbering(row):
        return NUMBERING
    if not any(target in raw for target in _PERSONAL):
        return OTHER
    return ""


def _has_number(raw: Raw) -> bool:
    return sum(character.isdigit() for character in to_text(raw.get("nik"))) >= _NUMBER_DIGITS_MIN


def _is_header(row: Sequence[Cell], layout: Layout) -> bool:
    texts = [to_text(cell) for cell in row if cell is not None]
    if len(texts) < 2 or any(not isinstance(c, str | None) for c in row):
        return False
    titles = set(layout.titles)
    known = sum(squeeze(text) in titles or recognise(text) not in (None, "sex_L", "sex_P")
                for text in texts)  # fmt: skip
    return known >= 2 and known >= _HEADER_LIKENESS * len(texts)
