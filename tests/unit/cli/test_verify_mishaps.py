"""`pilkades verify` when ballots are refused, large, or the reader goes away."""

import json
import pickle
from pathlib import Path

import pytest

from pilkades.cli.main import INTERRUPTED, main
from pilkades.cli.vote_jobs import BYTES_AHEAD, _chunks, _Source
from pilkades.text import Text
from tests.forged_archives import forge


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_a_refused_ballot_is_told_by_every_number_of_jobs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forgery = forge()
    forgery.ballots[0].payload["signature"]["hash"] = 7
    archive = tmp_path / "forged.bel"
    archive.write_bytes(forgery.write())

    reports = []
    for jobs in (1, 2):
        assert run("verify", archive, "--json", "--jobs", jobs) == 1
        reports.append(json.loads(capsys.readouterr().out))

    assert reports[0] == reports[1]
    assert reports[0]["ballots"][0]["failed"] == ["ballot-form"]


def test_a_sentence_can_be_sent_to_another_process() -> None:
    sentence = Text("{code}: {why}", code="x", why=Text("Kurang {days} hari.", days=3))

    assert pickle.loads(pickle.dumps(sentence)) == sentence  # noqa: S301 - our own bytes


def test_large_ballots_are_judged_a_few_at_a_time() -> None:
    ballots = [bytes(BYTES_AHEAD // 2)] * 6 + [b"x"] * 20

    chunks = list(_chunks(_Source(ballots)))

    assert [ballot for chunk in chunks for ballot in chunk] == ballots
    assert max(sum(map(len, chunk)) for chunk in chunks) <= BYTES_AHEAD + 8


def test_ctrl_c_ends_a_command_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("pilkades.cli.verify.run", interrupt)

    assert run("verify", "x.bel") == INTERRUPTED
    assert capsys.readouterr().err == "Dihentikan.\n"


def test_whoever_reads_only_the_beginning_gets_the_verdict_in_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgery = forge()
    forgery.ballots[0].payload["election_uuid"] = "x"
    archive = tmp_path / "forged.bel"
    archive.write_bytes(forgery.write())

    def break_off(_text: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("builtins.print", break_off)

    assert run("verify", archive, "--jobs", 1) == 1


def test_helpers_begin_where_processes_cannot_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilkades.cli.vote_jobs.get_all_start_methods", lambda: ["spawn"])
    archive = tmp_path / "honest.bel"
    archive.write_bytes(forge(voters=2).write())

    assert run("verify", archive, "--jobs", 2) == 0


def test_a_bar_on_a_terminal_says_how_far_and_how_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "honest.bel"
    archive.write_bytes(forge(voters=30).write())
    assert run("verify", archive, "--jobs", 1) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    assert run("verify", archive, "--jobs", 1) == 0
    shown = capsys.readouterr().err.split("\r")
    assert any(line.startswith("[#####") and "sisa 0:0" in line for line in shown)
    assert shown[-2].strip() == shown[-1] == ""
