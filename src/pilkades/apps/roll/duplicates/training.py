"""Training the parameters on people of whom it is known who is one.

First the shares are counted: of each rung among true pairs, and among strangers. Rare rungs of
strangers are counted exactly, because whoever shares that much is among the blocked pairs; common
ones in a random sample. The rungs are not independent (relatives share home and name), so a
logistic regression, held towards the counted weights, corrects each weight. Shares of a few rungs
are held at a judged least value, since invented errors are tidier than real ones: see `JUDGED`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np

from pilkades.apps.roll.duplicates.blocking import block_pairs
from pilkades.apps.roll.duplicates.levels import LADDERS
from pilkades.apps.roll.duplicates.model import build_linker, count_shared_homes
from pilkades.apps.roll.duplicates.parameters import Parameters
from pilkades.apps.roll.duplicates.search import open_memory
from pilkades.apps.roll.duplicates.table import load_people
from pilkades.screening.people import Person

LEAST_SAME, LEAST_STRANGERS = 1e-4, 1e-8
MOST = 0.9999
SAMPLE_PAIRS, COMMON_COUNT = 200_000, 20
HELD, STEPS = 2.0, 30
NULL = -1
JUDGED = {
    # People with two NIK exist: papers from before the single number of 2011.
    ("nik", "different"): 0.005,
    ("sex", "different"): 0.003,
    ("name", "different"): 0.002,
    ("birth", "different"): 0.005,
}
# Invented copies keep status and work, real ones are written down years apart: judged whole, and
# left alone by the regression.
JUDGED_WHOLE = {"marital": {"same": 0.9, "different": 0.1}, "work": {"same": 0.6, "different": 0.4}}
Counts = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Pairs that stand on the same rungs, counted: rungs by comparison, weight, truth, how many."""

    rungs: dict[str, "np.ndarray[Any, Any]"]
    weights: "np.ndarray[Any, Any]"
    truth: "np.ndarray[Any, Any]"
    counts: "np.ndarray[Any, Any]"


def train(
    people: Iterable[Person],
    pairs: Sequence[tuple[int, int]],
    *,
    duplicate_share: float,
    threshold: float,
    trained_on: str,
) -> Parameters:
    """Parameters from people, numbered from 0, of whom `pairs` are known to be one each.

    `duplicate_share` is how many rows of a real roll are expected to have a second one; there may
    be more of them in the training.
    """
    with open_memory() as connection:
        total = load_people(connection, people, report=lambda done: None)
        block_pairs(connection)
        _add_pairs(connection, pairs, total=total)
        even = {name: {rung.id: 0.5 for rung in rungs} for name, rungs in LADDERS.items()}
        none = {name: {rung.id: 0.0 for rung in rungs} for name, rungs in LADDERS.items()}
        flat = Parameters(
            same=even,
            strangers=even,
            corrections=none,
            duplicate_share=len(pairs) / total,
            threshold=threshold,
            trained_on=trained_on,
        )
        counted = _count_shares(connection, flat, total=total)
        corrected = _correct(connection, counted, total=total)
        share = corrected.duplicate_share * duplicate_share * total / len(pairs)
        return replace(corrected, duplicate_share=min(share, 0.5))


def _add_pairs(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[int, int]], *, total: int
) -> None:
    """True pairs, also those that blocking missed, and a random sample of all."""
    left, right = np.array([sorted(pair) for pair in pairs], dtype=np.int32).T
    connection.register("true_batch", {"l": left, "r": right})
    connection.execute("create table truth as select * from true_batch")
    connection.unregister("true_batch")
    connection.execute("create table sampled (l integer, r integer)")
    connection.execute(
        "insert into sampled select distinct least(a, b), greatest(a, b) from (select "
        f"(hash(i) % {total})::integer as a, (hash(i + 7919) % {total})::integer as b "
        f"from range({SAMPLE_PAIRS}) t(i)) where a <> b"
    )
    for table in ("truth", "sampled"):
        connection.execute(
            f"insert into pairs select l, r, 0, '' from {table} "
            "anti join pairs on join_key_l = l and join_key_r = r"
        )


