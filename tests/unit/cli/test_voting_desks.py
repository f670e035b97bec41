"""The desks of an internet election: papers, letters, lists, stages, terminals."""

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from pilkades.cli import vote_papers
from pilkades.cli.vote_papers import print_backup
from pilkades.cli.vote_words import fit, make_plain, say
from tests.small_election import RANKS, UUID, create, make_codes, open_election, run


def test_the_last_paper_of_a_threshold_trustee_is_enough_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[str, bool]] = []

    def remember(*, group: str, secret: str, public: str, is_seed: bool) -> bytes:
        printed.append((secret, is_seed))
        return print_backup(group=group, secret=secret, public=public, is_seed=is_seed)

    monkeypatch.setattr("pilkades.cli.vote_trustee_folder.print_backup", remember)
    folder, found = tmp_path / "t", tmp_path / "found"
    known = ("--certificates", folder / "certificate.json", "--threshold", 1)
    shares, key_file = tmp_path / "shares-1.json", folder / "key.json"
    group_file = ("--out", tmp_path / "group.json")
    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n")
    for words in (
        ("trustee", "certify", "--dir", folder, *RANKS),
        ("trustee", "share", "--dir", folder, *known),
        ("trustee", "route", "--polynomials", folder / "polynomial.json", "--out", tmp_path),
        ("trustee", "combine", "--dir", folder, *known, "--shares", shares),
        ("trustee", "assemble", *known, "--shares", shares, "--keys", key_file, *group_file),
        make_codes(tmp_path),
        (*create(tmp_path, "setup"), "--threshold-group", tmp_path / "group.json"),
    ):
        assert run(*words) == 0
    (seed, is_seed), (key, is_still_seed) = printed
    assert (is_seed, is_still_seed) == (True, False)

    (tmp_path / "paper").write_text(key)
    assert run("trustee", "restore", "--dir", found, "--secret-file", tmp_path / "paper") == 0
    assert run("trustee", "rehearse", "--dir", found, tmp_path / "setup") == 0
    assert seed not in (found / "key.secret").read_text()


def test_the_paper_of_the_seed_names_the_file_that_belongs_to_it() -> None:
    template = Path(vote_papers.__file__).with_name("typst").joinpath("backup.typ").read_text()
    seeds, keys = template.split("#if data.seed [")[1].split("] else [")
    assert "key.json" in seeds
    assert "key.json" not in keys
    assert "cukup sendiri" in keys


def test_a_trustee_hands_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive, ballot = open_election(tmp_path)
    part, key = tmp_path / "part.json", tmp_path / "trustee"
    for words in (
        ("election", "add", archive, ballot),
        ("election", "close", archive),
        ("election", "tally", archive),
        ("trustee", "decrypt", "--dir", key, archive, "--out", part),
    ):
        assert run(*words) == 0
    before = archive.read_bytes()
    capsys.readouterr()

    assert run("election", "decryption", archive, part, part) == 2
    assert "[decryption-done]" in capsys.readouterr().err
    assert archive.read_bytes() == before
    assert run("election", "decryption", archive, part) == 0
    assert run("election", "decryption", archive, part) == 2
    assert run("election", "result", archive) == 0
    assert run("verify", archive, "--jobs", 1) == 0


def test_what_an_archive_holds_does_not_enter_again(tmp_path: Path) -> None:
    from pilkades.cli.vote_files import extend_archive
    from pilkades.errors import ConflictError
    from pilkades.evoting.administration import append_ballot

    archive, ballot = open_election(tmp_path)
    text = (tmp_path / "setup" / "election.json").read_bytes()
    before = archive.read_bytes()

    with pytest.raises(ConflictError, match="reference-twice"):
        extend_archive(archive, lambda board: append_ballot(board.position, text))
    assert archive.read_bytes() == before
    assert run("election", "add", archive, ballot) == 0


def test_a_step_out_of_its_turn_is_answered_by_the_stage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, ballot = open_election(tmp_path)
    capsys.readouterr()
    assert run("election", "decryption", archive, ballot) == 2
    assert "sedang menerima suara" in capsys.readouterr().err
    assert run("election", "close", archive) == 0
    assert run("election", "add", archive, tmp_path / "nothing.json") == 2
    assert "sudah ditutup" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("nomor,nama\n1,Sari\n2,Budi, Pak\n", "Baris 3"),
        ("nomor,nama\n1,Sari\n2,\n", "Baris 3"),
        ("nomor,nama\n1\n", "Baris 2"),
        ("nomor,nama,bobot\n1,Sari,0\n", "Baris 2"),
        ("nomor,nama\n1,Sari\n1,Budi\n", "Nomor 1"),
    ],
)
def test_a_wrong_row_of_the_roll_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, row: str
) -> None:
    (tmp_path / "roll.csv").write_text(text)
    assert run(*make_codes(tmp_path)) == 2
    assert row in capsys.readouterr().err
    assert not (tmp_path / "codes").exists()


def test_letters_are_printed_again_with_the_same_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed: list[object] = []

    def remember(**given: object) -> bytes:
        printed.append(given)
        return b"%PDF"

    monkeypatch.setattr("pilkades.cli.credentials.print_letters", remember)
    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n2,Budi\n")
    assert run(*make_codes(tmp_path)) == 0
    again = ("credentials", "letters", "--dir", tmp_path / "codes")

    assert run(*again, "--out", tmp_path / "again") == 0
    assert printed[0] == printed[1]
    assert run(*again, "--number", 2, "--out", tmp_path / "one") == 0
    assert [letter["name"] for letter in printed[2]["letters"]] == ["Budi"]  # type: ignore[index]
    assert run(*again, "--number", 7, "--out", tmp_path / "none") == 2
    (tmp_path / "codes" / "rahasia" / "surat-00001.pdf").unlink()
    assert run(*again) == 0
    assert (tmp_path / "codes" / "rahasia" / "surat-00001.pdf").exists()


