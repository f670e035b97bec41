"""Overlays: what replaces, what stays, where new rows stand; and what two packs differ in."""

import pytest

from pilkades.law.pack import RulePack
from pilkades.law.packcheck import parse_pack
from pilkades.law.packdiff import ChangeKind, diff_packs
from pilkades.packfiles import read_pack

NATIONAL = read_pack("nasional")


def header(*, replaces: str = "[]") -> str:
    return f"""\
[pack]
format = 1
id = "uji"
title = "Paket uji"
version = "1"
region_code = "35.05"
base = "nasional"
replaces = {replaces}
effective = 2026-01-01
approved_by = "Bagian Hukum"
"""


def holiday(holiday_id: str, day: str, *extra: str) -> str:
    lines = [
        "[[holiday]]",
        f'id = "{holiday_id}"',
        f"date = {day}",
        'name = "Libur uji"',
        'name_en = "Test holiday"',
        'kind = "local"',
        'article = "Perda 1/2026 pasal 4"',
        'status = "verified"',
        *extra,
    ]
    return "\n".join(lines) + "\n"


def overlay(*blocks: str, replaces: str = "[]") -> RulePack:
    return parse_pack((header(replaces=replaces) + "\n".join(blocks)).encode(), base=NATIONAL)


def ids(pack: RulePack, table: str = "holiday") -> list[str]:
    return [entry.id for entry in pack.table(table)]


def test_an_overlay_that_says_nothing_changes_nothing() -> None:
    merged = overlay()
    assert merged.rules == NATIONAL.rules
    assert merged.tables == NATIONAL.tables
    assert diff_packs(NATIONAL, merged) == ()


def test_the_merged_pack_remembers_what_it_stands_upon() -> None:
    assert overlay().lineage == ("nasional",)


def test_an_entry_of_the_same_id_replaces_the_whole_row_in_its_place() -> None:
    merged = overlay(holiday("d2026_08_17", "2026-08-18"))
    assert ids(merged) == ids(NATIONAL)
    entry = merged.find_entry("holiday", "d2026_08_17")
    assert entry is not None
    assert (entry.text("name"), entry.pack_id) == ("Libur uji", "uji")
    assert entry.note == ""


def test_a_new_entry_stands_at_the_end() -> None:
    assert ids(overlay(holiday("fair", "2026-09-09"))) == [*ids(NATIONAL), "fair"]


@pytest.mark.parametrize(("field", "offset"), [("place_after", 1), ("place_before", 0)])
def test_a_new_entry_stands_beside_the_neighbour_it_names(field: str, offset: int) -> None:
    merged = overlay(holiday("fair", "2026-09-09", f'{field} = "d2026_08_17"'))
    assert ids(merged).index("fair") == ids(NATIONAL).index("d2026_08_17") + offset


def test_a_replaced_entry_moves_when_it_names_a_neighbour() -> None:
    extra = 'place_before = "d2026_01_01"'
    merged = overlay(holiday("d2026_08_17", "2026-08-17", extra))
    assert ids(merged)[0] == "d2026_08_17"
    assert sorted(ids(merged)) == sorted(ids(NATIONAL))


def test_a_removed_entry_is_gone_and_the_order_of_the_others_stays() -> None:
    removal = '[[holiday]]\nid = "d2026_08_17"\nremove = true\narticle = "x"\nstatus = "verified"\n'
    assert ids(overlay(removal)) == [item for item in ids(NATIONAL) if item != "d2026_08_17"]


def test_a_replaced_table_starts_empty() -> None:
    merged = overlay(holiday("fair", "2026-09-09"), replaces='["holiday"]')
    assert ids(merged) == ["fair"]
    assert ids(merged, "step") == ids(NATIONAL, "step")


def test_rows_take_date_and_approval_from_the_header() -> None:
    entry = overlay(holiday("fair", "2026-09-09")).find_entry("holiday", "fair")
    assert entry is not None
    assert (str(entry.effective_date), entry.approved_by) == ("2026-01-01", "Bagian Hukum")


def test_laying_an_overlay_twice_is_laying_it_once() -> None:
    once = read_pack("blitar-2026")
    assert diff_packs(once, read_pack("blitar-2026")) == ()


def test_the_differences_name_field_value_and_article_on_both_sides() -> None:
    changes = {change.id: change for change in diff_packs(NATIONAL, read_pack("blitar-2026"))}
    change = changes["calendar.collective_leave_is_working"]
    fields = {item.name: (item.before, item.after) for item in change.fields}
    assert change.kind is ChangeKind.CHANGED
    assert fields["value"] == (False, True)
    assert "Blitar" in fields["article"][1]
    assert changes["d2027_01_05"].kind is ChangeKind.REMOVED
    assert changes["document_completion"].kind is ChangeKind.ADDED


def test_a_row_that_only_stands_elsewhere_is_moved() -> None:
    original = NATIONAL.find_entry("holiday", "d2026_06_01")
    assert original is not None
    lines = [
        "[[holiday]]",
        'id = "d2026_06_01"',
        "date = 2026-06-01",
        f'name = "{original.text("name")}"',
        f'name_en = "{original.text("name_en")}"',
        'kind = "national"',
        f'article = "{original.article}"',
        f'status = "{original.status}"',
        f"effective = {original.effective_date}",
        'place_before = "d2026_01_01"',
    ]
    data = header().replace('approved_by = "Bagian Hukum"\n', "") + "\n".join(lines)
    changes = diff_packs(NATIONAL, parse_pack(data.encode(), base=NATIONAL))
    assert [(change.kind, change.id) for change in changes] == [(ChangeKind.MOVED, "d2026_06_01")]


def test_an_added_row_shows_its_values_and_a_removed_one_its_old_ones() -> None:
    merged = overlay(holiday("fair", "2026-09-09"))
    (added,) = diff_packs(NATIONAL, merged)
    (removed,) = diff_packs(merged, NATIONAL)
    assert (added.kind, removed.kind) == (ChangeKind.ADDED, ChangeKind.REMOVED)
    assert {item.name: item.after for item in added.fields}["name"] == "Libur uji"
    assert {item.name: item.before for item in removed.fields}["name"] == "Libur uji"
