"""A messy list in a real browser: uploaded, columns confirmed, mended by one click, accepted."""

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from pilkades.apps.roll.models import RollEntry, RollImport
from pilkades.synthetic.sheet_files import write_messy_xlsx
from pilkades.synthetic.villages import make_village as make_people
from tests.apps.roll_cast import LISTING, make_hamlet
from tests.apps.village_cast import VILLAGE, VillageCast, make_village
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PILKADES_TEST_PICTURES", "")
"""A folder in which to keep what was seen, for whoever wants to look."""


@pytest.fixture
def cast(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> VillageCast:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PILKADES_JOBS_DIR = tmp_path / "jobs"
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: LISTING)
    return make_village()


def _look(page: Page, name: str) -> None:
    """Accessible, and fitting on a phone and on a desk."""
    for size, label in ((DESK, "meja"), (PHONE, "hp")):
        page.set_viewport_size(size)
        assert_fits(page)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{label}.png", full_page=True)
    assert_accessible(page)


def test_a_messy_list_is_imported_mended_and_accepted(
    cast: VillageCast, browser_page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    village = make_people(seed=7, region_code=VILLAGE, voters=120, on=date(2026, 11, 23))
    for name in village.hamlets:
        make_hamlet(name)
    data, _ = write_messy_xlsx(rng=random.Random(11), people=village.voters, defect_share=0.3)
    page = browser_page
    sign_in(page, cast.sari)

    page.goto(reverse("roll:imports", args=[VILLAGE]))
    _look(page, "impor-kosong")
    page.set_input_files(
        "input[type=file]",
        {"name": "DPS Sumberdiren FIX revisi.xlsx", "mimeType": "", "buffer": data},
    )
    page.click("text=Unggah dan periksa")
    _look(page, "impor-kolom")
    page.click("text=Periksa semua baris")
    source = RollImport.objects.get()
    preview = reverse("roll:import", args=[VILLAGE, source.uuid])
    _look(page, "impor-pratinjau")

    page.goto(f"{preview}?masalah=nik.letters")
    _look(page, "impor-sejenis")
    page.click("text=Buang tanda dan jadikan huruf mirip sebagai angka (")
    assert not source.rows.filter(codes__contains="|nik.letters|").exists()
    page.goto(f"{preview}?tampil=terhalang")
    page.click(".row-acts >> text=Ubah >> nth=0")
    _look(page, "impor-baris")
    page.goto(reverse("roll:import-accept", args=[VILLAGE, source.uuid]))
    _look(page, "impor-terhalang")
    page.click("text=/Tinggalkan .* baris/")
    page.goto(reverse("roll:import-accept", args=[VILLAGE, source.uuid]))
    _look(page, "impor-terima")
    page.click("text=Tulis ke daftar pemilih")

    _look(page, "impor-diterima")
    assert RollEntry.objects.count() == RollImport.objects.get().accepted_count > 80
    page.goto(reverse("roll:import-undo", args=[VILLAGE, source.uuid]))
    _look(page, "impor-batalkan")
    page.fill("textarea", "Ada berkas yang lebih baru")
    page.click("main button[type=submit]")
    assert not RollEntry.objects.exists()
