"""Papers, codes and spreadsheets."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.documents.services import (
    PaperRecord,
    SheetColumn,
    build_xlsx,
    csv_response,
    date_in_words,
    photo_svg,
    qr_png,
    qr_svg,
    render_pdf,
    xlsx_response,
)
from pilkades.apps.documents.spreadsheets import FORMULA_STARTS, neutralise
from pilkades.text import Text

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8"
    "ffff3f0005fe02fea73581640000000049454e44ae426082"
)


def paper(**changes: Any) -> pypdf.PdfReader:
    data = {
        "head": ["Pemerintah Kabupaten Blitar", "Panitia Pemilihan Desa Sumberdiren"],
        "title": "Jadwal tahapan",
        "number": "400.10/12/2026",
        "columns": ["Tahap", "Tanggal", "Pemilih"],
        "numeric": [2],
        "rows": [["Pemungutan suara", date(2026, 11, 23), 4218]],
        "signatures": [{"role": "Ketua", "name": "Sari Wulandari"}],
        **changes.pop("data", {}),
    }
    pdf = render_pdf(template="documents/table.typ", data=data, **changes)
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(reader: pypdf.PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 210, 297), ("f4", 215, 330)])
def test_paper_has_the_size_of_the_office(size: Any, width: int, height: int) -> None:
    box = paper(paper=size).pages[0].mediabox

    assert float(box.width) * 25.4 / 72 == pytest.approx(width, abs=0.2)
    assert float(box.height) * 25.4 / 72 == pytest.approx(height, abs=0.2)


def test_paper_writes_dates_numbers_and_pages_in_indonesian() -> None:
    text = text_of(paper())

    assert "23 November 2026" in text
    assert "4.218" in text
    assert "Halaman 1 dari 1" in text


@pytest.mark.parametrize(
    "name",
    [
        '#panic("rusak")',
        'Siti "Ning" Aminah',
        '#read("/etc/passwd")',
        "$x$ *tebal* _miring_ `kode` \\ [x] <label> @ref",
        "}); // {",
        "Ny. O'Hara & <b>",
    ],
)
def test_name_that_looks_like_typst_is_printed_as_a_name(name: str) -> None:
    reader = paper(data={"rows": [[name, "x", 1]], "title": name, "head": [name]})

    printed = "".join(text_of(reader).split()).replace("“", '"').replace("”", '"')
    assert "".join(name.split()) in printed.replace("’", "'")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z"))))
def test_no_text_breaks_a_paper(name: str) -> None:
    assert render_pdf(
        template="documents/table.typ",
        data={"title": name, "columns": [name], "rows": [[name]]},
    ).startswith(b"%PDF")


def test_record_stands_at_the_foot_with_identity_and_hash() -> None:
    text = text_of(paper(record=PaperRecord(identity="election:1/jadwal", hash="ab" * 32)))

    assert "election:1/jadwal" in text
    assert "ab" * 32 in "".join(text.split())


def test_hash_of_the_paper_changes_with_what_stands_on_it() -> None:
    record = PaperRecord(identity="x")
    first = text_of(paper(record=record))
    second = text_of(paper(record=record, data={"rows": [["Pemungutan suara", "x", 4219]]}))

    assert first.split("sha256")[1][:70] != second.split("sha256")[1][:70]


def test_simulation_is_printed_across_every_page_and_only_then() -> None:
    rows = [[f"Tahap {i}", "x", i] for i in range(120)]

    pages = paper(simulation=True, data={"rows": rows}).pages

    assert len(pages) > 1
    assert all("SIMULASI" in page.extract_text() for page in pages)
    assert "SIMULASI" not in text_of(paper())


def test_demo_cannot_print_a_paper_without_simulation(settings: Any) -> None:
    settings.PILKADES_DEMO = True

    assert "SIMULASI" in text_of(paper(simulation=False))


def test_paper_needs_no_font_of_the_machine() -> None:
    fonts = {
        str(font["/BaseFont"])
        for page in paper().pages
        for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
    }

    assert fonts
    assert all("Libertinus" in name or "DejaVu" in name for name in fonts)


@pytest.mark.parametrize("template", ["../../../etc/passwd", "documents/../papers.py", "x/y.typ"])
def test_paper_outside_the_apps_is_not_found(template: str) -> None:
    with pytest.raises(FileNotFoundError):
        render_pdf(template=template, data={})


def test_photo_is_carried_inside_a_picture_and_nothing_but_a_photo_is_taken() -> None:
    assert "data:image/png;base64," in photo_svg(PIXEL, media_type="image/png")
    with pytest.raises(ValueError, match="no photograph"):
        photo_svg(b"<svg/>", media_type="image/svg+xml")


def test_qr_holds_the_text_without_showing_it_as_markup() -> None:
    svg = qr_svg('"><script>alert(1)</script>')

    assert "script" not in svg
    assert svg.startswith("<svg")
    assert qr_png("x").startswith(b"\x89PNG")


def test_date_in_words_for_the_head_of_a_record() -> None:
    assert date_in_words(date(2026, 11, 23)) == (
        "Senin tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"
    )


ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    '=HYPERLINK("http://evil","x")',
    "＝1",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_cell_never_becomes_a_formula(attack: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(build_xlsx(columns=[attack], rows=[[attack]])))
    sheet = book.active
    assert sheet is not None

    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert str(cell.value).startswith("'")


@given(st.text())
def test_neutralised_text_never_starts_like_a_formula(text: str) -> None:
    assert not neutralise(text).lstrip(" ").startswith(FORMULA_STARTS)


def test_workbook_keeps_numbers_dates_and_words_as_what_they_are() -> None:
    rows = [[4218, Decimal("12.5"), date(2026, 11, 23), True, None, Text("{n} desa", n=1200)]]

    content = build_xlsx(columns=[SheetColumn(title=c) for c in "abcdef"], rows=rows)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None

    number, fraction, day, answer, nothing, words = [cell.value for cell in sheet[2]]
    assert (number, fraction, answer, nothing) == (4218, 12.5, "ya", None)
    assert day == datetime(2026, 11, 23)  # noqa: DTZ001
    assert words == "1.200 desa"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_long_numbers_such_as_a_nik_are_text_and_lose_no_digit() -> None:
    content = build_xlsx(columns=["NIK"], rows=[["3505012311260001"], [3505012311260001]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None

    assert [sheet["A2"].value, sheet["A3"].value] == ["3505012311260001"] * 2


def test_csv_is_readable_by_excel_and_by_machines() -> None:
    response = csv_response(
        filename="desa", columns=["Nama", "Tanggal"], rows=[["=1", date(2026, 11, 23)]]
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    assert list(csv.reader(io.StringIO(text))) == [["Nama", "Tanggal"], ["'=1", "2026-11-23"]]


def test_download_name_keeps_every_letter_and_breaks_no_header() -> None:
    response = xlsx_response(filename='désa "a"\r\nX: y', columns=["a"], rows=[])

    assert "\r" not in response["Content-Disposition"]
    assert "\n" not in response["Content-Disposition"]
    assert "filename*=UTF-8''d%C3%A9sa" in response["Content-Disposition"]


def test_later_pages_say_which_paper_they_belong_to_and_signatures_take_the_date_along() -> None:
    rows = [[f"Tahap {i}", "x", i] for i in range(33)]

    pages = paper(data={"rows": rows, "place_date": "Sumberdiren, 23 November 2026"}).pages

    last = pages[-1].extract_text()
    assert "Nomor 400.10/12/2026" in last
    assert ("Sumberdiren, 23 November 2026" in last) == ("Sari Wulandari" in last)


@pytest.mark.django_db
def test_sample_paper_exists_in_the_demo_only_and_opens_in_both_sizes(
    client: Any, settings: Any
) -> None:
    assert client.get("/gaya/kertas/").status_code == 404
    settings.PILKADES_DEMO = True

    for size in ("a4", "f4"):
        answer = client.get("/gaya/kertas/", {"kertas": size})
        assert answer["Content-Type"] == "application/pdf"
        assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == 1
