"""The commands of an election with one voter and one mandatory trustee, in one folder."""

from pathlib import Path

from pilkades.cli.main import main


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


RANKS = ("--size", 1, "--threshold", 1, "--index", 1)
UUID = "SamaSamaPeriksa"


def make_codes(folder: Path, roll: Path | None = None) -> tuple[object, ...]:
    """The command of the credential authority."""
    roll = roll or folder / "roll.csv"
    return ("credentials", "make", "--roll", roll, "--uuid", UUID, "--out", folder / "codes")


def create(folder: Path, name: str) -> tuple[object, ...]:
    """The command that puts an election together, without its trustees."""
    credentials = folder / "codes" / "public_credentials.json"
    words = ("election", "create", "--uuid", UUID, "--name", "desa\\udara")
    rest = ("--candidates", "Sari", "Budi", "--credentials", credentials, "--out", folder / name)
    return (*words, *rest)


def open_election(folder: Path) -> tuple[Path, Path]:
    """An open election of one voter, whose name only looks like half a surrogate pair."""
    (folder / "roll.csv").write_text("nomor,nama\n1,Sari\n")
    archive, ballot = folder / "desa.bel", folder / "ballot.json"
    assert run(*make_codes(folder)) == 0
    assert run("trustee", "key", "--dir", folder / "trustee") == 0
    public = folder / "trustee" / "public_key.json"
    assert run(*create(folder, "setup"), "--trustees", public) == 0
    assert run("election", "open", folder / "setup", archive) == 0
    code = (folder / "codes" / "rahasia" / "kode.csv").read_text().splitlines()[1].split(",")[1]
    (folder / "code").write_text(code)
    voted = ("ballot", "make", archive, "--choice", 1, "--code-file", folder / "code")
    assert run(*voted, "--out", ballot) == 0
    return archive, ballot
