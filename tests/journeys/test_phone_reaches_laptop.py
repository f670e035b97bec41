"""A phone and a laptop in a village without internet: two hosts, their own DNS, a trusted name."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno

from tests.journeys.hosts import Host, require_hosts, two_hosts

NAME = "tps.pilkades.internal"
OPEN_PORT, HTTPS_PORT = 8000, 8443

pytestmark = [pytest.mark.journey, pytest.mark.browser]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Host, Host, Path]]:
    require_hosts()
    folder = tmp_path_factory.mktemp("desa")
    home = folder / "laptop"
    environment = {**os.environ, "PILKADES_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    certify(home / "keys" / "https", environment)
    with two_hosts(tag=f"pk{os.getpid()}") as (laptop, phone):
        dns = laptop.start(
            "dnsmasq", "--keep-in-foreground", "--no-resolv", "--no-hosts", "--port=53",
            f"--address=/{NAME}/{laptop.address}", f"--listen-address={laptop.address}",
            "--bind-interfaces", "--pid-file=",
        )  # fmt: skip
        server = laptop.start(
            sys.executable, "-m", "pilkades.cli", "laptop", "--hotspot",
            "--port", str(OPEN_PORT), "--https-port", str(HTTPS_PORT),
            env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            wait_until_served(phone, f"http://{laptop.address}:{OPEN_PORT}/hubungkan/")
            yield laptop, phone, folder
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
            dns.terminate()


def certify(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pilkades.cli", "certificate"]
    run = {"check": True, "env": environment, "capture_output": True}
    subprocess.run([*command, "authority", "--host", NAME, "--out", folder], **run)
    issue = ["issue", "--host", NAME, "--authority", folder, "--out", folder]
    subprocess.run([*command, *issue], **run)


def wait_until_served(phone: Host, url: str) -> None:
    script = f"import urllib.request as r; r.urlopen({url!r}, timeout=2)"
    for _ in range(90):
        if phone.run(sys.executable, "-c", script).returncode == 0:
            return
        time.sleep(0.5)
    pytest.fail("laptop tidak melayani dalam 45 detik")


def ask_phone(phone: Host, *arguments: str | Path) -> dict[str, Any]:
    done = phone.run(sys.executable, Path(__file__).with_name("phone.py"), *arguments)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_phone_has_no_internet(village: tuple[Host, Host, Path]) -> None:
    _, phone, _ = village
    routes = phone.run("ip", "route").stdout
    assert "default" not in routes


def test_a_phone_without_the_certificate_is_stopped_and_uses_the_open_page(
    village: tuple[Host, Host, Path],
) -> None:
    laptop, phone, folder = village
    home = folder / "hp-tanpa"
    home.mkdir()
    segno.make_qr("pilkades:uji").save(str(home / "qr.png"), scale=6)

    stopped = ask_phone(phone, home, "https", f"https://{NAME}:{HTTPS_PORT}/")
    seen = ask_phone(phone, home, "open", f"http://{laptop.address}:{OPEN_PORT}/")

    assert "ERR_CERT_AUTHORITY_INVALID" in stopped["error"]
    assert "error" not in seen, seen
    assert seen["checks"]["secure"] == "no"
    assert seen["checks"]["keys"] == "other"
    assert seen["qr"] == "pilkades:uji"
    assert seen["signin_status"] == 403


def test_a_phone_that_installed_the_certificate_has_every_function(
    village: tuple[Host, Host, Path],
) -> None:
    laptop, phone, folder = village
    home = folder / "hp-percaya"
    home.mkdir()
    segno.make_qr("pilkades:uji").save(str(home / "qr.png"), scale=6)
    opened = ask_phone(phone, home, "open", f"http://{laptop.address}:{OPEN_PORT}/")

    seen = ask_phone(phone, home, "trust", f"https://{NAME}:{HTTPS_PORT}/", home / "otoritas.crt")

    assert len(opened["fingerprint"].replace(" ", "")) == 64
    assert seen["signin_status"] == 200
    assert set(seen["checks"].values()) == {"yes"}
