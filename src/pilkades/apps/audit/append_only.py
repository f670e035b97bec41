"""Database triggers that refuse every change of what has been written to the ledger.

They stop an accident and a careless hand. Whoever owns the database can remove them; that such a
hand is found out is the work of the tree and of the checkpoints that others hold.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_event", "audit_leaf", "audit_node", "audit_checkpoint")
REFUSAL = "buku catatan hanya dapat ditambah"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL} (%)', TG_TABLE_NAME USING ERRCODE = '23001'; END $$
"""


def lock_tables(*, using: str) -> None:
    """Install the triggers; they may stand already."""
    connection = connections[using]
    statements = {"postgresql": _lock_postgresql, "sqlite": _lock_sqlite}[connection.vendor]()
    _execute(connection, statements)


def unlock_tables(*, using: str) -> None:
    """Remove the triggers: for undoing the migration, and for tests that empty the database."""
    connection = connections[using]
    _execute(connection, _unlock(connection.vendor))


def _lock_postgresql() -> list[str]:
    statements = [_POSTGRESQL_FUNCTION]
    for table in TABLES:
        for name, occasion, level in (
            ("change", "UPDATE OR DELETE", "ROW"),
            ("truncate", "TRUNCATE", "STATEMENT"),
        ):
            statements.append(
                f"CREATE OR REPLACE TRIGGER {table}_{name} BEFORE {occasion} ON {table} "
                f"FOR EACH {level} EXECUTE FUNCTION audit_refuse_change()"
            )
    return statements


def _lock_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{action.lower()} BEFORE {action} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL} ({table})'); END"
        for table in TABLES
        for action in ("UPDATE", "DELETE")
    ]


def _unlock(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
            for table in TABLES
            for name in ("change", "truncate")
        ]
    return [
        f"DROP TRIGGER IF EXISTS {table}_{action}"
        for table in TABLES
        for action in ("update", "delete")
    ]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
