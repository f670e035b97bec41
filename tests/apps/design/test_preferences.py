"""Language, theme, headers, clock: what every page gets."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory

from pilkades.apps.design.clock import now
from pilkades.apps.design.months import MonthEntry, build_month
from pilkades.apps.design.navigation import NavItem, list_links, register
from pilkades.apps.design.widgets import DateInput

pytestmark = pytest.mark.django_db


def test_page_is_indonesian_even_on_an_english_phone(client: Client) -> None:
    page = client.get("/tidak-ada/", headers={"accept-language": "en-US,en;q=0.9"})

    assert page.headers["Content-Language"] == "id"
    assert "Halaman tidak ditemukan" in page.content.decode()


def test_chosen_language_and_theme_stay_in_cookies(client: Client) -> None:
    client.post("/tampilan/", {"bahasa": "en", "next": "/gaya/"})
    client.post("/tampilan/", {"warna": "gelap"})

    page = client.get("/tidak-ada/").content.decode()

    assert '<html lang="en" data-theme="gelap"' in page
    assert "Page not found" in page


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_choosing_never_leads_to_another_site(client: Client, target: str) -> None:
    assert client.post("/tampilan/", {"warna": "gelap", "next": target})["Location"] == "/"


def test_unknown_choice_changes_nothing(client: Client) -> None:
    client.post("/tampilan/", {"bahasa": "xx", "warna": "<script>"})

    assert not client.cookies


def test_visitor_who_only_reads_gets_no_cookie(client: Client) -> None:
    client.get("/tidak-ada/")

    assert not client.cookies


def test_every_page_is_closed_to_inline_script_and_style(client: Client) -> None:
    headers = client.get("/tidak-ada/").headers

    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_gallery_exists_in_the_demo_only(client: Client, settings: Any) -> None:
    assert client.get("/gaya/").status_code == 404
    settings.PILKADES_DEMO = True
    assert client.get("/gaya/").status_code == 200


def test_demo_may_stand_at_a_chosen_moment_and_an_election_in_earnest_may_not(
    settings: Any,
) -> None:
    settings.PILKADES_NOW = "2026-11-23T07:00:00+07:00"
    settings.PILKADES_DEMO = True
    assert now() == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)

    settings.PILKADES_DEMO = False
    assert now() != datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_every_page_of_the_demo_says_simulasi(client: Client, settings: Any) -> None:
    assert "SIMULASI" not in client.get("/tidak-ada/").content.decode()
    settings.PILKADES_DEMO = True
    assert "SIMULASI" in client.get("/tidak-ada/").content.decode()


def test_menu_marks_the_entry_of_the_longest_matching_address(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilkades.apps.design.navigation._items", {})
    register(NavItem(label="Gaya", url_name="design:gallery", icon="list-checks", order=900))
    register(
        NavItem(
            label="Rahasia",
            url_name="design:preferences",
            icon="lock",
            order=901,
            is_visible=lambda request: False,
        )
    )

    links = {link.label: link for link in list_links(rf.get("/gaya/segel/"))}

    assert links["Gaya"].is_current
    assert "Rahasia" not in links


def test_month_starts_on_monday_and_marks_sundays_and_holidays() -> None:
    from datetime import date

    month = build_month(
        year=2026,
        month=9,
        today=date(2026, 9, 10),
        entries={date(2026, 9, 2): [MonthEntry(title="Pendaftaran ditutup")]},
        holidays={date(2026, 9, 14): "Libur"},
    )
    days = {day.date: day for week in month.weeks for day in week}

    assert month.title == "September 2026"
    assert all(week[0].date.weekday() == 0 for week in month.weeks)
    assert days[date(2026, 9, 14)].is_holiday
    assert days[date(2026, 9, 13)].is_holiday
    assert not days[date(2026, 9, 12)].is_holiday
    assert [e.title for e in days[date(2026, 9, 2)].entries] == ["Pendaftaran ditutup"]
    assert not days[date(2026, 8, 31)].is_in_month


def test_date_in_three_boxes_is_read_and_a_wrong_one_is_shown_again() -> None:
    from datetime import date

    from django import forms

    field = forms.DateField(widget=DateInput())
    read = field.widget.value_from_datadict

    right = read({"d_day": "9", "d_month": "8", "d_year": "2026"}, {}, "d")
    assert field.clean(right) == date(2026, 8, 9)
    wrong = read({"d_day": "31", "d_month": "2", "d_year": "2026"}, {}, "d")
    with pytest.raises(forms.ValidationError):
        field.clean(wrong)
    assert 'value="31"' in field.widget.render("d", wrong, {"id": "id_d"})
    assert read({"d": "2026-08-09"}, {}, "d") == "2026-08-09"
    assert read({}, {}, "d") is None


def test_host_that_is_not_ours_is_refused_with_a_page(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "Permintaan tidak terbaca" in answer.content.decode()


def test_forms_say_what_is_missing_in_our_own_words() -> None:
    from pilkades.apps.design.gallery.samples import refused_form

    errors = refused_form().errors

    assert errors["duty"] == ["Bagian ini perlu diisi."]
    assert errors["voters"] == ["Angka ini paling kecil 0."]
    assert errors["birth_date"] == ["Tanggal ini tidak ada. Periksa tanggal, bulan, dan tahunnya."]
