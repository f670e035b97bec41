"""belenios-tool 3, which knows Ed25519, judges our ballots and our whole archive.

`scripts/newer-belenios var/newer-belenios` unpacks it beside the system; where it is absent the
tests are skipped.
"""

import io
import random
import subprocess
from pathlib import Path

import pytest

from pilkades.crypto.supported import get_group
from pilkades.evoting.board import read_steps
from pilkades.evoting.canonical import write_json
from pilkades.evoting.events import Kind
from pilkades.synthetic.internet_elections import simulate_election
from tests.forged_archives import Forgery, change_text, forge

TOOL = Path(__file__).resolve().parents[2] / "var" / "newer-belenios" / "belenios-tool"
pytestmark = pytest.mark.skipif(not TOOL.exists(), reason="belenios-tool 3 is not unpacked")


def _run(folder: Path, *arguments: str) -> bool:
    done = subprocess.run(
        [TOOL, "election", *arguments, "--dir=."],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode == 0


def _put(folder: Path, forgery: Forgery) -> None:
    (folder / f"{forgery.truth.election.uuid}.bel").write_bytes(forgery.write())


def test_it_accepts_our_whole_election_on_ed25519(tmp_path: Path) -> None:
    out = io.BytesIO()
    truth = simulate_election(
        group=get_group("Ed25519"),
        voters=4,
        candidates=3,
        draw=random.Random(3).randrange,
        timestamp=1_795_453_200,
        write=out.write,
    )
    (tmp_path / f"{truth.election.uuid}.bel").write_bytes(out.getvalue())
    assert _run(tmp_path, "verify")


def test_it_accepts_our_ballot_and_refuses_a_changed_one(tmp_path: Path) -> None:
    forgery = forge(voters=2)
    archive = forgery.write()
    ballots = [
        step.payload for step in read_steps(io.BytesIO(archive)) if step.event.kind is Kind.BALLOT
    ]
    uuid = forgery.truth.election.uuid
    _put(tmp_path, forgery.cut_after(Kind.SETUP))
    for ballot in ballots:
        (tmp_path / "ballot.json").write_bytes(ballot)
        assert _run(tmp_path, "verify-ballot", f"--uuid={uuid}", "--ballot=ballot.json")
    changed = forge(voters=2).ballots[0].payload
    proof = changed["answers"][0]["overall_proof"][0]
    proof["response"] = change_text(proof["response"])
    forgery.sign(changed)
    (tmp_path / "ballot.json").write_bytes(write_json(changed))
    assert not _run(tmp_path, "verify-ballot", f"--uuid={uuid}", "--ballot=ballot.json")


def test_it_refuses_our_forged_result_too(tmp_path: Path) -> None:
    forgery = forge(voters=3)
    counts = forgery.find(Kind.RESULT).payload["result"][0]
    counts[0], counts[1] = counts[0] + 1, max(0, counts[1] - 1)
    _put(tmp_path, forgery)
    assert not forgery.verify().is_accepted
    assert not _run(tmp_path, "verify")
