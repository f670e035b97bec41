"""The guide for lawyers is true: its example is a usable pack, its codes and fields exist."""

import re
from datetime import date
from pathlib import Path

import pytest

from pilkades.law import calendar, provisions, timestep_section
from pilkades.law.findings import has_errors
from pilkades.law.packcheck import read_pack_text
from pilkades.law.packread import RULE_SPECS, TABLE_SPECS
from pilkades.law.timetable import compute_timetable
from pilkades.packfiles import read_pack

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "format-pack.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
PIECES = re.findall(r"^```toml-bagian\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
HEADER = EXAMPLE[: EXAMPLE.index("[[rule]]")]


def test_the_worked_example_is_a_usable_pack() -> None:
    reading = read_pack_text(EXAMPLE.encode(), base=read_pack("nasional"))
    assert reading.pack is not None, [(f.line, str(f.text)) for f in reading.findings]
    assert reading.pack.id == "contoh-kami"


def test_the_worked_example_gives_the_timetable_that_it_promises() -> None:
    pack = read_pack_text(EXAMPLE.encode(), base=read_pack("nasional")).pack
    assert pack is not None
    timetable = compute_timetable(pack=pack, poll_date=date(2026, 11, 23))
    assert not has_errors(timetable.findings)
    steps = {step.id: step for step in timetable.steps}
    assert (steps["campaign"].start_date, steps["campaign"].end_date) == (
        date(2026, 11, 18),
        date(2026, 11, 19),
    )
    assert steps["objections"].end_date == date(2026, 11, 28)
    assert timetable.steps[0].id == "wave_announcement"
    assert pack.integer("station.voters_max") == 400


@pytest.mark.parametrize("piece", PIECES)
def test_every_piece_of_a_pack_in_the_guide_can_be_used_as_it_stands(piece: str) -> None:
    reading = read_pack_text((HEADER + piece).encode(), base=read_pack("nasional"))
    assert not has_errors(reading.findings), [str(f.text) for f in reading.findings]


def test_the_guide_explains_every_field_of_steps_branches_and_holidays() -> None:
    for section in (calendar.SECTION, timestep_section.SECTION):
        for name in (
            *(spec.name for spec in section.rules),
            *(field.name for table in section.tables for field in table.fields),
        ):
            assert f"`{name}`" in GUIDE or f"`{name} " in GUIDE, name


def test_the_guide_explains_every_table_with_every_field() -> None:
    for table in TABLE_SPECS.values():
        assert f"[[{table.name}]]" in GUIDE, table.name
        for field in table.fields:
            is_named = f"`{field.name}`" in GUIDE or f"`{field.name} " in GUIDE
            assert is_named, f"{table.name}: {field.name}"


def test_the_guide_names_every_rule_or_its_family() -> None:
    for name in RULE_SPECS:
        family = name.split(".")[0]
        assert f"`{name}" in GUIDE or f"`{family}.`" in GUIDE, name


def test_the_guide_names_every_family_of_general_rules() -> None:
    for family in {spec.name.split(".")[0] for spec in provisions.SECTION.rules}:
        assert f"`{family}." in GUIDE, family


def test_every_code_in_the_guide_is_one_that_the_checker_gives() -> None:
    sources = "".join(
        path.read_text("utf-8") for path in (ROOT / "src" / "pilkades" / "law").rglob("*.py")
    )
    codes = re.findall(r"`((?:pack|timetable|channel|candidate)\.[a-z]+-?[a-z-]*)`", GUIDE)
    told = {code for code in codes if f'"{code}"' in sources}
    assert {"pack.syntax", "timetable.anchor-cycle", "channel.no-legal-basis"} <= told
    table = GUIDE[GUIDE.index("| Kode |") :]
    for code in re.findall(r"`([a-z]+\.[a-z-]+)`", table):
        assert f'"{code}"' in sources, code


def test_links_of_the_guide_lead_to_its_headings() -> None:
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    }
    for link in re.findall(r"\]\(#([^)]+)\)", GUIDE):
        assert link in anchors, link
