"""Encrypted files: judged by their bytes, unreadable on disk, gone when erased."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from pilkades.apps.vault.files import (
    MAX_FILE_BYTES,
    erase_file,
    get_path,
    make_safe_name,
    read_file,
    remove_orphans,
    sniff_media_type,
    store_file,
)
from pilkades.apps.vault.models import StoredFile
from pilkades.errors import MalformedInputError

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"foto Mbak Dewi" * 20


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_file_comes_back_as_it_was_and_lies_unreadable_on_disk() -> None:
    uuid = store_file(data=PNG, name="../../KTP Dewi.PNG", media_type="image/png")

    opened = read_file(uuid)
    assert (opened.data, opened.name, opened.media_type) == (PNG, "KTP Dewi.png", "image/png")
    stored = get_path(uuid).read_bytes()
    assert b"Dewi" not in stored
    assert b"PNG" not in stored
    assert get_path(uuid).stat().st_mode & 0o077 == 0
    assert "Dewi" not in repr(opened)


@pytest.mark.django_db
@pytest.mark.parametrize("place", [0, 4, 16, -1])
def test_changed_byte_on_disk_is_refused(place: int) -> None:
    uuid = store_file(data=PNG, name="a", media_type="image/png")
    content = bytearray(get_path(uuid).read_bytes())
    content[place] ^= 1
    get_path(uuid).write_bytes(bytes(content))

    with pytest.raises(MalformedInputError) as refused:
        read_file(uuid)
    assert refused.value.code == "file.damaged"


@pytest.mark.django_db
def test_file_put_in_place_of_another_is_refused() -> None:
    one = store_file(data=PNG, name="a", media_type="image/png")
    other = store_file(data=PNG + b"lain", name="b", media_type="image/png")
    get_path(other).write_bytes(get_path(one).read_bytes())

    with pytest.raises(MalformedInputError):
        read_file(other)


@pytest.mark.django_db
def test_missing_file_says_what_to_restore() -> None:
    uuid = store_file(data=PNG, name="a", media_type="image/png")
    get_path(uuid).unlink()

    with pytest.raises(MalformedInputError) as refused:
        read_file(uuid)
    assert "cadangan" in str(refused.value.text)
    with pytest.raises(StoredFile.DoesNotExist):
        read_file(uuid4())


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "image/png", "file.empty"),
        (PNG, "image/jpeg", "file.media-type"),
        (b"<svg onload=alert(1)>", "image/svg+xml", "file.media-type"),
        (b"MZ\x90", "application/pdf", "file.media-type"),
        (PNG, "text/html", "file.media-type"),
        (PNG + bytes(MAX_FILE_BYTES), "image/png", "file.too-large"),
    ],
)
@pytest.mark.django_db
def test_what_is_not_an_honest_pdf_or_picture_is_refused_and_leaves_nothing(
    data: bytes, media_type: str, code: str, tmp_path: Path
) -> None:
    with pytest.raises(MalformedInputError) as refused:
        store_file(data=data, name="x", media_type=media_type)

    assert refused.value.code == code
    assert not list(tmp_path.rglob("*"))
    assert not StoredFile.objects.exists()


def test_kind_is_told_by_the_bytes() -> None:
    assert sniff_media_type(b"%PDF-1.7 ...") == "application/pdf"
    assert sniff_media_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert sniff_media_type(PNG) == "image/png"
    assert sniff_media_type(b"GIF89a") == ""


@given(name=st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = make_safe_name(name, media_type="application/pdf")

    assert safe.endswith(".pdf")
    assert len(safe) <= 120
    assert not set(safe) & set('/\\\0<>:"|?*\n\r')
    assert not safe.startswith(".")
    assert safe.isprintable()


@pytest.mark.django_db(transaction=True)
def test_erased_file_is_gone_from_disk_and_its_key_from_the_database() -> None:
    uuid = store_file(data=PNG, name="KTP", media_type="image/png")
    with transaction.atomic():
        erase_file(uuid=uuid, now=NOW)
        assert get_path(uuid).exists(), "bytes go only when the transaction is through"

    assert not get_path(uuid).exists()
    row = StoredFile.objects.get()
    assert (row.data_key, row.name, row.erased_at) == ("", "", NOW)
    with pytest.raises(MalformedInputError) as refused:
        read_file(uuid)
    assert refused.value.code == "file.erased"


@pytest.mark.django_db
def test_file_of_a_transaction_that_failed_is_cleared_once_it_is_old() -> None:
    kept = store_file(data=PNG, name="a", media_type="image/png")
    lost = store_file(data=PNG, name="b", media_type="image/png")
    StoredFile.objects.filter(uuid=lost).delete()
    yesterday = (NOW - timedelta(days=1)).timestamp()
    for uuid in (kept, lost):
        os.utime(get_path(uuid), (yesterday, yesterday))
    young = store_file(data=PNG, name="c", media_type="image/png")
    StoredFile.objects.filter(uuid=young).delete()
    os.utime(get_path(young), (NOW.timestamp(), NOW.timestamp()))

    assert remove_orphans(older_than=NOW - timedelta(hours=1)) == 1
    assert get_path(kept).exists()
    assert get_path(young).exists()
    assert not get_path(lost).exists()
