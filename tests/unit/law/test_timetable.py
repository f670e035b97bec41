"""The timetable engine: anchors, branches, what really took place, and what cannot be held."""

from datetime import date, timedelta

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packcheck import parse_pack
from pilkades.law.placement import TimetableRules
from pilkades.law.timetable import (
    Standing,
    Timetable,
    TimetableStep,
    compute_timetable,
    find_earliest_poll_date,
    lay_timetable,
)
from pilkades.packfiles import read_pack

BLITAR = read_pack("blitar-2026")
POLL = date(2026, 11, 23)
HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
replaces = ["step", "branch"]
effective = 2026-01-01

[[branch]]
id = "flood"
name = "Banjir"
name_en = "Flood"
article = "x"
status = "verified"
"""


def step_text(step_id: str, **fields: str) -> str:
    values = {
        "name": f'"{step_id}"',
        "name_en": f'"{step_id}"',
        "stage": '"persiapan"',
        "owner": '"panitia"',
        "count_anchor_day": "false",
        "count": '"working"',
        "days": "1",
        "article": f'"Pasal {step_id}"',
        "status": '"verified"',
    } | fields
    lines = [f'id = "{step_id}"', *(f"{name} = {value}" for name, value in values.items() if value)]
    return "\n[[step]]\n" + "\n".join(lines) + "\n"


def pack_of(*steps: str, reserve: bool = False, more: str = "") -> RulePack:
    # Rules of other sections may speak of steps by name; only those of the base are needed there.
    text = HEADER + "".join(steps) + KNOWN_STEPS + more
    if reserve:
        text += RESERVE
    return parse_pack(text.encode(), base=read_pack("nasional"))


RESERVE = """
[[rule]]
id = "timetable.reserve_branches"
value = true
article = "x"
status = "verified"
"""
KNOWN_STEPS = "".join(
    step_text(entry.id, anchor='"poll"', count='"calendar"')
    for entry in read_pack("nasional").table("step")
)
OWN = {"a", "b", "c", "d"}


def compute(pack: RulePack, poll: date = POLL, **more: object) -> Timetable:
    return compute_timetable(pack=pack, poll_date=poll, **more)  # type: ignore[arg-type]


def step_of(timetable: Timetable, step_id: str) -> TimetableStep:
    step = timetable.find_step(step_id)
    assert step is not None
    return step


def dates(timetable: Timetable, step_id: str) -> tuple[date, date]:
    step = step_of(timetable, step_id)
    return step.start_date, step.end_date


def findings_of(timetable: Timetable, *codes: str) -> list[Finding]:
    return [finding for finding in timetable.findings if finding.code in codes]


# --- placing ---


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("2026-11-24", "2026-11-24")),
        ({"count_anchor_day": "true"}, ("2026-11-23", "2026-11-23")),
        ({"days": "5"}, ("2026-11-24", "2026-11-30")),
        ({"days": "5", "count": '"calendar"'}, ("2026-11-24", "2026-11-28")),
        ({"wait_days": "2"}, ("2026-11-26", "2026-11-26")),
        ({"wait_days": "-2"}, ("2026-11-20", "2026-11-20")),
        ({"direction": '"backward"'}, ("2026-11-20", "2026-11-20")),
        ({"direction": '"backward"', "days": "3"}, ("2026-11-18", "2026-11-20")),
        ({"direction": '"backward"', "wait_days": "1"}, ("2026-11-19", "2026-11-19")),
        (
            {"direction": '"backward"', "count": '"calendar"', "days": "3"},
            ("2026-11-20", "2026-11-22"),
        ),
        (
            {"direction": '"backward"', "count_anchor_day": "true", "days": "2"},
            ("2026-11-20", "2026-11-23"),
        ),
    ],
)
def test_a_step_is_placed_as_its_fields_say(
    fields: dict[str, str], expected: tuple[str, str]
) -> None:
    timetable = compute(pack_of(step_text("a", anchor='"poll"', **fields)))
    assert tuple(day.isoformat() for day in dates(timetable, "a")) == expected


def test_an_anchor_on_a_sunday_counted_as_working_begins_on_monday() -> None:
    pack = pack_of(step_text("a", anchor='"poll"', count_anchor_day="true"))
    assert dates(compute(pack, date(2026, 11, 22)), "a")[0] == date(2026, 11, 23)


def test_a_fixed_date_does_not_move_with_the_poll() -> None:
    pack = pack_of(step_text("a", anchor_date="2026-10-05", count_anchor_day="true"))
    moved = compute(pack, POLL + timedelta(days=30))
    assert dates(compute(pack), "a") == dates(moved, "a") == (date(2026, 10, 5),) * 2


@pytest.mark.parametrize(
    ("pick", "expected"), [("latest", "2026-12-02"), ("earliest", "2026-11-26")]
)
def test_of_several_anchors_the_picked_one_holds(pick: str, expected: str) -> None:
    timetable = compute(
        pack_of(
            step_text("a", anchor='"poll"', days="2"),
            step_text("b", anchor='"poll"', days="6"),
            step_text("c", anchor='["a.end", "b.end"]', pick=f'"{pick}"'),
        )
    )
    assert dates(timetable, "c")[0].isoformat() == expected


def test_steps_may_stand_in_any_order_in_the_pack() -> None:
    later_first = pack_of(
        step_text("b", anchor='"a.end"', days="2"), step_text("a", anchor='"poll"', days="3")
    )
    assert dates(compute(later_first), "b") == (date(2026, 11, 27), date(2026, 11, 30))


def test_an_open_step_fills_the_days_up_to_its_bound() -> None:
    timetable = compute(
        pack_of(
            step_text("a", anchor='"b.end"', days="", finish_before='"poll"'),
            step_text("b", anchor='"poll"', direction='"backward"', wait_days="5"),
        )
    )
    assert dates(timetable, "a") == (date(2026, 11, 16), date(2026, 11, 20))
    assert step_of(timetable, "a").days == 5


def test_moving_the_poll_by_a_week_moves_blitar_by_a_week() -> None:
    plan, later = compute(BLITAR), compute(BLITAR, date(2026, 11, 30))
    assert dates(later, "campaign")[0] - dates(plan, "campaign")[0] == timedelta(days=7)
    assert dates(later, "determination")[0] == date(2026, 11, 9)


def test_a_poll_in_2027_gives_a_timetable_without_errors() -> None:
    timetable = compute(BLITAR, date(2027, 6, 14))
    assert not findings_of(timetable, "timetable.late", "timetable.impossible")
    assert dates(timetable, "voting")[0] == date(2027, 6, 14)


# --- branches ---


def test_a_branch_that_is_not_reserved_moves_what_follows_only_when_taken() -> None:
    steps = (
        step_text("a", anchor='"poll"'),
        step_text("b", anchor='"a.end"', branch='"flood"', days="3"),
        step_text("c", anchor='["a.end", "b.end"]'),
    )
    normal = compute(pack_of(*steps))
    flooded = compute(pack_of(*steps), branches=frozenset({"flood"}))
    reserved = compute(pack_of(*steps, reserve=True))
    assert dates(normal, "c")[0] == date(2026, 11, 25)
    assert dates(flooded, "c")[0] == date(2026, 11, 30)
    assert dates(reserved, "c") == dates(flooded, "c")


def test_a_conditional_step_has_its_dates_before_its_branch_is_taken() -> None:
    steps = (step_text("a", anchor='"poll"'), step_text("b", anchor='"a.end"', branch='"flood"'))
    normal = compute(pack_of(*steps))
    assert dates(normal, "b")[0] == date(2026, 11, 25)
    assert step_of(normal, "b").standing is Standing.CONDITIONAL


def test_a_branch_within_another_takes_it_along() -> None:
    assert compute(BLITAR, branches=frozenset({"void"})).branches == {"void", "single"}


def test_one_candidate_excludes_more_than_five() -> None:
    timetable = compute(BLITAR, branches=frozenset({"single"}))
    assert step_of(timetable, "extra_selection").standing is Standing.DROPPED


def test_branches_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(MalformedInputError) as caught:
        compute(BLITAR, branches=frozenset({"void", "many"}))
    assert caught.value.code == "timetable.branches-exclude"


def test_rules_read_once_give_the_same_timetable() -> None:
    rules = TimetableRules.from_pack(BLITAR)
    assert lay_timetable(rules=rules, poll_date=POLL) == compute(BLITAR)


def test_an_unknown_branch_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MalformedInputError) as caught:
        compute(BLITAR, branches=frozenset({"storm"}))
    assert caught.value.code == "timetable.unknown-branch"
    assert "single" in str(caught.value.text)


# --- what really took place ---


def test_a_late_step_moves_everything_behind_it() -> None:
    plan = compute(BLITAR)
    late = compute(BLITAR, actuals={"additions_announced": (date(2026, 8, 12), date(2026, 8, 18))})
    assert dates(late, "final_roll_fixed")[0] == date(2026, 8, 19)
    assert dates(late, "registration")[0] > dates(plan, "registration")[0]
    assert dates(late, "campaign") == dates(plan, "campaign")
    assert step_of(late, "additions_announced").is_actual


def test_a_step_that_has_only_begun_ends_after_its_lawful_length() -> None:
    timetable = compute(BLITAR, actuals={"registration": (date(2026, 8, 24), None)})
    assert dates(timetable, "registration") == (date(2026, 8, 24), date(2026, 9, 4))


def test_a_delay_that_eats_the_reserve_is_found_as_late() -> None:
    timetable = compute(BLITAR, actuals={"final_check": (date(2026, 9, 21), date(2026, 10, 2))})
    late = findings_of(timetable, "timetable.late", "timetable.impossible")
    assert {"candidates_announced", "ballots_signed"} & {finding.subject for finding in late}
    assert all(finding.article for finding in late)


def test_a_step_that_a_delay_leaves_no_room_for_is_impossible() -> None:
    timetable = compute(BLITAR, actuals={"determination": (date(2026, 11, 20), date(2026, 11, 20))})
    impossible = {finding.subject for finding in findings_of(timetable, "timetable.impossible")}
    assert {"candidates_announced", "campaign"} <= impossible


def test_an_actual_of_an_unknown_step_is_refused() -> None:
    with pytest.raises(MalformedInputError) as caught:
        compute(BLITAR, actuals={"dance": (POLL, POLL)})
    assert caught.value.code == "timetable.unknown-step"


def test_an_actual_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(MalformedInputError) as caught:
        compute(BLITAR, actuals={"budget": (POLL, POLL - timedelta(days=1))})
    assert caught.value.code == "timetable.actual-order"


# --- what cannot be held ---


def test_an_open_step_with_nothing_left_is_squeezed_out() -> None:
    timetable = compute(
        pack_of(
            step_text("a", anchor='"b.end"', days="", finish_before='"c.start"'),
            step_text("b", anchor='"poll"', direction='"backward"'),
            step_text("c", anchor='"b.end"'),
        )
    )
    (finding,) = findings_of(timetable, "timetable.impossible")
    assert (finding.subject, finding.severity) == ("a", Severity.ERROR)
    assert "terjepit" in str(finding.text)
    assert step_of(timetable, "a").days == 0
    assert step_of(timetable, "a").start_date <= step_of(timetable, "a").end_date


def test_an_open_step_with_one_day_left_is_not_squeezed_out() -> None:
    timetable = compute(
        pack_of(
            step_text("a", anchor='"b.end"', days="", finish_before='"poll"'),
            step_text("b", anchor='"poll"', direction='"backward"', wait_days="1"),
        )
    )
    assert not findings_of(timetable, "timetable.impossible")
    assert (step_of(timetable, "a").days, dates(timetable, "a")[0]) == (1, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("days", "code"), [("2", None), ("3", "timetable.late"), ("9", "timetable.late")]
)
def test_a_bound_is_strict_and_does_not_shorten_the_step(days: str, code: str | None) -> None:
    pack = pack_of(
        step_text("a", anchor='"poll"', days=days, finish_before='"b.start"'),
        step_text("b", anchor='"poll"', wait_days="2"),
    )
    timetable = compute(pack)
    found = findings_of(timetable, "timetable.late", "timetable.impossible")
    assert [finding.code for finding in found] == ([code] if code else [])
    assert step_of(timetable, "a").days == int(days)


def test_a_step_that_begins_before_it_may_is_found() -> None:
    pack = pack_of(
        step_text("a", anchor='"poll"', direction='"backward"', days="3", start_after='"b.end"'),
        step_text("b", anchor='"poll"', direction='"backward"', wait_days="2"),
    )
    (finding,) = findings_of(compute(pack), "timetable.overlap")
    assert (finding.subject, finding.article) == ("a", "Pasal a")


def test_a_conditional_step_that_does_not_fit_is_only_a_warning() -> None:
    steps = (
        step_text("a", anchor='"poll"', branch='"flood"', days="5", finish_before='"b.start"'),
        step_text("b", anchor='"poll"', wait_days="2"),
    )
    (normal,) = findings_of(compute(pack_of(*steps)), "timetable.late")
    (flooded,) = findings_of(
        compute(pack_of(*steps), branches=frozenset({"flood"})), "timetable.late"
    )
    assert (normal.severity, flooded.severity) == (Severity.WARNING, Severity.ERROR)


def test_a_poll_on_a_holiday_is_found_with_the_name_of_the_day() -> None:
    (finding,) = findings_of(compute(BLITAR, date(2026, 12, 25)), "timetable.poll-on-holiday")
    assert finding.severity is Severity.ERROR
    assert "Natal" in str(finding.text)


def test_a_poll_on_a_weekend_or_on_counted_leave_is_no_holiday() -> None:
    for day in (date(2026, 11, 22), date(2026, 12, 24)):
        assert not findings_of(compute(BLITAR, day), "timetable.poll-on-holiday")


def test_where_the_pack_wants_a_day_off_a_working_day_is_found() -> None:
    pack = read_pack("contoh-lain")
    assert findings_of(compute(pack, date(2026, 11, 23)), "timetable.poll-not-day-off")
    assert not findings_of(compute(pack, date(2026, 11, 22)), "timetable.poll-not-day-off")
    assert not findings_of(compute(pack, date(2026, 12, 25)), "timetable.poll-not-day-off")


def test_years_without_known_holidays_are_a_warning() -> None:
    (finding,) = findings_of(compute(BLITAR, date(2027, 11, 15)), "timetable.unknown-year")
    assert finding.severity is Severity.WARNING
    assert "2028" in str(finding.text)


def test_a_poll_too_early_for_its_steps_names_the_earliest_date() -> None:
    timetable = compute(BLITAR, today=date(2026, 7, 7))
    (finding,) = findings_of(timetable, "timetable.poll-too-early")
    earliest = find_earliest_poll_date(pack=BLITAR, today=date(2026, 7, 7))
    assert earliest is not None
    assert str(earliest) in str(finding.text)
    assert not findings_of(
        compute(BLITAR, earliest, today=date(2026, 7, 7)), "timetable.poll-too-early"
    )
    assert findings_of(
        compute(BLITAR, earliest - timedelta(days=1), today=date(2026, 7, 7)),
        "timetable.poll-too-early",
    )


def test_a_poll_just_early_enough_is_no_finding() -> None:
    assert not findings_of(compute(BLITAR, today=date(2026, 7, 6)), "timetable.poll-too-early")


def test_no_poll_date_helps_against_fixed_dates_gone_by() -> None:
    pack = pack_of(step_text("a", anchor_date="2026-01-05"))
    assert find_earliest_poll_date(pack=pack, today=date(2026, 7, 7)) is None
    (finding,) = findings_of(compute(pack, today=date(2026, 7, 7)), "timetable.poll-too-early")
    assert "tanggal tetap" in str(finding.text)


def test_steps_over_and_not_recorded_are_overdue_in_a_running_election() -> None:
    timetable = compute(
        BLITAR,
        actuals={"committee_formation": (date(2026, 7, 6), date(2026, 7, 17))},
        today=date(2026, 7, 27),
    )
    assert [finding.subject for finding in findings_of(timetable, "timetable.overdue")] == [
        "officers_formation"
    ]


@pytest.mark.parametrize(
    "poll", [date(1, 1, 1), date(1999, 12, 31), date(2200, 1, 1), date(9999, 12, 31)]
)
def test_a_year_nobody_can_mean_is_refused(poll: date) -> None:
    with pytest.raises(MalformedInputError) as caught:
        compute(BLITAR, poll)
    assert caught.value.code == "timetable.year"


@pytest.mark.parametrize("poll", [date(2000, 1, 3), date(2199, 12, 30)])
def test_the_first_and_the_last_year_are_accepted(poll: date) -> None:
    assert dates(compute(BLITAR, poll), "voting")[0] == poll


# --- why ---


def test_every_step_says_why_and_names_its_article() -> None:
    for step in compute(BLITAR).steps:
        assert len(step.why) >= 3
        assert any(step.article in str(text) for text in step.why)


def test_the_reasons_name_every_holiday_on_the_way() -> None:
    why = " ".join(str(text) for text in step_of(compute(BLITAR), "dispute_settlement").why)
    assert "2026-12-25 tidak dihitung: Natal" in why
    assert "2027-01-01 tidak dihitung" in why
    assert "2026-12-24 (Cuti bersama Natal) tetap dihitung" in why
    assert "hari patokan ikut dihitung" in why


def test_an_estimated_holiday_is_called_so_in_the_reasons() -> None:
    timetable = compute(read_pack("nasional"), date(2027, 4, 5))
    why = " ".join(str(text) for step in timetable.steps for text in step.why)
    assert "Hari Suci Nyepi (tanggal perkiraan, perlu verifikasi)" in why
