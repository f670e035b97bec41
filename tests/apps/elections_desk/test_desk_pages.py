"""The desk's pages: what each shows, who may not see it, how many queries it takes."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pilkades.apps.elections.models import Election, Wave
from tests.apps.desk_cast import Cast

MAX_QUERIES = 15
WAVE_PAGES = (
    "wave",
    "wave-villages",
    "wave-board",
    "wave-alarms",
    "wave-calendar",
    "wave-whatif",
    "wave-decree",
)
VILLAGE_PAGES = ("village-timetable", "village-course")


@pytest.fixture(autouse=True)
def _june(settings: Any) -> None:
    """The pages stand at the moment at which the wave was opened."""
    settings.PILKADES_DEMO = True
    settings.PILKADES_NOW = "2026-06-15T10:00:00+07:00"


def _wave_url(name: str, wave: Wave) -> str:
    return reverse(f"elections:{name}", args=[wave.uuid])


def _village_url(name: str, election: Election) -> str:
    return reverse(f"elections:{name}", args=[election.uuid])


@pytest.mark.parametrize("name", WAVE_PAGES)
def test_desk_opens_every_page_of_its_wave(
    cast: Cast, wave: Wave, name: str, django_assert_max_num_queries: Any
) -> None:
    desk = cast.client("desk")
    desk.get(_wave_url(name, wave))

    with django_assert_max_num_queries(MAX_QUERIES):
        page = desk.get(_wave_url(name, wave))

    assert page.status_code == 200
    assert "Serentak 2026" in page.text


@pytest.mark.parametrize("name", WAVE_PAGES)
@pytest.mark.parametrize("outsider", ["mallory", "dewi", "council"])
def test_wave_does_not_exist_for_outsiders(
    cast: Cast, wave: Wave, name: str, outsider: str
) -> None:
    assert cast.client(outsider).get(_wave_url(name, wave)).status_code == 404


@pytest.mark.parametrize("name", WAVE_PAGES)
def test_visitor_is_asked_to_sign_in(client: Client, wave: Wave, name: str) -> None:
    answer = client.get(_wave_url(name, wave))

    assert answer.status_code == 302
    assert "next=" in answer["Location"]


@pytest.mark.parametrize("name", VILLAGE_PAGES)
def test_desk_opens_every_page_of_a_village(
    cast: Cast, election: Election, name: str, django_assert_max_num_queries: Any
) -> None:
    desk = cast.client("desk")
    desk.get(_village_url(name, election))

    with django_assert_max_num_queries(MAX_QUERIES):
        assert desk.get(_village_url(name, election)).status_code == 200


@pytest.mark.parametrize("name", VILLAGE_PAGES)
@pytest.mark.parametrize("outsider", ["mallory", "dewi"])
def test_village_does_not_exist_for_outsiders(
    cast: Cast, election: Election, name: str, outsider: str
) -> None:
    assert cast.client(outsider).get(_village_url(name, election)).status_code == 404


def test_camat_sees_the_villages_of_the_own_district_only(cast: Cast, wave: Wave) -> None:
    page = cast.client("camat").get(_wave_url("wave-board", wave))

    assert "Wonodadi 1" in page.text
    assert "Udanawu 1" not in page.text
    other = wave.elections.get(village_id="35.05.02.2001")
    url = _village_url("village-timetable", other)
    assert cast.client("camat").get(url).status_code == 404


def test_camat_may_look_but_not_change(cast: Cast, wave: Wave, election: Election) -> None:
    camat = cast.client("camat")

    assert camat.get(_wave_url("wave-villages", wave)).status_code == 403
    assert camat.get(_village_url("village-course", election)).status_code == 403
    assert camat.post(_wave_url("wave-schedule", wave), {}).status_code == 403
    assert camat.post(_wave_url("wave-decree", wave), {}).status_code == 403


def test_step_page_answers_why_and_names_the_article(cast: Cast, election: Election) -> None:
    url = reverse("elections:village-step", args=[election.uuid, "registration"])

    page = cast.client("desk").get(url)

    assert "Mengapa?" in page.text
    assert "Lamanya 9 hari kerja" in page.text
    assert "25 Agustus" in page.text
    assert "Pendaftaran bakal calon" in page.text


def test_unknown_step_is_not_found(cast: Cast, election: Election) -> None:
    url = reverse("elections:village-step", args=[election.uuid, "no_such"])

    assert cast.client("desk").get(url).status_code == 404


def test_wizard_leads_from_name_to_villages_to_decree(cast: Cast, wave: Wave) -> None:
    desk = cast.client("desk")
    pack = str(wave.pack.uuid)
    form = {
        "name": "Latihan 2026",
        "poll_date_day": "30",
        "poll_date_month": "11",
        "poll_date_year": "2026",
        "pack": pack,
        "is_simulation": "on",
    }

    answer = desk.post(reverse("elections:wave-create"), form)
    made = Wave.objects.get(name="Latihan 2026")
    assert answer["Location"] == _wave_url("wave-villages", made)
    answer = desk.post(answer["Location"], {"version": made.version, "aksi": "semua"})
    assert answer.status_code == 302
    assert made.elections.count() == 6
    made.refresh_from_db()
    answer = desk.post(
        _wave_url("wave-villages", made),
        {"version": made.version, "aksi": "lanjut", "desa": ["35.05.01.2001"]},
    )

    assert answer["Location"] == _wave_url("wave-decree", made)
    assert made.elections.count() == 1
    assert made.poll_date == date(2026, 11, 30)


def test_christmas_is_refused_in_the_wizard_and_every_input_stays(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").post(
        reverse("elections:wave-create"),
        {"name": "Natal", "poll_date": "2026-12-25", "pack": str(wave.pack.uuid)},
    )

    assert page.status_code == 422
    assert "hari libur" in page.text
    assert 'value="Natal"' in page.text


def test_search_narrows_villages_and_leaves_the_hidden_ones_alone(cast: Cast, wave: Wave) -> None:
    desk = cast.client("desk")
    url = _wave_url("wave-villages", wave) + "?cari=udanawu"

    assert "Wonodadi 1" not in desk.get(url).text
    desk.post(url, {"version": wave.version, "aksi": "simpan"})

    assert set(wave.elections.values_list("village__district_id", flat=True)) == {"35.05.01"}


def test_one_button_chooses_a_whole_district(cast: Cast, wave: Wave) -> None:
    desk, url = cast.client("desk"), _wave_url("wave-villages", wave)
    desk.post(url, {"version": wave.version, "aksi": "simpan", "desa": []})
    wave.refresh_from_db()

    desk.post(url, {"version": wave.version, "aksi": "semua:35.05.02"})

    assert wave.elections.count() == 3


def test_old_page_of_villages_gets_409_and_keeps_the_ticks(cast: Cast, wave: Wave) -> None:
    url = _wave_url("wave-villages", wave)
    seen = wave.version
    cast.client("desk").post(url, {"version": seen, "aksi": "simpan", "desa": ["35.05.01.2001"]})

    page = cast.client("second").post(
        url, {"version": seen, "aksi": "simpan", "desa": ["35.05.02.2002"]}
    )

    assert page.status_code == 409
    assert "sudah diubah orang lain" in page.text
    assert 'value="35.05.02.2002" checked' in page.text
    assert list(wave.elections.values_list("village_id", flat=True)) == ["35.05.01.2001"]


def test_whatif_shows_both_sides_and_saves_nothing(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").get(
        _wave_url("wave-whatif", wave), {"poll_date": "2026-11-30", "pack": wave.pack.uuid}
    )

    assert "20 Agustus–2 September 2026" in page.text
    assert "28 Agustus–9 September 2026" in page.text
    assert "Tetapkan" in page.text
    wave.refresh_from_db()
    assert wave.poll_date == date(2026, 11, 23)


def test_whatif_on_a_holiday_cannot_be_set(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").get(
        _wave_url("wave-whatif", wave), {"poll_date": "2026-12-25", "pack": wave.pack.uuid}
    )

    assert "Tidak dapat ditetapkan" in page.text
    assert 'type="submit" disabled' in page.text


def test_whatif_is_set_once_and_the_second_official_gets_409(cast: Cast, wave: Wave) -> None:
    url = _wave_url("wave-schedule", wave)
    form = {"version": wave.version, "poll_date": "2026-11-30", "pack": wave.pack.uuid}

    assert cast.client("desk").post(url, form).status_code == 302
    page = cast.client("second").post(url, {**form, "poll_date": "2026-12-07"})

    assert page.status_code == 409
    assert "7 Desember 2026" in page.text or "2026-12-07" in page.text
    wave.refresh_from_db()
    assert wave.poll_date == date(2026, 11, 30)


def test_board_counts_and_filters(cast: Cast, wave: Wave, settings: Any) -> None:
    settings.PILKADES_NOW = "2026-07-20T10:00:00+07:00"
    desk, url = cast.client("desk"), _wave_url("wave-board", wave)

    page = desk.get(url)
    assert "Terlambat: 6" in page.text
    assert "Udanawu 1" not in desk.get(url, {"kecamatan": "35.05.01"}).text
    assert "Tidak ada desa yang cocok" in desk.get(url, {"keadaan": "done"}).text
    assert "Penetapan DPT" in desk.get(url, {"tahap": "persiapan"}).text.replace(
        "Penetapan daftar pemilih tetap (DPT)", "Penetapan DPT"
    )


def test_strange_filters_are_ignored(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").get(
        _wave_url("wave-board", wave), {"tahap": "<script>", "kecamatan": "'", "hari": "x"}
    )

    assert page.status_code == 200
    assert "<script>" not in page.text.replace('<script type="module"', "")


@pytest.mark.parametrize("name", ["wave-board", "wave-alarms", "wave-decree"])
def test_tables_of_a_wave_are_exported(cast: Cast, wave: Wave, name: str) -> None:
    answer = cast.client("desk").get(_wave_url(name, wave), {"unduh": "xlsx"})

    assert answer.content[:2] == b"PK"


def test_whatif_is_exported(cast: Cast, wave: Wave) -> None:
    asked = {"poll_date": "2026-11-30", "pack": wave.pack.uuid, "unduh": "xlsx"}

    assert cast.client("desk").get(_wave_url("wave-whatif", wave), asked).content[:2] == b"PK"


def test_timetable_of_a_village_is_exported(cast: Cast, election: Election) -> None:
    url = _village_url("village-timetable", election)

    assert cast.client("desk").get(url, {"unduh": "xlsx"}).content[:2] == b"PK"


def test_alarms_tell_alike_villages_once(cast: Cast, wave: Wave, settings: Any) -> None:
    settings.PILKADES_NOW = "2026-07-20T10:00:00+07:00"

    page = cast.client("desk").get(_wave_url("wave-alarms", wave))

    assert "6 desa" in page.text
    assert page.text.count("Pembentukan panitia pemilihan oleh BPD") == 1


def test_calendar_of_november_shows_the_poll(cast: Cast, wave: Wave) -> None:
    page = cast.client("desk").get(_wave_url("wave-calendar", wave), {"bulan": "2026-11"})

    assert "November 2026" in page.text
    assert "Pemungutan dan penghitungan suara" in page.text


@pytest.mark.parametrize("month", ["2026-13", "abc", "0000-01", ""])
def test_month_that_does_not_exist_shows_the_current_one(
    cast: Cast, wave: Wave, month: str
) -> None:
    page = cast.client("desk").get(_wave_url("wave-calendar", wave), {"bulan": month})

    assert "Juni 2026" in page.text


def test_every_page_marks_a_rehearsal(cast: Cast, wave: Wave, settings: Any) -> None:
    settings.PILKADES_DEMO = False
    Wave.objects.filter(pk=wave.pk).update(is_simulation=True)

    assert "SIMULASI" in cast.client("desk").get(_wave_url("wave", wave)).text


def test_city_is_headed_by_a_wali_kota(cast: Cast, wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(regency="35.72")

    page = cast.client("mallory").get(_wave_url("wave-decree", wave))

    assert "SK Wali Kota" in page.text
    assert "Bupati/Wali" not in page.text
