"""Files of an internet election on somebody's own disk: read whole, written whole or not at all."""

import getpass
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pilkades.errors import ConflictError, MalformedInputError
from pilkades.evoting.archive import Header, read_members
from pilkades.evoting.election_key import check_election_key
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.own_board import OpenBoard, Position, read_board
from pilkades.evoting.public_credentials import Weights, parse_credentials
from pilkades.evoting.trustees import Trustees, parse_trustees
from pilkades.text import Text

ELECTION = "election.json"
TRUSTEES = "trustees.json"
CREDENTIALS = "public_credentials.json"
FILE_SIZE_MAX = 64_000_000
COPIED_AT_ONCE = 1_000_000
DIGITS = 64
"""Of a SHA-256, with which every name of a member begins."""


def read_file(path: Path) -> bytes:
    """The bytes of a small file, without the line break that an editor leaves at its end."""
    with path.open("rb") as file:
        return file.read(FILE_SIZE_MAX + 1).removesuffix(b"\n")


def write_new(path: Path, data: bytes, *, is_secret: bool = False) -> None:
    """Write a file that was not there before; a secret one only its owner can read.

    Raises:
        ConflictError: file-exists.
    """
    # A folder that was there before keeps its own mode; the secret file is closed in any case.
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if is_secret else 0o777)
    mode = 0o600 if is_secret else 0o644
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as error:
        raise refuse_overwriting(path) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        # Half a file, as a full disk leaves it, would be taken for a whole one.
        path.unlink(missing_ok=True)
        raise


def refuse_overwriting(path: Path) -> ConflictError:
    return ConflictError(
        "file-exists",
        Text(
            "{path} sudah ada dan tidak ditimpa. Pilih map lain atau pindahkan dahulu.",
            path=str(path),
        ),
    )


def extend_archive(
    path: Path,
    act: Callable[[OpenBoard], tuple[bytes, Position]],
    *,
    with_ballots: bool = True,
) -> OpenBoard:
    """Append what an act gives, in one step that a power cut cannot halve.

    The lengthened copy takes the archive's place only when it is whole on the disk; a lock keeps
    two acts apart. Returns the board as it was before.
    """
    # Through a link, or the link alone would be lengthened and the board have two ends.
    path = path.resolve()
    with _locked(path), path.open("rb") as archive:
        board = read_board(archive, with_ballots=with_ballots)
        addition, _position = act(board)
        _require_new(board, addition)
        archive.seek(0)
        _replace(path, archive, addition)
        return board


def _require_new(board: OpenBoard, addition: bytes) -> None:
    """Nothing enters an archive twice: it would be refused by everybody from then on.

    Raises:
        ConflictError: reference-twice.
    """
    known = set(board.data)
    for member in read_members(BytesIO(addition), Header(board.position.timestamp)):
        if member.name[:DIGITS] in known:
            raise ConflictError(
                "reference-twice",
                Text("Isi yang sama sudah ada di arsip; arsip tidak diubah."),
            )
        known.add(member.name[:DIGITS])


def read_archive(path: Path) -> OpenBoard:
    """An archive whose ballots are not asked for."""
    with path.open("rb") as archive:
        return read_board(archive, with_ballots=False)


def read_setup(path: Path) -> tuple[Election, Trustees, Weights]:
    """Election, trustees and credentials from an archive, or from a folder before the opening.

    Raises:
        ProofRejectedError: the election's key is not that of its trustees.
    """
    if path.is_dir():
        election = parse_election(read_file(path / ELECTION))
        trustees = parse_trustees(read_file(path / TRUSTEES), group=election.group)
        check_election_key(election, trustees)
        credentials = read_file(path / CREDENTIALS)
        return election, trustees, parse_credentials(credentials, group=election.group)
    board = read_archive(path)
    return board.election, board.trustees, board.weights


def write_setup(folder: Path, election: Election, trustees: bytes, credentials: bytes) -> None:
    write_new(folder / ELECTION, election.data)
    write_new(folder / TRUSTEES, trustees)
    write_new(folder / CREDENTIALS, credentials)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One act at a time: a file beside the archive that only one may make.

    Not a lock on the archive itself, since each act puts a new file in its place.
    """
    beside = path.with_name(f".{path.name}.busy")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL))
    except FileExistsError as error:
        raise ConflictError(
            "archive-busy",
            Text(
                "Arsip sedang ditulis oleh perintah lain. Coba lagi sesudah selesai; bila perintah "
                "itu terputus, hapus {beside}.",
                beside=str(beside),
            ),
        ) from error
    try:
        yield
    finally:
        beside.unlink()


def read_secret(path: Path | None, *, question: str) -> str:
    """A secret from a file of its own, or asked for; never an argument, which others can see.

    Raises:
        MalformedInputError: secret-text.
    """
    try:
        return read_file(path).decode() if path else getpass.getpass(question)
    except (UnicodeDecodeError, EOFError) as error:
        raise MalformedInputError(
            "secret-text", Text("Kode atau kunci tidak terbaca. Ketik lagi atau periksa berkasnya.")
        ) from error


def _replace(path: Path, archive: BinaryIO, addition: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            shutil.copyfileobj(archive, file, COPIED_AT_ONCE)
            file.write(addition)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
