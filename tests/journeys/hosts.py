"""Hosts of the tests' own: network namespaces joined by a cable, with no way to the internet."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TOOLS = ("ip", "dnsmasq", "certutil", "chromium")


def require_hosts() -> None:
    """Skip, with the reason, where this machine cannot make network hosts."""
    if os.geteuid() != 0:
        pytest.skip("membuat host jaringan memerlukan root")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"alat tidak ada: {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class Host:
    """One machine of the test: a namespace with one cable."""

    name: str
    address: str

    def command(self, arguments: Sequence[str | Path]) -> list[str]:
        return ["ip", "netns", "exec", self.name, *map(str, arguments)]

    def run(self, *arguments: str | Path, **options: Any) -> "subprocess.CompletedProcess[str]":
        options = {"text": True, "capture_output": True, "timeout": 120, **options}
        return subprocess.run(self.command(arguments), check=False, **options)

    def start(self, *arguments: str | Path, **options: Any) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.command(arguments), **options)


@contextmanager
def two_hosts(*, tag: str) -> Iterator[tuple[Host, Host]]:
    """A laptop (10.77.0.1) and a phone (10.77.0.2) whose DNS is the laptop; nothing else exists."""
    laptop, phone = Host(f"{tag}-laptop", "10.77.0.1"), Host(f"{tag}-hp", "10.77.0.2")
    resolv = Path("/etc/netns") / phone.name
    try:
        for host in (laptop, phone):
            _ip("netns", "add", host.name)
            _ip("-n", host.name, "link", "set", "lo", "up")
        cable = ("kabel0", "type", "veth", "peer", "name", "kabel1", "netns", phone.name)
        _ip("link", "add", "netns", laptop.name, *cable)
        for host, end in ((laptop, "kabel0"), (phone, "kabel1")):
            _ip("-n", host.name, "address", "add", f"{host.address}/24", "dev", end)
            _ip("-n", host.name, "link", "set", end, "up")
        resolv.mkdir(parents=True)
        (resolv / "resolv.conf").write_text(f"nameserver {laptop.address}\n")
        yield laptop, phone
    finally:
        for host in (laptop, phone):
            subprocess.run(["ip", "netns", "delete", host.name], check=False, capture_output=True)
        shutil.rmtree(resolv, ignore_errors=True)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
