"""The packs that come with the system are usable, honest about their sources, and different."""

from pathlib import Path

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law import calendar, provisions, timestep_section
from pilkades.law.findings import has_errors
from pilkades.law.pack import RulePack, Sourced, Status
from pilkades.law.packcheck import PackRejectedError
from pilkades.law.packread import RULE_SPECS, TABLE_SPECS
from pilkades.packfiles import check_pack_file, list_packs, read_pack, read_pack_bytes

UNSURE_IN_THE_LAW = {
    "wave.max_waves",
    "wave.period_years",
    "term.two_terms_transition_applies",
    "roll.military_police_may_vote",
    "training.lesson_hours",
    "training.pass_mark_percent",
    "training.certificate_required",
}
FIXED_BY_STATUTE = {"term.years", "term.max_terms", "term.two_terms_transition_applies"}


def rows(pack: RulePack) -> list[Sourced]:
    return [*pack.rules.values(), *(entry for table in pack.tables.values() for entry in table)]


def test_three_packs_come_with_the_system() -> None:
    assert {"nasional", "blitar-2026", "contoh-lain"} <= set(list_packs())


@pytest.mark.parametrize("name", list_packs())
def test_no_shipped_pack_has_errors(name: str) -> None:
    assert not has_errors(check_pack_file(name))


@pytest.mark.parametrize("name", list_packs())
def test_every_row_of_a_shipped_pack_has_an_article(name: str) -> None:
    assert all(row.article.strip() for row in rows(read_pack(name)))


def test_what_the_law_notes_from_memory_is_not_called_verified() -> None:
    national = read_pack("nasional")
    assert {
        rule_id for rule_id in UNSURE_IN_THE_LAW if national.rule(rule_id).status is Status.VERIFIED
    } == set()


def test_estimated_holidays_are_not_called_verified() -> None:
    estimated = [
        entry
        for entry in read_pack("nasional").table("holiday")
        if "perkiraan" in entry.note.lower()
    ]
    assert estimated
    assert all(entry.status is Status.UNVERIFIED for entry in estimated)


def test_the_fictional_pack_differs_in_everything_of_time_roll_and_station() -> None:
    national, other = read_pack("nasional"), read_pack("contoh-lain")
    rule_ids = [
        spec.name
        for section in (provisions.SECTION, timestep_section.SECTION, calendar.SECTION)
        for spec in section.rules
        if spec.name not in FIXED_BY_STATUTE
    ]
    same = {
        rule_id
        for rule_id in rule_ids
        if rule_id in national.rules and national.value(rule_id) == other.value(rule_id)
    }
    assert same <= {
        "roll.voter_age_min",
        "roll.married_may_vote_under_age",
        "candidate.village_residence_required",
        "notice.candidate_fee_allowed",
        "station.voters_max",
    }, "500 per TPS is what the example is for; the others are fixed by statute or court"


def test_the_fictional_pack_changes_no_statute() -> None:
    national, other = read_pack("nasional"), read_pack("contoh-lain")
    assert all(national.value(name) == other.value(name) for name in FIXED_BY_STATUTE)


def test_no_shipped_pack_opens_the_internet_without_a_legal_basis() -> None:
    for name in list_packs():
        entry = read_pack(name).find_entry("channel", "internet")
        assert entry is not None
        assert not entry.boolean("allowed")


def test_every_rule_and_table_is_explained_to_lawyers() -> None:
    for spec in RULE_SPECS.values():
        assert str(spec.help).strip(), spec.name
    for table in TABLE_SPECS.values():
        assert all(str(field.help).strip() for field in table.fields), table.name


def test_a_pack_nobody_knows_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MalformedInputError) as caught:
        read_pack("blitar-2062")
    assert caught.value.code == "pack.unknown-name"
    assert "blitar-2026" in str(caught.value.text)


def test_a_file_may_stand_on_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "dasar.toml").write_text(HEADER.format(id="dasar", base="nasional"), "utf-8")
    (tmp_path / "atas.toml").write_text(HEADER.format(id="atas", base="dasar"), "utf-8")
    assert read_pack(tmp_path / "atas.toml").lineage == ("dasar", "nasional")


def test_files_that_stand_on_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "satu.toml").write_text(HEADER.format(id="satu", base="dua"), "utf-8")
    (tmp_path / "dua.toml").write_text(HEADER.format(id="dua", base="satu"), "utf-8")
    with pytest.raises(MalformedInputError) as caught:
        read_pack(tmp_path / "satu.toml")
    assert caught.value.code == "pack.base-depth"


def test_a_base_name_cannot_climb_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "luar.toml").write_text(HEADER.format(id="luar", base="nasional"), "utf-8")
    folder = tmp_path / "dalam"
    folder.mkdir()
    (folder / "atas.toml").write_text(HEADER.format(id="atas", base="../luar"), "utf-8")
    assert [finding.code for finding in check_pack_file(folder / "atas.toml")] == [
        "pack.base-unknown"
    ]


def test_uploaded_bytes_are_read_upon_a_shipped_base() -> None:
    reading = read_pack_bytes(HEADER.format(id="unggah", base="nasional").encode())
    assert reading.pack is not None
    assert reading.pack.lineage == ("nasional",)


def test_a_wrong_file_is_refused_with_all_its_findings(tmp_path: Path) -> None:
    path = tmp_path / "salah.toml"
    path.write_text(HEADER.format(id="salah", base="nasional") + "\n[[rule]]\n[[rule]]\n", "utf-8")
    with pytest.raises(PackRejectedError) as caught:
        read_pack(path)
    assert len(caught.value.findings) >= 6


HEADER = """\
[pack]
format = 1
id = "{id}"
title = "Uji"
version = "1"
region_code = "35.05"
base = "{base}"
effective = 2026-01-01
"""


@pytest.mark.parametrize("name", list_packs())
def test_whatever_a_shipped_pack_names_is_named_in_english_too(name: str) -> None:
    pack = read_pack(name)
    for entry in (entry for table in pack.tables.values() for entry in table):
        for field, value in entry.values.items():
            if field.endswith("_en") and entry.values.get(field.removesuffix("_en")):
                assert value, f"{entry.table}:{entry.id} {field}"
                assert value != entry.values[field.removesuffix("_en")], entry.id
