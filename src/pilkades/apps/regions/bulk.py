"""Writing a hundred thousand plain rows in a second or two, where `bulk_create` takes ten.

The rows hold final column values: no defaults, signals or per-field preparation. Constraints and
foreign keys are checked by the database as ever.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

Row = Sequence[str | None]


def insert_rows(model: type[models.Model], attributes: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows given as columns in the order of `attributes`, inside the open transaction."""
    quote = connection.ops.quote_name
    columns = [quote(_column(model, attribute)) for attribute in attributes]
    into = f"{quote(model._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", list(rows))  # noqa: S608


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Let the query planner know how many rows there are now; it would guess a few until then."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _column(model: type[models.Model], attribute: str) -> str:
    field = model._meta.get_field(attribute)
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{attribute} is not a column of {model.__name__}")
    return field.column