def test_weights_of_the_roll_stand_in_the_public_list(tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text("nomor,nama,bobot\n1,Sari,3\n2,Budi,\n")
    assert run(*make_codes(tmp_path)) == 0
    listed = json.loads((tmp_path / "codes" / "public_credentials.json").read_text())
    assert sorted(entry.partition(",")[2] for entry in listed) == ["1", "3"]


@pytest.mark.parametrize(
    "change",
    [
        lambda listed: listed[::-1],
        lambda listed: [*listed, listed[0]],
        lambda listed: ["0" * 63 + "1", *listed],
        lambda listed: [],
    ],
    ids=["unsorted", "twice", "identity", "none"],
)
def test_no_election_begins_with_a_list_that_is_not_one(tmp_path: Path, change: object) -> None:
    assert callable(change)
    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n2,Budi\n")
    assert run(*make_codes(tmp_path)) == 0
    assert run("trustee", "key", "--dir", tmp_path / "trustee") == 0
    path = tmp_path / "codes" / "public_credentials.json"
    listed = change(json.loads(path.read_text()))
    path.write_text(json.dumps(listed, separators=(",", ":")))
    public = tmp_path / "trustee" / "public_key.json"

    assert run(*create(tmp_path, "setup"), "--trustees", public) == 2
    assert not (tmp_path / "setup").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--candidates", "Sari"),
        ("--candidates", "Sari", ""),
        ("--candidates", "Sari", " sari "),
        ("--candidates", *"ABCDEF"),
        ("--max", "0", "--min", "0"),
        ("--max", "3"),
        ("--min", "2"),
    ],
)
def test_no_election_begins_with_a_question_that_is_not_one(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    open_election(tmp_path)
    public = tmp_path / "trustee" / "public_key.json"
    assert run(*create(tmp_path, "other"), "--trustees", public, *words) == 2
    assert not (tmp_path / "other").exists()


def test_bounds_and_a_blank_vote_come_from_the_command(tmp_path: Path) -> None:
    open_election(tmp_path)
    public = tmp_path / "trustee" / "public_key.json"
    bounds = ("--min", 0, "--max", 2, "--blank")
    assert run(*create(tmp_path, "other"), "--trustees", public, *bounds) == 0
    question = json.loads((tmp_path / "other" / "election.json").read_text())["questions"][0]
    assert (question["min"], question["max"], question["blank"]) == (0, 2, True)


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert run("trustee", "key", "--dir", tmp_path) == 0
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "key.secret").stat().st_mode & 0o077 == 0


def test_a_narrow_terminal_gets_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    out = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(out, encoding="ascii", write_through=True))
    say("Désa ☃")
    assert out.getvalue() == b"D\\xe9sa \\u2603\n"
    assert fit("Désa", "utf-8") == "Désa"


def test_what_a_terminal_would_obey_is_shown_and_not_done() -> None:
    assert make_plain("a\nb\x1b[8m\u202ec") == "a?b?[8m?c"


def test_an_error_about_an_archive_cannot_write_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = tmp_path / "key.json"
    public.write_text('{"pok":{"challenge":"1","response":"1"},"public_key":"\\u001b[2J"}')
    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n")
    assert run(*make_codes(tmp_path)) == 0
    for group in ("Ed25519", "\x1b[2J"):
        run(*create(tmp_path, "setup"), "--trustees", public, "--group", group)
    assert "\x1b" not in capsys.readouterr().err


def test_a_full_disk_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import errno

    def fill(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fill)
    assert run("trustee", "key", "--dir", tmp_path / "t") == 2
    assert "Penyimpanan penuh" in capsys.readouterr().err
    assert not list((tmp_path / "t").iterdir())


def test_a_time_that_no_archive_can_hold_is_refused(tmp_path: Path) -> None:
    for time in (-1, 8**11):
        out = tmp_path / "sim"
        flags = ("--voters", 0, "--timestamp", time, "--out", out)
        assert run("simulate", "election", *flags) == 2
        assert not out.exists()


def test_english_needs_no_compiled_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def find_none(*_given: object, **_named: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("gettext.translation", find_none)
    archive, _ballot = open_election(tmp_path)
    capsys.readouterr()
    assert run("verify", archive, "--lang", "en", "--jobs", 1) == 0
    assert "ACCEPTED" in capsys.readouterr().out


def test_english_that_is_not_there_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pilkades.cli.sentences.read_catalogue", lambda _path: {})
    monkeypatch.setattr("gettext.translation", lambda *_a, **_k: (_ for _ in ()).throw(OSError))
    archive, _ballot = open_election(tmp_path)
    capsys.readouterr()
    assert run("verify", archive, "--lang", "en", "--jobs", 1) == 0
    assert "not installed" in capsys.readouterr().err


def test_the_number_of_the_election_is_checked(tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text("nomor,nama\n1,Sari\n")
    words = ["x" if word == UUID else word for word in make_codes(tmp_path)]
    assert run(*words) == 2
