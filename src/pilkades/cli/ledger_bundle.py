"""Reading a downloaded ledger: a folder or a ZIP file with the names that the server gives."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from pilkades.errors import MalformedInputError
from pilkades.text import Text

ENTRIES = "ledger.jsonl"
CHECKPOINT = "checkpoint"
VKEY = "vkey"
HASHES = "hashes"


class Bundle(Protocol):
    """The files of a published ledger by name."""

    def has(self, name: str) -> bool: ...

    def open(self, name: str) -> BinaryIO: ...


class FolderBundle:
    """The files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")


class ZipBundle:
    """The files in the ZIP as it was downloaded."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = archive.namelist()
        if len(set(self._names)) != len(self._names):
            raise MalformedInputError(
                "bundle-zip", Text("Berkas ZIP memuat dua berkas dengan nama yang sama.")
            )

    def has(self, name: str) -> bool:
        return name in self._names

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self._archive.open(name))


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle at a path: a folder, the ZIP, or `ledger.jsonl` inside an unpacked folder.

    Raises:
        MalformedInputError: bundle-missing, bundle-zip.
        OSError: the path cannot be read.
    """
    if path.is_dir() or path.name == ENTRIES:
        yield FolderBundle(path if path.is_dir() else path.parent)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield ZipBundle(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise MalformedInputError(
            "bundle-zip",
            Text("Berkas {name} bukan ZIP atau rusak. Unduh sekali lagi.", name=path.name),
        ) from error


def read_small(bundle: Bundle, name: str, *, limit: int) -> bytes:
    """A small file of the bundle; one byte more than the limit is read, so that it is noticed.

    Raises:
        MalformedInputError: bundle-missing.
    """
    if not bundle.has(name):
        raise MalformedInputError(
            "bundle-missing", Text("Berkas {name} tidak ada di dalamnya.", name=name)
        )
    with bundle.open(name) as stream:
        return stream.read(limit + 1)
