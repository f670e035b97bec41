"""The USB folder on laptops without network, Python, compiler or Node; a spare takes over.

Each laptop is a network host of its own with nothing but itself; this checkout, its Python and Node
are hidden under empty mounts, so the folder can only stand on what it carries.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.hosts import Host, require_hosts, two_hosts

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "kuda meja langit batu"
PORT = 8000
TAKE_OVER_SECONDS_MAX = 600

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as `make dist` leaves it, moved to where nothing of the checkout lies."""
    require_hosts()
    subprocess.run([sys.executable, ROOT / "scripts/dist"], check=True, capture_output=True)
    built = next((ROOT / "dist").glob("pilkades-*-linux-*"))
    target = tmp_path_factory.mktemp("diska") / built.name
    shutil.move(built, target)
    (target.parent / "sandi").write_text(PASSPHRASE)
    return target


@pytest.fixture(scope="module")
def laptops() -> Iterator[tuple[Host, Host]]:
    with two_hosts(tag=f"usb{os.getpid()}") as (first, spare):
        for host in (first, spare):
            # Not even the cable between them: each laptop stands alone.
            cable = "kabel0" if host is first else "kabel1"
            host.run("ip", "link", "set", cable, "down")
        yield first, spare


def hidden_places() -> list[str]:
    node = Path(os.path.realpath(shutil.which("node") or "/nonexistent/node")).parent
    places = [ROOT, Path(sys.base_prefix), Path("/usr/lib/python3.11"), Path("/usr/include"), node]
    return [str(p) for p in places if p.is_dir() and p not in (Path("/usr"), Path("/usr/bin"))]


def bare(host: Host, home: Path, stick: Path, *arguments: str) -> list[str]:
    """The command of a laptop that has only Debian's base and the stick."""
    hide = "; ".join(f"mount -t tmpfs none {place}" for place in hidden_places())
    inside = f"{hide}; cd {stick}; exec ./mulai {' '.join(arguments)}"
    environment = ["env", "-i", f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
    return host.command([*environment, "unshare", "--mount", "sh", "-c", inside])


@contextmanager
def running(host: Host, home: Path, stick: Path) -> Iterator[None]:
    command = bare(host, home, stick, "laptop", "--port", str(PORT))
    with (home / "catatan.txt").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until_served(host, home)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def read_page(host: Host, path: str) -> str:
    script = f"import urllib.request as r; print(r.urlopen('http://localhost:{PORT}{path}').read().decode(), end='')"  # noqa: E501
    done = host.run(sys.executable, "-c", script)
    return done.stdout if done.returncode == 0 else ""


def wait_until_served(host: Host, home: Path) -> None:
    for _ in range(120):
        if read_page(host, "/hubungkan/"):
            return
        time.sleep(0.5)
    pytest.fail((home / "catatan.txt").read_text())


def test_the_folder_is_whole_and_says_what_was_not_tried(stick: Path) -> None:
    check = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=stick, capture_output=True
    )
    assert check.returncode == 0
    read_me = (stick / "BACA-SAYA.txt").read_text()
    untried = next(line for line in read_me.splitlines() if line.startswith("Belum diuji"))
    assert "Ubuntu 24.04" in untried
    assert "Windows 10" in untried


def test_it_starts_with_the_network_cut_and_a_spare_takes_over_from_a_backup(
    stick: Path, laptops: tuple[Host, Host], tmp_path: Path
) -> None:
    first, spare = laptops
    home, spare_home = tmp_path / "pertama", tmp_path / "cadangan"
    home.mkdir()
    spare_home.mkdir()
    sandi = ["--passphrase-file", str(stick.parent / "sandi")]
    backup = stick.parent / "siang.pilkades"

    with running(first, home, stick):
        checkpoint = read_page(first, "/ledger/checkpoint")
        taken = subprocess.run(
            bare(first, home, stick, "backup", "--out", str(backup), *map(repr, sandi)),
            capture_output=True,
            text=True,
        )
    assert taken.returncode == 0, taken.stderr
    assert checkpoint
    assert PASSPHRASE.encode() not in backup.read_bytes()

    started = time.monotonic()
    restored = subprocess.run(
        bare(spare, spare_home, stick, "restore", str(backup), *map(repr, sandi)),
        capture_output=True,
        text=True,
    )
    assert restored.returncode == 0, restored.stderr
    with running(spare, spare_home, stick):
        assert (
            read_page(spare, "/ledger/checkpoint").splitlines()[:3] == (checkpoint.splitlines()[:3])
        )
        taken_over_seconds = time.monotonic() - started
    assert taken_over_seconds < TAKE_OVER_SECONDS_MAX


def test_a_restore_never_lands_on_top_of_data(
    stick: Path, laptops: tuple[Host, Host], tmp_path: Path
) -> None:
    occupied = tmp_path / "pilkades-data" / "keys"
    occupied.mkdir(parents=True)
    (occupied / "vault.key").write_text("k1:lama")

    done = subprocess.run(
        bare(laptops[0], tmp_path, stick, "restore", "apa-saja.pilkades"),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert "tertimpa" in done.stderr
    assert (occupied / "vault.key").read_text() == "k1:lama"
