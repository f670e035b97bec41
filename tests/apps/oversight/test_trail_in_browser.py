"""Jejak audit and buku catatan as people see them, on a phone and on a desk."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from playwright.sync_api import expect

from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.audit.services import append
from tests.apps.desk_cast import Cast, make_cast, make_regions
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MIDNIGHT = datetime(2026, 6, 15, 17, 30, tzinfo=UTC)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    make_regions()
    cast = make_cast()
    with transaction.atomic():
        for number in range(3):
            append(
                event="account.second_factor_reset",
                actor=get_actor(cast.desk, now=MIDNIGHT),
                at=MIDNIGHT,
                region_code="35.05.01.2001",
                subject=f"account:{uuid4()}",
                article=f"Perbup Blitar 2/2026 ps. {number + 1} ay. (1)",
            )
    return cast


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_visitor_reads_how_to_check_the_ledger(
    cast: Cast, open_page: Any, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    page.goto("/ledger/")
    assert page.get_by_text("pilkades ledger verify ledger-3.zip").is_visible()
    assert_fits(page)
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh buku catatan (ZIP)").click()
    assert download.value.suggested_filename == "ledger-3.zip"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_finds_work_at_night(
    cast: Cast, open_page: Any, sign_in: Any, viewport: dict[str, int]
) -> None:
    page = open_page(viewport=viewport)
    sign_in(page, cast.desk)
    page.goto("/jejak-audit/")
    page.get_by_text("Saring", exact=True).click()
    page.get_by_label("Peringatan").select_option(label="Pekerjaan malam")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_text("Kunci dibuka, Pekerjaan malam")).to_have_count(3)
    assert page.get_by_text("Selasa, 16 Juni 2026, 00.30 WIB").first.is_visible()
    assert_fits(page)
    assert_accessible(page)


def test_the_trail_is_filtered_without_script(cast: Cast, open_page: Any, sign_in: Any) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.desk)
    page.goto("/jejak-audit/?pelaku=nobody")
    assert page.get_by_text("Belum ada peristiwa yang cocok").is_visible()
    page.get_by_role("link", name="Hapus saringan").click()
    expect(page.get_by_role("cell", name="Kunci dibuka, Pekerjaan malam")).to_have_count(3)
