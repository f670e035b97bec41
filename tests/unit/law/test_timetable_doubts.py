"""A date is no surer than the least sure value behind it, and says which value that is."""

from datetime import date

import pytest

from pilkades.law.pack import RulePack, Status
from pilkades.law.packcheck import parse_pack
from pilkades.law.placement_doubts import worst_status
from pilkades.law.timesteps import POLL
from pilkades.law.timetable import Timetable, compute_timetable
from pilkades.packfiles import list_packs, read_pack

POLL_DATE = date(2026, 11, 23)
BLITAR = read_pack("blitar-2026")
HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "blitar-2026"
effective = 2026-01-01
"""


def upon_blitar(block: str) -> RulePack:
    return parse_pack((HEADER + block).encode(), base=BLITAR)


def compute(pack: RulePack, **more: object) -> Timetable:
    return compute_timetable(pack=pack, poll_date=POLL_DATE, **more)  # type: ignore[arg-type]


def unsure_ids(timetable: Timetable) -> set[str]:
    return {step.id for step in timetable.steps if step.status is not Status.VERIFIED}


REGISTRATION = """
[[step]]
id = "registration"
name = "Pendaftaran"
name_en = "Registration"
stage = "pencalonan"
owner = "panitia"
anchor = "final_roll_fixed.end"
count_anchor_day = false
wait_days = 1
count = "working"
days = 9
article = "Dari ingatan"
status = "secondary"
"""
HOLIDAY = """
[[holiday]]
id = "d2026_08_25"
date = 2026-08-25
name = "Maulid Nabi Muhammad"
name_en = "Birthday of the Prophet"
kind = "national"
article = "Dari ingatan"
status = "unverified"
"""
LEAVE = """
[[rule]]
id = "calendar.collective_leave_is_working"
value = true
article = "Dari ingatan"
status = "unverified"
"""


def test_blitar_rests_on_its_decree_up_to_the_settlement_of_disputes() -> None:
    assert unsure_ids(compute(BLITAR)) == {"head_decree", "inauguration"}


def test_a_verified_step_upon_an_unverified_one_says_so_and_why() -> None:
    step = compute(BLITAR).find_step("inauguration")
    assert step is not None
    assert step.own_status is Status.VERIFIED
    assert step.status is Status.UNVERIFIED
    assert [(doubt.table, doubt.id) for doubt in step.rests_on] == [
        ("step", "head_decree"),
        ("holiday", "d2027_03_08"),
    ]
    assert all(doubt.text in step.why for doubt in step.rests_on)


def test_doubt_travels_from_anchor_to_anchor() -> None:
    timetable = compute(upon_blitar(REGISTRATION))
    doubtful = unsure_ids(timetable)
    assert {"registration", "document_check", "final_check", "determination"} <= doubtful
    assert "final_roll_fixed" not in doubtful
    determination = timetable.find_step("determination")
    assert determination is not None
    assert determination.status is Status.SECONDARY
    assert "final_check" in {doubt.id for doubt in determination.rests_on}


def test_an_unverified_holiday_on_the_way_makes_the_counted_days_doubtful() -> None:
    timetable = compute(upon_blitar(HOLIDAY))
    registration, quiet = timetable.find_step("registration"), timetable.find_step("quiet_period")
    assert registration is not None
    assert quiet is not None
    assert ("holiday", "d2026_08_25") in {(d.table, d.id) for d in registration.rests_on}
    assert quiet.status is Status.VERIFIED, "calendar days know no holidays"


def test_collective_leave_is_doubtful_only_where_such_a_day_lies_on_the_way() -> None:
    timetable = compute(upon_blitar(LEAVE))
    doubtful = {
        step.id
        for step in timetable.steps
        if "calendar.collective_leave_is_working" in {doubt.id for doubt in step.rests_on}
    }
    assert doubtful == {"dispute_settlement", "head_decree"}


def test_what_really_took_place_carries_no_doubt_on() -> None:
    actuals = {"registration": (date(2026, 8, 20), date(2026, 9, 2))}
    timetable = compute(upon_blitar(REGISTRATION), actuals=actuals)
    registration, check = timetable.find_step("registration"), timetable.find_step("document_check")
    assert registration is not None
    assert check is not None
    assert registration.status is Status.SECONDARY, "the value itself is still to be verified"
    assert check.status is Status.VERIFIED


def test_a_step_still_running_ends_on_a_day_as_doubtful_as_its_length() -> None:
    timetable = compute(
        upon_blitar(REGISTRATION), actuals={"registration": (date(2026, 8, 20), None)}
    )
    check = timetable.find_step("document_check")
    assert check is not None
    assert check.status is Status.SECONDARY


@pytest.mark.parametrize("branches", [(), ("single",), ("single", "void"), ("many",)])
@pytest.mark.parametrize("name", list_packs())
def test_no_step_is_surer_than_what_it_names(name: str, branches: tuple[str, ...]) -> None:
    pack = read_pack(name)
    timetable = compute(pack, branches=frozenset(branches))
    steps = {step.id: step for step in timetable.steps}
    for step in timetable.steps:
        assert step.status is worst_status(
            (step.own_status, *(doubt.status for doubt in step.rests_on))
        )
        entry = pack.find_entry("step", step.id)
        assert entry is not None
        anchors = {written.partition(".")[0] for written in entry.texts("anchor")} - {POLL}
        if len(anchors) == 1:
            behind = steps[anchors.pop()].status
            assert worst_status((step.status, behind)) is step.status, step.id
