"""Files that look like archives: tars with other things in them, other groups, hostile sizes."""

import io
import json
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from pilkades.cli.main import main
from pilkades.errors import MalformedInputError
from pilkades.evoting.administration import append_ballot
from pilkades.evoting.archive import Header, write_data, write_header, write_member
from pilkades.evoting.board import PENDING_COUNT_MAX
from pilkades.evoting.canonical import VALUES_MAX, parse_json
from pilkades.evoting.events import Kind
from pilkades.evoting.fingerprints import fingerprint, hash_data
from pilkades.evoting.own_board import Position, read_board
from pilkades.evoting.report import Report
from pilkades.evoting.verification import verify_archive
from tests.forged_archives import TIMESTAMP, failed_checks, forge


def verify(data: bytes) -> Report:
    return verify_archive(io.BytesIO(data))


def honest() -> bytes:
    return forge(voters=1).write()


def _code(report: Report) -> str:
    detail = next(check.detail for check in report.checks if check.id == "archive")
    return str(detail).partition(":")[0]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_a_link_or_folder_in_the_tar_is_refused(kind: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        member = tarfile.TarInfo("a" * 64 + ".data.json")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    assert _code(verify(honest() + out.getvalue()[:512])) == "archive-member"


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x.data.json", "x", "BELENIOS"])
def test_a_member_of_another_name_is_refused(name: str) -> None:
    extra = write_member(name, b"{}", timestamp=TIMESTAMP)
    assert _code(verify(honest() + extra)) == "archive-name"


def test_a_modern_tar_of_the_same_members_is_refused() -> None:
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(honest())) as old,
        tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in old:
            new.addfile(member, old.extractfile(member))
    assert not verify(out.getvalue()).is_accepted


def test_a_member_that_stands_twice_is_refused() -> None:
    forgery = forge(voters=1).cut_after(Kind.BALLOT)
    data = forgery.write()
    ballot = json.dumps(forgery.ballots[0].payload, separators=(",", ":")).encode()
    again = write_member(hash_data(ballot) + ".data.json", ballot, timestamp=TIMESTAMP)
    assert _code(verify(data + again)) == "reference-twice"


def test_a_member_that_claims_to_be_huge_is_refused_unread() -> None:
    header = bytearray(write_member("a" * 64 + ".data.json", b"", timestamp=TIMESTAMP)[:512])
    header[124:135] = b"77777777777"
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    assert _code(verify(honest() + bytes(header))) == "archive-size"


def test_another_time_in_one_member_is_refused() -> None:
    body = b"[]"
    extra = write_member(hash_data(body) + ".data.json", body, timestamp=TIMESTAMP + 1)
    assert _code(verify(honest() + extra)) == "archive-member"


def test_an_archive_without_an_election_is_refused() -> None:
    assert not verify(write_header(Header(TIMESTAMP))).is_accepted
    assert not verify(b"").is_accepted


@pytest.mark.parametrize(
    "text",
    [
        '{"version":1,"timestamp":"1795453200","timestamp":"1"}',
        '{"version":1,"timestamp":NaN}',
        '{"version":1.0,"timestamp":"1795453200"}',
        '{"version":1,"timestamp":' + "9" * 900 + "}",
        '{ "version":1,"timestamp":"1795453200"}',
    ],
)
def test_json_of_another_spelling_is_refused(text: str) -> None:
    data = write_member("BELENIOS", text.encode(), timestamp=TIMESTAMP)
    assert not verify(data + honest()[1024:]).is_accepted


def test_trustees_of_another_group_are_refused() -> None:
    forgery = forge(voters=1).cut_after(Kind.SETUP)
    forgery.pieces[0].parts[0]["group"] = "BELENIOS-2048"
    assert "election" in failed_checks(forgery.verify())


def test_an_unknown_group_is_refused() -> None:
    forgery = forge(voters=1).cut_after(Kind.SETUP)
    forgery.pieces[0].parts[0]["group"] = "TOY-23"
    assert failed_checks(forgery.verify()) == {"election"}


