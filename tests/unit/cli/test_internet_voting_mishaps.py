"""What goes wrong at the desks of an internet election: wrong folders, lost and broken files."""

from pathlib import Path

import pytest

from pilkades.cli.main import INTERRUPTED
from tests.small_election import RANKS, create, make_codes, open_election, run


def test_no_ballot_is_told_accepted_when_none_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, ballot = open_election(tmp_path)
    before = archive.read_bytes()
    capsys.readouterr()

    assert run("election", "add", archive, ballot, tmp_path / "missing.json") == 2
    assert "Diterima" not in capsys.readouterr().out
    assert archive.read_bytes() == before
    assert run("election", "add", archive, ballot) == 0
    assert "Diterima" in capsys.readouterr().out


def test_a_trustee_is_not_listed_twice(tmp_path: Path) -> None:
    open_election(tmp_path)
    public = tmp_path / "trustee" / "public_key.json"

    assert run(*create(tmp_path, "twice"), "--trustees", public, public) == 1
    assert not (tmp_path / "twice").exists()


def test_a_folder_holds_one_trustee(tmp_path: Path) -> None:
    open_election(tmp_path)
    folder = tmp_path / "trustee"
    before = sorted(folder.iterdir())

    assert run("trustee", "key", "--dir", folder) == 2
    ranks = ("--size", 3, "--threshold", 2, "--index", 1)
    assert run("trustee", "certify", "--dir", folder, *ranks) == 2
    assert sorted(folder.iterdir()) == before


def test_a_seed_in_another_encoding_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "t"
    assert run("trustee", "certify", "--dir", folder, *RANKS) == 0
    seed = (folder / "seed.secret").read_text()
    (folder / "seed.secret").write_bytes(seed.encode("utf-16"))
    known = ("--certificates", folder / "certificate.json", "--threshold", 1)

    assert run("trustee", "share", "--dir", folder, *known) == 2
    assert "[secret-text]" in capsys.readouterr().err
    (folder / "group.txt").write_bytes("Ed25519".encode("utf-16"))
    assert run("trustee", "share", "--dir", folder, *known) == 2
    assert "[group-name]" in capsys.readouterr().err


def test_a_restore_that_lacks_a_file_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "paper"
    paper.write_text("1" * 21 + "A")
    folder = tmp_path / "new"
    words = ("trustee", "restore", "--dir", folder, "--secret-file", paper)

    assert run(*words, "--key", tmp_path / "missing") == 2
    assert not folder.exists()
    capsys.readouterr()
    assert run(*words) == 0
    assert "key.json" in capsys.readouterr().out


def test_old_codes_get_no_new_public_list(tmp_path: Path) -> None:
    open_election(tmp_path)
    public = tmp_path / "codes" / "public_credentials.json"
    public.rename(tmp_path / "handed-over.json")

    assert run(*make_codes(tmp_path)) == 2
    assert not public.exists()


def test_a_roll_with_an_open_quotation_mark_is_refused(tmp_path: Path) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_text('nomor,nama\n1,"Sari\n2,Budi\n3,Dewi\n')

    assert run(*make_codes(tmp_path, roll)) == 2


def test_an_interrupted_authority_has_no_public_list_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(**_given: object) -> bytes:
        raise KeyboardInterrupt

    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n")
    monkeypatch.setattr("pilkades.cli.credentials.print_letters", interrupt)

    assert run(*make_codes(tmp_path)) == INTERRUPTED
    assert not (tmp_path / "codes" / "public_credentials.json").exists()


def test_a_board_behind_a_link_has_one_end(tmp_path: Path) -> None:
    archive, _ballot = open_election(tmp_path)
    link = tmp_path / "link.bel"
    link.symlink_to(archive)

    assert run("election", "close", link) == 0
    assert link.is_symlink()
    assert run("election", "close", archive) == 2


def test_a_simulation_in_an_unknown_group_leaves_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "sim"

    assert run("simulate", "election", "--voters", 1, "--group", "none", "--out", out) == 2
    assert not out.exists()
