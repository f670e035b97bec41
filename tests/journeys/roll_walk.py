"""Steps of a journey through roll and officers, as the people in it take them in their browsers."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.apps.village_cast import VILLAGE
from tests.browser import DESK, PHONE, assert_accessible, assert_fits

ROOM = f"/ruang/{VILLAGE}"
LONG_WORK_MS = 120_000
PICTURES = os.environ.get("PILKADES_PICTURES", "")
"""A folder into which whoever looks at the pages lets them be photographed."""
_serials = count(1)


@dataclass(slots=True)
class Walker:
    """Somebody at a browser of their own."""

    page: Page

    def open(self, path: str) -> Page:
        """A page that answers."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        return self.page

    def look(self, name: str) -> None:
        """The page as it stands fits the screen, axe finds nothing, and it may be photographed."""
        assert_fits(self.page)
        assert_accessible(self.page)
        if PICTURES:
            serial = next(_serials)
            for size in (PHONE, DESK):
                self.page.set_viewport_size(size)  # type: ignore[arg-type]
                path = Path(PICTURES) / f"{serial:02d}-{name}-{size['width']}.png"
                self.page.screenshot(path=path, full_page=True)
                assert_fits(self.page)

    def press(self, name: str | re.Pattern[str], *, place: int = 0) -> None:
        """A button of the content, and what comes of it."""
        self.go(self.content.get_by_role("button", name=name).nth(place))

    def follow(self, name: str | re.Pattern[str], *, place: int = 0) -> None:
        """A link of the content, and where it leads."""
        self.go(self.content.get_by_role("link", name=name).nth(place))

    def fill(self, name: str, value: str) -> None:
        """A field of the form in the content."""
        self.content.locator(f"[name={name}]:not([type=hidden])").fill(value)

    def fill_date(self, name: str, value: date) -> None:
        """The three boxes of a day."""
        self.page.locator(f"[name={name}_day]").fill(str(value.day))
        self.page.locator(f"[name={name}_month]").select_option(str(value.month))
        self.page.locator(f"[name={name}_year]").fill(str(value.year))

    def expect(self, text: str | re.Pattern[str]) -> None:
        """The content says so."""
        expect(self.content).to_contain_text(text)

    def read_number(self, term: str) -> int:
        """A figure by the word above it."""
        cell = self.page.locator("dl > div", has=self.page.locator("dt", has_text=term)).first
        digits = re.sub(r"\D", "", cell.locator("dd").inner_text())
        return int(digits)

    def download(self, link: Locator) -> PdfReader:
        """A paper, as a reader opens it."""
        href = link.get_attribute("href")
        assert href is not None
        answer = self.page.request.get(href, timeout=LONG_WORK_MS)
        assert answer.ok, (href, answer.status)
        body = answer.body()
        assert body.startswith(b"%PDF-")
        if PICTURES:
            (Path(PICTURES) / f"{next(_serials):02d}-cetak.pdf").write_bytes(body)
        return PdfReader(BytesIO(body))

    @property
    def content(self) -> Locator:
        return self.page.locator("main")

    def go(self, locator: Locator) -> None:
        """Press or follow something, and wait for where it leads."""
        with self.page.expect_navigation(timeout=LONG_WORK_MS):
            locator.click(timeout=LONG_WORK_MS, no_wait_after=True)


Open = Callable[..., Walker]


def read_text(reader: PdfReader, *, pages: slice = slice(None)) -> str:
    """The words on some pages of a paper."""
    return "\n".join(page.extract_text() for page in reader.pages[pages])


def give_file(walker: Walker, label: str, *, name: str, media_type: str, data: bytes) -> None:
    """A file chosen in a form."""
    payload: Any = {"name": name, "mimeType": media_type, "buffer": data}
    walker.content.get_by_label(label).set_input_files(payload)
