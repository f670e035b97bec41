"""Writing an event: only what the catalogue knows, only inside a transaction, never a person."""

import json

import pytest
from django.db import transaction

from pilkades.apps.audit.catalogue import CatalogueError
from pilkades.apps.audit.models import Event, Leaf, QueuedEvent
from pilkades.apps.audit.services import append, commit_to, sequence_queue
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.ledger.commitment import is_commitment_opened
from pilkades.ledger.leaf import parse_leaf
from pilkades.ledger.merkle import hash_leaf
from pilkades.text import Text
from tests.apps.audit.conftest import BU_SARI, NOW, VILLAGE, Person

pytestmark = pytest.mark.django_db


def test_an_event_becomes_a_leaf_with_its_hash(write, settings) -> None:
    uuid = write()
    sequence_queue()
    row = Event.objects.get(uuid=uuid)
    leaf = parse_leaf(row.leaf.encode())
    assert (leaf.uuid, leaf.event, leaf.at) == (uuid, "audit.exported", NOW)
    assert (leaf.origin, leaf.region_code) == (settings.PILKADES_ORIGIN, VILLAGE)
    assert bytes(row.leaf_row.hash) == hash_leaf(row.leaf.encode())
    assert not QueuedEvent.objects.exists()


def test_a_persons_name_stays_beside_the_leaf_and_out_of_it(write) -> None:
    row = Event.objects.get(uuid=write())
    assert row.actor_name == "Sari Wulandari"
    assert "Sari" not in row.leaf
    assert json.loads(row.leaf)["actor"] == {
        "roles": ["COMMITTEE_CHAIR"],
        "uuid": str(BU_SARI.uuid),
    }


def test_only_roles_that_reach_the_region_are_recorded(write) -> None:
    person = Person(
        BU_SARI.uuid,
        "Sari",
        (
            ("REGENCY_DESK", "35.05"),
            ("COMMITTEE_CHAIR", "35.05.01.2002"),
            ("AUDITOR", "35.0"),
            ("NATIONAL", ""),
        ),
    )
    row = Event.objects.get(uuid=write(actor=person))
    assert json.loads(row.leaf)["actor"]["roles"] == ["NATIONAL", "REGENCY_DESK"]


def test_nobody_signed_in_is_no_actor(write) -> None:
    anonymous = Person(type(BU_SARI.uuid)(int=0), "")
    for actor in (None, anonymous):
        row = Event.objects.get(uuid=write(actor=actor))
        assert json.loads(row.leaf)["actor"] is None
        assert row.actor_uuid is None


def test_an_event_that_is_not_in_the_catalogue_cannot_be_written(write) -> None:
    with pytest.raises(CatalogueError, match="catalogue"):
        write(event="candidate.praised")


def test_a_field_that_is_not_in_the_catalogue_cannot_be_written(write) -> None:
    with pytest.raises(CatalogueError, match="mood"):
        write(data={"format": "XLSX", "rows": 1, "mood": "baik"})


def test_a_field_that_the_sentence_needs_must_be_there(write) -> None:
    with pytest.raises(CatalogueError, match="rows"):
        write(data={"format": "XLSX"})


@pytest.mark.parametrize(
    "text", ["3505014101800001", "NIK 3505014101800001.", ["a", "3505014101800001"]]
)
def test_a_nik_is_refused_wherever_it_stands(write, text) -> None:
    with pytest.raises(CatalogueError, match="NIK"):
        write(data={"format": text, "rows": 1})


def test_a_typed_reference_with_a_nik_is_refused_in_words(write) -> None:
    with pytest.raises(MalformedInputError, match="NIK"):
        write(article="Surat warga 3505014101800001")


def test_a_hash_with_many_digits_is_no_nik(write) -> None:
    write(data={"format": "a" + "1234567890123456" + "b" * 47, "rows": 1})


@pytest.mark.parametrize("name", ["region_code", "subject", "article"])
def test_a_text_too_long_for_its_column_is_refused_on_every_database(write, name: str) -> None:
    with pytest.raises(CatalogueError, match=name):
        write(**{name: "3" * 201})


def test_nothing_is_written_when_the_event_is_refused(write) -> None:
    with pytest.raises(CatalogueError):
        write(data={"format": "XLSX"})
    assert not Event.objects.exists()


def test_a_commitment_opens_with_the_salt_that_was_stored() -> None:
    salt, commitment = commit_to("3505014101800001")
    other_salt, other = commit_to("3505014101800001")
    assert salt != other_salt
    assert commitment != other
    assert is_commitment_opened(
        salt=bytes.fromhex(salt), value="3505014101800001", commitment=bytes.fromhex(commitment)
    )


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(
            event="audit.exported",
            actor=None,
            at=NOW,
            region_code="",
            subject="audit:jejak",
            data={"format": "XLSX", "rows": 1},
        )


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_event(write) -> None:
    @transaction.atomic
    def fail_after_writing() -> None:
        write()
        raise ConflictError("test.conflict", Text("Sudah berubah."))

    with pytest.raises(ConflictError):
        fail_after_writing()
    assert not Event.objects.exists()
    assert not Leaf.objects.exists()
    assert not QueuedEvent.objects.exists()
