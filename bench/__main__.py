"""`make bench`: run every benchmark as its own process and print one table.

A benchmark is a module of this package that, run by `python -m bench.<name> [--quick]`, writes
`bench/results/<name>.json`: a list of rows with name, value, unit, target, peer, peer_value, ok.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results"
NOT_BENCHMARKS = {"__init__", "__main__", "row"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", help="only these benchmarks")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the benchmarks")
    args = parser.parse_args()
    found = sorted(p.stem for p in FOLDER.glob("*.py") if p.stem not in NOT_BENCHMARKS)
    names = args.names or found
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, Any]] = []
    failed = []
    for name in names:
        print(f"-- {name}", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", f"bench.{name}", *(["--quick"] if args.quick else [])]
        if subprocess.run(command, cwd=FOLDER.parent, check=False).returncode != 0:
            failed.append(name)
            continue
        rows += json.loads((RESULTS / f"{name}.json").read_text())
    print_table(rows)
    for name in failed:
        print(f"GAGAL: {name}")
    return 1 if failed else 0


def print_table(rows: list[dict[str, Any]]) -> None:
    header = f"{'ukuran':<58} {'hasil':>14} {'batas':>14} {'pembanding':>32}  "
    print(header)
    print("-" * len(header))
    for row in rows:
        value = f"{row['value']:,.6g} {row['unit']}"
        target = row.get("target") or ""
        peer = f"{row['peer']}: {row['peer_value']:,.6g}" if row.get("peer") else ""
        verdict = {True: "tercapai", False: "BELUM", None: ""}[row.get("ok")]
        print(f"{row['name']:<58} {value:>14} {target!s:>14} {peer:>32}  {verdict}")


if __name__ == "__main__":
    sys.exit(main())
