"""The search itself: fold, block, score in rounds, and what came of it.

DuckDB works in memory only and may not spill: a NIK must not reach the disk. A search that does
not fit says so. Rounds keep memory flat and are where progress is told and a wish to stop is heard.
"""

from collections.abc import Callable, Iterable, Mapping

import duckdb
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import SplinkException

from pilkades.apps.roll.duplicates.blocking import RULES, block_pairs, fetch_number
from pilkades.apps.roll.duplicates.found import FoundPair, SearchResult
from pilkades.apps.roll.duplicates.model import build_linker
from pilkades.apps.roll.duplicates.parameters import Parameters
from pilkades.apps.roll.duplicates.table import load_people
from pilkades.errors import ConflictError
from pilkades.screening.people import Person
from pilkades.text import Text

SETTINGS = {
    "memory_limit": "2500MB",
    "threads": "2",
    "preserve_insertion_order": "false",
    "temp_directory": "",
    "enable_progress_bar": "false",
    "enable_external_access": "false",
}
ROUND_PAIRS = 4_000_000
Report = Callable[[str, int, int], None]


def search_people(
    people: Iterable[Person],
    *,
    parameters: Parameters,
    report: Report = lambda step, done, total: None,
    threshold: float | None = None,
) -> SearchResult:
    """Find the pairs that may be one person; equal NIK are always among them.

    `report` is told the step ("read", "block", "score") and how far it is; it may raise to stop.
    Raises: ConflictError where memory does not suffice.
    """
    with open_memory() as connection:
        try:
            total = load_people(connection, people, report=lambda done: report("read", done, done))
            if total < 2:
                return SearchResult(people=total, candidates=0, crowded_keys=0, pairs=())
            report("block", 0, 1)
            crowded = block_pairs(connection)
            database, linker = build_linker(connection, parameters, total=total)
            candidates = score_pairs(
                connection, database, linker,
                threshold=parameters.threshold if threshold is None else threshold,
                report=report,
            )  # fmt: skip
            return SearchResult(
                people=total,
                candidates=candidates,
                crowded_keys=crowded,
                pairs=_fetch_found(connection),
            )
        except (SplinkException, duckdb.Error) as error:
            # The message of either may quote a row.
            raise _refuse(error) from None


def open_memory() -> duckdb.DuckDBPyConnection:
    """A database that never touches the disk."""
    connection = duckdb.connect(":memory:")
    for setting, value in SETTINGS.items():
        connection.execute(f"set {setting} = '{value}'")
    return connection


def score_pairs(
    connection: duckdb.DuckDBPyConnection,
    database: DuckDBAPI,
    linker: Linker,
    *,
    threshold: float,
    report: Report,
) -> int:
    """Score the table `pairs` in rounds into the table `matches`; returns how many were scored."""
    total = fetch_number(connection, "select count(*) from pairs")
    rounds = max(1, -(-total // ROUND_PAIRS))
    connection.execute("create or replace table matches (l integer, r integer, probability double)")
    for number in range(rounds):
        report("score", number, rounds)
        connection.execute(
            f"create or replace table round_{number} as select join_key_l, join_key_r, match_key "
            f"from pairs where join_key_l % {rounds} = {number}"
        )
        linker.table_management.register_blocked_pairs_for_predict(
            database.register(f"round_{number}")
        )
        scored = linker.inference.predict(
            threshold_match_probability=threshold, warning_mode="never"
        )
        connection.execute(
            "insert into matches select unique_id_l, unique_id_r, match_probability "
            f"from {scored.physical_name}"
        )
        scored.drop_table_from_database_and_remove_from_cache()
        connection.execute(f"drop table round_{number}")
    connection.execute(
        "insert into matches select a.unique_id, b.unique_id, ? from people a join people b "
        "on a.nik = b.nik and a.unique_id < b.unique_id "
        "anti join matches m on m.l = a.unique_id and m.r = b.unique_id",
        [threshold],
    )
    report("score", rounds, rounds)
    return total


def count_pairs_by_rule(connection: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """How many candidates each blocking rule gave, for the bench."""
    return {
        rule: fetch_number(
            connection, f"select count(*) from pairs where rules & {1 << number} > 0"
        )
        for number, rule in enumerate(RULES)
    }


def _fetch_found(connection: duckdb.DuckDBPyConnection) -> tuple[FoundPair, ...]:
    rows = connection.execute(
        "select least(l, r), greatest(l, r), probability from matches order by 3 desc, 1, 2"
    ).fetchall()
    return tuple(FoundPair(*row) for row in rows)


def _refuse(error: Exception) -> ConflictError:
    if "Out of Memory" in str(error):
        return ConflictError(
            "duplicates.memory",
            Text(
                "Pencarian ganda membutuhkan memori lebih banyak daripada yang disediakan. Cari "
                "per desa. Tidak ada data yang berubah."
            ),
        )
    return ConflictError(
        "duplicates.search",
        Text(
            "Pencarian ganda berhenti karena kesalahan program. Tidak ada data yang berubah. "
            "Laporkan kepada pengelola sistem."
        ),
    )
