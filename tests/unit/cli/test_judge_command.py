"""`pilkades judge`: verdicts with article, JSON that fits its schema, exit codes, bad files."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilkades.cli.main import main

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
Output = pytest.CaptureFixture[str]
BALLOT: dict[str, Any] = {
    "candidates": 3,
    "signatures": ["committee_chair"],
    "holes": [{"place": "frame", "frame": 2}],
}


def run(path: Path, document: object, *options: str, pack: str = "nasional") -> int:
    path = path / "ballots.json"
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, "utf-8")
    return main(("judge", pack, str(path), *options))


def test_a_valid_ballot_is_said_so_with_candidate_and_article(
    tmp_path: Path, capsys: Output
) -> None:
    assert run(tmp_path, BALLOT) == 0
    out = capsys.readouterr().out
    assert "1: SAH, suara untuk calon 2" in out
    assert "Permendagri 112/2014 pasal 40 huruf a, b dan c" in out


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holes": []}, "TIDAK SAH"),
        ({"torn": True}, "ATURAN TIDAK MENGATUR"),
    ],
)
def test_a_ballot_that_is_not_valid_gives_one(
    tmp_path: Path, capsys: Output, changes: dict[str, Any], words: str
) -> None:
    assert run(tmp_path, {"ballots": [BALLOT, {**BALLOT, "id": "lain", **changes}]}) == 1
    assert f"lain: {words}" in capsys.readouterr().out


def test_the_json_fits_its_schema_and_shows_the_trace(tmp_path: Path, capsys: Output) -> None:
    assert run(tmp_path, [BALLOT], "--json", pack="lombok-utara-2019") == 1
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((FORMATS / "judgement.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    (judgement,) = document["judgements"]
    assert (judgement["verdict"], judgement["rule"]) == ("invalid", "wrong_signature")
    assert judgement["trace"][0]["failures"]


def test_the_answers_of_the_wall_sheet_need_no_file(capsys: Output) -> None:
    assert main(("judge", "pesawaran-2015", "--answers")) == 0
    out = capsys.readouterr().out
    assert "satu lubang di dalam kotak dan satu di luar semua kotak: SAH" in out
    assert "surat suara robek: ATURAN TIDAK MENGATUR" in out


def test_why_shows_the_rules_that_did_not_apply(tmp_path: Path, capsys: Output) -> None:
    run(tmp_path, BALLOT, "--why")
    assert "- torn: tidak terpenuhi: surat suara robek" in capsys.readouterr().out


def test_a_table_is_read_like_the_json(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "ballots.csv"
    path.write_text(
        "id;candidates;signatures;holes;marks;torn\n"
        "biasa;3;committee_chair;frame:2;;\n"
        "tembus;3;committee_chair;frame:2@a outside@a;;false\n"
        "rokok;3;committee_chair;frame:2/cigarette;;\n"
        "garis;3;committee_chair;line:1+2;writing stain;true\n",
        "utf-8",
    )
    assert main(("judge", "nasional", str(path), "--json")) == 1
    judgements = json.loads(capsys.readouterr().out)["judgements"]
    assert {j["id"]: j["rule"] for j in judgements} == {
        "biasa": "one_hole_in_frame",
        "tembus": "fold_through",
        "rokok": "other_tool",
        "garis": "two_frames",
    }


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "bukan JSON yang benar, baris 1 kolom 2"),
        ('{"candidates": 3, "candidates": 4}', "tertulis dua kali"),
        ('{"candidates": NaN}', "bukan angka"),
        ([], "tidak memuat surat suara"),
        ({**BALLOT, "holes": "x"}, "holes"),
        ({**BALLOT, "candidates": "3"}, "bilangan bulat"),
        ({**BALLOT, "candidates": True}, "bilangan bulat"),
        ({**BALLOT, "torn": 1}, "true atau false"),
        ({**BALLOT, "tornn": True}, "tidak dikenal: tornn"),
        ({"candidates": 3, "holes": []}, "belum ada: signatures"),
        ({**BALLOT, "signatures": ["camat"]}, "salah satu dari: committee_chair"),
        ({**BALLOT, "holes": [{"place": "frame", "frame": 9}]}, "Kotak nomor 9 tidak ada"),
        ({**BALLOT, "holes": [{"place": "frame"}]}, "menyebut nomor kotaknya"),
        ([{**BALLOT, "id": "a"}, {**BALLOT, "id": "a"}], "id yang sama"),
        ("[" * 100_000, "bersarang terlalu dalam"),
        ('{"candidates": ' + "9" * 5000 + "}", "5000 digit"),
        ('{"id": "\\ud800"}', "karakter yang tidak lengkap"),
    ],
)
def test_an_unreadable_ballot_gives_two_and_a_plain_reason(
    tmp_path: Path, capsys: Output, document: object, words: str
) -> None:
    assert run(tmp_path, document) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("id,candidates\n", "belum ada: signatures, holes"),
        ("id,candidates,signatures,holes,x\n", "tidak dikenal: x"),
        ("id,id,candidates,signatures,holes\n", "tertulis dua kali"),
        ("id,candidates,signatures,holes\na,3,committee_chair\n", "memuat 3 kolom, seharusnya 4"),
        ("id,candidates,signatures,holes\na,III,committee_chair,\n", '"III" bukan angka'),
        (
            "id,candidates,signatures,holes\na,3,committee_chair,kotak-2\n",
            "ditulis seperti frame:2",
        ),
        ("id,candidates,signatures,holes,torn\na,3,committee_chair,,ya\n", "true atau false"),
        ('id,candidates,signatures,holes\na,"3,committee_chair,\n', "tanda kutip"),
    ],
)
def test_an_unreadable_table_gives_two_and_a_plain_reason(
    tmp_path: Path, capsys: Output, table: str, words: str
) -> None:
    path = tmp_path / "ballots.csv"
    path.write_text(table, "utf-8")
    assert main(("judge", "nasional", str(path))) == 2
    assert words in capsys.readouterr().err


def test_a_missing_file_an_unknown_pack_and_no_file_give_two(
    tmp_path: Path, capsys: Output
) -> None:
    assert main(("judge", "nasional", str(tmp_path / "tidak-ada.json"))) == 2
    assert main(("judge", "nasionall", str(tmp_path))) == 2
    assert main(("judge", "nasional")) == 2
    assert "Sebutkan BERKAS" in capsys.readouterr().err
