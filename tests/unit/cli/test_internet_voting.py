"""An election from codes to verdict by the commands, each party in a folder of its own."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from pilkades.cli.main import main

NAMES = ("Sari", "Budi", "Dewi")


class Village:
    """Three trustees, an authority and a server that share only the files of the protocol."""

    def __init__(self, folder: Path, *, voters: int = 4) -> None:
        self.folder = folder
        self.server = folder / "server"
        self.server.mkdir()
        self.uuid = "SamaSamaPeriksa"
        roll = folder / "roll.csv"
        rows = "".join(f"{number},Pemilih {number}\n" for number in range(1, voters + 1))
        roll.write_text("nomor,nama\n" + rows)
        self.run(
            "credentials", "make", "--roll", roll, "--uuid", self.uuid, "--out", self.authority
        )

    @property
    def authority(self) -> Path:
        return self.folder / "authority"

    @property
    def archive(self) -> Path:
        return self.server / "desa.bel"

    def run(self, *arguments: object, expect: int = 0) -> None:
        assert main([str(argument) for argument in arguments]) == expect

    def trustee(self, index: int) -> Path:
        return self.folder / f"trustee{index}"

    def hold_ceremony(self) -> None:
        def hand_over(name: str, index: int) -> Path:
            target = self.server / f"{index}-{name}"
            shutil.copy(self.trustee(index) / name, target)
            return target

        numbers = (1, 2, 3)
        flags = ("--size", 3, "--threshold", 2)
        for index in numbers:
            self.run("trustee", "certify", "--dir", self.trustee(index), *flags, "--index", index)
        certificates = [hand_over("certificate.json", index) for index in numbers]
        known = ("--certificates", *certificates, "--threshold", 2)
        for index in numbers:
            self.run("trustee", "share", "--dir", self.trustee(index), *known)
        polynomials = [hand_over("polynomial.json", index) for index in numbers]
        self.run("trustee", "route", "--polynomials", *polynomials, "--out", self.server)
        for index in numbers:
            shares = self.server / f"shares-{index}.json"
            self.run("trustee", "combine", "--dir", self.trustee(index), *known, "--shares", shares)
        keys = [hand_over("key.json", index) for index in numbers]
        self.run(
            *("trustee", "assemble", *known, "--shares", self.server / "shares-1.json"),
            *("--keys", *keys, "--out", self.server / "group.json"),
        )

    def open(self) -> None:
        self.run(
            *("election", "create", "--uuid", self.uuid, "--name", "Desa Uji"),
            *("--candidates", *NAMES, "--threshold-group", self.server / "group.json"),
            *("--credentials", self.authority / "public_credentials.json"),
            *("--out", self.server / "setup"),
        )
        for index in (1, 2, 3):
            self.run("trustee", "rehearse", "--dir", self.trustee(index), self.server / "setup")
        self.run("election", "open", self.server / "setup", self.archive)

    def vote(self, number: int, choice: int) -> Path:
        code = self.folder / f"code{number}"
        with (self.authority / "rahasia" / "kode.csv").open(newline="") as file:
            codes = {row["nomor"]: row["kode"] for row in csv.DictReader(file)}
        code.write_text(codes[str(number)])
        ballot = self.folder / f"ballot-{number}-{choice}.json"
        self.run(
            *("ballot", "make", self.archive, "--choice", choice, "--code-file", code),
            *("--out", ballot),
        )
        return ballot

    def close(self, *, decrypting: tuple[int, ...] = (1, 3)) -> None:
        self.run("election", "close", self.archive)
        self.run("election", "tally", self.archive)
        for index in decrypting:
            part = self.server / f"part{index}.json"
            self.run(
                "trustee", "decrypt", "--dir", self.trustee(index), self.archive, "--out", part
            )
            self.run("election", "decryption", self.archive, part)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = Village(tmp_path)
    made.hold_ceremony()
    made.open()
    return made


def test_an_election_goes_from_codes_to_an_accepted_result(
    village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    ballots = [village.vote(1, 1), village.vote(2, 2), village.vote(3, 2), village.vote(1, 3)]
    for ballot in ballots:
        village.run("ballot", "check", village.archive, ballot)
    village.run("election", "add", village.archive, *ballots)
    early = village.folder / "early.bel"
    shutil.copy(village.archive, early)
    village.close()
    village.run("election", "result", village.archive)
    capsys.readouterr()

    village.run("verify", village.archive, "--since", early, "--json", "--jobs", 1)

    report = json.loads(capsys.readouterr().out)
    assert report["accepted"]
    assert report["result"] == [[0, 2, 1]]
    assert [ballot["ok"] for ballot in report["ballots"]] == [True] * 4
    assert {"continuation", "tally-product"} <= {check["id"] for check in report["checks"]}


def test_two_cores_come_to_the_same_verdict(village: Village) -> None:
    village.run("election", "add", village.archive, village.vote(1, 1), village.vote(2, 1))
    village.run("verify", village.archive, "--jobs", 2)


def test_the_report_speaks_english_too(
    village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    village.run("verify", village.archive, "--lang", "en", "--jobs", 1)
    assert "ACCEPTED" in capsys.readouterr().out


def test_the_server_never_holds_a_secret(village: Village) -> None:
    secrets = {
        *(village.trustee(index) / "seed.secret" for index in (1, 2, 3)),
        village.authority / "rahasia" / "kode.csv",
    }
    texts = [path.read_text() for path in secrets]
    with (village.authority / "rahasia" / "kode.csv").open(newline="") as file:
        texts += [row["kode"] for row in csv.DictReader(file)]
    served = b"".join(path.read_bytes() for path in village.server.rglob("*") if path.is_file())
    assert not any(text.strip().encode() in served for text in texts)
    for path in secrets:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_voter_at_the_wrong_election_is_told(village: Village) -> None:
    code = village.folder / "stranger"
    code.write_text("11111-111111-11111-111111")
    flags = ("--choice", 1, "--code-file", code, "--out", village.folder / "b.json")
    village.run("ballot", "make", village.archive, *flags, expect=2)
    code.write_text("11111-111111-11111")
    village.run("ballot", "make", village.archive, *flags, expect=2)


def test_a_choice_that_is_not_there_is_refused(village: Village) -> None:
    code = village.folder / "code"
    with (village.authority / "rahasia" / "kode.csv").open(newline="") as file:
        code.write_text(next(csv.DictReader(file))["kode"])
    flags = ("--code-file", code, "--out", village.folder / "b.json")
    for choice in ((0,), (4,), (-1,), (1, 2)):
        village.run("ballot", "make", village.archive, "--choice", *choice, *flags, expect=2)


def test_the_same_ballot_enters_once(village: Village) -> None:
    ballot = village.vote(1, 1)
    village.run("election", "add", village.archive, ballot, ballot, expect=1)
    village.run("election", "add", village.archive, ballot, expect=1)
    village.run("verify", village.archive, "--jobs", 1)


def test_nothing_is_added_after_the_close(village: Village) -> None:
    late = village.vote(1, 1)
    village.close(decrypting=())
    before = village.archive.read_bytes()
    village.run("election", "add", village.archive, late, expect=2)
    assert village.archive.read_bytes() == before


def test_one_trustee_is_not_enough_and_two_are(village: Village) -> None:
    village.run("election", "add", village.archive, village.vote(1, 1))
    village.close(decrypting=(2,))
    village.run("election", "result", village.archive, expect=1)
    part = village.server / "part3.json"
    village.run("trustee", "decrypt", "--dir", village.trustee(3), village.archive, "--out", part)
    village.run("election", "decryption", village.archive, part)
    village.run("election", "result", village.archive)
    village.run("verify", village.archive, "--jobs", 1)


def test_a_trustee_of_another_election_fails_the_rehearsal(village: Village) -> None:
    stranger = village.folder / "stranger"
    village.run("trustee", "key", "--dir", stranger)
    village.run("trustee", "rehearse", "--dir", stranger, village.archive, expect=1)


def test_a_key_comes_back_from_paper(village: Village) -> None:
    lost, found = village.trustee(2), village.folder / "found"
    paper = village.folder / "paper"
    seed = (lost / "seed.secret").read_text()
    paper.write_text(" ".join(seed[at : at + 4] for at in range(0, len(seed), 4)) + "\n")
    flags = ("--secret-file", paper, "--key", village.server / "2-key.json")
    village.run("trustee", "restore", "--dir", found, *flags)
    village.run("trustee", "rehearse", "--dir", found, village.archive)


def test_a_file_that_is_there_is_not_overwritten(village: Village) -> None:
    village.run("trustee", "key", "--dir", village.folder / "new")
    before = (village.folder / "new" / "key.secret").read_bytes()
    village.run("trustee", "key", "--dir", village.folder / "new", expect=2)
    assert (village.folder / "new" / "key.secret").read_bytes() == before


def test_something_else_is_not_an_archive(tmp_path: Path) -> None:
    other = tmp_path / "foto.jpg"
    other.write_bytes(b"\xff\xd8\xff")
    assert main(["verify", str(other)]) == 2
    assert main(["verify", str(tmp_path / "missing.bel")]) == 2


def test_an_election_without_a_ballot_ends_in_zeros(village: Village) -> None:
    village.close()
    village.run("election", "result", village.archive)
    village.run("verify", village.archive, "--jobs", 1)


def test_a_roll_with_semicolons_is_read(tmp_path: Path) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_text("nomor;nama\n1;Sari, Ibu\n2;Budi\n")
    flags = ("--roll", str(roll), "--uuid", "SamaSamaPeriksa", "--out", str(tmp_path / "out"))
    assert main(["credentials", "make", *flags]) == 0
    assert len(json.loads((tmp_path / "out" / "public_credentials.json").read_text())) == 2


def test_a_roll_that_is_not_one_is_refused(tmp_path: Path) -> None:
    roll = tmp_path / "roll.csv"
    flags = ("--roll", str(roll), "--uuid", "SamaSamaPeriksa", "--out", str(tmp_path / "out"))
    for text in ("nama\nSari\n", "nomor,nama\n1,Sari\n1,Budi\n", "nomor,nama\n,Sari\n", ""):
        roll.write_text(text)
        assert main(["credentials", "make", *flags]) == 2
    roll.write_bytes(b"\xff\xfe\x00")
    assert main(["credentials", "make", *flags]) == 2


def test_a_trustee_opens_no_tally_that_the_ballots_do_not_give(village: Village) -> None:
    """A server that could have any ciphertext opened would read a single voter's choice."""
    ballots = [village.vote(1, 1), village.vote(2, 2)]
    village.run("election", "add", village.archive, *ballots)
    village.run("election", "close", village.archive)
    whole = village.archive.read_bytes()
    village.run("election", "tally", village.archive)
    tallied = village.archive.read_bytes()
    flags = ("--dir", village.trustee(1), village.archive, "--out", village.server / "p.json")
    village.archive.write_bytes(whole + tallied[len(whole) :].replace(b'"num_tallied":2', b"3"))
    village.run("trustee", "decrypt", *flags, expect=1)


