"""The review of a pair on a phone and on a desk: marked not by colour alone, usable by keyboard."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from pilkades.apps.roll.models import DuplicatePair
from tests.apps.roll.test_duplicates import OTHER_VILLAGE, enter, fill, search, search_wave
from tests.apps.village_cast import REGISTRATION, VILLAGE, make_village
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("PILKADES_SHOTS", "")


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_pair_is_read_and_answered_without_script_and_without_a_mouse(
    open_page: Callable[..., Page],
    sign_in: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    viewport: dict[str, int],
) -> None:
    monkeypatch.setattr("pilkades.apps.design.clock.now", lambda: REGISTRATION)
    cast = make_village()
    fill(cast)
    enter(cast, "Siti Nur Aminah", address="Jalan Mawar 3", occupation="Petani")
    enter(cast, "Hj. St. Noer Aminah, S.Pd", nik="", address="Jl. Mawar no. 3")
    enter(cast, "Siti Nur Aminah", village=OTHER_VILLAGE, kk="", nik="", rt="004")
    search(cast)
    search_wave(cast)
    inside = DuplicatePair.objects.get(is_across=False)
    across = DuplicatePair.objects.filter(is_across=True).first()
    assert across is not None

    page = open_page(viewport=viewport, java_script_enabled=False)
    sign_in(page, cast.sari)
    page.goto(reverse("roll:duplicates", args=[VILLAGE]))
    _shoot(page, "list")
    page.goto(reverse("roll:duplicate", args=[VILLAGE, across.uuid]))
    _shoot(page, "across")
    page.goto(reverse("roll:duplicate", args=[VILLAGE, inside.uuid]))
    _shoot(page, "pair")
    mark = page.locator("mark.differs").first
    assert "underline" in mark.evaluate("e => getComputedStyle(e).textDecorationLine")
    page.get_by_role("button", name="Orang yang berbeda").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Jawaban disimpan").wait_for()
    inside.refresh_from_db()
    assert inside.decision == "different"

    scripted = open_page(viewport=viewport)
    sign_in(scripted, cast.sari)
    for pair in (inside, across):
        scripted.goto(reverse("roll:duplicate", args=[VILLAGE, pair.uuid]))
        assert_fits(scripted)
        assert_accessible(scripted)

    desk = open_page(viewport=viewport)
    sign_in(desk, cast.desk)
    for name, args in (
        ("roll:wave-duplicates", [cast.election.wave.uuid]),
        ("roll:wave-duplicate", [cast.election.wave.uuid, across.uuid]),
        ("roll:duplicates", [VILLAGE]),
    ):
        desk.goto(reverse(name, args=args))
        _shoot(desk, name.removeprefix("roll:"))
        assert_fits(desk)
        assert_accessible(desk)
