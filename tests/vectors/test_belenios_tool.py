"""Elections shared with belenios-tool 2.0, another people's program, step by step in both hands.

Each test mixes: their trustee with ours, their ballots with ours, their archive verified by us and
ours by them. Where the tool is not installed the tests are skipped; in CI it must be there.
"""

import io
import json
import os
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from pilkades.crypto.supported import get_group
from pilkades.evoting.administration import (
    append_ballot,
    append_decryption,
    append_result,
    append_tally,
    begin_archive,
    end_ballots,
    make_election,
)
from pilkades.evoting.credentials import derive_public
from pilkades.evoting.decryption import (
    OwnedDecryption,
    make_decryption,
    parse_decryption,
    write_decryption,
    write_owned,
)
from pilkades.evoting.elections import parse_election
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.own_board import read_board
from pilkades.evoting.public_credentials import write_credentials
from pilkades.evoting.tally import parse_tally
from pilkades.evoting.trustees import (
    make_trustee_key,
    parse_trustee_key,
    write_trustee_key,
)
from pilkades.evoting.verification import verify_archive
from pilkades.evoting.voting import make_ballot
from pilkades.evoting.wire import Wire
from pilkades.synthetic.internet_elections import make_question, simulate_election

TOOL = shutil.which("belenios-tool")
pytestmark = pytest.mark.skipif(
    TOOL is None and os.environ.get("CI") != "true", reason="belenios-tool is not installed"
)
GROUP = get_group("BELENIOS-2048")
UUID = "SamaSamaPeriksa"
TIMESTAMP = 1_795_453_200
VOTES = ((1, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1))
draw = random.Random(20261123).randrange


@dataclass(frozen=True)
class Setup:
    """Their trustee is number 1, ours number 2; the codes come from their authority."""

    codes: tuple[str, ...]
    our_secret: int
    their_key: Path
    public_keys: tuple[bytes, bytes]


def test_they_accept_our_election_and_its_threshold_trustees(tmp_path: Path) -> None:
    out = io.BytesIO()
    truth = simulate_election(
        group=GROUP, voters=3, candidates=3, draw=draw, timestamp=TIMESTAMP, write=out.write
    )
    (tmp_path / f"{truth.election.uuid}.bel").write_bytes(out.getvalue())
    assert "all checks passed" in _tool(tmp_path, "election", "verify", "--dir=.")


def test_they_refuse_our_election_with_a_changed_result(tmp_path: Path) -> None:
    from pilkades.evoting.events import Kind
    from tests.forged_archives import forge

    forgery = forge("BELENIOS-2048", voters=3)
    counts = forgery.find(Kind.RESULT).payload["result"][0]
    counts[0], counts[1] = counts[1] + 1, counts[0]
    (tmp_path / f"{forgery.truth.election.uuid}.bel").write_bytes(forgery.write())
    assert not forgery.verify().is_accepted
    assert _run(tmp_path, "election", "verify", "--dir=.").returncode != 0


def test_their_archive_takes_our_trustee_and_our_ballots(tmp_path: Path) -> None:
    setup = _set_up(tmp_path)
    (tmp_path / "public_keys.jsons").write_bytes(b"\n".join(setup.public_keys) + b"\n")
    _tool(tmp_path, "setup", "make-trustees", "--dir=.")
    (tmp_path / "template.json").write_text(json.dumps(_template(), separators=(",", ":")))
    flags = (f"--group={GROUP.name}", f"--uuid={UUID}", "--template=template.json", "--dir=.")
    _tool(tmp_path, "setup", "make-election", *flags)
    _tool(tmp_path, "archive", "init", "--dir=.")
    election = parse_election((tmp_path / "election.json").read_bytes().rstrip())

    for place, (code, vote) in enumerate(zip(setup.codes, VOTES, strict=True)):
        if place % 2:
            ballot = make_ballot(election, code=code, votes=[vote], draw=draw).data
        else:
            ballot = _their_ballot(tmp_path, code, vote)
        _add(tmp_path, "Ballot", ballot)
    _add(tmp_path, "EndBallots", b"")
    tally, sized = _tool(tmp_path, "election", "compute-encrypted-tally", "--dir=.").splitlines()
    _add(tmp_path, "EncryptedTally", f"{tally}\n{sized}".encode())
    theirs = _tool(
        tmp_path, "election", "decrypt", "--dir=.", f"--privkey={setup.their_key}", "--trustee-id=1"
    )
    _add(tmp_path, "PartialDecryption", theirs.strip().encode())
    partial = make_decryption(
        election, parse_tally(tally.encode(), group=GROUP), secret=setup.our_secret, draw=draw
    )
    ours = write_decryption(partial, wire=election.wire)
    owned = write_owned(OwnedDecryption(2, hash_data(ours)))
    _add(tmp_path, "PartialDecryption", ours + b"\n" + owned)
    result = _tool(tmp_path, "election", "compute-result", "--dir=.").strip()
    _add(tmp_path, "Result", result.encode())

    assert json.loads(result)["result"] == [[1, 2, 1]]
    assert "all checks passed" in _tool(tmp_path, "election", "verify", "--dir=.")
    with (tmp_path / f"{UUID}.bel").open("rb") as stream:
        assert verify_archive(stream).is_accepted


