"""Channels of voting, and when an election is a simulation whatever anybody calls it."""

import pytest

from pilkades.law.pack import RulePack
from pilkades.law.packcheck import parse_pack
from pilkades.law.provisions import is_simulation_only, list_channels
from pilkades.packfiles import list_packs, read_pack


def pack_with_internet(*, allowed: bool, legal_basis: str) -> RulePack:
    text = f"""
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01

[[channel]]
id = "internet"
allowed = {str(allowed).lower()}
legal_basis = "{legal_basis}"
article = "x"
status = "unverified"
"""
    return parse_pack(text.encode(), base=read_pack("nasional"))


@pytest.mark.parametrize(
    ("allowed", "legal_basis", "is_simulation"),
    [
        (True, "", True),
        (True, "   ", True),
        (True, "UU 99/2030 pasal 1", False),
        (False, "", False),
        (False, "UU 99/2030 pasal 1", False),
    ],
)
def test_internet_without_a_legal_basis_makes_an_election_a_simulation(
    allowed: bool, legal_basis: str, is_simulation: bool
) -> None:
    pack = pack_with_internet(allowed=allowed, legal_basis=legal_basis)
    assert is_simulation_only(pack=pack) is is_simulation


@pytest.mark.parametrize("name", list_packs())
def test_of_the_shipped_packs_only_the_made_up_one_makes_a_simulation(name: str) -> None:
    assert is_simulation_only(pack=read_pack(name)) == (name == "contoh-lain")


def test_paper_is_always_allowed_and_a_machine_only_where_the_pack_says_so() -> None:
    national = {channel.id: channel for channel in list_channels(pack=read_pack("nasional"))}
    other = {channel.id: channel for channel in list_channels(pack=read_pack("contoh-lain"))}
    assert national["paper"].is_allowed
    assert other["paper"].is_allowed
    assert national["station_kiosk"].is_allowed
    assert "147/PUU-VII/2009" in national["station_kiosk"].legal_basis
    assert not other["station_kiosk"].is_allowed
