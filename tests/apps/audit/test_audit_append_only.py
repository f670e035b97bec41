"""The database refuses to change what was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from pilkades.apps.audit.append_only import TABLES, lock_tables
from pilkades.apps.audit.models import Event
from pilkades.apps.audit.services import publish_checkpoint
from tests.apps.audit.conftest import NOW

pytestmark = pytest.mark.django_db
COLUMNS = {
    "audit_event": "leaf",
    "audit_leaf": "hash",
    "audit_node": "hash",
    "audit_checkpoint": "note",
}


@pytest.fixture
def _written(write) -> None:
    for number in range(17):
        write(number)
    publish_checkpoint(now=NOW)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_changed(table: str) -> None:
    with pytest.raises(DatabaseError, match="hanya dapat ditambah"):
        execute(f"UPDATE {table} SET {COLUMNS[table]} = {COLUMNS[table]}")


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_deleted(table: str) -> None:
    with pytest.raises(DatabaseError, match="hanya dapat ditambah"):
        execute(f"DELETE FROM {table}")


@pytest.mark.usefixtures("_written")
def test_a_table_cannot_be_emptied_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="hanya dapat ditambah"):
        execute("TRUNCATE audit_checkpoint")


@pytest.mark.usefixtures("_written")
def test_the_model_cannot_change_an_event_either() -> None:
    event = Event.objects.first()
    event.subject = "lain"
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


def test_installing_the_triggers_again_changes_nothing() -> None:
    lock_tables(using="default")