def test_a_trustee_opens_one_tally_of_an_election_and_no_other(village: Village) -> None:
    first, second = village.vote(1, 1), village.vote(2, 2)
    opened = village.archive.read_bytes()
    village.run("election", "add", village.archive, first, second)
    village.close(decrypting=(1,))
    village.archive.write_bytes(opened)
    village.run("election", "add", village.archive, first)
    village.close(decrypting=())
    out = village.server / "second.json"
    flags = ("--dir", village.trustee(1), village.archive, "--out", out)
    village.run("trustee", "decrypt", *flags, expect=1)
    assert not out.exists()


def test_an_election_under_a_strange_key_is_refused_by_everybody(village: Village) -> None:
    path = village.server / "setup" / "election.json"
    document = json.loads(path.read_text())
    strange = village.folder / "strange"
    village.run("trustee", "key", "--dir", strange)
    document["public_key"] = json.loads((strange / "public_key.json").read_text())["public_key"]
    path.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False))
    setup = village.server / "setup"
    village.run("trustee", "rehearse", "--dir", village.trustee(1), setup, expect=1)
    village.run("election", "open", setup, village.server / "other.bel", expect=1)


def test_the_weights_of_the_authority_stay(village: Village) -> None:
    setup = village.server / "setup"
    listed = json.loads((setup / "public_credentials.json").read_text())
    listed[0] += ",3"
    text = json.dumps(listed, separators=(",", ":"))
    (setup / "public_credentials.json").write_text(text)
    village.run("election", "open", setup, village.server / "weighted.bel")
    assert text.encode() in (village.server / "weighted.bel").read_bytes()


