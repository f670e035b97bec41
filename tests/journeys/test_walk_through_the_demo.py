"""The first minute: the demo regency as its own process, walked through in a real browser.

Desk, committee, candidate and visitor each have a browser profile of their own. The same walk is
done at 360 and at 1280 px. With DATABASE_URL the demo plays on PostgreSQL.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import DESK, PHONE, assert_accessible, assert_fits

START_SECONDS_MAX = 240
pytestmark = [pytest.mark.journey, pytest.mark.browser]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`pilkades demo`, as `make run` starts it, on a port and in a home of its own."""
    home = tmp_path_factory.mktemp("peragaan")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PILKADES_HOME": str(home)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if "DATABASE_URL" in environment:
        environment["DATABASE_URL"] = make_database(environment["DATABASE_URL"], f"demo_{port}")
    command = [sys.executable, "-m", "pilkades.cli", "demo", "--port", str(port)]
    with (home / "catatan.txt").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_until_served(server, f"http://localhost:{port}/akun/masuk/", home / "catatan.txt")
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def make_database(url: str, name: str) -> str:
    """A database of its own: each worker of the test run plays a demo."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def wait_until_served(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    for _ in range(START_SECONDS_MAX):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(1)
        else:
            return
    pytest.fail(log.read_text())


class Visitor:
    """One person with an own browser profile."""

    def __init__(self, browser: Browser, base_url: str, viewport: dict[str, int]) -> None:
        self.context = browser.new_context(
            base_url=base_url,
            viewport=viewport,  # type: ignore[arg-type]
            locale="id-ID",
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, path: str) -> Page:
        """A page that answers, fits the screen, and in which axe finds nothing."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        self.look()
        return self.page

    def look(self) -> None:
        assert_fits(self.page)
        assert_accessible(self.page)
        expect(self.page.get_by_text("SIMULASI").first).to_be_visible()
        assert self.faults == []

    def become(self, name: str) -> None:
        """Sign in as a persona with one click."""
        self.page.goto("/akun/masuk/")
        form = self.page.locator("form[action*=simulasi]", has_text=name)
        with self.page.expect_navigation():
            form.get_by_role("button").click()
        expect(self.page.get_by_text(name).first).to_be_attached()

    def follow(self, name: str) -> Page:
        """Open the first link with this word in the page's content."""
        return self.click(self.page.locator("main").get_by_role("link", name=name).first)

    def click(self, link: Locator) -> Page:
        with self.page.expect_navigation():
            link.click()
        self.look()
        return self.page


@pytest.fixture(params=[PHONE, DESK], ids=["360", "1280"])
def arrive(request: pytest.FixtureRequest, browser: Browser, demo: str) -> Iterator[object]:
    visitors: list[Visitor] = []

    def arrive() -> Visitor:
        visitors.append(Visitor(browser, demo, request.param))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()


def test_a_visitor_finds_a_village_and_how_to_check(arrive) -> None:  # type: ignore[no-untyped-def]
    visitor = arrive()
    visitor.open("/")
    page = visitor.open("/desa/35.05.10.2012/")
    assert page.locator(".candidate").count() == page.locator(".candidate-number").count() > 1
    page.get_by_text("Mengapa?").locator("visible=true").first.click()
    data = page.request.get("/desa/35.05.10.2012/data.json").json()
    assert data["simulation"] is True
    assert data["poll_date"] == "2026-11-23"
    assert page.request.get("/desa/35.05.10.2012/pengumuman.pdf").body()[:5] == b"%PDF-"
    visitor.open("/ledger/")


def test_the_desk_sees_board_calendar_and_what_if(arrive) -> None:  # type: ignore[no-untyped-def]
    desk = arrive()
    desk.become("Hadi Prasetyo")
    desk.open("/panitia/")
    page = desk.follow("Pilkades serentak 2026")
    wave = page.url
    for part in ("papan/", "alarm/", "kalender/", "andai/", "sk/"):
        desk.open(wave + part)
    desk.open("/kotak-masuk/")
    desk.open("/jejak-audit/")


def test_the_committee_sees_what_is_next_and_under_which_article(arrive) -> None:  # type: ignore[no-untyped-def]
    chair = arrive()
    chair.become("Sari Handayani")
    page = chair.open("/ruang/")
    expect(page.get_by_role("heading", name="Langkah berikutnya")).to_be_visible()
    expect(page.locator("main a.article").first).to_be_visible()
    page = chair.follow("Bakal calon")
    chair.click(
        page.locator("main table a[href*='/berkas/'], main .cards a[href*='/berkas/']").last
    )
    room = chair.page.url.split("/berkas/")[0]
    for part in ("/pengumuman/", "/dusun/"):
        chair.open(room + part)


def test_a_candidate_sees_the_own_file_and_nobody_elses(arrive) -> None:  # type: ignore[no-untyped-def]
    candidate, outsider = arrive(), arrive()
    candidate.become("Ratna Suryani")
    own = candidate.open("/ruang/").url
    outsider.become("Mallory")
    assert outsider.page.goto(own).status in (403, 404)
    assert candidate.page.goto("/panitia/").status in (403, 404)
    assert outsider.page.goto("/jejak-audit/").status in (403, 404)


def test_every_page_of_the_walk_exists_in_english(arrive) -> None:  # type: ignore[no-untyped-def]
    visitor = arrive()
    visitor.open("/")
    with visitor.page.expect_navigation():
        visitor.page.locator("button[name=bahasa][value=en]").evaluate("button => button.click()")
    visitor.page.goto("/desa/35.05.10.2012/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.page.get_by_role("heading", name="Election committee")).to_be_visible()
