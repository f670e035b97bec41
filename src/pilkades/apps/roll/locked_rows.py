"""Database triggers that keep a locked roll as it was locked.

Nobody is added or deleted, and of an entry only the annotation and the station move. The sealed
numbers are not watched here, since turning the key writes them anew: the digest of the lock shows
whether they are the same. Once the roll's data is due for deletion (`erased_at`), it may go.
Whoever owns the database can remove the triggers; the digest in the ledger finds that out.
"""

from django.db import connections
from django.db.backends.utils import CursorWrapper

REFUSAL = "DPT sudah dikunci"
ENTRY, ROLL, CHANGE = "roll_rollentry", "roll_roll", "roll_rollchange"
ENTRY_COLUMNS = (
    "uuid",
    "roll_id",
    "stage",
    "number",
    "full_name",
    "sex",
    "birth_place",
    "birth_date",
    "marital_status",
    "address",
    "rt",
    "rw",
    "hamlet_id",
    "disability",
    "identity_document",
    "occupation",
    "resident_since",
    "note",
    "is_removed",
    "removed_reason",
)
ROLL_COLUMNS = (
    "uuid",
    "election_id",
    "state",
    "provisional_fixed_at",
    "provisional_announced_at",
    "supplement_announced_at",
    "final_fixed_at",
    "lock_proposed_by_id",
    "lock_proposed_at",
    "locked_by_id",
    "locked_at",
    "lock_digest",
    "lock_salt",
)
_LOCKED = "state = 'locked' AND erased_at IS NULL"
_OF_ENTRY = f"EXISTS (SELECT 1 FROM {ROLL} WHERE id = %s.roll_id AND {_LOCKED})"
_OF_CHANGE = (
    f"EXISTS (SELECT 1 FROM {ENTRY} e JOIN {ROLL} r ON r.id = e.roll_id "
    "WHERE e.id = OLD.entry_id AND r.state = 'locked' AND r.erased_at IS NULL)"
)
_ROLL_IS_LOCKED = "OLD.state = 'locked' AND OLD.erased_at IS NULL AND NEW.erased_at IS NULL"


def _differ(columns: tuple[str, ...], operator: str) -> str:
    return "(" + " OR ".join(f"OLD.{name} {operator} NEW.{name}" for name in columns) + ")"


def _list_triggers(operator: str) -> list[tuple[str, str, str, str]]:
    """Name, occasion, table and condition of every trigger."""
    old, new = _OF_ENTRY % "OLD", _OF_ENTRY % "NEW"
    moved = f"({old} OR {new})"
    return [
        ("roll_entry_added", "INSERT", ENTRY, new),
        ("roll_entry_deleted", "DELETE", ENTRY, old),
        ("roll_entry_changed", "UPDATE", ENTRY, f"{moved} AND {_differ(ENTRY_COLUMNS, operator)}"),
        ("roll_deleted", "DELETE", ROLL, "OLD.state = 'locked' AND OLD.erased_at IS NULL"),
        (
            "roll_changed",
            "UPDATE",
            ROLL,
            f"{_ROLL_IS_LOCKED} AND {_differ(ROLL_COLUMNS, operator)}",
        ),
        ("roll_change_deleted", "DELETE", CHANGE, _OF_CHANGE),
    ]


def guard_rows(*, using: str) -> None:
    """Install the triggers; they may stand already."""
    connection = connections[using]
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for name, occasion, table, condition in _list_triggers(
            "IS NOT" if is_sqlite else "IS DISTINCT FROM"
        ):
            if is_sqlite:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {occasion} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
            else:
                _guard_postgresql(cursor, name, occasion, table, condition)


def unguard_rows(*, using: str) -> None:
    """Remove the triggers, for tests that empty the database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, _occasion, table, _condition in _list_triggers("IS NOT"):
            place = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def _guard_postgresql(
    cursor: CursorWrapper, name: str, occasion: str, table: str, condition: str
) -> None:
    """A condition that asks another table stands in the function; a trigger's own may not."""
    back = "OLD" if occasion == "DELETE" else "NEW"
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23001'; END IF; "
        f"RETURN {back}; END $$"
    )
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {occasion} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