def test_our_archive_takes_their_trustee_and_their_ballots(tmp_path: Path) -> None:
    setup = _set_up(tmp_path)
    trustees = tuple(parse_trustee_key(data, group=GROUP) for data in setup.public_keys)
    election = make_election(
        group=GROUP,
        uuid=UUID,
        name="Bersama",
        description="",
        question=make_question(3),
        trustees=trustees,
    )
    archive = tmp_path / f"{UUID}.bel"
    credentials = [derive_public(GROUP, uuid=UUID, code=code) for code in setup.codes]
    data, position = begin_archive(
        election=election,
        trustees=trustees,
        credentials=write_credentials(credentials, group=GROUP),
        timestamp=TIMESTAMP,
    )
    archive.write_bytes(data)
    for place, (code, vote) in enumerate(zip(setup.codes, VOTES, strict=True)):
        ballot = (
            _their_ballot(tmp_path, code, vote)
            if place % 2
            else make_ballot(election, code=code, votes=[vote], draw=draw).data
        )
        data, position = append_ballot(position, ballot)
        _extend(archive, data)
    data, position = end_ballots(position)
    _extend(archive, data)
    tallied = _read(archive).tallied
    data, position = append_tally(position, election, ((item, 1) for item in tallied.values()))
    _extend(archive, data)
    lines = _tool(
        tmp_path, "election", "decrypt", "--dir=.", f"--privkey={setup.their_key}", "--trustee-id=1"
    ).splitlines()
    theirs = parse_decryption(lines[0].encode(), wire=election.wire)
    data, position = append_decryption(position, election, owner=1, partial=theirs)
    _extend(archive, data)
    tally = _read(archive).tally
    assert tally is not None
    ours = make_decryption(election, tally, secret=setup.our_secret, draw=draw)
    data, _position = append_decryption(position, election, owner=2, partial=ours)
    _extend(archive, data)
    data, _position, result = append_result(_read(archive))
    _extend(archive, data)

    assert result == ((1, 2, 1),)
    with archive.open("rb") as stream:
        assert verify_archive(stream).is_accepted
    assert "all checks passed" in _tool(tmp_path, "election", "verify", "--dir=.")


def _set_up(folder: Path) -> Setup:
    _tool(folder, "setup", "generate-trustee-key", f"--group={GROUP.name}")
    their_public = next(folder.glob("*.pubkey")).read_bytes().strip()
    secret = draw(GROUP.order)
    our_key = make_trustee_key(GROUP, secret=secret, draw=draw)
    our_public = json.dumps(write_trustee_key(our_key, Wire(GROUP)), separators=(",", ":"))
    _tool(
        folder,
        *("setup", "generate-credentials", f"--count={len(VOTES)}"),
        *(f"--group={GROUP.name}", f"--uuid={UUID}", "--dir=."),
    )
    lines = next(folder.glob("*.privcreds")).read_text().splitlines()
    public = next(folder.glob("*.pubcreds")).read_bytes()
    (folder / "public_creds.json").write_bytes(public)
    return Setup(
        codes=tuple(line.split()[-1] for line in lines),
        our_secret=secret,
        their_key=next(folder.glob("*.privkey")),
        public_keys=(their_public, our_public.encode()),
    )


def _template() -> dict[str, object]:
    question = make_question(3)
    return {
        "description": "",
        "name": "Bersama",
        "questions": [
            {
                "answers": list(question.answers),
                "min": question.minimum,
                "max": question.maximum,
                "question": question.question,
            }
        ],
    }


def _their_ballot(folder: Path, code: str, vote: tuple[int, ...]) -> bytes:
    (folder / "code").write_text(code)
    (folder / "choice").write_text(json.dumps([vote]))
    text = _tool(
        folder, "election", "generate-ballot", "--dir=.", "--privcred=code", "--ballot=choice"
    )
    return text.strip().encode()


def _add(folder: Path, kind: str, lines: bytes) -> None:
    _tool(folder, "archive", "add-event", "--dir=.", f"--type={kind}", given=lines)


def _extend(archive: Path, data: bytes) -> None:
    with archive.open("ab") as file:
        file.write(data)


def _read(archive: Path):  # type: ignore[no-untyped-def]
    with archive.open("rb") as stream:
        return read_board(stream)


def _tool(folder: Path, *arguments: str, given: bytes = b"") -> str:
    done = _run(folder, *arguments, given=given)
    assert done.returncode == 0, done.stderr.decode()
    return (done.stdout if done.stdout else done.stderr).decode()


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert TOOL is not None, "belenios-tool must be installed in CI"
    return subprocess.run(
        [TOOL, *arguments], cwd=folder, input=given, capture_output=True, check=False, timeout=120
    )
