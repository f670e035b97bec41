"""An upgrade keeps a running election: data that an older program wrote, under the program of now.

`running/<version>` holds the inside of a backup made by that version in the middle of an election.
It is put into an envelope, restored by the command, migrated, served, and carried on with.
"""

import json
import lzma
import os
import re
import signal
import socket
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pilkades.cli.envelope import write_envelope
from tests.browser import DESK

RUNNING = Path(__file__).with_name("running")
VERSIONS = sorted(path.parent for path in RUNNING.glob("*/isi.tar.xz"))
PACKED_BYTES_MAX = 200_000
PASSPHRASE = "kuda meja langit batu"
SETTINGS = "pilkades.config.settings.dev"
START_SECONDS_MAX = 240
pytestmark = pytest.mark.journey


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A restored installation that the program of now serves."""

    base_url: str
    facts: dict[str, Any]
    home: Path
    environment: dict[str, str]
    restored: str

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return run_command(self.environment, *arguments)

    def read(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.base_url}{path}", timeout=60) as answer:
            return bytes(answer.read())


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda path: path.name)
def upgraded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    """Restored as on a spare laptop, then started, which brings the tables up to date."""
    folder, home = tmp_path_factory.mktemp("cadangan"), tmp_path_factory.mktemp("cadangan") / "data"
    environment = {**os.environ, "PILKADES_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}
    environment.pop("DATABASE_URL", None)
    backup = seal(request.param / "isi.tar.xz", folder)
    (folder / "sandi").write_text(PASSPHRASE)
    sandi = ("--passphrase-file", folder / "sandi")
    restored = run_command(environment, "restore", backup, *sandi)
    assert restored.returncode == 0, restored.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "catatan.txt").open("wb") as log:
        command = [sys.executable, "-m", "pilkades.cli", "demo", "--port", str(port)]
        server = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        base_url = f"http://localhost:{port}"
        wait_until_served(server, f"{base_url}/ledger/kunci", folder / "catatan.txt")
        facts = json.loads((request.param / "keadaan.json").read_text())
        yield Upgraded(base_url, facts, home, environment, restored.stdout)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def seal(packed: Path, folder: Path) -> Path:
    """The file that `pilkades backup` would have written."""
    content = folder / "isi.tar"
    content.write_bytes(lzma.decompress(packed.read_bytes()))
    target = folder / "siang.pilkades"
    write_envelope(content=content, target=target, passphrase=PASSPHRASE)
    return target


def run_command(
    environment: dict[str, str], *arguments: str | Path
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pilkades.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def wait_until_served(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    for _ in range(START_SECONDS_MAX):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2)
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(1)
        else:
            return
    pytest.fail(log.read_text())


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_the_kept_election_is_small_and_shows_no_nik(version: Path) -> None:
    packed = version / "isi.tar.xz"
    assert packed.stat().st_size < PACKED_BYTES_MAX
    code = json.loads((version / "keadaan.json").read_text())["village"].replace(".", "")[:6]
    nik = re.compile(rb"(?<![0-9a-zA-Z])" + code.encode() + rb"\d{10}(?![0-9a-zA-Z])")
    with tarfile.open(fileobj=lzma.open(packed), mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            assert content is not None
            assert not nik.search(content.read()), member.name


def test_the_tables_are_those_of_the_program_of_now(upgraded: Upgraded) -> None:
    assert upgraded.facts["version"] in upgraded.restored
    checked = upgraded.run("manage", "migrate", "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_public_page_keeps_every_candidate_with_the_number(upgraded: Upgraded) -> None:
    page = upgraded.read(f"/desa/{upgraded.facts['village']}/").decode()
    shown = re.findall(r'class="candidate-number"[^>]*>\s*(\d+)', page)
    assert [int(number) for number in shown] == [n for n, _ in upgraded.facts["candidates"]]
    assert all(name in page for _, name in upgraded.facts["candidates"])


def test_the_ledger_is_whole_and_keeps_the_checkpoint_of_before(
    upgraded: Upgraded, tmp_path: Path
) -> None:
    key = upgraded.facts["key"]
    (tmp_path / "lama").write_text(upgraded.facts["checkpoint"])
    (tmp_path / "ledger.zip").write_bytes(upgraded.read("/ledger/unduh"))

    judged = upgraded.run(
        "ledger", "verify", tmp_path / "ledger.zip", "--key", key, "--since", tmp_path / "lama"
    )

    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert upgraded.read("/ledger/kunci").decode().strip() == key


@pytest.mark.browser
def test_everybody_finds_the_own_pages_and_the_last_candidate_signs(
    upgraded: Upgraded, browser: Browser, tmp_path: Path
) -> None:
    room = f"/ruang/{upgraded.facts['village']}/"
    wave = f"/panitia/gelombang/{upgraded.facts['wave']}/"
    visitor = browser.new_context(base_url=upgraded.base_url, viewport=DESK, locale="id-ID")
    page = visitor.new_page()
    for name, paths in (
        ("Hadi Prasetyo", (wave, f"{wave}papan/", f"{wave}sk/", "/kotak-masuk/", "/aturan/")),
        ("Imam Hidayat", (room, f"{room}berkas/", f"{room}undian/", f"{room}cetak-coba/")),
        ("Ratna Suryani", (f"{room}cetak-coba/",)),
    ):
        become(page, name)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
    before = upgraded.read("/ledger/checkpoint").splitlines()[1]

    sign(page)

    assert int(upgraded.read("/ledger/checkpoint").splitlines()[1]) > int(before)
    visitor.close()


def become(page: Page, name: str) -> None:
    """Sign in as a persona with one click."""
    page.goto("/akun/masuk/")
    with page.expect_navigation():
        page.locator("form[action*=simulasi]", has_text=name).get_by_role("button").click()
    expect(page.get_by_text(name).first).to_be_attached()


def sign(page: Page) -> None:
    """The one signature for which the election was waiting when the older program was stopped."""
    with page.expect_navigation():
        page.locator("main a[href*=tanda-tangan]").first.click()
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main .field-error")).to_have_count(0)
