"""Which offices are told of what: the pack says so, and nobody else."""

import pytest

from pilkades.law.packcheck import check_pack, parse_pack
from pilkades.law.recipients import Matter, list_recipients
from pilkades.packfiles import find_pack_source, read_pack

NATIONAL = read_pack("nasional")
HEADER = b"""[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""


@pytest.mark.parametrize("matter", list(Matter))
def test_national_pack_names_somebody_for_every_matter(matter: Matter) -> None:
    assert list_recipients(pack=NATIONAL, matter=matter)


def test_overlay_sends_results_elsewhere() -> None:
    row = b"""
[[recipient]]
id = "result"
offices = ["camat"]
article = "Perbup uji pasal 1"
status = "verified"
"""
    pack = parse_pack(HEADER + row, base=NATIONAL)

    assert list_recipients(pack=pack, matter=Matter.RESULT) == ("camat",)
    assert list_recipients(pack=pack, matter=Matter.INCIDENT) == list_recipients(
        pack=NATIONAL, matter=Matter.INCIDENT
    )


def test_unknown_matter_is_found_with_its_line() -> None:
    row = b"""
[[recipient]]
id = "gossip"
offices = ["camat"]
article = "Perbup uji pasal 1"
status = "verified"
"""
    (finding,) = [
        f for f in check_pack(HEADER + row, base=NATIONAL) if f.code == "recipient.unknown-matter"
    ]

    assert finding.line == HEADER.count(b"\n") + 2


def test_shipped_source_marks_the_recipients_as_unverified() -> None:
    assert b"[[recipient]]" in find_pack_source("nasional")
    assert all(entry.status != "verified" for entry in NATIONAL.table("recipient"))
