"""Windows of objections by several packs, in working and calendar days, to the second."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.calendar import Calendar, CountMode
from pilkades.law.dispute_rules import Clock, DisputeRules, Matter
from pilkades.law.disputes import (
    Classification,
    ClockWindow,
    Timeliness,
    classify_objection,
    find_decision_window,
    open_until,
)
from pilkades.packfiles import read_pack, read_pack_bytes

WIB, WIT = timezone(timedelta(hours=7)), timezone(timedelta(hours=9))
BLITAR, OTHER = read_pack("blitar-2026"), read_pack("contoh-lain")
RULES = DisputeRules.from_pack(BLITAR)
CALENDAR = Calendar.from_pack(BLITAR)
POLL = date(2026, 11, 23)


def clock(name: str, rules: DisputeRules = RULES) -> Clock:
    return rules.get_clock(clock_id=name)


def window(name: str, anchor: date = POLL) -> ClockWindow:
    return open_until(clock=clock(name), anchor_date=anchor, calendar=CALENDAR, zone=WIB)


def classify(
    at: datetime, name: str = "result_objection", anchor: date = POLL, zone: timezone = WIB
) -> Classification:
    return classify_objection(
        clock=clock(name), anchor_date=anchor, filed_at=at, calendar=CALENDAR, zone=zone
    )


# --- Windows -----------------------------------------------------------------------------------


def test_blitar_gives_three_working_days_after_the_result():
    found = window("result_objection")
    assert (found.first_date, found.last_date) == (date(2026, 11, 24), date(2026, 11, 26))
    assert found.closes_at == datetime(2026, 11, 26, 23, 59, 59, tzinfo=WIB)
    assert "3 hari kerja" in str(found.why[0])
    assert "hari itu tidak dihitung" in str(found.why[0])


def test_tegal_gives_seven():
    seven = replace(clock("result_objection"), days=7)
    found = open_until(clock=seven, anchor_date=POLL, calendar=CALENDAR, zone=WIB)
    assert found.last_date == date(2026, 12, 2)


def test_the_golden_settlement_runs_to_25_january_and_names_its_holidays():
    found = window("settlement", date(2026, 12, 11))
    assert (found.first_date, found.last_date) == (date(2026, 12, 11), date(2027, 1, 25))
    assert "hari itu dihitung" in str(found.why[0])
    named = " ".join(str(text) for text in found.why[1:])
    assert "2026-12-25" in named
    assert "2027-01-01" in named
    assert "2026-12-24" not in named
    assert found.is_calendar_known


def test_a_clock_of_calendar_days_takes_every_day():
    found = window("court", date(2026, 12, 30))
    assert found.first_date == date(2026, 12, 31)
    assert found.last_date == date(2026, 12, 30) + timedelta(days=90)
    assert "90 hari kalender" in str(found.why[0])
    assert len(found.why) == 1
    assert found.is_calendar_known


def test_working_days_in_a_year_without_a_holiday_list_are_flagged():
    far = date(2031, 5, 5)
    assert not window("result_objection", far).is_calendar_known
    assert window("court", far).is_calendar_known
    assert not window("settlement", date(2027, 12, 20)).is_calendar_known


def test_a_counted_day_that_is_no_working_day_starts_on_the_next():
    counted = replace(clock("result_objection"), is_anchor_counted=True)
    saturday = date(2026, 11, 28)
    found = open_until(clock=counted, anchor_date=saturday, calendar=CALENDAR, zone=WIB)
    assert (found.first_date, found.last_date) == (date(2026, 11, 30), date(2026, 12, 2))


def test_a_clock_that_follows_a_step_has_its_length_and_article():
    step = BLITAR.find_entry("step", "objections")
    assert step is not None
    followed = clock("result_objection")
    assert followed.days == step.integer("days")
    assert followed.article == step.article
    assert followed.status is step.status


# --- In time or late ---------------------------------------------------------------------------


def test_the_last_second_is_in_time_and_the_next_is_late_with_its_article():
    last = datetime(2026, 11, 26, 23, 59, 59, 999999, tzinfo=WIB)
    assert classify(last).timeliness is Timeliness.IN_TIME
    late = classify(datetime(2026, 11, 27, tzinfo=WIB))
    assert late.timeliness is Timeliness.LATE
    assert late.article == clock("result_objection").article
    assert late.text.params["late_minutes"] == 1
    assert late.decided_by == "kepala_daerah"


def test_an_objection_on_the_evening_of_the_result_is_in_time():
    assert classify(datetime(2026, 11, 23, 21, tzinfo=WIB)).timeliness is Timeliness.IN_TIME


def test_an_objection_before_the_event_is_early_and_may_be_filed_again():
    early = classify(datetime(2026, 11, 22, 23, 59, tzinfo=WIB))
    assert early.timeliness is Timeliness.EARLY
    assert early.text.params["closes_at"] == early.window.closes_at


def test_the_day_is_the_villages_day():
    midnight_in_papua = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    assert classify(midnight_in_papua, zone=WIB).timeliness is Timeliness.IN_TIME
    assert classify(midnight_in_papua, zone=WIT).timeliness is Timeliness.LATE


def test_an_hour_of_closing_in_the_pack_is_kept():
    rules = DisputeRules.from_pack(OTHER)
    other = clock("result_objection", rules)
    calendar = Calendar.from_pack(OTHER)
    assert other.closes_at == time(15)
    found = open_until(clock=other, anchor_date=POLL, calendar=calendar, zone=WIB)
    at = found.closes_at

    def filed(moment: datetime) -> Timeliness:
        return classify_objection(
            clock=other, anchor_date=POLL, filed_at=moment, calendar=calendar, zone=WIB
        ).timeliness

    assert at.timetz() == time(15, tzinfo=WIB)
    assert filed(at) is Timeliness.IN_TIME
    assert filed(at + timedelta(seconds=1)) is Timeliness.LATE


def test_a_time_without_a_zone_is_malformed():
    with pytest.raises(MalformedInputError, match=r"dispute\.time"):
        classify(datetime(2026, 11, 24, 9))  # noqa: DTZ001


# --- Who decides by when -----------------------------------------------------------------------


def test_the_committee_decides_on_the_process_within_a_working_day():
    filed = date(2026, 11, 20)
    found = find_decision_window(
        rules=RULES,
        clock=clock("process_objection"),
        anchor_date=filed,
        calendar=CALENDAR,
        zone=WIB,
    )
    assert found is not None
    assert found.clock.id == "process_decision"
    assert found.clock.decided_by == "panitia"
    assert found.last_date == date(2026, 11, 23)


def test_a_clock_without_a_decision_clock_has_no_window():
    found = find_decision_window(
        rules=RULES, clock=clock("court"), anchor_date=POLL, calendar=CALENDAR, zone=WIB
    )
    assert found is None


def test_clocks_are_found_by_matter_and_by_name():
    assert [item.id for item in RULES.list_clocks(matter=Matter.RESULT)] == ["result_objection"]
    assert {item.matter for item in RULES.clocks} == set(Matter)
    with pytest.raises(MalformedInputError, match=r"dispute\.clock"):
        clock("tak_ada")


# --- What a pack may not say -------------------------------------------------------------------

HEADER = (
    '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
    'base = "nasional"\neffective = 2026-01-01\n'
)
ENTRY = (
    '[[clock]]\nid = "baru"\nname = "Baru"\nmatter = "process"\nruns_from = "incident"\n'
    'decided_by = "panitia"\narticle = "Uji"\nstatus = "verified"\n'
)
OWN = 'days = 2\ncount = "calendar"\ncount_anchor_day = true\n'


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (ENTRY, ["clock.length"]),
        (ENTRY + 'days = 2\ncount = "calendar"\n', ["clock.length"]),
        (ENTRY + OWN, []),
        (ENTRY + 'step = "objections"\n', []),
        (ENTRY + OWN + 'step = "objections"\n', ["clock.double-length"]),
        (ENTRY + 'step = "tak_ada"\n', ["clock.step"]),
        (ENTRY + OWN + 'decision_clock = "tak_ada"\n', ["clock.decision"]),
        (ENTRY + OWN + 'decision_clock = "process_decision"\n', []),
    ],
)
def test_a_clock_that_cannot_run_is_told(text: str, codes: list[str]):
    findings = read_pack_bytes((HEADER + text).encode()).findings
    mine = [item for item in findings if item.code.startswith("clock.")]
    assert [item.code for item in mine] == codes
    assert all("“baru”" in str(item.text) and item.line > 1 for item in mine)


def test_a_clock_reads_its_own_days():
    reading = read_pack_bytes((HEADER + ENTRY + OWN).encode())
    assert reading.pack is not None
    found = clock("baru", DisputeRules.from_pack(reading.pack))
    assert (found.days, found.count_mode, found.is_anchor_counted) == (2, CountMode.CALENDAR, True)
    assert found.closes_at is None
    assert found.filed_by == ()
