"""A backup opens with its passphrase and with nothing else, and says what is wrong."""

import random
import shutil
from pathlib import Path

import pytest

from pilkades.cli.envelope import open_envelope, require_strong_passphrase, write_envelope
from pilkades.cli.snapshot import read_snapshot, write_snapshot
from pilkades.errors import MalformedInputError

PASSPHRASE = "kuda meja langit batu"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: age takes about a second for a passphrase, by design."""
    folder = tmp_path_factory.mktemp("asal")
    (folder / "isi").write_bytes(random.Random(1).randbytes(300_000))
    target = folder / "cadangan.pilkades"
    write_envelope(content=folder / "isi", target=target, passphrase=PASSPHRASE)
    return target


@pytest.fixture
def sealed(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path))


def read(sealed: Path, passphrase: str = PASSPHRASE) -> bytes:
    with open_envelope(source=sealed, passphrase=passphrase, work_dir=sealed.parent) as plain:
        return plain.read()


def test_what_goes_in_comes_out(original: Path) -> None:
    assert read(original) == (original.parent / "isi").read_bytes()


def test_a_wrong_passphrase_is_said_to_be_wrong(sealed: Path) -> None:
    with pytest.raises(MalformedInputError) as refusal:
        read(sealed, "kuda meja langit bata")
    assert refusal.value.code == "backup.passphrase_wrong"


@pytest.mark.parametrize("place", [600, 1500, 250_000])
def test_a_flipped_bit_anywhere_is_found(sealed: Path, place: int) -> None:
    data = bytearray(sealed.read_bytes())
    data[place] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(MalformedInputError):
        read(sealed)


@pytest.mark.parametrize("length", [0, 512, 100_000])
def test_a_truncated_file_is_refused(sealed: Path, length: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:length])
    with pytest.raises(MalformedInputError):
        read(sealed)


@pytest.mark.parametrize("weak", ["", "pendek", "aaaaaaaaaaaaaaaa", "12121212121212"])
def test_a_weak_passphrase_is_refused(weak: str) -> None:
    with pytest.raises(MalformedInputError, match="lemah"):
        require_strong_passphrase(weak)


def test_a_member_that_differs_from_the_manifest_is_found(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "vault.key").write_text("k1:rahasia")
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "data.sqlite3"}
    (home / "data.sqlite3").touch()
    snapshot = tmp_path / "isi.tar"
    write_snapshot(target=snapshot, home=home, database=database, facts={"version": "0"})
    snapshot.write_bytes(snapshot.read_bytes().replace(b"k1:rahasia", b"k1:palsu!!"))
    work = tmp_path / "kerja"
    work.mkdir()

    with snapshot.open("rb") as source, pytest.raises(MalformedInputError) as refusal:
        read_snapshot(source=source, work_dir=work)

    assert refusal.value.code == "restore.member_changed"
