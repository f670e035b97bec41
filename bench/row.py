"""One line of the benchmark table and how a benchmark hands its lines over."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured figure, its target in words, and the peer or floor of the same run."""

    name: str
    value: float
    unit: str
    target: str = ""
    ok: bool | None = None
    peer: str = ""
    peer_value: float | None = None


def write_rows(name: str, rows: list[Row]) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps([asdict(row) for row in rows], indent=1))
