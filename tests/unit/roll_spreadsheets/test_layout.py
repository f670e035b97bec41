"""The header is found however the village wrote it, and a person confirms it."""

from datetime import date

import pytest

from pilkades.apps.roll.spreadsheets.cells import Cell, make_cell
from pilkades.apps.roll.spreadsheets.extraction import classify, extract, read_section
from pilkades.apps.roll.spreadsheets.headings import recognise
from pilkades.apps.roll.spreadsheets.layout import check_mapping, find_layout
from pilkades.errors import MalformedInputError

PERSON: tuple[Cell, ...] = (1.0, "3505010203809001", "BUDI SANTOSO", "L", "Blitar, 02-03-1980")


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("N I K", "nik"),
        ("N.I.K.", "nik"),
        ("Nomor\nInduk Kependudukan", "nik"),
        ("No. KTP", "nik"),
        ("NO. KK", "kk"),
        ("Nomor Kartu Keluarga", "kk"),
        ("NAMA\nLENGKAP", "full_name"),
        ("Nama (sesuai KTP)", "full_name"),
        ("L/P", "sex"),
        ("Jenis Kelamin (L/P)", "sex"),
        ("JENIS KELAMIM", "sex"),
        ("Jns. Kel.", "sex"),
        ("Tempat/Tgl Lahir", "birth"),
        ("Tempat, Tanggal Lahir", "birth"),
        ("TTL", "birth"),
        ("Tgl. Lahir", "birth_date"),
        ("Tanggal Lahir (dd-mm-yyyy)", "birth_date"),
        ("Tmpt Lahir", "birth_place"),
        ("Status Perkawinan (B/S/P)", "marital_status"),
        ("RT/RW", "rt_rw"),
        ("R T", "rt"),
        ("Dusun / Lingkungan", "hamlet"),
        ("Alamat (Jalan/Dukuh)", "address"),
        ("Disabilitas *)", "disability"),
        ("Ket.", "note"),
        ("No. HP/WA", "phone"),
        ("Pekerjaan", "occupation"),
        ("No. Urut", ""),
        ("Umur", ""),
        ("Golongan yang aneh", None),
    ],
)
def test_headings_are_known_in_the_spelling_people_use(heading: str, target: str | None) -> None:
    assert recognise(heading) == target


def test_titles_above_and_numbers_below_the_header_are_passed_over() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("DAFTAR PEMILIH SEMENTARA", None, None, None, None),
        ("DESA SUMBERDIREN", None, None, None, None),
        (None,) * 5,
        ("NO", "NIK", "NAMA", "JK", "TTL"),
        (1.0, 2.0, 3.0, 4.0, 5.0),
        PERSON,
    ]

    layout = find_layout(rows)

    assert layout.header_rows == (3,)
    assert layout.first_row == 5
    assert layout.mapped == {1: "nik", 2: "full_name", 3: "sex", 4: "birth"}


def test_two_header_rows_are_read_together() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("No", "NIK", "Nama", "Lahir", None, "Jenis Kelamin", None, "Kawin", None, None),
        (None, None, None, "Tempat", "Tanggal", "L", "P", "B", "S", "P"),
        (1.0, "3505010203809001", "BUDI", "Blitar", "02-03-1980", "v", None, None, "v", None),
    ]

    layout = find_layout(rows)

    assert layout.header_rows == (0, 1)
    assert list(layout.mapped.values()) == [
        "nik", "full_name", "birth_place", "birth_date", "sex_L", "sex_P",
        "marital_B", "marital_S", "marital_P",
    ]  # fmt: skip


def test_any_order_of_columns_will_do() -> None:
    rows = [("TTL", "JK", "NAMA", "NIK", "NO"), tuple(reversed(PERSON))]
    assert find_layout(rows).mapped == {0: "birth", 1: "sex", 2: "full_name", 3: "nik"}


def test_a_lone_p_is_not_taken_for_a_tick() -> None:
    rows = [("NIK", "NAMA", "P"), PERSON[1:4]]
    assert find_layout(rows).mapped == {0: "nik", 1: "full_name"}


def test_without_a_header_the_content_speaks() -> None:
    rows: list[tuple[Cell, ...]] = [
        (f"35050102038090{n:02}", f"BUDI {name}", "L", date(1980, 3, 2))
        for n, name in enumerate(("SANTOSO", "HARTONO", "WIBOWO", "UTOMO"))
    ]

    layout = find_layout(rows)

    assert layout.header_rows == ()
    assert layout.first_row == 0
    assert layout.mapped == {0: "nik", 1: "full_name", 2: "sex", 3: "birth_date"}


def test_family_cards_are_told_from_niks_by_being_shared() -> None:
    rows: list[tuple[Cell, ...]] = [(f"35050102038090{n:02}", "3505010101990001") for n in range(6)]
    assert find_layout(rows).mapped == {0: "nik", 1: "kk"}


@pytest.mark.parametrize(
    ("mapped", "code"),
    [
        ({0: "nik"}, "mapping.name-missing"),
        ({0: "full_name", 1: "nik", 2: "nik"}, "mapping.twice"),
        ({0: "full_name", 1: "birth", 2: "birth_date"}, "mapping.twice"),
        ({0: "full_name", 1: "rt_rw", 2: "rw"}, "mapping.twice"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused(mapped: dict[int, str], code: str) -> None:
    with pytest.raises(MalformedInputError) as refused:
        check_mapping(mapped)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ((None,) * 5, "blank"),
        (("JUMLAH", 120.0, None, None, None), "total"),
        ((None, "Total L", 60.0, None, None), "total"),
        (("NO", "NIK", "NAMA", "JK", "TTL"), "header"),
        ((1.0, 2.0, 3.0, 4.0, 5.0), "numbering"),
        (("Mengetahui,", None, "Ketua Panitia", None, None), "other"),
        (PERSON, ""),
        ((None, None, "JUMLAHWATI", "P", None), ""),
        ((None, "3505010203809001", None, None, None), ""),
    ],
)
def test_lines_that_are_no_person_are_skipped_and_told(line: tuple[Cell, ...], reason: str) -> None:
    layout = find_layout([("NO", "NIK", "NAMA", "JK", "TTL"), PERSON])
    assert classify(line, extract(line, layout.mapped), layout) == reason


def test_cells_lose_what_cannot_be_seen() -> None:
    assert make_cell(" Budi\u00a0 \u200bSantoso\n") == "Budi Santoso"
    assert make_cell("\u200b") is None
    assert make_cell(3) == 3.0


@pytest.mark.parametrize(
    ("line", "mapped", "said"),
    [
        (("DUSUN KRAJAN", None), {1: "full_name"}, {"hamlet": "KRAJAN"}),
        ((None, "RT 01 RW 02"), {1: "full_name"}, {"rt_rw": "RT 01 RW 02"}),
        (("DUSUN KRAJAN", None), {1: "hamlet"}, {}),
        (("DUSUN KRAJAN", "Budi"), {1: "full_name"}, None),
        (("JUMLAH", None), {1: "full_name"}, None),
    ],
)
def test_a_line_that_heads_a_section_speaks_for_the_people_below(
    line: tuple[Cell, ...], mapped: dict[int, str], said: dict[str, str] | None
) -> None:
    assert read_section(line, mapped) == said
