"""The Splink model of one search: the ladders with their parameters, fitted to these very rows.

Two things depend on the rows at hand and are counted rather than trained: how likely two people
here are one (more in a village than in a regency) and how often strangers share a home or village.
So the same parameters serve two hundred rows and a million.
"""

from collections.abc import Mapping
from dataclasses import replace

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.comparison_level_library import CustomLevel, ElseLevel, NullLevel
from splink.comparison_library import CustomComparison
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from pilkades.apps.roll.duplicates.blocking import fetch_number
from pilkades.apps.roll.duplicates.levels import (
    ELSE,
    FREQUENCY_COLUMNS,
    LADDERS,
    NULL_COLUMNS,
    Rung,
)
from pilkades.apps.roll.duplicates.parameters import Parameters

LEAST_SHARE = 1e-9
LEAST_ROWS = 500
"""A handful of rows is taken for a hamlet: else any two of them would seem likely to be one."""
FREQUENCY_PRIOR_ROWS = 20_000
"""How many rows of a typical population stand behind the frequency of a name in a small roll."""


def build_linker(
    connection: duckdb.DuckDBPyConnection,
    parameters: Parameters,
    *,
    total: int,
    keeps_rungs: bool = False,
) -> tuple[DuckDBAPI, Linker]:
    """A linker over the table `people`; `keeps_rungs` leaves each pair's rungs beside its score."""
    database = DuckDBAPI(connection)
    homes = count_shared_homes(connection, total=total)
    settings = build_settings(
        replace(
            parameters,
            same={**parameters.same, "home": _fit_homes(parameters.same["home"], homes)},
            strangers={**parameters.strangers, "home": homes},
        ),
        prior=min(0.5, 2 * parameters.duplicate_share / max(total - 1, LEAST_ROWS)),
        keeps_rungs=keeps_rungs,
    )
    people = database.register("people", dataset_display_name="roll_people")
    linker = Linker(people, settings, log_level=None)
    for column in FREQUENCY_COLUMNS:
        _register_frequencies(connection, database, linker, parameters, column, total=total)
    return database, linker


def build_settings(parameters: Parameters, *, prior: float, keeps_rungs: bool) -> SettingsCreator:
    """Settings of Splink with the ladders."""
    comparisons = [
        CustomComparison(
            output_column_name=comparison,
            comparison_levels=[
                NullLevel(column),
                *(
                    _build_level(
                        rung,
                        parameters.same[comparison][rung.id],
                        parameters.strangers[comparison][rung.id],
                        parameters.corrections[comparison][rung.id],
                    )
                    for rung in LADDERS[comparison]
                ),
            ],
        )
        for comparison, column in NULL_COLUMNS.items()
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=list(comparisons),
        blocking_rules_to_generate_predictions=[block_on("nik")],
        probability_two_random_records_match=prior,
        retain_matching_columns=keeps_rungs,
        retain_intermediate_calculation_columns=keeps_rungs,
    )


def count_shared_homes(connection: duckdb.DuckDBPyConnection, *, total: int) -> dict[str, float]:
    """How often two of these people share household, RT or village, rung by rung."""
    pairs = max(total * (total - 1) / 2, 1)
    shares = []
    for column in ("kk", "rt", "village"):
        shared = fetch_number(
            connection,
            "select coalesce(sum(n * (n - 1) // 2), 0) from "
            f"(select count(*) as n from people where {column} is not null group by {column})",
        )
        shares.append(shared / pairs)
    household, neighbours, village = shares
    found = {
        "household": household,
        "neighbours": neighbours - household,
        "village": village - neighbours,
        "elsewhere": 1 - village,
    }
    return {rung: min(max(share, LEAST_SHARE), 1 - LEAST_SHARE) for rung, share in found.items()}


def _fit_homes(same: Mapping[str, float], homes: Mapping[str, float]) -> dict[str, float]:
    """In one village nobody lives elsewhere, whatever the training saw."""
    if homes["elsewhere"] > LEAST_SHARE:
        return dict(same)
    rest = 1 - same["elsewhere"]
    fitted = {rung: share / rest for rung, share in same.items()}
    return {**fitted, "elsewhere": LEAST_SHARE}


def _build_level(
    rung: Rung, same: float, strangers: float, correction: float
) -> ComparisonLevelCreator:
    # Splink takes shares, so a correction makes one of them smaller.
    same *= 2 ** min(correction, 0)
    strangers *= 2 ** -max(correction, 0)
    if rung.condition == ELSE:
        return ElseLevel().configure(m_probability=same, u_probability=strangers)
    level = CustomLevel(rung.condition, label_for_charts=rung.id)
    if rung.frequency_of:
        level.configure(tf_adjustment_column=rung.frequency_of)
    return level.configure(m_probability=same, u_probability=strangers)


def _register_frequencies(
    connection: duckdb.DuckDBPyConnection,
    database: DuckDBAPI,
    linker: Linker,
    parameters: Parameters,
    column: str,
    *,
    total: int,
) -> None:
    """How frequent each value is, a small roll leaning on the frequency found in training."""
    comparison, rung = next(
        (comparison, rung.id)
        for comparison, rungs in LADDERS.items()
        for rung in rungs
        if rung.frequency_of == column
    )
    usual = parameters.strangers[comparison][rung]
    table = f"frequency_of_{column}"
    connection.execute(
        f"create or replace table {table} as select {column}, "
        f"(count(*) - 1 + {FREQUENCY_PRIOR_ROWS * usual:e}) / {total + FREQUENCY_PRIOR_ROWS} "
        f"as tf_{column} from people where {column} is not null group by {column}"
    )
    linker.table_management.register_term_frequency_lookup(database.register(table), column)
