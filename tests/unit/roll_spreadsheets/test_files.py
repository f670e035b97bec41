"""Which files are taken in, and which are refused by name before anything reads them."""

import contextlib
import resource
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.roll.spreadsheets.book import read_book
from pilkades.errors import MalformedInputError
from tests.unit.roll_spreadsheets.samples import (
    make_encrypted,
    make_ods,
    make_xls,
    make_xlsx,
    make_zip,
    replace_parts,
)

LINES = [["NIK", "Nama"], ["3505010203809001", "Budi"], ["3505014203809002", "Siti Aminah"]]
ROW = "<row r='{n}'><c r='A{n}' t='inlineStr'><is><t>x</t></is></c></row>"


def _code(data: bytes) -> str:
    with pytest.raises(MalformedInputError) as refused:
        read_book(data)
    return refused.value.code


def _sheet_xml(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def _with_sheet(rows: str) -> bytes:
    parts: dict[str, bytes | str] = {"xl/worksheets/sheet1.xml": _sheet_xml(rows)}
    return replace_parts(make_xlsx(LINES), parts)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", make_xlsx(LINES)),
        ("ods", make_ods(LINES)),
        ("xls", make_xls(LINES)),
        ("csv", b"NIK;Nama\n3505010203809001;Budi\n3505014203809002;Siti Aminah\n"),
    ],
)
def test_every_kind_reads_the_same(kind: str, data: bytes) -> None:
    book = read_book(data)

    assert book.kind == kind
    rows = [[str(cell) for cell in row] for row in book.sheets[0].rows if any(row)]
    assert rows == LINES


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_delimiter_and_encoding_are_found_out(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join((*line, "Désa, \u2019x")) for line in LINES)
    text = text.replace("Désa, ", "Désa " if delimiter == "," else "Désa, ")

    rows = read_book(text.encode(encoding)).sheets[0].rows

    assert [list(row[:2]) for row in rows] == LINES
    assert str(rows[0][2]).endswith("\u2019x")


def test_excels_own_declaration_of_the_delimiter_counts() -> None:
    rows = read_book(b"sep=|\nNIK|Nama, lengkap\n1|Budi, S.Pd\n").sheets[0].rows
    assert rows == (("NIK", "Nama, lengkap"), ("1", "Budi, S.Pd"))


