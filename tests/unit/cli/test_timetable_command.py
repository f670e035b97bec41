"""`pilkades timetable` as auditors and scripts meet it: table, JSON, calendar, exit codes."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from pilkades.cli.main import main

FORMATS = Path(__file__).parents[3] / "docs" / "formats"
BLITAR = ("timetable", "blitar-2026", "--poll-date", "2026-11-23")
Output = pytest.CaptureFixture[str]


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((FORMATS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def read_json(capsys: Output, *arguments: str) -> Any:
    main(arguments)
    return json.loads(capsys.readouterr().out)


def test_the_table_is_grouped_by_stage_with_indonesian_dates(capsys: Output) -> None:
    assert main(BLITAR) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Hari pemungutan suara: Senin, 23 November 2026" in lines
    headings = [line for line in lines if line in HEADINGS]
    assert headings == HEADINGS
    row = next(line for line in lines if "Pengumuman dan pendaftaran bakal calon" in line)
    assert "Kam 20 Agu – Rab 2 Sep 2026" in row
    assert row.endswith("9 hari kerja")


HEADINGS = ["PERSIAPAN", "PENCALONAN", "PEMUNGUTAN SUARA", "PENETAPAN"]


@pytest.mark.parametrize("more", [(), ("--why",), ("--branch", "void"), ("--lang", "en")])
@pytest.mark.parametrize("pack", ["nasional", "blitar-2026", "contoh-lain"])
def test_the_table_is_readable_in_a_hundred_columns(
    pack: str, more: tuple[str, ...], capsys: Output
) -> None:
    main(("timetable", pack, "--poll-date", "2026-12-25", *more))
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 100


def test_conditional_steps_are_marked_with_their_condition(capsys: Output) -> None:
    main(BLITAR)
    assert "(bersyarat: Lebih dari lima bakal calon)" in capsys.readouterr().out


def test_steps_that_fall_away_are_marked(capsys: Output) -> None:
    main((*BLITAR, "--branch", "void"))
    lines = capsys.readouterr().out.splitlines()
    campaign = next(n for n, line in enumerate(lines) if line.strip().startswith("Kampanye"))
    assert "gugur" in lines[campaign + 1]


def test_values_that_are_not_verified_stand_out(capsys: Output) -> None:
    main(BLITAR)
    assert "perlu verifikasi" in capsys.readouterr().out


def test_the_reasons_are_told_with_dates_in_words(capsys: Output) -> None:
    main((*BLITAR, "--why"))
    output = capsys.readouterr().out
    assert "25 Agustus 2026 tidak dihitung: Maulid Nabi Muhammad." in output
    assert "Dasar: " in output


@pytest.mark.parametrize("branch", ["normal", "single", "void", "many"])
@pytest.mark.parametrize("pack", ["nasional", "blitar-2026", "contoh-lain"])
def test_the_json_keeps_to_its_schema(pack: str, branch: str, capsys: Output) -> None:
    document = read_json(
        capsys, "timetable", pack, "--poll-date", "2026-11-23", "--branch", branch,
        "--format", "json",
    )  # fmt: skip
    validator("timetable").validate(document)
    assert document["pack"]["id"] == pack


def test_the_json_has_the_dates_of_the_decree(capsys: Output) -> None:
    document = read_json(capsys, *BLITAR, "--json")
    registration = next(step for step in document["steps"] if step["id"] == "registration")
    assert (registration["from"], registration["to"]) == ("2026-08-20", "2026-09-02")
    assert (registration["count_mode"], registration["days"]) == ("working", 9)
    assert any("25 Agustus 2026 tidak dihitung" in sentence for sentence in registration["why"])


def test_what_took_place_is_taken_into_account(capsys: Output) -> None:
    document = read_json(
        capsys, *BLITAR, "--json", "--actual", "registration=2026-08-20/2026-09-04"
    )
    steps = {step["id"]: step for step in document["steps"]}
    assert steps["registration"]["actual"] is True
    assert steps["document_check"]["from"] == "2026-09-07"


def test_the_calendar_is_valid_and_has_all_day_events(capsys: Output) -> None:
    assert main((*BLITAR, "--format", "ics")) == 0
    calendar = Calendar.from_ical(capsys.readouterr().out)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    voting = events["Pemungutan dan penghitungan suara, penetapan hasil oleh panitia"]
    assert voting["dtstart"].dt == date(2026, 11, 23)
    assert voting["dtend"].dt == date(2026, 11, 24)
    assert not calendar.errors
    assert all(event.get("dtstamp") and event.get("uid") for event in events.values())


def test_an_event_keeps_its_identifier_when_the_poll_moves(capsys: Output) -> None:
    main((*BLITAR, "--format", "ics"))
    before = uids(capsys.readouterr().out)
    main(("timetable", "blitar-2026", "--poll-date", "2026-11-30", "--format", "ics"))
    assert uids(capsys.readouterr().out) == before
    assert len(set(before)) == len(before)


def uids(text: str) -> list[str]:
    return [str(event["uid"]) for event in Calendar.from_ical(text).walk("VEVENT")]


def test_the_calendar_leaves_out_what_falls_away(capsys: Output) -> None:
    main((*BLITAR, "--branch", "void", "--format", "ics"))
    names = [str(e["summary"]) for e in Calendar.from_ical(capsys.readouterr().out).walk("VEVENT")]
    assert "Kampanye" not in names


def test_a_poll_on_a_holiday_ends_with_one_and_says_so(capsys: Output) -> None:
    assert main(("timetable", "blitar-2026", "--poll-date", "2026-12-25")) == 1
    assert "Natal" in capsys.readouterr().out


def test_a_poll_too_early_ends_with_one_and_names_a_better_date(capsys: Output) -> None:
    assert main((*BLITAR, "--today", "2026-09-01")) == 1
    output = capsys.readouterr().out
    assert "timetable.poll-too-early" in output
    assert "Tanggal paling awal yang cukup: 19 Januari 2027" in " ".join(output.split())


def test_a_poll_too_close_by_the_clock_alone_is_only_a_warning(capsys: Output) -> None:
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 (the clock is what is tested)
    document = read_json(
        capsys, "timetable", "contoh-lain", "--poll-date", tomorrow.isoformat(), "--json"
    )
    severities = {item["code"]: item["severity"] for item in document["findings"]}
    assert severities["timetable.poll-too-early"] == "warning"


def test_an_election_of_the_past_is_never_too_close(capsys: Output) -> None:
    document = read_json(capsys, "timetable", "nasional", "--poll-date", "2026-02-23", "--json")
    assert "timetable.poll-too-early" not in {item["code"] for item in document["findings"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("timetable", "blitar-2062", "--poll-date", "2026-11-23"),
        ("timetable", "tidak-ada.toml", "--poll-date", "2026-11-23"),
        ("timetable", "blitar-2026", "--poll-date", "2026-11-23", "--branch", "storm"),
        ("timetable", "blitar-2026", "--poll-date", "2026-11-23", "--actual", "dance=2026-11-01"),
        ("timetable", "blitar-2026", "--poll-date", "1026-11-23"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_one_sentence(
    arguments: tuple[str, ...], capsys: Output
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("timetable", "blitar-2026"),
        ("timetable", "blitar-2026", "--poll-date", "2026-02-30"),
        ("timetable", "blitar-2026", "--poll-date", "besok"),
        ("timetable", "blitar-2026", "--poll-date", "2026-11-23", "--format", "pdf"),
        ("timetable", "blitar-2026", "--poll-date", "2026-11-23", "--actual", "registration"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...], capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_pack_may_be_a_file(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "kami.toml"
    path.write_text(
        '[pack]\nformat = 1\nid = "kami"\ntitle = "Kami"\nversion = "1"\nregion_code = "35.05"\n'
        'base = "blitar-2026"\neffective = 2026-01-01\n',
        "utf-8",
    )
    assert main(("timetable", str(path), "--poll-date", "2026-11-23")) == 0
    assert "Kami (kami 1)" in capsys.readouterr().out


def test_english_output_uses_the_english_names(capsys: Output) -> None:
    main((*BLITAR, "--lang", "en"))
    output = capsys.readouterr().out
    assert "Polling day: Monday, 23 November 2026" in output
    assert "Quiet period" in output


def test_english_names_steps_and_conditions_in_english(capsys: Output) -> None:
    main((*BLITAR, "--lang", "en"))
    output = capsys.readouterr().out
    assert "(conditional: More than five candidates)" in output
    assert "Lebih dari lima" not in output
    assert "Pendaftaran" not in output