def test_the_identity_is_an_element_and_a_ballot_of_it_is_judged_by_its_proofs() -> None:
    forgery = forge(voters=1).cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    ballot["answers"][0]["choices"][0]["alpha"] = "0" * 63 + "1"
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-choice-proof", "ballot-sum-proof"}


def test_challenges_of_zero_do_not_pass_for_proofs() -> None:
    forgery = forge(voters=1).cut_after(Kind.BALLOT)
    ballot = forgery.ballots[0].payload
    for proof in ballot["answers"][0]["individual_proofs"][0]:
        proof["challenge"] = "0"
    forgery.sign(ballot)
    assert failed_checks(forgery.verify()) == {"ballot-choice-proof"}


def test_more_data_than_an_event_can_name_is_refused_before_any_event() -> None:
    texts = [str(number).encode() for number in range(PENDING_COUNT_MAX + 1)]
    data = b"".join(write_data(text, timestamp=TIMESTAMP) for text in texts)
    # What follows is never looked at.
    report = verify(write_header(Header(TIMESTAMP)) + data + b"x")

    assert _code(report) == "reference-unused"


def test_a_ballot_too_long_to_be_one_is_hashed_and_not_kept() -> None:
    """Nine of them, of the largest size, would fill the memory of a small machine."""
    data, before, position = _open_for_more()
    for number in range(9):
        more, position = append_ballot(position, b'"' + b"%d" % number * 15_000_000 + b'"')
        data.write(more)
    del more
    data.seek(0)
    tracemalloc.start()
    try:
        report = verify_archive(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 5_000_000
    assert failed_checks(report) == {"ballot-form"}
    assert report.ballot_count == before + 9
    assert report.refused[0].tracker == fingerprint(b'"' + b"0" * 15_000_000 + b'"')
    detail = next(check.detail for check in report.checks if check.id == "ballot-form")
    assert "json-size" in str(detail)


def test_text_of_very_many_small_values_is_refused_before_it_is_read() -> None:
    for text in (b"[" * 60_000 + b"]" * 60_000, b"[1" + b",1" * (VALUES_MAX + 1) + b"]"):
        with pytest.raises(MalformedInputError, match="json-size"):
            parse_json(text, size_max=2_000_000)


def test_a_mandatory_key_carries_no_signature_that_nobody_could_check() -> None:
    forgery = forge(voters=1).cut_after(Kind.SETUP)
    forgery.pieces[0].parts[1][0][1]["signature"] = {"challenge": "1", "response": "2"}
    assert "trustees" in failed_checks(forgery.verify())


def test_the_identity_as_a_credential_is_told_and_not_condemned() -> None:
    """The tools accept such a list, in any order; our own elections do not begin with it."""
    forgery = forge(voters=1).cut_after(Kind.SETUP)
    forgery.pieces[0].parts[2].append("0" * 63 + "1")
    report = forgery.verify()

    assert report.is_accepted
    detail = next(check.detail for check in report.checks if check.id == "credentials")
    assert "PERINGATAN" in str(detail)


@pytest.mark.parametrize("jobs", [1, 2])
def test_ballots_behind_a_broken_chain_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    forgery = forge().cut_after(Kind.BALLOT)
    count = len(forgery.ballots)
    forgery.pieces[2].parent = "0" * 64
    (tmp_path / "broken.bel").write_bytes(forgery.write())

    assert main(["verify", str(tmp_path / "broken.bel"), "--json", "--jobs", str(jobs)]) == 1
    report = json.loads(capsys.readouterr().out)
    # One was judged, one breaks the chain; what stands behind it was never reached.
    assert (len(report["ballots"]), report["unjudged"]) == (1, count - 2)


def _open_for_more() -> tuple[io.BytesIO, int, Position]:
    data = io.BytesIO()
    data.write(forge(voters=1).cut_after(Kind.BALLOT).write())
    data.seek(0)
    board = read_board(data)
    data.seek(0, io.SEEK_END)
    return data, len(forge(voters=1).ballots), board.position
