"""Two starts at once: the second says so and ends; a taken port says what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pilkades.cli.main import main
from pilkades.cli.starting import hold_start


def start(home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "pilkades.cli", "demo", "--prepare-only"],
        env={**os.environ, "PILKADES_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_second_start_says_that_another_is_under_way(tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    with hold_start(home):
        second = start(home)
    assert second.returncode == 1
    assert "Penyiapan lain sedang berjalan" in second.stderr
    assert "Traceback" not in second.stderr
    assert [path.name for path in home.iterdir()] == ["start.lock"]


def test_a_start_that_ended_or_was_killed_blocks_nobody(tmp_path: Path) -> None:
    killed = "import os; from pathlib import Path; from pilkades.cli.starting import hold_start\n"
    killed += f"with hold_start(Path({str(tmp_path)!r})): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", killed]).returncode == 9
    for _ in range(2):
        with hold_start(tmp_path):
            pass


def test_homes_of_their_own_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with hold_start(tmp_path / "satu"), hold_start(tmp_path / "dua"):
        pass


def test_a_taken_port_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"Pintu {port} di 127.0.0.1 sudah dipakai" in said
    assert f"PORT={port + 1} make run" in said
