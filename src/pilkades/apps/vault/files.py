"""Encrypted files: each under a key of its own, written whole, found by its UUID.

A file is judged by its first bytes, never by its name. On disk lies `PKF1`, a nonce and AES-256-GCM
ciphertext bound to the file's UUID and kind; the key lies sealed in the database. A file whose
transaction was rolled back stays behind as noise that nobody can open; `remove_orphans` clears it.
"""

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from pilkades.apps.vault.models import StoredFile
from pilkades.apps.vault.sealing import KEY_BYTES, NONCE_BYTES
from pilkades.errors import MalformedInputError
from pilkades.text import Text

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_NAME_LENGTH = 120
PARTIAL = ".part"
_HEADER = b"PKF1"
_KINDS = {
    "application/pdf": (b"%PDF-", "pdf"),
    "image/jpeg": (b"\xff\xd8\xff", "jpg"),
    "image/png": (b"\x89PNG\r\n\x1a\n", "png"),
}


_MADE_KINDS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/zip": "zip",
    "text/csv": "csv",
    **{kind: extension for kind, (_, extension) in _KINDS.items()},
}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it was handed in; `repr` shows nothing of it."""

    uuid: UUID
    name: str
    media_type: str
    sha256: str
    data: bytes

    def __repr__(self) -> str:
        return f"OpenedFile(uuid={self.uuid}, media_type={self.media_type!r})"


def sniff_media_type(data: bytes) -> str:
    """The kind of a file by its first bytes, empty where it is none that is taken in."""
    return next((kind for kind, (magic, _) in _KINDS.items() if data.startswith(magic)), "")


def store_file(*, data: bytes, name: str, media_type: str) -> UUID:
    """Judge a file, encrypt it and keep it; returns the name by which it is read again.

    Allowed: the caller has authorised. Requires: at most 20 MB; a PDF, JPEG or PNG that is what
    `media_type` says. Effects: one encrypted file and its row in the caller's transaction.
    Raises: MalformedInputError (file.empty, file.too-large, file.media-type).
    """
    _judge(data, media_type)
    return keep_made_file(data=data, name=name, media_type=media_type)


def keep_made_file(*, data: bytes, name: str, media_type: str) -> UUID:
    """Encrypt and keep a file that the system itself made; returns the name to read it by.

    Requires: one of the kinds that the system makes. Effects: as `store_file`, of any size.
    """
    uuid, key, nonce = uuid4(), secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, data, _associated(uuid, media_type))
    _write(get_path(uuid), _HEADER + nonce + sealed)
    StoredFile.objects.create(
        uuid=uuid,
        name=make_safe_name(name, media_type=media_type),
        media_type=media_type,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data_key=base64.b64encode(key).decode(),
    )
    return uuid


def read_file(uuid: UUID) -> OpenedFile:
    """Decrypt a file; the caller has decided who may see it.

    Raises: StoredFile.DoesNotExist; MalformedInputError (file.erased, file.missing, file.damaged).
    """
    row = StoredFile.objects.get(uuid=uuid)
    if row.erased_at is not None:
        raise MalformedInputError(
            "file.erased", Text("Berkas ini sudah dihapus sesuai masa simpannya.")
        )
    try:
        stored = get_path(uuid).read_bytes()
    except FileNotFoundError as error:
        raise MalformedInputError(
            "file.missing",
            Text(
                "Berkas ini tercatat, tetapi tidak ada di penyimpanan. Pulihkan folder files dari "
                "cadangan."
            ),
        ) from error
    data = _decrypt(row, stored)
    return OpenedFile(
        uuid=uuid, name=row.name, media_type=row.media_type, sha256=row.sha256, data=data
    )


def erase_file(*, uuid: UUID, now: datetime) -> None:
    """Forget a file: its key and name now, its bytes when the transaction is through.

    Allowed: the caller has authorised and writes the event. A file erased before stays so.
    """
    row = StoredFile.objects.select_for_update().get(uuid=uuid)
    if row.erased_at is not None:
        return
    row.data_key, row.name, row.erased_at = "", "", now
    row.save()
    transaction.on_commit(lambda: get_path(uuid).unlink(missing_ok=True))


def remove_orphans(*, older_than: datetime) -> int:
    """Delete files without a row, unless so young that their transaction may still be open."""
    removed = 0
    for path in Path(settings.MEDIA_ROOT).glob("??/*"):
        if path.stat().st_mtime < older_than.timestamp() and not _is_recorded(path):
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def get_path(uuid: UUID) -> Path:
    """Where the encrypted bytes of a file lie; nothing a person typed is part of it."""
    return Path(settings.MEDIA_ROOT) / uuid.hex[:2] / str(uuid)


def make_safe_name(name: str, *, media_type: str) -> str:
    """The file's own name without folders or odd signs, ending as its kind does."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = re.sub(r"[^\w .()-]+", "-", last.rpartition(".")[0] or last).strip(" .-")
    extension = _MADE_KINDS[media_type]
    return f"{stem[: MAX_NAME_LENGTH - 5] or 'berkas'}.{extension}"


def _is_recorded(path: Path) -> bool:
    """Whether a record names this file; one that was never written whole has no record."""
    if path.suffix == PARTIAL:
        return False
    return StoredFile.objects.filter(uuid=path.name, erased_at=None).exists()


def _judge(data: bytes, media_type: str) -> None:
    if not data:
        raise MalformedInputError("file.empty", Text("Berkas ini kosong. Pilih berkas lain."))
    if len(data) > MAX_FILE_BYTES:
        raise MalformedInputError(
            "file.too-large",
            Text(
                "Berkas ini lebih dari {megabytes} MB. Kecilkan foto atau pindai ulang dengan "
                "200 dpi.",
                megabytes=MAX_FILE_BYTES // (1024 * 1024),
            ),
        )
    if media_type not in _KINDS or sniff_media_type(data) != media_type:
        raise MalformedInputError(
            "file.media-type",
            Text("Berkas ini bukan PDF, JPEG atau PNG, atau isinya tidak sesuai jenisnya."),
        )


def _associated(uuid: UUID, media_type: str) -> bytes:
    return f"file:{uuid}:{media_type}".encode()


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all, and on the disk before the database says it is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(PARTIAL)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _decrypt(row: StoredFile, stored: bytes) -> bytes:
    start = len(_HEADER)
    nonce, sealed = stored[start : start + NONCE_BYTES], stored[start + NONCE_BYTES :]
    try:
        if not stored.startswith(_HEADER):
            raise InvalidTag
        key = base64.b64decode(row.data_key)
        return AESGCM(key).decrypt(nonce, sealed, _associated(row.uuid, row.media_type))
    except (InvalidTag, ValueError) as error:
        raise MalformedInputError(
            "file.damaged",
            Text(
                "Berkas ini rusak atau diganti di penyimpanan, sehingga tidak dibuka. Pulihkan "
                "dari cadangan dan laporkan kepada pengelola."
            ),
        ) from error
