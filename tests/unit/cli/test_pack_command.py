"""`pilkades pack check|diff|show`: findings with lines, differences with articles, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pilkades.cli.main import main
from pilkades.law.pack import Status
from pilkades.law.packread import RULE_SPECS, TABLE_SPECS
from pilkades.packfiles import list_packs, read_pack

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
Output = pytest.CaptureFixture[str]
HEADER = """\
[pack]
format = 1
id = "kami"
title = "Kabupaten Kami"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""
RULE = """
[[rule]]
id = "station.voters_max"
value = 400
article = "Perbup Kami 1/2026 pasal 9"
status = "secondary"
"""


def write(folder: Path, *blocks: str) -> str:
    path = folder / "kami.toml"
    path.write_text(HEADER + "".join(blocks), "utf-8")
    return str(path)


def validate(name: str, document: Any) -> None:
    schema = json.loads((FORMATS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize("name", list_packs())
def test_a_shipped_pack_is_fine(name: str, capsys: Output) -> None:
    assert main(("pack", "check", name)) == 0
    assert "Paket dapat dipakai" in capsys.readouterr().out


def test_a_wrong_pack_ends_with_one_and_names_every_line(tmp_path: Path, capsys: Output) -> None:
    wrong = RULE.replace('article = "Perbup Kami 1/2026 pasal 9"\n', "").replace("400", '"banyak"')
    assert main(("pack", "check", write(tmp_path, wrong, "\n[[langkah]]\n"))) == 1
    output = capsys.readouterr().out
    assert "baris 10" in output
    assert "baris 12" in output
    assert "baris 15" in output
    assert "3 kesalahan" in output


def test_what_is_not_verified_is_listed_with_its_line(tmp_path: Path, capsys: Output) -> None:
    main(("pack", "check", write(tmp_path, RULE)))
    assert "baris 10: station.voters_max (sumber kedua)" in capsys.readouterr().out


def test_what_is_inherited_without_being_verified_is_counted_and_listed_too(
    capsys: Output,
) -> None:
    pack = read_pack("blitar-2026")
    rows = [*pack.rules.values(), *(row for table in pack.tables.values() for row in table)]
    unsure = [row for row in rows if row.status is not Status.VERIFIED]
    own = sum(row.pack_id == pack.id for row in unsure)
    main(("pack", "check", "blitar-2026"))
    output = capsys.readouterr().out
    assert f"{len(unsure)} butir yang berlaku belum terverifikasi" in output
    assert f"{own} ditulis paket ini, {len(unsure) - own} diwarisi" in output
    assert f"nasional baris {pack.rule('wave.max_waves').line}: wave.max_waves" in output
    main(("pack", "check", "blitar-2026", "--json"))
    document = json.loads(capsys.readouterr().out)
    validate("pack-check", document)
    assert len(document["unsure"]) == len(unsure)
    assert {row["pack"] for row in document["unsure"]} == {"blitar-2026", "nasional"}


@pytest.mark.parametrize("blocks", [(), (RULE,), (RULE, RULE), ("\n[[langkah]]\n",), ("x =\n",)])
def test_the_json_of_a_check_keeps_to_its_schema(
    blocks: tuple[str, ...], tmp_path: Path, capsys: Output
) -> None:
    code = main(("pack", "check", write(tmp_path, *blocks), "--json"))
    document = json.loads(capsys.readouterr().out)
    validate("pack-check", document)
    assert document["usable"] is (code == 0)


def test_the_json_of_a_check_carries_line_code_and_rule(tmp_path: Path, capsys: Output) -> None:
    main(("pack", "check", write(tmp_path, RULE, RULE), "--json"))
    findings = json.loads(capsys.readouterr().out)["findings"]
    doubles = [item for item in findings if item["code"] == "pack.double-id"]
    assert [(item["line"], item["subject"]) for item in doubles] == [(16, "station.voters_max")]


@pytest.mark.parametrize("second", ["blitar-2026", "contoh-lain", "nasional"])
def test_the_json_of_a_difference_keeps_to_its_schema(second: str, capsys: Output) -> None:
    assert main(("pack", "diff", "nasional", second, "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    validate("pack-diff", document)
    assert bool(document["changes"]) is (second != "nasional")


def test_a_difference_is_told_with_values_and_articles(tmp_path: Path, capsys: Output) -> None:
    assert main(("pack", "diff", "nasional", write(tmp_path, RULE))) == 0
    output = capsys.readouterr().out
    assert "station.voters_max: diubah" in output
    assert "value: 500 → 400" in output
    assert "Perbup Kami 1/2026 pasal 9" in output


def test_equal_packs_have_no_difference(capsys: Output) -> None:
    assert main(("pack", "diff", "nasional", "nasional")) == 0
    assert "Tidak ada perbedaan" in capsys.readouterr().out


def test_showing_a_pack_names_article_status_and_missing_approval(capsys: Output) -> None:
    assert main(("pack", "show", "nasional")) == 0
    output = capsys.readouterr().out
    assert "wave.max_waves  [PERLU VERIFIKASI]" in output
    assert "Permendagri 65/2017 pasal 4" in output
    assert "belum disetujui" in output


@pytest.mark.parametrize("name", list_packs())
def test_a_shown_pack_is_readable_by_programs(name: str, capsys: Output) -> None:
    assert main(("pack", "show", name, "--json")) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert all(row["article"] and row["status"] for row in rows)


def test_every_known_rule_and_field_is_listed_with_its_help(capsys: Output) -> None:
    assert main(("pack", "fields")) == 0
    output = capsys.readouterr().out
    assert "station.voters_max  (bilangan bulat, wajib)" in output
    assert "[[step]]" in output
    assert max(len(line) for line in output.splitlines()) <= 100
    main(("pack", "fields", "--json"))
    document = json.loads(capsys.readouterr().out)
    assert {rule["name"] for rule in document["rules"]} == set(RULE_SPECS)
    assert {table["name"] for table in document["tables"]} == set(TABLE_SPECS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("pack", "check", "tidak-ada"),
        ("pack", "check", "tidak-ada.toml"),
        ("pack", "diff", "nasional", "tidak-ada"),
        ("pack", "show", "tidak-ada"),
    ],
)
def test_a_pack_that_is_not_there_ends_with_two(arguments: tuple[str, ...], capsys: Output) -> None:
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_wrong_pack_cannot_be_shown_or_compared(tmp_path: Path, capsys: Output) -> None:
    assert main(("pack", "show", write(tmp_path, RULE, RULE))) == 2
    assert "baris 16" in capsys.readouterr().err