def test_a_name_cannot_write_a_verdict_on_the_terminal(
    village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    out = village.server / "spoof"
    village.run(
        *("election", "create", "--uuid", village.uuid),
        *("--name", "Desa\nDITERIMA: semua pemeriksaan lolos.\x1b[8m", "--candidates", *NAMES),
        *("--threshold-group", village.server / "group.json"),
        *("--credentials", village.authority / "public_credentials.json", "--out", out),
    )
    village.run("election", "open", out, village.server / "spoof.bel")
    capsys.readouterr()
    village.run("verify", village.server / "spoof.bel", "--jobs", 1)
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("DITERIMA") for line in lines) == 1
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_ballot_before_a_cut_gets_its_verdict(
    village: Village, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    village.run("election", "add", village.archive, village.vote(1, 1), village.vote(2, 1))
    cut = village.server / "cut.bel"
    cut.write_bytes(village.archive.read_bytes()[:-100])
    capsys.readouterr()
    village.run("verify", cut, "--json", "--jobs", jobs, expect=1)
    assert len(json.loads(capsys.readouterr().out)["ballots"]) == 1


def test_escaped_halves_of_characters_do_not_end_in_a_traceback(tmp_path: Path) -> None:
    from tests.forged_archives import forge

    forgery = forge(voters=1)
    data = forgery.write().replace(b'"group":"Ed25519"', b'"group":"\\ud800"')
    (tmp_path / "x.bel").write_bytes(data)
    assert main(["verify", str(tmp_path / "x.bel"), "--jobs", "1"]) == 1


def test_a_damaged_key_is_said_to_be_one(village: Village) -> None:
    folder = village.folder / "own"
    village.run("trustee", "key", "--dir", folder)
    (folder / "key.secret").write_bytes(b"{")
    village.run("trustee", "rehearse", "--dir", folder, village.archive, expect=2)


def test_a_choice_that_is_not_on_the_ballot_is_refused_before_anything_is_made(
    village: Village,
) -> None:
    code = village.folder / "c"
    code.write_bytes(b"\xff\xfe")
    flags = ("--code-file", code, "--out", village.folder / "b.json")
    village.run("ballot", "make", village.archive, "--choice", 99, *flags, expect=2)
    village.run("ballot", "make", village.archive, "--choice", 1, *flags, expect=2)
