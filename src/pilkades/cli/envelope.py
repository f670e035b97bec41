"""The encrypted file of a backup: a tar with two age files, readable with the common `age` tool.

`kunci.age` holds a fresh X25519 identity under the passphrase; `isi.age` holds a tar stream
encrypted to that identity, so nothing large is ever held in memory. The passphrase is stretched by
age's scrypt. Format: docs/formats/backup.md.
"""

import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

from pilkades.errors import MalformedInputError
from pilkades.text import Text

KEY_MEMBER = "kunci.age"
CONTENT_MEMBER = "isi.age"
PASSPHRASE_CHARACTERS_MIN = 12


def require_strong_passphrase(passphrase: str) -> None:
    """Refuse what could be guessed; the length counts, not the kinds of character."""
    if len(passphrase) < PASSPHRASE_CHARACTERS_MIN or len(set(passphrase)) < 6:
        raise MalformedInputError(
            "backup.passphrase_weak",
            Text(
                "Kata sandi cadangan terlalu lemah. Pakai sedikitnya {count} huruf, misalnya empat "
                "kata yang tidak berhubungan. Cadangan belum dibuat, data tidak berubah.",
                count=PASSPHRASE_CHARACTERS_MIN,
            ),
        )


def write_envelope(*, content: Path, target: Path, passphrase: str) -> None:
    """Encrypt `content` into `target`, which appears whole or not at all."""
    require_strong_passphrase(passphrase)
    identity = pyrage.x25519.Identity.generate()
    sealed_key = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
    partial = target.with_name(target.name + ".sebagian")
    with tempfile.TemporaryFile(dir=target.parent) as sealed:
        with content.open("rb") as plain:
            pyrage.encrypt_io(plain, sealed, [identity.to_public()])
        size = sealed.tell()
        sealed.seek(0)
        with tarfile.open(partial, "w") as archive:
            _add_member(archive, KEY_MEMBER, io.BytesIO(sealed_key), len(sealed_key))
            _add_member(archive, CONTENT_MEMBER, sealed, size)
    partial.replace(target)


@contextmanager
def open_envelope(*, source: Path, passphrase: str, work_dir: Path) -> Iterator[IO[bytes]]:
    """Yield the decrypted content as a file in `work_dir`; age authenticates every byte of it."""
    with tempfile.TemporaryFile(dir=work_dir) as plain:
        try:
            with tarfile.open(source, "r:") as archive:
                identity = _read_identity(archive, passphrase)
                pyrage.decrypt_io(_member(archive, CONTENT_MEMBER), plain, [identity])
        except (tarfile.TarError, pyrage.DecryptError, EOFError) as error:
            raise _damaged(source) from error
        except OSError as error:
            # age reports a broken chunk as an OSError without a number; a full disk has one.
            if error.errno is not None:
                raise
            raise _damaged(source) from error
        plain.seek(0)
        yield plain


def _read_identity(archive: tarfile.TarFile, passphrase: str) -> pyrage.x25519.Identity:
    sealed_key = _member(archive, KEY_MEMBER).read(4096)
    try:
        text = pyrage.passphrase.decrypt(sealed_key, passphrase).decode()
    except pyrage.DecryptError as error:
        raise MalformedInputError(
            "backup.passphrase_wrong",
            Text(
                "Kata sandi tidak membuka cadangan ini. Periksa huruf besar dan spasi, lalu coba "
                "lagi. Tidak ada data yang berubah."
            ),
        ) from error
    return pyrage.x25519.Identity.from_str(text)


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        member = archive.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise tarfile.ReadError(f"no member {name}")
    return member


def _add_member(archive: tarfile.TarFile, name: str, data: IO[bytes], size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    archive.addfile(info, data)


def _damaged(source: Path) -> MalformedInputError:
    return MalformedInputError(
        "backup.damaged",
        Text(
            "Berkas {name} bukan cadangan pilkades, atau rusak saat disalin. Salin lagi dari "
            "diska asal atau pakai cadangan sebelumnya. Tidak ada data yang berubah.",
            name=source.name,
        ),
    )
