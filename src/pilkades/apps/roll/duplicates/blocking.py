"""Which pairs are looked at: two people who share a key of at least one rule.

A rule is an expression of SQL that lists the keys of one person. The recall of each, measured on
the generator's truth, is written by `bench/duplicates.py`; together they are meant to miss at most
one true pair in a hundred. A key that more than `CROWD` people share says too little and is left
out of its rule; how many keys were is reported with the search.
"""

from collections.abc import Mapping

import duckdb

CROWD = 3_000
RULES: Mapping[str, str] = {
    "nik": "[nik]",
    "nik-head": "[left(nik, 12)]",
    "nik-tail": "[right(nik, 10)]",
    "date-word": (
        "flatten(list_transform(date_keys, lambda d: "
        "list_transform(skeletons, lambda s: d::varchar || left(s, 2))))"
    ),
    "name-year": "[skeleton || '/' || (year % 100)]",
    "name-day": "[skeleton || '/' || least(day, month) || '/' || greatest(day, month)]",
    "name-village": "[skeleton || '/' || village || '/' || coalesce(sex, '')]",
    "household-word": "list_transform(skeletons, lambda s: kk || left(s, 2))",
}


def block_pairs(connection: duckdb.DuckDBPyConnection) -> int:
    """Fill the table `pairs` (join_key_l, join_key_r, rules as bits); returns the crowded keys.

    Each rule is joined by itself and the pairs are put together at the end, so that memory holds
    the keys of one rule at a time.
    """
    connection.execute("create or replace table found (l integer, r integer, rule utinyint)")
    crowded = 0
    for number, keys in enumerate(RULES.values()):
        connection.execute(
            "create or replace temp table keys as select distinct unique_id, hash(key) as key "
            f"from (select unique_id, unnest({keys}) as key from people) where key is not null"
        )
        connection.execute(
            "create or replace temp table sizes as "
            "select key, count(*) as size from keys group by key having size > 1"
        )
        crowded += fetch_number(connection, "select count(*) from sizes where size > ?", CROWD)
        connection.execute("delete from sizes where size > ?", [CROWD])
        connection.execute(
            "create or replace temp table k as select * from keys semi join sizes using (key)"
        )
        connection.execute(
            "insert into found select a.unique_id, b.unique_id, ? from k a join k b "
            "on a.key = b.key and a.unique_id < b.unique_id",
            [number],
        )
    connection.execute(
        "create or replace table pairs as select l as join_key_l, r as join_key_r, "
        "bit_or(1 << rule::integer) as rules, min(rule)::varchar as match_key "
        "from found group by l, r"
    )
    for table in ("found", "keys", "sizes", "k"):
        connection.execute(f"drop table {table}")
    return crowded


def fetch_number(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> int:
    """The one number that a query answers; the result is read to its end, as DuckDB asks."""
    return int(connection.execute(query, list(values)).fetchall()[0][0])
