"""A package on a phone without script: scanned, sealed, handed over, scanned once more."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from pilkades.apps.logistics.models import Package
from tests.apps.logistics.stage import LogisticsStage, make_stage
from tests.apps.village_cast import make_village
from tests.browser import assert_accessible, assert_fits


@pytest.fixture
def stage(transactional_db: None) -> LogisticsStage:
    found = make_stage(make_village())
    found.prepare()
    return found


@pytest.mark.browser
def test_two_names_travel_with_a_package_on_a_phone(
    stage: LogisticsStage, open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, stage.cast.sari)
    code = stage.package().code.hex[:12]

    page.goto(stage.url("find"))
    page.get_by_label("Kode paket").fill(code)
    page.get_by_role("button", name="Cari paket").click()
    page.get_by_role("link", name="Segel paket").click()
    page.get_by_label("Yang mengemas").fill("Bu Sari")
    page.get_by_label("Yang menyaksikan").fill("Pak Slamet")
    page.get_by_label("Tempat").fill("Balai desa")
    page.get_by_label("Nomor segel").fill("A-001, A-002")
    page.get_by_role("button", name="Segel paket").click()
    page.get_by_role("link", name="Catat serah terima").click()
    assert page.get_by_label("Yang menyerahkan").input_value() == "Pak Slamet"
    _hand_over(page)

    page.get_by_role("link", name="Catat serah terima").click()
    page.get_by_label("Yang menyerahkan").fill("Pak Slamet")
    _hand_over(page)

    assert page.get_by_text("sudah tercatat di tangan Pak Budi").is_visible()
    assert Package.objects.get(number=1).handovers.count() == 2
    assert_fits(page)


@pytest.mark.browser
def test_pages_of_the_logistics_are_accessible_on_a_phone(
    stage: LogisticsStage, open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> None:
    page = open_page()
    sign_in(page, stage.cast.sari)
    package = stage.package()
    for url in (
        stage.url("home"),
        stage.url("venue", stage.venues[0].uuid),
        stage.url("survey", stage.venues[0].uuid),
        stage.url("materials"),
        stage.url("returns"),
        f"/paket/{package.code}/",
        f"/paket/{package.code}/segel/",
        stage.url("outreach"),
    ):
        page.goto(url)
        assert_fits(page)
        assert_accessible(page)


def _hand_over(page: Page) -> None:
    page.get_by_label("Yang menerima").fill("Pak Budi")
    page.get_by_label("Tempat").fill("TPS 01")
    page.get_by_label("Nomor segel").fill("A-001, A-002")
    page.get_by_label("Utuh").check()
    page.get_by_role("button", name="Catat serah terima").click()
