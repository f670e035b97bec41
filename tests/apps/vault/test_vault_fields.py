"""Encrypted fields in the database: bound to their row, found by the index, never searched."""

import uuid

import pytest
from django.db import connection

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.vault.fields import SealedText
from pilkades.apps.vault.models import StoredFile
from pilkades.errors import MalformedInputError

SECRET = "KTP Dewi Lestari.pdf"


def make_row(name: str = SECRET) -> StoredFile:
    return StoredFile.objects.create(
        name=name, media_type="image/png", size_bytes=1, sha256="0" * 64
    )


def read_column(row: StoredFile) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM vault_storedfile WHERE size_bytes = 1")
        return str(next(name for (name,) in cursor.fetchall()))


@pytest.mark.django_db
def test_column_holds_nothing_readable_and_the_row_reads_back() -> None:
    row = make_row()

    stored = read_column(row)
    assert stored.startswith("v1.k1.")
    assert "Dewi" not in stored
    assert StoredFile.objects.get(pk=row.pk).name == SECRET


@pytest.mark.django_db
def test_same_value_is_sealed_differently_each_time() -> None:
    row = make_row()
    first = read_column(row)
    row.save()

    assert read_column(row) != first


@pytest.mark.django_db
def test_ciphertext_moved_to_another_row_does_not_open() -> None:
    one, other = make_row("satu"), make_row("dua")
    sealed = SealedText(StoredFile.objects.get(pk=one.pk).__dict__["name"])
    StoredFile.objects.filter(pk=other.pk).update(name=sealed)

    stolen = StoredFile.objects.get(pk=other.pk)
    with pytest.raises(MalformedInputError):
        _ = stolen.name


@pytest.mark.django_db
def test_reading_without_looking_decrypts_nothing_and_saving_keeps_the_ciphertext() -> None:
    make_row()
    row = StoredFile.objects.get()
    before = read_column(row)

    row.media_type = "application/pdf"
    row.save()

    assert read_column(row) == before
    assert SECRET not in repr(row.__dict__)


@pytest.mark.django_db
def test_deferred_field_is_read_when_asked_for() -> None:
    make_row()
    assert StoredFile.objects.defer("name").get().name == SECRET
    assert StoredFile.objects.only("name").get().name == SECRET


@pytest.mark.django_db
def test_refreshing_brings_the_stored_value_back() -> None:
    row = make_row()
    row.name = "lain"
    row.refresh_from_db()
    assert row.name == SECRET


@pytest.mark.django_db
def test_many_rows_are_sealed_by_one_insert() -> None:
    rows = [
        StoredFile(name=f"n{n}", media_type="image/png", size_bytes=n, sha256="") for n in range(5)
    ]
    StoredFile.objects.bulk_create(rows)

    assert [r.name for r in StoredFile.objects.order_by("size_bytes")] == [
        f"n{n}" for n in range(5)
    ]


@pytest.mark.django_db
def test_sealed_column_is_neither_searched_nor_updated_past_the_row() -> None:
    make_row()
    with pytest.raises(TypeError):
        StoredFile.objects.filter(name=SECRET).exists()
    with pytest.raises(TypeError):
        StoredFile.objects.update(name="terbuka")


@pytest.mark.django_db
def test_empty_value_stays_empty() -> None:
    row = make_row("")
    assert read_column(row) == ""
    assert StoredFile.objects.get().name == ""
    assert StoredFile.objects.filter(name="").count() == 1


def test_index_is_made_from_the_plain_value_and_used_by_lookups() -> None:
    field = Candidacy._meta.get_field("nik_index")
    dewi = Candidacy(uuid=uuid.uuid4(), nik="3505016511900001")

    digest = field.pre_save(dewi, True)  # type: ignore[union-attr]

    assert digest == field.get_prep_value("3505016511900001")  # type: ignore[union-attr]
    assert digest != field.get_prep_value("3505016511900002")  # type: ignore[union-attr]
    assert field.get_prep_value(digest) == digest  # type: ignore[union-attr]
    assert len(digest) == 64
    assert "3505" not in str(Candidacy.objects.filter(nik_index="3505016511900001").query)


def test_encrypted_field_wants_a_row_it_can_be_bound_to() -> None:
    errors = [error for field in StoredFile._meta.local_fields for error in field.check()]
    assert errors == []
