"""Sign-in, passkeys, people and regions in a real browser, on a phone and on a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pilkades.apps.accounts.models import User
from pilkades.apps.audit.models import Event
from tests.apps.accounts_cast import PASSWORD
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def add_authenticator(page: Page, *, is_present: bool = True) -> None:
    """A fingerprint reader that Chromium makes believe; `is_present` touches it at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": is_present,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in_by_password(page: Page, username: str = "sari") -> None:
    page.goto("/akun/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/akun/keluar/")
    page.locator("main").get_by_role("button", name="Keluar").click()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_passkey_is_set_up_and_then_opens_the_account_without_a_password(
    open_page: OpenPage, chair: User, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    add_authenticator(page)
    sign_in_by_password(page)
    page.goto("/akun/dua-langkah/")
    assert_accessible(page)
    page.get_by_role("link", name="Pasang kunci").click()
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    assert_accessible(page)
    page.get_by_label("Nama kunci").fill("HP Bu Sari")
    page.locator("main").get_by_role("button", name="Pasang kunci").click()

    expect(page.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    expect(page.locator("main code")).to_have_count(10)
    assert_fits(page)
    sign_out(page)
    page.goto("/akun/masuk/?next=/akun/saya/")
    page.get_by_role("button", name="Masuk dengan sidik jari atau kunci").click()

    expect(page.get_by_role("heading", name="Akun saya")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Sari Wahyuni")
    methods = [e.leaf for e in Event.objects.filter(event="account.signed_in").order_by("pk")]
    assert '"method":"password"' in methods[0]
    assert '"method":"webauthn"' in methods[1]
    page.goto("/akun/dua-langkah/kunci/")
    expect(page.get_by_role("rowheader", name="HP Bu Sari")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_passkey_is_the_second_step_after_a_password(open_page: OpenPage, chair: User) -> None:
    page = open_page()
    add_authenticator(page)
    sign_in_by_password(page)
    page.goto("/akun/dua-langkah/kunci/pasang/")
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    page.locator("main").get_by_role("button", name="Pasang kunci").click()
    expect(page.get_by_role("heading", name="Kode cadangan")).to_be_visible()
    sign_out(page)

    sign_in_by_password(page)
    expect(page.get_by_role("heading", name="Langkah kedua")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Pakai sidik jari atau kunci").click()
    page.wait_for_url(lambda url: "langkah-kedua" not in url)

    page.goto("/akun/saya/")
    expect(page.locator("main")).to_contain_text("Sari Wahyuni")


def test_finger_that_is_not_recognised_is_said_in_words(open_page: OpenPage, chair: User) -> None:
    page = open_page()
    add_authenticator(page, is_present=False)
    page.goto("/akun/masuk/")

    page.get_by_role("button", name="Masuk dengan sidik jari atau kunci").click()

    expect(page.get_by_text("Kunci belum terbaca")).to_be_visible()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    assert_accessible(page)


def test_without_scripts_password_works_and_nothing_dead_is_offered(
    open_page: OpenPage, chair: User
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/akun/masuk/")
    expect(page.get_by_role("button", name="sidik jari")).to_be_hidden()

    sign_in_by_password(page)
    page.goto("/akun/saya/")

    expect(page.locator("main")).to_contain_text("Sari Wahyuni")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_desk_invites_a_chair_and_hands_over_the_link(
    open_page: OpenPage, desk: User, sign_in: Any, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    sign_in(page, desk)
    page.goto("/orang/")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Undang orang").click()
    page.get_by_label("Cari kecamatan atau desa").fill("pikatan")
    page.get_by_role("button", name="Cari wilayah").click()
    assert_accessible(page)
    page.get_by_role("link", name="Desa Pikatan").click()
    page.get_by_label("Nama lengkap").fill("Budi Santoso")
    page.get_by_label("Nama pengguna").fill("budi.santoso")
    page.get_by_label("Peran").select_option(label="Ketua panitia pemilihan desa")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Buat akun").click()

    expect(page.get_by_role("heading", name="Tautan masuk untuk Budi Santoso")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    link = page.locator(".link-text code").inner_text()
    phone = open_page()
    phone.goto(link)
    assert_accessible(phone)
    phone.get_by_label("Kata sandi baru", exact=True).fill("sawah hijau subuh")
    phone.get_by_label("Kata sandi baru, sekali lagi").fill("sawah hijau subuh")
    phone.get_by_role("button", name="Simpan kata sandi").click()
    expect(phone.get_by_text("Kata sandi tersimpan")).to_be_visible()
    assert User.objects.get(username="budi.santoso").check_password("sawah hijau subuh")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_person_page_and_region_search_fit_and_are_accessible(
    open_page: OpenPage, desk: User, chair: User, sign_in: Any, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    sign_in(page, desk)
    for path in (
        f"/orang/{chair.uuid}/",
        f"/orang/{chair.uuid}/peran/?wilayah=35.05.01.2001",
        "/akun/saya/",
        "/akun/kata-sandi/",
        "/wilayah/",
        "/wilayah/?q=pikatan",
        "/wilayah/?q=tidakada",
        "/wilayah/?induk=35.05",
    ):
        page.goto(path)
        assert_accessible(page)
        assert_fits(page)