def _count_shares(
    connection: duckdb.DuckDBPyConnection, flat: Parameters, *, total: int
) -> Parameters:
    _score(connection, flat, total=total)
    everyone = total * (total - 1) / 2
    same: Counts = {}
    strangers: Counts = {}
    for name in LADDERS:
        true = _count_rungs(connection, name, "t.l is not null")
        false = _count_rungs(connection, name, "t.l is null")
        sampled = _count_rungs(connection, name, "s.l is not null and t.l is null")
        known, seen = max(sum(true.values()), 1), max(sum(sampled.values()), 1)
        same[name] = {rung: _clip(n / known, LEAST_SAME) for rung, n in true.items()}
        strangers[name] = {
            rung: _clip(
                sampled[rung] / seen if sampled[rung] >= COMMON_COUNT else false[rung] / everyone,
                LEAST_STRANGERS,
            )
            for rung in false
        }
    strangers["home"] = count_shared_homes(connection, total=total)
    for (name, rung), least in JUDGED.items():
        same[name][rung] = max(same[name][rung], least)
    same.update({name: dict(shares) for name, shares in JUDGED_WHOLE.items()})
    # These two only correct what the others count twice: they begin at weight nothing.
    for name in ("kin", "number"):
        same[name] = dict(strangers[name])
    return replace(flat, same=same, strangers=strangers)


def _score(connection: duckdb.DuckDBPyConnection, parameters: Parameters, *, total: int) -> None:
    """All pairs with rungs (`gamma_…`), weight, and whether true or sampled, as `trained`."""
    database, linker = build_linker(connection, parameters, total=total, keeps_rungs=True)
    linker.table_management.register_blocked_pairs_for_predict(database.register("pairs"))
    scored = linker.inference.predict(warning_mode="never")
    connection.execute(f"create or replace table scored as select * from {scored.physical_name}")
    scored.drop_table_from_database_and_remove_from_cache()


def _count_rungs(
    connection: duckdb.DuckDBPyConnection, name: str, condition: str
) -> dict[str, float]:
    rows = connection.execute(
        f"select gamma_{name}, count(*) from scored "
        "left join truth t on t.l = unique_id_l and t.r = unique_id_r "
        "left join sampled s on s.l = unique_id_l and s.r = unique_id_r "
        f"where {condition} group by all"
    ).fetchall()
    found = dict(rows)
    rungs = LADDERS[name]
    return {rung.id: float(found.get(len(rungs) - 1 - k, 0)) for k, rung in enumerate(rungs)}


def _correct(
    connection: duckdb.DuckDBPyConnection, counted: Parameters, *, total: int
) -> Parameters:
    """Multiply what the regression adds to each rung's weight into the shares of true pairs."""
    _score(connection, counted, total=total)
    patterns = _read_patterns(connection)
    added = _fit(patterns)
    corrections = {
        name: {
            rung.id: added.get((name, place), 0.0) / math.log(2)
            for place, rung in zip(range(len(rungs) - 1, -1, -1), rungs, strict=True)
        }
        for name, rungs in LADDERS.items()
    }
    share = counted.duplicate_share * math.exp(added[("", 0)])
    return replace(counted, corrections=corrections, duplicate_share=share)


def _read_patterns(connection: duckdb.DuckDBPyConnection) -> Patterns:
    columns = ", ".join(f"gamma_{name}" for name in LADDERS)
    found = connection.execute(
        f"select {columns}, round(match_weight * 2) / 2 as weight, (t.l is not null) as truth, "
        "count(*) as n from scored left join truth t on t.l = unique_id_l and t.r = unique_id_r "
        "group by all"
    ).fetchnumpy()
    return Patterns(
        rungs={name: np.asarray(found[f"gamma_{name}"]) for name in LADDERS},
        weights=np.asarray(found["weight"], dtype=float) * np.log(2),
        truth=np.asarray(found["truth"], dtype=float),
        counts=np.asarray(found["n"], dtype=float),
    )


def _fit(patterns: Patterns) -> Mapping[tuple[str, int], float]:
    """Newton's method for the logistic regression with offsets; ridge towards no correction."""
    keys: list[tuple[str, int]] = [("", 0)]
    columns = [np.ones_like(patterns.counts)]
    for name in patterns.rungs.keys() - JUDGED_WHOLE.keys():
        rungs = patterns.rungs[name]
        for place in sorted(set(rungs.tolist()) - {NULL}):
            keys.append((name, place))
            columns.append((rungs == place).astype(float))
    design = np.stack(columns, axis=1)
    ridge = np.full(len(keys), HELD)
    added = np.zeros(len(keys))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(patterns.weights + design @ added, -40, 40)))
        slope = design.T @ (patterns.counts * (patterns.truth - likely)) - ridge * added
        spread = patterns.counts * likely * (1 - likely)
        step = np.linalg.solve(design.T @ (spread[:, None] * design) + np.diag(ridge), slope)
        added += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-4:
            break
    return dict(zip(keys, added.tolist(), strict=True))


def _clip(share: float, least: float) -> float:
    return min(max(share, least), MOST)
