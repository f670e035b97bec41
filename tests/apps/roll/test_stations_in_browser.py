"""The board in a real browser: by drag and drop, by keyboard without script, on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from pilkades.apps.roll.models import RollEntry
from tests.apps.roll.station_cast import StationCast, make_stations
from tests.apps.village_cast import REGISTRATION, VILLAGE, make_village
from tests.browser import DESK, assert_accessible, assert_fits

BOARD = reverse("roll:board", args=[VILLAGE])


@pytest.fixture
def full(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> StationCast:
    """Two stations; three RTs at the first."""
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: REGISTRATION)
    village = make_stations(make_village())
    krajan = village.hamlet("Krajan")
    first, _ = (village.station(n, village.venue(f"Balai {n}", hamlet=krajan)) for n in (1, 2))
    for rt, count in (("001", 120), ("002", 90), ("003", 60)):
        village.voters(count, household=3, hamlet=krajan, rt=rt, station=first)
    return village


def count_at(number: int) -> int:
    return RollEntry.objects.filter(station__number=number).count()


def test_a_card_dragged_to_a_station_shows_the_effect_before_it_moves(
    full: StationCast, open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> None:
    page = open_page(viewport=DESK)
    sign_in(page, full.cast.sari)
    page.goto(BOARD)

    page.locator(".board-card", has_text="RT 002").drag_to(page.locator(".board-column").nth(1))
    page.wait_for_url("**/pindah/**")

    assert page.get_by_text("90 pemilih (L 45, P 45) pindah ke TPS 02").is_visible()
    assert count_at(2) == 0
    page.get_by_label("Alasan").fill("Lebih dekat")
    page.get_by_role("button", name="Pindahkan").click()
    page.wait_for_url(f"**{BOARD}")
    assert count_at(2) == 90


def test_the_same_is_done_by_keyboard_without_a_script(
    full: StationCast, open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, full.cast.sari)
    page.goto(BOARD)

    page.get_by_role("link", name="Pindahkan RT 003").press("Enter")
    page.get_by_label("Pindah ke").select_option(label="TPS 02 (0)")
    page.get_by_role("button", name="Lihat akibatnya").press("Enter")
    page.get_by_label("Alasan").fill("Lebih dekat")
    page.get_by_role("button", name="Pindahkan").press("Enter")

    page.wait_for_url(f"**{BOARD}")
    assert count_at(2) == 60


@pytest.mark.parametrize("viewport", [None, DESK], ids=["phone", "desk"])
def test_the_pages_of_the_stations_fit_and_can_be_read_by_everybody(
    full: StationCast,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    viewport: dict[str, int] | None,
) -> None:
    page = open_page(**({"viewport": viewport} if viewport else {}))
    sign_in(page, full.cast.sari)
    names = ("stations", "board", "allocation", "venue-add", "station-add")
    for url in (reverse(f"roll:{name}", args=[VILLAGE]) for name in names):
        page.goto(url)
        assert_fits(page)
        assert_accessible(page)
