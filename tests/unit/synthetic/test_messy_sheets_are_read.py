"""The import finds in a messy list exactly what was planted there: both agree line by line."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from pilkades.apps.roll.spreadsheets.book import read_book
from pilkades.apps.roll.spreadsheets.extraction import classify, extract
from pilkades.apps.roll.spreadsheets.judging import Setting, judge_row
from pilkades.apps.roll.spreadsheets.judging_places import HamletNames
from pilkades.apps.roll.spreadsheets.layout import find_layout
from pilkades.apps.roll.spreadsheets.problems import KINDS
from pilkades.synthetic.messy_defects import DEFECTS
from pilkades.synthetic.messy_sheets import MessySheet, make_messy_sheet
from pilkades.synthetic.sheet_files import write_csv, write_ods, write_xlsx
from pilkades.synthetic.villages import make_village

TODAY = date(2026, 11, 24)
VILLAGE = make_village(seed=5, region_code="35.05.10.2003", voters=700, on=date(2026, 12, 6))
# Excel writes a day into a CSV file as text, and nothing tells it from a number of RT and RW.
BECOME_TEXT = {"rt-rw.became-date": "rt-rw.unreadable"}


def test_the_codes_of_the_defects_are_those_of_the_import() -> None:
    assert {defect.code for defect in DEFECTS} | {"nik.twice"} <= set(KINDS)


def _read(data: bytes, sheet: MessySheet) -> Iterator[tuple[int, frozenset[str]]]:
    """The lines taken for people, with the codes found."""
    rows = read_book(data).sheets[0].rows
    layout = find_layout(rows)
    assert [c.target for c in layout.columns] == [c.target for c in sheet.layout.columns]
    assert tuple(row + 1 for row in layout.header_rows) == sheet.header_lines
    setting = Setting(
        TODAY, "350510", HamletNames.of(VILLAGE.hamlets), frozenset(layout.mapped.values())
    )
    for index in range(layout.first_row, len(rows)):
        raw = extract(rows[index], layout.mapped)
        if not classify(rows[index], raw, layout):
            reading = judge_row(raw, mended={}, setting=setting)
            yield index + 1, frozenset(problem.code for problem in reading.problems)


@pytest.mark.parametrize("write", [write_xlsx, write_csv, write_ods])
@pytest.mark.parametrize("seed", [0, 3, 11])
def test_every_planted_defect_is_found_and_nothing_else(
    seed: int, write: Callable[[MessySheet], bytes]
) -> None:
    sheet = make_messy_sheet(rng=random.Random(seed), people=VILLAGE.voters, defect_share=0.2)
    expected = {}
    for row in sheet.rows:
        codes = set(row.defects) - {"nik.twice"}
        if write is write_csv:
            codes = {BECOME_TEXT.get(code, code) for code in codes}
        expected[row.line] = frozenset(codes)
    found = dict(_read(write(sheet), sheet))
    assert set(expected) <= set(found)
    differing = Counter(
        (tuple(expected[line]), tuple(found[line]))
        for line in expected
        if expected[line] != found[line]
    )
    assert not differing
