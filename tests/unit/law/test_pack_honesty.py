"""The national and the Blitar pack claim no more than is known of the law.

Two plain-text files that a lawyer edits: the articles that have been read, and every value that is
not verified yet. A value that becomes more or less certain changes its line there in the same act.
"""

import re
from pathlib import Path

import pytest

from pilkades.law.pack import RulePack, Sourced, Status
from pilkades.packfiles import check_pack_file, list_packs, read_pack

FOLDER = Path(__file__).parents[2] / "vectors" / "law"
NUMBERED = re.compile(r"(UU|PP|Permendagri) [0-9]+/[0-9]{4}.*\bpasal\b")


def read_lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def own_rows(pack: RulePack) -> list[tuple[str, Sourced]]:
    tables = [("rule", pack.rules.values()), *pack.tables.items()]
    return [(name, row) for name, rows in tables for row in rows if row.pack_id == pack.id]


@pytest.mark.parametrize("name", ["nasional", "blitar-2026"])
def test_every_value_that_is_not_verified_is_in_the_lawyers_list(name: str) -> None:
    written = {
        tuple(cell.strip() for cell in line.split("|")[:3]): line
        for line in read_lines("belum-terverifikasi.txt")
        if line.startswith(f"{name} ")
    }
    found = {
        (name, row.status.value, f"{table}:{row.id}"): row.article
        for table, row in own_rows(read_pack(name))
        if row.status is not Status.VERIFIED
    }
    new = [f"{' | '.join(key)} | {found[key]}" for key in found if key not in written]
    assert new == [], "belum terverifikasi menurut paket, tidak ada dalam daftar"
    gone = [line for key, line in written.items() if key not in found]
    assert gone == [], "dalam daftar, tetapi menurut paket statusnya lain"


@pytest.mark.parametrize("name", list_packs())
def test_a_verified_value_names_only_articles_that_have_been_read(name: str) -> None:
    known = sorted(read_lines("pasal-yang-dibaca.txt"), key=len, reverse=True)
    for table, row in own_rows(read_pack(name)):
        if row.status is Status.VERIFIED:
            for part in row.article.split("; "):
                is_read = any(
                    part == article or part.startswith(f"{article} ") for article in known
                )
                assert is_read or not NUMBERED.search(part), f"{table}:{row.id}: {part}"


def test_two_terms_are_read_but_their_transition_is_not() -> None:
    terms = read_pack("nasional").find_entry("eligibility", "terms")
    assert terms is not None
    assert terms.status is Status.UNVERIFIED


def test_a_made_up_pack_says_so_in_every_value_and_in_its_title() -> None:
    pack = read_pack("contoh-lain")
    assert "fiktif" in pack.title
    assert {row.status for _, row in own_rows(pack)} == {Status.FICTIONAL}


@pytest.mark.parametrize("name", sorted(set(list_packs()) - {"contoh-lain"}))
def test_no_pack_of_a_real_place_holds_made_up_values(name: str) -> None:
    rows = own_rows(read_pack(name))
    assert [row.id for _, row in rows if row.status is Status.FICTIONAL] == []


def test_the_check_of_a_made_up_pack_warns_that_it_is_an_example() -> None:
    codes = [finding.code for finding in check_pack_file("contoh-lain")]
    assert codes.count("pack.fictional") == 1
    assert "pack.fictional" not in [finding.code for finding in check_pack_file("blitar-2026")]
