"""What is wrong in a row, and what is offered; nothing is guessed in silence."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.roll.spreadsheets.cells import Cell, freeze_cell, thaw_cell
from pilkades.apps.roll.spreadsheets.dates import read_day
from pilkades.apps.roll.spreadsheets.fields import FIELDS
from pilkades.apps.roll.spreadsheets.judging import Reading, Setting, judge_row
from pilkades.apps.roll.spreadsheets.judging_places import HamletNames
from pilkades.apps.roll.spreadsheets.numbers import read_number
from pilkades.apps.roll.spreadsheets.problems import KINDS
from pilkades.synthetic.people import make_nik

TODAY = date(2026, 8, 1)
SETTING = Setting(
    today=TODAY,
    district_digits="350501",
    hamlets=HamletNames.of(["Krajan", "Sumber Agung"]),
    fields=frozenset(FIELDS),
)
NIK = "3505010203809001"
GOOD: dict[str, Cell] = {
    "nik": NIK,
    "full_name": "Budi Santoso",
    "sex": "L",
    "birth_date": "02-03-1980",
    "marital_status": "S",
    "rt": "002",
    "rw": "001",
    "hamlet": "Krajan",
}
MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
BIRTHDAYS = st.dates(date(1930, 1, 1), date(2009, 1, 1))


def _read(mended: dict[str, str] | None = None, **changes: Any) -> Reading:
    raw = {name: cell for name, cell in {**GOOD, **changes}.items() if cell is not None}
    return judge_row(raw, mended=mended or {}, setting=SETTING)


def _codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def _mend(reading: Reading, code: str, place: int = 0, **changes: Any) -> Reading:
    problem = next(p for p in reading.problems if p.code == code)
    return _read(dict(problem.mendings[place].changes), **changes)


def test_a_good_row_has_nothing_to_say() -> None:
    reading = _read()

    assert reading.problems == ()
    assert reading.severity == 0
    assert reading.values == {
        "nik": NIK, "full_name": "Budi Santoso", "sex": "L", "birth_date": "1980-03-02",
        "marital_status": "S", "rt": "002", "rw": "001", "hamlet": "Krajan",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "code", "is_blocking"),
    [
        (None, "nik.missing", False),
        ("-", "nik.missing", False),
        ("350501020380900", "nik.length", True),
        (350501020380900.0, "nik.length", True),
        (3505010203809000.0, "nik.lost-digits", True),
        ("3,50501E+15", "nik.lost-digits", True),
        ("3.50501020381E+15", "nik.lost-digits", True),
        ("35O5O1O2O38O9OO1", "nik.letters", True),
        ("350501020380900I", "nik.letters", True),
        ("3505 0102 0380 9001", "nik.separators", True),
        ("350501.020380.9001", "nik.separators", True),
        ("tidak tahu", "nik.unreadable", True),
        ("0000000000000000", "nik.placeholder", True),
        ("9999999999999999", "nik.placeholder", True),
    ],
)
def test_a_nik_that_is_none_is_shown(cell: Cell, code: str, is_blocking: bool) -> None:
    reading = _read(nik=cell)

    assert _codes(reading) == [code]
    assert "nik" not in reading.values
    assert (reading.severity == 2) is is_blocking


def test_a_nik_with_lost_digits_is_never_guessed() -> None:
    for reading in (_read(nik=3505010203809000.0), _read(nik="3,50501E+15")):
        changes = [mending.changes for p in reading.problems for mending in p.mendings]
        assert changes == [{"nik": ""}]


def test_a_nik_stored_whole_as_a_number_is_read() -> None:
    assert _read(nik=3505010203809001.0).values["nik"] == NIK
    assert _read(nik="'3505010203809001").values["nik"] == NIK


@pytest.mark.parametrize("cell", ["35O5O1O2O38O9OO1", "3505 0102 0380 9001"])
def test_letters_and_signs_in_a_nik_are_mended_by_one_click(cell: str) -> None:
    mended = _mend(_read(nik=cell), _codes(_read(nik=cell))[0], nik=cell)

    assert mended.problems == ()
    assert mended.values["nik"] == NIK


def test_no_mending_shows_a_nik() -> None:
    for cell in ("35O5O1O2O38O9OO1", "3505 0102 0380 9001", 3505010203809000.0):
        for problem in _read(nik=cell).problems:
            words = [str(problem.text), *(str(m.text) for m in problem.mendings)]
            assert not any(len([c for c in word if c.isdigit()]) > 6 for word in words)
            assert not any("9001" in mending.key for mending in problem.mendings)


def test_a_birth_date_that_disagrees_with_the_nik_is_shown_not_refused() -> None:
    reading = _read(birth_date="05-03-1980")

    assert _codes(reading) == ["nik.birth-date"]
    assert reading.severity == 1
    assert reading.values["birth_date"] == "1980-03-05"
    assert _mend(reading, "nik.birth-date", birth_date="05-03-1980").values["birth_date"] == (
        "1980-03-02"
    )


def test_swapped_day_and_month_are_offered_where_they_explain_it() -> None:
    reading = _read(birth_date="03-02-1980")

    assert [m.key for p in reading.problems for m in p.mendings] == ["swap"]
    assert _mend(reading, "nik.birth-date", birth_date="03-02-1980").problems == ()


def test_sex_that_disagrees_with_the_nik_is_shown() -> None:
    reading = _read(sex="P")

    assert _codes(reading) == ["nik.sex"]
    assert reading.severity == 1
    assert _mend(reading, "nik.sex", sex="P").values["sex"] == "L"


def test_another_regions_nik_is_shown_and_stays() -> None:
    reading = _read(nik="3506020203809001")

    assert _codes(reading) == ["nik.other-region"]
    assert reading.values["nik"] == "3506020203809001"


@pytest.mark.parametrize(
    "written",
    [
        "2 Maret 1980", "02 Mar 1980", "2-3-1980", "02/03/1980", "02.03.1980", "1980-03-02",
        "1980/3/2", "02-03-80", "02031980", "19800302", "Minggu, 2 Maret 1980", "2 MARET1980",
        "2 march 1980", "1980-03-02 00:00:00", date(1980, 3, 2), 29282.0, 2031980.0, "29282",
        "March 2, 1980", "'02-03-1980",
    ],
)  # fmt: skip
def test_a_day_is_read_as_villages_write_it(written: Cell) -> None:
    assert read_day(written, today=TODAY).day == date(1980, 3, 2)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("tidak ingat", "date.unreadable"),
        ("3 Marzo 1980", "date.unreadable"),
        ("31-02-1980", "date.no-such-day"),
        ("00-00-1980", "date.no-such-day"),
        ("29-02-1981", "date.leap-day"),
        ("29 Februari 1900", "date.leap-day"),
        ("03-25-1980", "date.month-first"),
        ("1980", "date.year-only"),
        (1980.0, "date.year-only"),
        ("02-03-2080", "date.future"),
        ("02-03-1880", "date.too-old"),
        (12.0, "date.unreadable"),
    ],
)
def test_a_day_that_is_none_blocks_and_may_be_left_for_later(written: Cell, code: str) -> None:
    reading = _read(birth_date=written, nik=None)

    assert code in _codes(reading)
    assert reading.severity == 2
    assert "birth_date" not in reading.values
    assert _mend(reading, code, -1, birth_date=written, nik=None).severity == 1


def test_the_leap_day_of_a_leap_year_is_a_day() -> None:
    assert read_day("29 Februari 1980", today=TODAY).day == date(1980, 2, 29)


@pytest.mark.parametrize(("written", "year"), [("02-03-1880", 1980), ("02-03-2080", 1980)])
def test_a_century_gone_wrong_is_offered_right(written: str, year: int) -> None:
    reading = _read(birth_date=written, nik=None)
    first = reading.problems[-1].mendings[0]
    assert first.changes == {"birth_date": f"{year}-03-02"}


@pytest.mark.parametrize(("written", "code"), [(29283.0, "serial"), ("03-03-80", "century")])
def test_what_is_read_with_doubt_is_told_unless_the_nik_agrees(written: Cell, code: str) -> None:
    assert f"date.{code}" in _codes(_read(birth_date=written, nik=None))
    agreeing = NIK[:6] + "030380" + NIK[12:]
    assert _codes(_read(birth_date=written, nik=agreeing)) == []


@given(BIRTHDAYS)
def test_every_birthday_survives_every_way_of_writing_it(day: date) -> None:
    month = MONTH_NAMES[day.month - 1]
    serial = float((day - date(1899, 12, 30)).days)
    for written in (
        day,
        serial,
        f"{day.day} {month} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}{day.month:02}{day.year}",
        day.isoformat(),
        f"{day.day:02}-{day.month:02}-{day.year}",
    ):
        assert read_day(written, today=TODAY).day == day


@given(BIRTHDAYS, st.booleans(), st.integers(1, 9999))
def test_a_nik_agrees_with_whom_it_was_made_for(day: date, is_female: bool, serial: int) -> None:
    nik = make_nik(district_digits="350501", birth_date=day, is_female=is_female, serial=serial)
    reading = _read(nik=nik, birth_date=day, sex="P" if is_female else "L")
    assert _codes(reading) == []


@given(st.text(max_size=40))
def test_no_text_in_any_column_breaks_the_reading(text: str) -> None:
    targets = [*FIELDS, "birth", "rt_rw", "sex_L", "sex_P", "marital_B", "marital_P"]
    for target in targets:
        reading = judge_row({**GOOD, target: text}, mended={}, setting=SETTING)
        assert all(problem.code in KINDS for problem in reading.problems)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_in_any_column_breaks_the_reading(number: float) -> None:
    for target in FIELDS:
        reading = judge_row({**GOOD, target: number}, mended={}, setting=SETTING)
        assert all(problem.code in KINDS for problem in reading.problems)


@given(st.integers(11 * 10**14, 94 * 10**14 + 10**14 - 1))
def test_a_number_cell_is_read_exactly_or_not_at_all(number: int) -> None:
    as_excel = float(int(f"{number:.14e}".replace(".", "").split("e")[0]) * 10)
    for cell in (float(number), as_excel):
        reading = read_number(cell)
        assert reading.digits in ("", str(number)) or not str(int(cell)).endswith("0")
        assert reading.digits != str(int(as_excel)) or str(number) == str(int(as_excel))


@pytest.mark.parametrize(
    ("name", "codes", "offered"),
    [
        (None, ["name.missing"], None),
        ("-", ["name.missing"], None),
        ("S1TI AM1NAH", ["name.digits"], "SITI AMINAH"),
        ("12. Budi", ["name.digits"], "Budi"),
        ("BUDI 2", ["name.digits"], "BUDI"),
    ],
)
def test_names(name: Cell, codes: list[str], offered: str | None) -> None:
    reading = _read(full_name=name)

    assert _codes(reading) == codes
    if offered:
        assert reading.problems[0].mendings[0].changes == {"full_name": offered}


@pytest.mark.parametrize(
    ("written", "sex"),
    [("L", "L"), ("Laki-laki", "L"), ("LAKI - LAKI", "L"), ("pria", "L"), ("Pr.", "P"),
     ("Perempuan", "P"), ("WANITA", "P")],
)  # fmt: skip
def test_words_for_sex(written: str, sex: str) -> None:
    assert _read(sex=written, nik=None).values["sex"] == sex


@pytest.mark.parametrize("written", ["X", "1", "Perempuam"])
def test_an_unknown_word_for_sex_follows_the_nik_or_the_likeness(written: str) -> None:
    assert _mend(_read(sex=written), "sex.unknown", sex=written).values["sex"] == "L"
    offers = _read(sex="Perempuam", nik=None).problems[-1].mendings
    assert [mending.changes["sex"] for mending in offers][:1] == ["P"]


def test_two_tick_columns_give_one_answer() -> None:
    assert _read(sex=None, sex_L="v").values["sex"] == "L"
    assert _read(sex=None, sex_P="√", nik=None).values["sex"] == "P"
    assert _codes(_read(sex=None, sex_L="1", sex_P="1")) == ["sex.both"]
    assert _read(marital_status=None, marital_P="v").values["marital_status"] == "P"


@pytest.mark.parametrize(
    ("written", "status"),
    [("Kawin", "S"), ("BELUM KAWIN", "B"), ("Cerai Mati", "P"), ("janda", "P"), ("s", "S")],
)
def test_words_for_marriage(written: str, status: str) -> None:
    assert _read(marital_status=written).values["marital_status"] == status


def test_an_unknown_word_for_marriage_is_mended_for_all_who_bear_it() -> None:
    first, second = _read(marital_status="Kawn"), _read(marital_status="kawn", full_name="Ali")
    other = _read(marital_status="Rujuk")

    keys = [[m.key for p in r.problems for m in p.mendings] for r in (first, second, other)]

    assert keys[0][0] == keys[1][0]
    assert keys[0][0] not in keys[2]


@pytest.mark.parametrize(
    ("changes", "rt", "rw"),
    [
        ({"rt": "RT 02", "rw": 1.0}, "002", "001"),
        ({"rt": None, "rw": None, "rt_rw": "02/01"}, "002", "001"),
        ({"rt": None, "rw": None, "rt_rw": "RT.002 / RW.001"}, "002", "001"),
        ({"rt": None, "rw": None, "rt_rw": "RT 2 RW 1"}, "002", "001"),
        ({"rt": None, "rw": None, "rt_rw": "2-1"}, "002", "001"),
    ],
)
def test_rt_and_rw(changes: dict[str, Any], rt: str, rw: str) -> None:
    values = _read(**changes).values
    assert (values["rt"], values["rw"]) == (rt, rw)


def test_rt_and_rw_stand_in_the_address_where_no_column_holds_them() -> None:
    setting = Setting(
        today=TODAY, district_digits="350501", hamlets=SETTING.hamlets,
        fields=frozenset({"full_name", "address"}),
    )  # fmt: skip
    raw = {"full_name": "Budi", "sex": "L", "address": "Dsn Krajan RT. 02 / RW. 01"}
    values = judge_row(raw, mended={}, setting=setting).values
    assert (values["rt"], values["rw"]) == ("002", "001")


def test_an_rt_that_excel_made_a_date_is_offered_back() -> None:
    changes = {"rt": None, "rw": None, "rt_rw": date(2026, 1, 2)}
    reading = _read(**changes)

    assert _codes(reading) == ["rt-rw.became-date"]
    mended = _mend(reading, "rt-rw.became-date", **changes)
    assert (mended.values["rt"], mended.values["rw"]) == ("002", "001")


@pytest.mark.parametrize(
    ("written", "offered"), [("O2", "002"), ("II", "002"), ("RT-2 Lor", "002")]
)
def test_an_rt_that_is_no_number_is_offered_as_one(written: str, offered: str) -> None:
    reading = _read(rt=written)

    assert _codes(reading) == ["rt.unreadable"]
    assert _mend(reading, "rt.unreadable", rt=written).values["rt"] == offered


def test_hamlets_are_known_by_name_nearest_or_added() -> None:
    assert _read(hamlet="DSN. SUMBERAGUNG").values["hamlet"] == "Sumber Agung"
    near = _read(hamlet="Sumber Agong")
    assert near.problems[0].mendings[0].changes == {"hamlet": "Sumber Agung"}
    new = _read(hamlet="DUSUN KIDUL").problems[0].mendings[0]
    assert (new.new_hamlet, new.changes) == ("Kidul", {"hamlet": "Kidul"})


@pytest.mark.parametrize("written", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+A1"])
def test_what_would_run_as_a_formula_is_stopped(written: str) -> None:
    reading = _read(note=written)

    assert "cell.formula" in _codes(reading)
    assert reading.severity == 2
    assert "cell.formula" not in _codes(_mend(reading, "cell.formula", note=written))


@pytest.mark.parametrize("written", ["-", "+6281234567890", "- pindahan", "-5"])
def test_signs_that_are_no_formula_pass(written: str) -> None:
    assert "cell.formula" not in _codes(_read(note=written))


@pytest.mark.parametrize(
    ("written", "kept"),
    [("0812-3456-7890", "081234567890"), (81234567890.0, "081234567890"),
     ("+62 812 3456 7890", "081234567890")],
)  # fmt: skip
def test_phones(written: Cell, kept: str) -> None:
    assert _read(phone=written).values["phone"] == kept


def test_disabilities() -> None:
    assert _read(disability="Tuna Netra").values["disability"] == "netra"
    assert "disability" not in _read(disability="Tidak ada").values
    assert _read(disability="6").problems[0].mendings[0].changes == {"disability": "netra"}


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(),
        st.floats(allow_nan=False),
        st.dates(),
    )
)
def test_a_cell_is_kept_as_it_was(cell: Cell) -> None:
    assert thaw_cell(freeze_cell(cell)) == cell


def test_age_is_judged_to_the_day() -> None:
    oldest = date(TODAY.year - 121, TODAY.month, TODAY.day)
    assert read_day(oldest + timedelta(days=1), today=TODAY).day is not None
    assert read_day(oldest, today=TODAY).code == "too-old"


def test_an_rt_that_a_csv_file_holds_as_a_day_is_offered_back() -> None:
    changes = {"rt": None, "rw": None, "rt_rw": "02/01/2026"}
    mended = _mend(_read(**changes), "rt-rw.unreadable", **changes)
    assert (mended.values["rt"], mended.values["rw"]) == ("002", "001")
