"""Messy lists: what is said to be wrong in a line stands there, and nowhere else."""

import csv
import io
import random
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from pilkades.synthetic.messy_defects import DEFECTS
from pilkades.synthetic.messy_layouts import draw_layout
from pilkades.synthetic.messy_sheets import MessySheet, make_messy_sheet
from pilkades.synthetic.sheet_files import write_csv, write_messy_xlsx, write_ods, write_xlsx
from pilkades.synthetic.villages import VillagePerson, make_village

ON = date(2026, 12, 6)
PEOPLE = make_village(seed=2, region_code="35.05.10.2003", voters=1200, on=ON).voters
SEEDS = range(6)


def _make_sheet(seed: int) -> MessySheet:
    return make_messy_sheet(rng=random.Random(seed), people=PEOPLE, title="DESA CONTOH")


def _get_cell(sheet: MessySheet, line: int, target: str) -> Any:
    places = [place for place, c in enumerate(sheet.layout.columns) if c.target == target]
    return sheet.lines[line - 1][places[0]]


def test_the_same_seed_is_the_same_sheet() -> None:
    assert _make_sheet(4) == _make_sheet(4)
    assert _make_sheet(4).lines != _make_sheet(5).lines


def test_layouts_differ_and_always_hold_what_a_roll_needs() -> None:
    layouts = [draw_layout(rng=random.Random(seed)) for seed in range(80)]
    orders = {tuple(column.target for column in layout.columns) for layout in layouts}
    assert len(orders) > 75
    for layout in layouts:
        assert {"nik", "full_name", "marital_status", "address", "hamlet"} <= layout.targets
        assert layout.targets & {"birth", "birth_date"}
        assert layout.targets & {"sex", "sex_L"}
        assert layout.targets & {"rt", "rt_rw"}
    headings = {column.heading for layout in layouts for column in layout.columns}
    assert {
        "N I K",
        "No. KK",
        "L/P",
        "JK",
        "Tgl Lahir",
        "Tempat/Tanggal Lahir",
        "RT/RW",
    } <= headings
    assert {layout.has_groups for layout in layouts} == {True, False}
    assert {bool(layout.title_rows) for layout in layouts} == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_person_has_a_line_and_titles_and_totals_have_none(seed: int) -> None:
    sheet = _make_sheet(seed)
    first = [row.person for row in sheet.rows if "nik.twice" not in row.defects]
    assert tuple(first) == PEOPLE
    assert sheet.rows[0].line > sheet.header_lines[-1]
    for row in sheet.rows:
        cells = sheet.lines[row.line - 1]
        assert len(cells) == len(sheet.layout.columns)
        assert isinstance(cells[0], int)


def test_every_kind_of_defect_is_planted_where_its_column_is() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        sheet = _make_sheet(seed)
        codes = Counter(code for row in sheet.rows for code in row.defects)
        wanted = {d.code for d in DEFECTS if not sheet.layout.targets.isdisjoint(d.needs)}
        assert wanted <= set(codes)
        planted = sum(
            bool(set(row.defects) - {"nik.other-region", "nik.twice"}) for row in sheet.rows
        )
        assert planted == pytest.approx(0.05 * len(PEOPLE), abs=8)
        seen += codes
    assert {d.code for d in DEFECTS} | {"nik.twice"} <= set(seen)


def test_the_defects_are_what_their_codes_say() -> None:
    for seed in SEEDS:
        sheet = _make_sheet(seed)
        for row in sheet.rows:
            nik = _get_cell(sheet, row.line, "nik")
            untouched = not {c for c in row.defects if c.startswith("nik.")} - {
                "nik.twice", "nik.birth-date", "nik.sex", "nik.other-region",
            }  # fmt: skip
            if untouched:
                assert len(nik) == 16
                assert nik.isdigit()
                assert ("nik.other-region" in row.defects) == (nik[:6] != "350510")
            if "nik.lost-digits" in row.defects:
                assert nik % 10 == 0 if isinstance(nik, int) else "E+" in nik
            if "nik.length" in row.defects:
                assert len(nik) in (15, 17)
            if "date.leap-day" in row.defects:
                text = str(sheet.lines[row.line - 1])
                assert "29-02-" in text
            if "cell.formula" in row.defects:
                assert any(str(c).startswith(tuple("=+-@")) for c in sheet.lines[row.line - 1])


def test_a_workbook_reads_as_written_and_no_formula_is_one() -> None:
    data, sheet = write_messy_xlsx(rng=random.Random(8), people=PEOPLE[:400], defect_share=0.3)
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    for row in sheet.rows:
        for value, written in zip(cells[row.line - 1], sheet.lines[row.line - 1], strict=True):
            read = value.date() if isinstance(value, datetime) else value
            assert (read or None) == (written or None)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert {str(area) for area in page.merged_cells.ranges} == set(sheet.merged)


def test_csv_is_semicolons_in_the_windows_code_page() -> None:
    sheet = _make_sheet(1)
    rows = list(csv.reader(io.StringIO(write_csv(sheet).decode("cp1252")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    names = [c.target for c in sheet.layout.columns].index("full_name")
    for row in sheet.rows:
        if "name.missing" not in row.defects:
            written = sheet.lines[row.line - 1][names]
            assert rows[row.line - 1][names] == written


def test_an_open_document_is_read_by_the_reader_that_imports_use() -> None:
    sheet = _make_sheet(0)
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_ods(sheet)))
    ods = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(sheet)))
    xlsx = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for row in sheet.rows:
        assert [_plain(v) for v in ods[row.line - 1]] == [_plain(v) for v in xlsx[row.line - 1]]


def _plain(value: Any) -> str:
    """Readers differ in what a number and a day are."""
    if isinstance(value, datetime):
        value = value.date()
    return str(int(value)) if isinstance(value, float) else str(value).strip()


def test_nobody_outside_the_village_is_on_the_sheet() -> None:
    outsider: VillagePerson = make_village(
        seed=2, region_code="35.05.10.2004", voters=10, on=ON
    ).voters[0]
    sheet = _make_sheet(2)
    assert outsider.nik not in str(sheet.lines)
