"""A real browser for tests: Chromium on a phone's screen, against the live server.

A page that logs an error, breaks the content policy or throws fails its test, asked or not.
"""

import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Response, sync_playwright

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
INDONESIAN = re.compile(
    r"\b(yang|dan|atau|untuk|dengan|tidak|belum|sudah|dari|pada|oleh|adalah|akan|dapat|Anda)\b"
)
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """Where the browser is on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have Chromium")
        pytest.skip("no Chromium on this machine (apt install chromium)")
    # Playwright keeps an event loop in this thread; without this, Django would refuse the plain
    # database calls that the test itself makes.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(live_server: Any, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of their own context: `open_page(viewport=DESK, java_script_enabled=False)`."""
    contexts, complaints = [], []

    def open_one(**options: Any) -> Page:
        settings = {"viewport": PHONE, "locale": "id-ID", **options}
        context = browser.new_context(base_url=live_server.url, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("console", lambda message: _keep_policy_breaches(message, complaints))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def browser_page(open_page: Callable[..., Page]) -> Page:
    """A page on a phone of 360 pixels, with addresses relative to the live server."""
    return open_page()


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """Gives a page the session of a user without walking through the form: `sign_in(page, u)`."""

    def sign_in_on(page: Page, user: Any) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )

    return sign_in_on


def assert_accessible(page: Page) -> None:
    """Runs axe-core on the page as it stands, with every rule of WCAG 2.2 A and AA."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
    problems = [
        f"{violation['id']}: {violation['help']}: {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not problems, f"{page.url}\n" + "\n".join(problems)


def assert_fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, f"{page.url} is {wide} px wide on a screen of {screen}"


def assert_english(page: Page) -> None:
    """No sentence of an English page was left in Indonesian; `lang="id"` marks legal terms."""
    text = page.evaluate(
        """() => {
          const copy = document.body.cloneNode(true);
          copy.querySelectorAll("[lang=id], script, svg").forEach((e) => e.remove());
          return copy.innerText;
        }"""
    )
    left = [line for line in text.splitlines() if INDONESIAN.search(line)]
    assert not left, f"{page.url}\n" + "\n".join(left)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWeight:
    """What the first view of a page costs, compressed as a server sends it."""

    by_url: dict[str, int]

    @property
    def total_bytes(self) -> int:
        return sum(self.by_url.values())


def weigh(page: Page, path: str) -> PageWeight:
    """Open the address with an empty cache and add up every answer, gzipped."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(path, wait_until="networkidle")
    return PageWeight(
        by_url={r.url: len(gzip.compress(r.body())) for r in responses if r.status == 200}
    )


def _keep_policy_breaches(message: Any, complaints: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        complaints.append(message.text)
