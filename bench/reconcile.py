"""820,000 station records reconciled and tabulated by the command line, errors known beforehand.

The table holds digits, words and tally marks of three candidates; a seeded share of the lines has
one known error each. The command must find exactly those. Beside it, in the same run, the floor:
one process that reads the same file with Python's csv module and adds up one column.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench.row import Row, write_rows
from pilkades.law.number_words import number_to_words
from pilkades.law.reconciliation.figures import PLAIN_FIELDS

STATIONS = 820_000
STATIONS_QUICK = 20_000
SECONDS_MAX = 60
GIGABYTES_MAX = 1.0
ERROR_SHARE = 0.005
SEED = 20261123
CANDIDATES = 3
ROOT = Path(__file__).parent.parent
WORDS = [number_to_words(number) for number in range(2_000)]
FLOOR = (
    "import csv, sys\n"
    "with open(sys.argv[1], newline='') as f:\n"
    "    r = csv.reader(f); n = next(r).index('valid')\n"
    "    print(sum(int(row[n]) for row in r if row[n].isdigit()))\n"
)


@dataclass(slots=True)
class Measured:
    """Wall time, peak memory of the whole process tree, and what was written."""

    seconds: float
    cpu_seconds: float
    gigabytes: float
    output: str
    code: int


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--stations", type=int)
    args = parser.parse_args()
    stations = args.stations or (STATIONS_QUICK if args.quick else STATIONS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stations.csv"
        planted = write_table(path, stations)
        command = [sys.executable, "-m", "pilkades.cli", "reconcile", str(path)]
        ours = measure([*command, "--json", "--processes", "2"])
        floor = measure([sys.executable, "-c", FLOOR, str(path)])
    check(ours, planted, stations)
    write_rows(
        "reconcile",
        [
            Row(
                name=f"{stations:,} TPS diperiksa dan dijumlahkan".replace(",", "."),
                value=round(ours.seconds, 2),
                unit="s",
                target=f"<= {SECONDS_MAX} s",
                ok=ours.seconds <= SECONDS_MAX,
                peer="membaca csv saja",
                peer_value=round(floor.seconds, 2),
            ),
            Row(
                name="waktu prosesor untuk itu",
                value=round(ours.cpu_seconds, 2),
                unit="s",
                peer="membaca csv saja",
                peer_value=round(floor.cpu_seconds, 2),
            ),
            Row(
                name="memori puncak semua proses",
                value=round(ours.gigabytes, 3),
                unit="GB",
                target=f"<= {GIGABYTES_MAX} GB",
                ok=ours.gigabytes <= GIGABYTES_MAX,
                peer="membaca csv saja",
                peer_value=round(floor.gigabytes, 3),
            ),
        ],
    )
    return 0


def write_table(path: Path, stations: int) -> Counter[str]:
    """Write the table and return how often each code must be found."""
    source = random.Random(SEED)
    columns = ["village_code", "station", *PLAIN_FIELDS]
    for number in range(1, CANDIDATES + 1):
        columns += [f"votes_{number}", f"words_{number}", f"marks_{number}"]
    planted: Counter[str] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(columns) + "\n")
        for index in range(stations):
            row = make_row(source, index)
            if source.random() < ERROR_SHARE:
                planted.update(plant_error(source, row))
            file.write(",".join(row.values()) + "\n")
    return planted


def make_row(source: random.Random, index: int) -> dict[str, str]:
    """A consistent statement of one station; eleven stations to a village."""
    village, station = divmod(index, 11)
    men, women = source.randrange(150, 250), source.randrange(150, 250)
    votes = [source.randrange(20, 90) for _ in range(CANDIDATES)]
    invalid = source.randrange(0, 9)
    users = sum(votes) + invalid
    damaged, mistaken, unused = source.randrange(3), source.randrange(3), source.randrange(200)
    figures = {
        "registered_men": men,
        "registered_women": women,
        "registered_total": men + women,
        "users_roll": users,
        "users_elsewhere": 0,
        "users_unlisted": 0,
        "users_total": users,
        "users_disabled": source.randrange(5),
        "ballots_received": users + damaged + mistaken + unused,
        "ballots_used": users,
        "ballots_damaged": damaged,
        "ballots_mistaken": mistaken,
        "ballots_unused": unused,
        "valid": sum(votes),
        "invalid": invalid,
        "total": users,
    }
    code = f"{11 + village // 10_000:02d}.{village // 500 % 20 + 1:02d}.01.{2000 + village % 500}"
    row = {"village_code": code, "station": f"TPS {station + 1}"}
    row |= {name: str(figures[name]) for name in PLAIN_FIELDS}
    for number, count in enumerate(votes, start=1):
        row[f"votes_{number}"] = f"{count:03d}"
        row[f"words_{number}"] = WORDS[count]
        row[f"marks_{number}"] = str(count)
    return row


def plant_error(source: random.Random, row: dict[str, str]) -> list[str]:
    """Spoil one figure and name the codes that must be reported for it."""
    kind = source.choice(("letter", "blank", "received", "registered", "words", "votes"))
    if kind == "letter":
        row["votes_2"] = "O5O"
        return ["statement.cell.letter"]
    if kind == "blank":
        row["users_total"] = ""
        return ["statement.cell.blank"]
    if kind == "received":
        row["ballots_received"] = str(int(row["ballots_received"]) + 7)
        return ["ballots_received"]
    if kind == "registered":
        row["registered_total"] = str(int(row["registered_total"]) + 90)
        return ["registered_total"]
    if kind == "words":
        row["words_1"] = WORDS[int(row["votes_1"]) + 1]
        return ["words_equal_digits"]
    row["votes_3"] = f"{int(row['votes_3']) + 4:03d}"
    return ["candidates_equal_valid", "words_equal_digits", "marks_equal_digits"]


def measure(command: list[str]) -> Measured:
    """Run a command and watch the memory of its whole tree ten times a second."""
    started_at, cpu_before, peak = time.monotonic(), cpu_of_children(), 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.DEVNULL, cwd=ROOT, text=True
        )
        while process.poll() is None:
            peak = max(peak, tree_bytes(process.pid))
            time.sleep(0.1)
        seconds = time.monotonic() - started_at
        output.seek(0)
        cpu = cpu_of_children() - cpu_before
        return Measured(seconds, cpu, peak / 1e9, output.read(), process.returncode)


def cpu_of_children() -> float:
    """Processor time of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree_bytes(pid: int) -> int:
    """Proportional memory of a process and all that it started."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
    return own + sum(tree_bytes(int(child)) for child in children)


def check(ours: Measured, planted: Counter[str], stations: int) -> None:
    """The command must find every planted error and nothing else."""
    document = json.loads(ours.output)
    found = Counter(item["code"] for item in document["findings"])
    if found != planted:
        raise SystemExit(f"ditemukan {found}, ditanam {planted}")
    read = document["summary"]["stations"]
    unreadable = planted["statement.cell.letter"] + planted["statement.cell.blank"]
    if read + unreadable != stations or ours.code != 1:
        raise SystemExit(f"terbaca {read} dari {stations}, kode keluar {ours.code}")


if __name__ == "__main__":
    sys.exit(main())
