"""Whoever reads only the first lines of an output (`| head`) is told nothing more."""

import os
import subprocess
import sys


def test_an_output_that_nobody_reads_to_its_end_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pilkades.cli", "pack", "diff", "nasional", "blitar-2026"],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""
