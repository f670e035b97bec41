"""`pilkades reconcile`: one or many statements, totals, unreadable cells, pieces, repeats."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilkades.cli import reconcile_files
from pilkades.cli.main import main
from pilkades.law.reconciliation.figures import PLAIN_FIELDS
from tests.statements import make_statement

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
Output = pytest.CaptureFixture[str]
Row = dict[str, str]
WORDS = {200: "dua ratus", 150: "seratus lima puluh", 50: "nol lima nol"}


def make_row(number: int = 1, /, **changed: str) -> Row:
    figures = asdict(make_statement())
    row = {"village_code": "35.05.01.2001", "station": f"TPS {number}"}
    row |= {name: str(figures[name]) for name in PLAIN_FIELDS}
    for candidate in figures["candidates"]:
        of, votes = candidate["number"], candidate["votes"]
        row |= {
            f"votes_{of}": f"{votes:03d}",
            f"words_{of}": WORDS[votes],
            f"marks_{of}": str(votes),
        }
    return row | changed


def write(folder: Path, *rows: Row, delimiter: str = ",", columns: tuple[str, ...] = ()) -> str:
    names = columns or tuple(rows[0])
    lines = [delimiter.join(names), *(delimiter.join(row[n] for n in names) for row in rows)]
    path = folder / "stations.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def checked(path: str, capsys: Output, *options: str, code: int = 0) -> dict[str, Any]:
    assert main(("reconcile", path, "--json", *options)) == code
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    schema = json.loads((FORMATS / "reconciliation.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    return document


def places(document: dict[str, Any]) -> list[tuple[int, str | None, str]]:
    return [(f["line"], f["column"], f["code"]) for f in document["findings"]]


def test_consistent_stations_give_zero_and_their_totals(tmp_path: Path, capsys: Output) -> None:
    rows = [make_row(n) for n in (1, 2)]
    rows.append(make_row(1, village_code="35.05.01.2002"))
    document = checked(write(tmp_path, *rows), capsys)
    assert document["findings"] == []
    assert document["villages"][0] == {
        "village_code": "35.05.01.2001",
        "stations": 2,
        "inconsistent": 0,
        "registered": 1_000,
        "users": 848,
        "valid": 800,
        "invalid": 48,
        "votes": [
            {"number": 1, "votes": 400},
            {"number": 2, "votes": 300},
            {"number": 3, "votes": 100},
        ],
    }
    (regency,) = document["regencies"]
    assert (regency["regency_code"], regency["villages"], regency["stations"]) == ("35.05", 2, 3)
    assert document["summary"]["consistent"] == 3


def test_a_broken_station_gives_one_with_a_sentence_and_its_line(
    tmp_path: Path, capsys: Output
) -> None:
    path = write(tmp_path, make_row(1), make_row(2, ballots_unused="80"))
    assert main(("reconcile", path)) == 1
    out = capsys.readouterr().out
    assert "Baris 3 (35.05.01.2001, TPS 2)" in out
    assert "Surat suara digunakan, dikembalikan dan sisa (507) kurang 3 dari" in out
    assert "2 TPS diperiksa: 1 cocok, 1 tidak cocok; 0 isian tidak terbaca." in out


@pytest.mark.parametrize(
    ("changed", "places_found"),
    [
        ({"votes_3": "O5O"}, [(3, "votes_3", "statement.cell.letter")]),
        ({"votes_3": "0-5-0"}, [(3, "votes_3", "statement.cell.digits")]),
        ({"invalid": "-24"}, [(3, "invalid", "statement.cell.negative")]),
        ({"valid": ""}, [(3, "valid", "statement.cell.blank")]),
        ({"valid": " 400"}, [(3, "valid", "statement.cell.space")]),
        ({"valid": "1.234"}, [(3, "valid", "statement.cell.digits")]),
        ({"valid": "1234567890"}, [(3, "valid", "statement.cell.long")]),
        ({"valid": "４００"}, [(3, "valid", "statement.cell.digits")]),
        ({"words_1": "duaratus"}, [(3, "words_1", "words.unreadable")]),
        ({"marks_2": "x"}, [(3, "marks_2", "statement.cell.digits")]),
        ({"village_code": "3505"}, [(3, "village_code", "statement.village_code")]),
        ({"station": " "}, [(3, "station", "statement.station")]),
        ({"station": '"a"b'}, [(3, None, "statement.row.quotes")]),
        (
            {"users_total": "", "votes_1": "l00", "words_2": "seratus dan"},
            [
                (3, "users_total", "statement.cell.blank"),
                (3, "votes_1", "statement.cell.letter"),
                (3, "words_2", "words.unreadable"),
            ],
        ),
    ],
)
def test_an_unreadable_cell_is_reported_with_its_place_and_reading_goes_on(
    tmp_path: Path,
    capsys: Output,
    changed: Row,
    places_found: list[tuple[int, str | None, str]],
) -> None:
    path = write(tmp_path, make_row(1), make_row(2, **changed), make_row(3))
    document = checked(path, capsys, code=1)
    assert sorted(places(document), key=str) == sorted(places_found, key=str)
    assert document["summary"]["stations"] == 2


def test_a_line_with_too_few_or_too_many_cells_and_bytes_that_are_no_text_are_reported(
    tmp_path: Path, capsys: Output
) -> None:
    path = Path(write(tmp_path, make_row(1)))
    good = path.read_bytes()
    path.write_bytes(good + b"a,b\n" + b"\xff\xfe\n\n" + good.splitlines()[1][:-1] + b"0,1\n")
    document = checked(str(path), capsys, code=1)
    assert places(document) == [
        (3, None, "statement.row.length"),
        (4, None, "statement.row.encoding"),
        (6, None, "statement.row.length"),
    ]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_a_byte_order_mark_and_windows_line_ends_are_read(
    tmp_path: Path, capsys: Output, delimiter: str
) -> None:
    path = Path(write(tmp_path, make_row(1), delimiter=delimiter))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert checked(str(path), capsys)["summary"]["stations"] == 1


def test_quoted_cells_are_read(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path, make_row(1, station='"TPS 1, balai desa"'))
    assert checked(path, capsys)["summary"]["stations"] == 1


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("village_code,station\n", "belum ada: registered_men"),
        (",".join(make_row()).replace("invalid", "unvalid") + "\n", "belum ada: invalid"),
        (",".join(make_row()) + ",extra\n", "tidak dikenal: extra"),
        (",".join(make_row()) + ",valid\n", "dua kali"),
        ("", "belum ada"),
    ],
)
def test_a_wrong_header_refuses_the_table(
    tmp_path: Path, capsys: Output, header: str, words: str
) -> None:
    path = tmp_path / "stations.csv"
    path.write_text(header, "utf-8")
    assert main(("reconcile", str(path))) == 2
    assert words in capsys.readouterr().err


def test_villages_with_fewer_candidates_leave_the_other_cells_empty(
    tmp_path: Path, capsys: Output
) -> None:
    absent = {f"{kind}_3": "" for kind in ("votes", "words", "marks")}
    two = make_row(1, candidates="2", valid="350", invalid="74", **absent)
    three = make_row(2, candidates="3")
    document = checked(write(tmp_path, two, three), capsys)
    assert document["villages"][0]["votes"][2] == {"number": 3, "votes": 50}

    wrong = [make_row(1, candidates="2"), make_row(2, candidates="4"), make_row(3, candidates="3")]
    document = checked(write(tmp_path, *wrong), capsys, code=1)
    assert {(line, code) for line, _, code in places(document)} == {
        (2, "statement.candidates"),
        (3, "statement.candidates"),
    }


def test_a_station_that_comes_twice_is_added_once(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path, make_row(1), make_row(2), make_row(1))
    document = checked(path, capsys, code=1)
    assert places(document) == [(4, None, "statement.repeated")]
    assert document["summary"]["stations"] == 2
    assert document["villages"][0]["valid"] == 800


@pytest.mark.parametrize("processes", ["1", "2"])
def test_pieces_over_processes_give_the_same_as_one_reading(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch, processes: str
) -> None:
    rows = [make_row(n) for n in range(1, 41)]
    rows[7]["ballots_unused"] = "80"
    rows[20]["votes_2"] = "l50"
    rows.append(make_row(3))
    path = write(tmp_path, *rows)
    whole = checked(path, capsys, code=1)
    monkeypatch.setattr(reconcile_files, "PIECE_BYTES", 1_000)
    assert checked(path, capsys, "--processes", processes, code=1) == whole
    assert [line for line, _, _ in places(whole)] == [9, 22, 42]


def test_statements_in_json_are_checked_by_number(tmp_path: Path, capsys: Output) -> None:
    record: dict[str, Any] = {
        key: value
        for key, value in asdict(make_statement()).items()
        if not key.endswith("_words") and key != "candidates"
    }
    record["candidates"] = [
        {"number": 1, "votes": "200", "words": "dua ratus"},
        {"number": 2, "votes": 150, "marks": 150},
        {"number": 3, "votes": 50, "words": None},
    ]
    second = {**record, "station": "TPS 02", "valid": 401}
    third = {**record, "station": "TPS 03", "valid": True, "jumlah": 3}
    path = tmp_path / "statements.json"
    path.write_text(json.dumps({"statements": [record, second, third, record]}), "utf-8")
    document = checked(str(path), capsys, code=1)
    assert {(line, code) for line, _, code in places(document)} == {
        (2, "users_equal_votes"),
        (2, "candidates_equal_valid"),
        (2, "votes_total"),
        (3, "statement.field.unknown"),
        (4, "statement.repeated"),
    }


@pytest.mark.parametrize(
    ("text", "words"), [("[1]", "objek JSON"), ("{}", "belum ada"), ("[", "bukan JSON")]
)
def test_json_without_a_readable_statement_gives_two(
    tmp_path: Path, capsys: Output, text: str, words: str
) -> None:
    path = tmp_path / "statements.json"
    path.write_text(text, "utf-8")
    assert main(("reconcile", str(path))) == 2
    captured = capsys.readouterr()
    assert words in captured.out + captured.err


def test_a_table_in_which_nothing_can_be_read_gives_two(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path, make_row(1, valid="O"))
    assert checked(path, capsys, code=2)["summary"]["stations"] == 0


def test_the_pack_decides_what_is_an_error(tmp_path: Path, capsys: Output) -> None:
    row = make_row(1, users_roll="424", users_elsewhere="0", marks_1="199")
    assert main(("reconcile", write(tmp_path, row))) == 1
    assert main(("reconcile", write(tmp_path, row), "--pack", "contoh-lain")) == 0
    assert "marks_equal_digits" in capsys.readouterr().out
