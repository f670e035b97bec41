"""Dates with day and month swapped and NIK with a wrong digit are recognised for what they are."""

from datetime import date

import pytest

from pilkades.screening.papers import (
    Birth,
    DateGrade,
    NikGrade,
    grade_births,
    grade_niks,
    read_birth,
    read_nik_birth,
)
from pilkades.screening.people import REASON_TEXTS, Person, explain_pair

NIK = "3505015203800001"
MARCH_12 = Birth(year=1980, month=3, day=12)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Birth(year=1980, month=3, day=12), DateGrade.SAME),
        (Birth(year=1980, month=12, day=3), DateGrade.SWAPPED),
        (Birth(year=1980, month=3, day=21), DateGrade.ONE_PART),
        (Birth(year=1980, month=8, day=12), DateGrade.ONE_PART),
        (Birth(year=1981, month=3, day=12), DateGrade.ONE_PART),
        (Birth(year=1980, month=1, day=1), DateGrade.SAME_YEAR),
        (Birth(year=1975, month=1, day=1), DateGrade.DIFFERENT),
    ],
)
def test_every_kind_of_wrong_date_has_its_rung(other: Birth, expected: DateGrade) -> None:
    assert grade_births(MARCH_12, other) is expected
    assert grade_births(other, MARCH_12) is expected


def test_a_nik_that_carries_the_date_of_the_other_row_counts_more_than_a_near_date() -> None:
    wrong = Birth(year=1980, month=1, day=1)
    grade = grade_births(wrong, MARCH_12, left_nik=read_nik_birth(NIK))
    assert grade is DateGrade.NIK_SAYS


def test_a_nik_of_a_woman_carries_her_day_plus_forty() -> None:
    assert read_nik_birth(NIK) == Birth(year=80, month=3, day=12)
    assert read_nik_birth("35") is None


def test_a_date_of_the_calendar_is_read_and_a_missing_one_stays_missing() -> None:
    assert read_birth(date(2000, 2, 29)) == Birth(year=2000, month=2, day=29)
    assert read_birth(None) is None


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (NIK, NikGrade.SAME),
        ("3505015203800002", NikGrade.ONE_IN_SERIAL),
        ("3505015203810001", NikGrade.ONE_DIGIT),
        ("3505012503800001", NikGrade.ONE_DIGIT),
        ("3505015203810002", NikGrade.TWO_DIGITS),
        ("3571990101700009", NikGrade.DIFFERENT),
        ("350501520380000", None),
        ("", None),
        ("3505O15203800001", None),
    ],
)
def test_every_kind_of_wrong_nik_has_its_rung(other: str, expected: NikGrade | None) -> None:
    assert grade_niks(NIK, other) is expected
    assert grade_niks(other, NIK) is expected


def _person(**changes: object) -> Person:
    values: dict[str, object] = {
        "id": 1,
        "village": "35.05.01.2001",
        "full_name": "Siti Aminah",
        "nik": NIK,
        "kk": "3505010101200001",
        "sex": "P",
        "birth": MARCH_12,
        "rt": "001",
        "rw": "002",
    }
    return Person(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"nik-same", "name-same", "birth-same", "household-same"}),
        ({"nik": ""}, {"nik-missing"}),
        ({"full_name": "St. Aminah"}, {"name-spelling"}),
        ({"full_name": "Aminah Siti"}, {"name-order"}),
        ({"full_name": "Hj. Siti Aminah, S.Pd"}, {"name-title"}),
        ({"birth": Birth(year=1980, month=12, day=3)}, {"birth-swapped"}),
        ({"birth": None}, {"birth-missing"}),
        ({"sex": "L"}, {"sex-different"}),
        ({"kk": "", "rt": "009"}, {"moved"}),
        ({"village": "35.05.01.2002"}, {"village-different"}),
    ],
)
def test_reasons_say_what_is_shared_and_what_differs(
    changes: dict[str, object], expected: set[str]
) -> None:
    reasons = explain_pair(_person(), _person(**changes))
    assert expected <= set(reasons)
    assert set(reasons) <= set(REASON_TEXTS)


def test_a_person_shows_neither_name_nor_nik_nor_kk_in_a_traceback() -> None:
    shown = repr(_person())
    assert NIK not in shown
    assert "Aminah" not in shown
    assert "3505010101200001" not in shown
