"""The gallery, where every component stands once, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE, assert_accessible, assert_english, assert_fits, weigh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.PILKADES_DEMO = True


@pytest.mark.parametrize("theme", ["terang", "gelap", "kontras"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_gallery_is_accessible_in_every_theme_and_fits_the_screen(
    open_page: Callable[..., Page], live_server: Any, theme: str, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    page.context.add_cookies([{"name": "tampilan", "value": theme, "url": live_server.url}])

    page.goto("/gaya/")

    assert page.locator("html").get_attribute("data-theme") == theme
    assert_fits(page)
    assert_accessible(page)


def test_first_view_of_a_page_weighs_less_than_100_kb_gzipped(browser_page: Page) -> None:
    weight = weigh(browser_page, "/gaya/")

    assert weight.total_bytes <= 100_000, weight.by_url
    assert any(url.endswith("design.css") for url in weight.by_url), "styles were not built"


def test_confirmation_opens_as_dialog_with_scripts_and_returns_the_focus(
    browser_page: Page,
) -> None:
    browser_page.goto("/gaya/")

    browser_page.get_by_role("link", name="Segel berita acara").click()

    dialog = browser_page.get_by_role("dialog", name="Segel berita acara TPS 01?")
    expect(dialog).to_be_visible()
    assert_accessible(browser_page)
    dialog.get_by_role("link", name="Periksa lagi").click()
    expect(dialog).to_be_hidden()
    expect(browser_page.get_by_role("link", name="Segel berita acara")).to_be_focused()


def test_without_scripts_the_confirmation_is_a_page_and_menus_choices_and_sorting_work(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/gaya/")

    page.get_by_role("link", name="Segel berita acara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Segel berita acara TPS 01?")
    page.get_by_role("button", name="Segel berita acara").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaya dan komponen")
    page.locator("summary", has_text="Tampilan").click()
    page.get_by_role("button", name="Gelap").click()
    assert page.locator("html").get_attribute("data-theme") == "gelap"
    page.get_by_label("Urutkan menurut").select_option("-voters")
    page.get_by_role("button", name="Tampilkan", exact=True).click()
    assert page.locator("table.data tbody tr").first.locator("th").inner_text() == "Jambewangi"


def test_keyboard_reaches_the_content_first_by_the_skip_link(browser_page: Page) -> None:
    browser_page.goto("/gaya/")

    browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("link", name="Langsung ke isi halaman")).to_be_focused()
    browser_page.keyboard.press("Enter")

    assert browser_page.evaluate("document.activeElement.id") == "isi"


def test_focus_is_never_hidden_behind_the_action_bar(browser_page: Page) -> None:
    browser_page.goto("/gaya/")
    fields = browser_page.locator("main input:visible, main select:visible, main textarea:visible")

    for index in range(fields.count()):
        fields.nth(index).focus()
        covered = browser_page.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect();
              const bar = document.querySelector(".action-bar").getBoundingClientRect();
              return box.top >= bar.top && box.bottom <= innerHeight;
            }"""
        )
        assert not covered, fields.nth(index).get_attribute("name")


def test_targets_of_buttons_fields_and_menus_are_at_least_48_pixels_high(
    browser_page: Page,
) -> None:
    browser_page.goto("/gaya/")

    low = browser_page.evaluate(
        """() => [...document.querySelectorAll(
            "button, .button, summary, select, .choice, .field label:has(input), .main-nav a")]
          .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 47.5)
          .map((e) => `${e.tagName} ${e.textContent.trim()} ${e.getBoundingClientRect().height}`)"""
    )

    assert low == []


def test_frame_of_every_page_is_wholly_english_once_english_is_chosen(
    browser_page: Page,
) -> None:
    browser_page.goto("/tidak-ada/")
    browser_page.locator("summary", has_text="Tampilan").click()
    browser_page.get_by_role("button", name="English").click()

    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Page not found")
    browser_page.locator("summary", has_text="Display").click()
    assert_english(browser_page)
    assert_accessible(browser_page)