def test_a_quoted_cell_may_hold_delimiter_and_line_break() -> None:
    rows = read_book(b'NIK;"NAMA\nLENGKAP"\n1;"Budi; S.Pd"\n').sheets[0].rows
    assert rows == (("NIK", "NAMA LENGKAP"), ("1", "Budi; S.Pd"))


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("sheet.empty-file", b""),
        ("sheet.no-rows", make_xlsx([])),
        ("sheet.no-rows", b"\r\n \r\n"),
        ("sheet.pdf", b"%PDF-1.7\n1 0 obj"),
        ("sheet.picture", b"\x89PNG\r\n\x1a\n"),
        ("sheet.web-page", b"<html><table><tr><td>NIK</td></tr></table></html>"),
        ("sheet.web-page", b'<?xml version="1.0"?><Workbook/>'),
        ("sheet.document", make_zip({"word/document.xml": "<w/>"})),
        ("sheet.document", b"{\\rtf1 x}"),
        ("sheet.binary-workbook", make_zip({"xl/workbook.bin": b"\0"})),
        ("sheet.unknown", make_zip({"a.txt": "a"})),
        ("sheet.unknown", b"\x00\x01\x02\x03" * 100),
        ("sheet.broken", make_xlsx(LINES)[:-400]),
        ("sheet.broken", make_xlsx(LINES)[:200]),
        ("sheet.broken", make_xls(LINES)[:600]),
        ("sheet.broken", replace_parts(make_xlsx(LINES), {"xl/worksheets/sheet1.xml": "<a"})),
        ("sheet.password", make_encrypted()),
        ("sheet.password", make_xls(LINES, records=struct.pack("<HHH", 0x2F, 2, 0))),
        ("sheet.password", make_ods(LINES, manifest="<m:encryption-data/>")),
        ("sheet.macro", replace_parts(make_xlsx(LINES), {"xl/vbaProject.bin": b"\0"})),
        ("sheet.macro", make_xls(LINES, storages=("_VBA_PROJECT_CUR",))),
        ("sheet.macro", replace_parts(make_ods(LINES), {"Basic/Standard/m.xml": "<m/>"})),
        ("sheet.too-large", b"a" * (15 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_not_taken_in_is_called_by_its_name(code: str, data: bytes) -> None:
    assert _code(data) == code


def test_every_refusal_says_what_to_do() -> None:
    from pilkades.apps.roll.spreadsheets.refusals import _REASONS

    for code, text in _REASONS.items():
        assert len(str(text).split(".")) > 2, code


def test_a_part_that_unpacks_without_end_is_a_bomb() -> None:
    data = replace_parts(make_xlsx(LINES), {"xl/media/a.png": b"\0" * 40_000_000})
    assert len(data) < 200_000
    assert _code(data) == "sheet.bomb"


def test_a_lying_size_does_not_hide_a_bomb() -> None:
    data = make_zip({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 30_000_000})
    declared = struct.pack("<I", 30_000_003)
    assert _code(data.replace(declared, struct.pack("<I", 64))) in ("sheet.bomb", "sheet.broken")


def test_an_entity_that_grows_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert _code(replace_parts(make_xlsx(LINES), {"xl/worksheets/sheet1.xml": bomb})) == (
        "sheet.broken"
    )


def test_a_cell_at_the_far_corner_does_not_fill_the_memory() -> None:
    corner = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    assert _code(_with_sheet(ROW.format(n=1) + corner)) == "sheet.far-cell"
    assert _code(make_xls([["x"]], at=65_000)) == "sheet.far-cell"
    repeated = (
        '<table:table-row><table:table-cell table:number-columns-repeated="900"/>'
        '<table:table-cell office:value-type="string"/></table:table-row>'
    )
    assert _code(make_ods(LINES, extra=repeated)) == "sheet.far-cell"


def test_styled_but_empty_cells_far_out_are_no_matter() -> None:
    styled = "<row r='900000'><c r='XFD900000' s='0'/></row>"
    assert read_book(_with_sheet(ROW.format(n=1) + styled)).sheets[0].filled_count == 1


def test_one_repeated_row_counts_as_many() -> None:
    repeated = (
        '<table:table-row table:number-rows-repeated="60001">'
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    )
    assert _code(make_ods(LINES, extra=repeated)) == "sheet.rows"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_million_rows_are_refused_quickly_and_in_little_memory(kind: str) -> None:
    if kind == "csv":
        data = b"NIK;Nama\n" + b"3;B\n" * 1_000_000
    else:
        rows = "".join(ROW.format(n=n) for n in range(1, 1_000_001))
        data = _with_sheet(rows)
        del rows
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()

    assert _code(data) == "sheet.rows"

    assert time.process_time() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_formulas_are_counted_and_read_as_their_last_value() -> None:
    cells = (
        "<row r='1'><c r='A1'><f>1+1</f><v>2</v></c><c r='B1' t='e'><f>A9</f><v>#REF!</v></c></row>"
    )
    book = read_book(_with_sheet(cells))

    assert (book.formula_count, book.error_count) == (2, 1)
    assert book.sheets[0].rows[0][0] == 2.0


def test_all_sheets_that_hold_something_are_offered() -> None:
    book = read_book(make_xlsx(LINES, sheets=("RT 01", "RT 02")))
    assert [sheet.name for sheet in book.sheets] == ["RT 01", "RT 02"]
    assert book.find_sheet("RT 02") is not None
    assert book.find_sheet("RT 03") is None


WHOLE = {"xlsx": make_xlsx(LINES), "xls": make_xls(LINES), "ods": make_ods(LINES)}


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)),
             min_size=1, max_size=6),
)  # fmt: skip
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    kind: str, wounds: list[tuple[float, bytes]]
) -> None:
    data = bytearray(WHOLE[kind])
    for place, wound in wounds:
        start = int(place * len(data))
        data[start : start + len(wound)] = wound
    _read_or_refuse(bytes(data))


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    _read_or_refuse(data)


@given(st.text(max_size=200))
def test_no_sheet_of_a_workbook_breaks_the_reading(rows: str) -> None:
    _read_or_refuse(_with_sheet(rows))


def _read_or_refuse(data: bytes) -> None:
    # Anything but a refusal by name goes through and fails the test.
    with contextlib.suppress(MalformedInputError):
        read_book(data)


def test_a_panic_of_the_reader_is_a_broken_file() -> None:
    data = bytearray(make_xls(LINES))
    start = data.index(b"Lembar1") - 8
    data[start : start + 4] = struct.pack("<I", 1_376_299)
    assert _code(bytes(data)) == "sheet.broken"
