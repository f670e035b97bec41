"""Dates, times, numbers and sentences in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.design import formats
from pilkades.apps.design.texts import translate
from pilkades.text import Text

POLL_OPENS = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_date_is_written_as_officials_write_it() -> None:
    assert formats.format_date(date(2026, 11, 23)) == "Senin, 23 November 2026"


def test_date_in_english_is_as_complete() -> None:
    with translation.override("en"):
        assert formats.format_date(date(2026, 11, 23)) == "Monday, 23 November 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("WIB", "07.00 WIB"),
        ("WITA", "08.00 WITA"),
        ("WIT", "09.00 WIT"),
        ("Asia/Jayapura", "09.00 WIT"),
    ],
)
def test_time_carries_the_zone_of_the_village(zone: str, written: str) -> None:
    assert formats.format_time(POLL_OPENS, zone=zone) == written


def test_instant_late_in_the_evening_falls_on_the_day_of_the_village() -> None:
    late = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)

    assert formats.format_date(late, zone="WIB") == "Minggu, 22 November 2026"
    assert formats.format_date(late, zone="WIT") == "Senin, 23 November 2026"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2026, 8, 20), date(2026, 9, 2), "20 Agustus–2 September 2026"),
        (date(2026, 9, 3), date(2026, 9, 22), "3–22 September 2026"),
        (date(2026, 12, 30), date(2027, 1, 4), "30 Desember 2026–4 Januari 2027"),
        (date(2026, 9, 3), date(2026, 9, 3), "3 September 2026"),
    ],
)
def test_range_writes_once_what_both_ends_share(start: date, end: date, written: str) -> None:
    assert formats.format_range(start, end) == written


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (1234, "1.234", "1,234"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (12.5, "12,5", "12.5"),
        (Decimal("1000.50"), "1.000,5", "1,000.5"),
        (0, "0", "0"),
        (100, "100", "100"),
    ],
)
def test_number_is_grouped_as_the_language_groups(
    number: formats.Number, indonesian: str, english: str
) -> None:
    assert formats.format_number(number) == indonesian
    with translation.override("en"):
        assert formats.format_number(number) == english


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_grouping_never_changes_the_digits(number: int) -> None:
    assert int(formats.format_number(number).replace(".", "")) == number


def test_money_has_no_space_and_no_cents_unless_there_are_some() -> None:
    assert formats.format_rupiah(1_100_000) == "Rp1.100.000"
    assert formats.format_rupiah(Decimal("12.50")) == "Rp12,50"


def test_sentence_is_filled_with_numbers_and_dates_as_the_screen_writes_them() -> None:
    sentence = Text(
        "Kurang {count} lembar sejak {day}: {cause}",
        count=1200,
        day=date(2026, 9, 2),
        cause=Text("lembar ganda {n}", n=3),
    )

    assert translate(sentence) == "Kurang 1.200 lembar sejak 2 September 2026: lembar ganda 3"


def test_braces_in_a_name_stay_a_name() -> None:
    assert translate(Text("Nama {name}", name="{count} %s")) == "Nama {count} %s"


def test_filters_show_nothing_for_nothing_instead_of_failing() -> None:
    template = Template(
        "{% load design %}[{{ x|tanggal }}{{ x|jam }}{{ x|angka }}{{ x|rupiah }}{{ x|teks }}"
        "{{ x|rentang:x }}{{ x|terbilang }}]"
    )

    assert template.render(Context({"x": None})) == "[]"


def test_filter_escapes_what_a_person_typed() -> None:
    template = Template("{% load design %}{{ sentence|teks }}")
    sentence = Text("Nama {name}", name="<script>alert(1)</script>")

    assert "<script>" not in template.render(Context({"sentence": sentence}))


def test_boxes_of_a_number_keep_leading_zeros_and_stay_empty_where_nothing_is_known() -> None:
    template = Template("{% load design %}{% for d in n|digits:3 %}[{{ d }}]{% endfor %}")

    assert template.render(Context({"n": 5})) == "[0][0][5]"
    assert template.render(Context({"n": None})) == "[][][]"
