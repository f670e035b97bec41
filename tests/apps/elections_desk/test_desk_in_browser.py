"""The desk in a real browser: on a phone and at a desk, without script, for everybody's eyes."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pilkades.apps.elections.models import Wave
from tests.apps.desk_cast import Cast, install_packs, make_cast, make_regions
from tests.apps.elections_desk.conftest import make_wave
from tests.browser import DESK, PHONE, assert_accessible, assert_fits, weigh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_VIEW_BYTES = 100_000


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.PILKADES_DEMO = True
    settings.PILKADES_NOW = "2026-06-15T10:00:00+07:00"
    make_regions()
    return make_cast()


@pytest.fixture
def wave(cast: Cast) -> Wave:
    return make_wave(cast, install_packs(cast))


def _list_pages(wave: Wave) -> list[str]:
    election = wave.elections.order_by("village_id")[0]
    names = ("", "desa/", "papan/", "papan/?tahap=pencalonan", "alarm/", "kalender/", "sk/")
    whatif = f"andai/?poll_date=2026-11-30&pack={wave.pack.uuid}"
    base, village = f"/panitia/gelombang/{wave.uuid}/", f"/panitia/desa/{election.uuid}/"
    return [
        "/panitia/",
        "/panitia/gelombang/baru/",
        *(f"{base}{name}" for name in (*names, whatif)),
        village,
        f"{village}tahapan/registration/",
        f"{village}jalur/",
        "/kotak-masuk/",
        "/aturan/",
        f"/aturan/versi/{wave.pack.uuid}/?cari=wave",
        f"/aturan/versi/{wave.pack.uuid}/wave.max_waves/",
        "/aturan/usul/",
    ]


def test_every_page_of_the_desk_fits_a_phone_and_is_accessible(
    cast: Cast, wave: Wave, open_page: Any, sign_in: Any
) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, cast.desk)

    for path in _list_pages(wave):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert_fits(page)
        assert_accessible(page)


def test_every_page_of_the_desk_fits_a_desk(
    cast: Cast, wave: Wave, open_page: Any, sign_in: Any
) -> None:
    page = open_page(viewport=DESK)
    sign_in(page, cast.desk)

    for path in _list_pages(wave):
        page.goto(path)
        assert_fits(page)


def test_reasons_open_beside_a_date(cast: Cast, wave: Wave, open_page: Any, sign_in: Any) -> None:
    page = open_page()
    sign_in(page, cast.desk)
    election = wave.elections.order_by("village_id")[0]
    page.goto(f"/panitia/desa/{election.uuid}/tahapan/registration/")

    page.get_by_text("Mengapa?").first.click()

    expect(page.get_by_text("Lamanya 9 hari kerja", exact=False)).to_be_visible()
    expect(page.get_by_text("25 Agustus 2026 tidak dihitung", exact=False)).to_be_visible()


def test_a_wave_is_made_on_a_phone_without_script(cast: Cast, open_page: Any, sign_in: Any) -> None:
    install_packs(cast)
    page: Page = open_page(java_script_enabled=False)
    sign_in(page, cast.desk)
    page.goto("/panitia/")
    page.get_by_role("link", name="Buat gelombang").click()
    page.get_by_label("Nama gelombang").fill("Serentak di HP")
    page.get_by_label("Tanggal", exact=True).fill("23")
    page.get_by_label("Bulan", exact=True).select_option(label="November")
    page.get_by_label("Tahun", exact=True).fill("2026")
    page.get_by_role("button", name="Periksa dan lanjutkan").click()

    page.get_by_role("button", name="Pilih semua desa").click()
    expect(page.get_by_text("6 desa sudah masuk gelombang ini.")).to_be_visible()
    page.get_by_role("button", name="Simpan dan periksa jadwal").click()
    page.get_by_label("Nomor SK").fill("188/241/2026")
    page.get_by_role("button", name="Catat SK").click()

    expect(page.get_by_role("heading", name="SK yang dicatat")).to_be_visible()
    assert Wave.objects.get(name="Serentak di HP").decree_number == "188/241/2026"


def test_header_of_the_board_stays_while_the_villages_scroll(
    cast: Cast, wave: Wave, open_page: Any, sign_in: Any
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, cast.desk)
    page.goto(reverse("elections:wave-board", args=[wave.uuid]))

    region = page.get_by_role("region", name="Keadaan pada", exact=False)
    # Six villages fit on this screen; a low frame makes them scroll as 240 would.
    region.evaluate("frame => { frame.style.maxHeight = '14rem'; frame.scrollTop = 9999; }")

    page.wait_for_function(
        """() => {
          const head = document.querySelector(".board thead th").getBoundingClientRect();
          const frame = document.querySelector(".board").parentElement.getBoundingClientRect();
          return Math.abs(head.top - frame.top) < 4;
        }""",
        timeout=5000,
    )


def test_first_view_of_the_board_stays_light(
    cast: Cast, wave: Wave, open_page: Any, sign_in: Any
) -> None:
    page = open_page()
    sign_in(page, cast.desk)

    weight = weigh(page, reverse("elections:wave-board", args=[wave.uuid]))

    assert weight.total_bytes <= FIRST_VIEW_BYTES, weight.by_url
