"""`pilkades determine`: the winner or the next act, the printed trace, exit codes, bad files."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilkades.cli.main import main

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
VECTORS = Path(__file__).parents[2] / "vectors" / "law" / "ties.json"
CASES = json.loads(VECTORS.read_text("utf-8"))["cases"]
Output = pytest.CaptureFixture[str]


def write(folder: Path, document: object) -> str:
    path = folder / "village.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def test_the_trace_is_printed_with_figures_and_articles(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path, CASES[0]["input"])
    assert main(("determine", "nasional", path)) == 0
    out = capsys.readouterr().out
    assert "Suara sama: calon 1, calon 2." in out
    assert "TPS 1 (591). Di sana calon 1 180 suara, calon 2 160 suara." in out
    assert "Dasar: Permendagri 112/2014 pasal 42 ayat (2)" in out
    assert "Calon terpilih: nomor 1." in out


def test_nobody_elected_gives_one_and_says_what_to_do(tmp_path: Path, capsys: Output) -> None:
    assert main(("determine", "nasional", write(tmp_path, CASES[2]["input"]))) == 1
    assert "Tindak lanjut: Pemungutan suara ulang" in capsys.readouterr().out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["description"])
def test_every_outcome_fits_the_schema(
    tmp_path: Path, capsys: Output, case: dict[str, Any]
) -> None:
    code = main(("determine", case["context"], write(tmp_path, case["input"]), "--json"))
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((FORMATS / "determination.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    assert document["winner"] == case["output"]["winner"]
    assert code == (0 if document["winner"] else 1)


def test_a_table_is_read_like_the_json(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "village.csv"
    path.write_text(
        "station,registered,turnout,ballots,votes_1,votes_2\n"
        "TPS 1,591,344,344,180,160\n"
        "TPS 2,566,305,305,141,161\n",
        "utf-8",
    )
    assert main(("determine", "nasional", str(path), "--json")) == 0
    assert json.loads(capsys.readouterr().out)["winner"] == 1


def test_a_single_candidate_table_has_the_empty_column(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "village.csv"
    path.write_text(
        "station,hamlet,registered,turnout,ballots,votes_0,votes_1\nTPS 1,Krajan,90,60,60,31,29\n",
        "utf-8",
    )
    assert main(("determine", "nasional", str(path))) == 1
    assert "Calon tunggal tidak terpilih." in capsys.readouterr().out


def changed(**fields: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(CASES[0]["input"]))
    document["stations"][0].update(fields)
    return document


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "belum ada: candidates, stations"),
        ({"candidates": [], "stations": []}, "Belum ada TPS"),
        (changed(votes={"1": 180}), "tepat untuk nomor 1, 2"),
        (changed(votes={"01": 180, "2": 160}), "stations[1].votes"),
        (changed(votes={"1": 180, "2": "160"}), "bilangan bulat"),
        (changed(votes={"1": 180, "2": -160}), "bilangan bulat"),
        (changed(ballots=300), "lebih dari surat suara yang dihitung"),
        (changed(station="TPS 2"), "tertulis dua kali"),
        (changed(suara=1), "tidak dikenal: suara"),
    ],
)
def test_figures_that_cannot_be_are_refused_with_two(
    tmp_path: Path, capsys: Output, document: object, words: str
) -> None:
    assert main(("determine", "nasional", write(tmp_path, document))) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("station,registered,turnout,ballots\nA,1,1,1\n", "votes_1, votes_2"),
        ("station,registered,turnout,ballots,votes_x\nA,1,1,1,1\n", "votes_1, votes_2"),
        (
            "station,registered,turnout,ballots,votes_1,votes_2\nA,5,5,5,O,5\n",
            "baris 2, kolom votes_1",
        ),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(
    tmp_path: Path, capsys: Output, table: str, words: str
) -> None:
    path = tmp_path / "village.csv"
    path.write_text(table, "utf-8")
    assert main(("determine", "nasional", str(path))) == 2
    assert words in capsys.readouterr().err
