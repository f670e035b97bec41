"""Many statements at once: a piece of a table in, findings and totals out.

A regency sends hundreds of stations, a country eight hundred thousand. A table is therefore cut at
line ends into pieces that any process can handle alone; results of pieces are merged in their
order. The station that comes twice is counted once: the caller compares the keys of all pieces and
handles a piece again without the lines that repeat an earlier one.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from pilkades.law.findings import Finding, Severity
from pilkades.law.reconciliation.figures import StatementFigures
from pilkades.law.reconciliation.reconcile import StatementFinding, reconcile
from pilkades.law.reconciliation.rules import ReconciliationRules
from pilkades.law.reconciliation.table import TableLayout, parse_line
from pilkades.law.reconciliation.tabulation import Tabulation
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InconsistentStation:
    """A station whose figures break an identity; `line` counts from the start of its piece."""

    line: int
    village_code: str
    station: str
    findings: tuple[StatementFinding, ...]


@dataclass(slots=True)
class PieceResult:
    """What came of one piece; lines count from 1 within the piece."""

    lines: int = 0
    tabulation: Tabulation = field(default_factory=Tabulation)
    inconsistent: list[InconsistentStation] = field(default_factory=list)
    malformed: list[Finding] = field(default_factory=list)
    keys: "array[int]" = field(default_factory=lambda: array("Q"))
    key_lines: "array[int]" = field(default_factory=lambda: array("L"))


def reconcile_piece(
    *,
    data: bytes,
    layout: TableLayout,
    rules: ReconciliationRules,
    skip_lines: frozenset[int] = frozenset(),
) -> PieceResult:
    """Read, reconcile and add up every line of a piece; empty lines are passed over."""
    result = PieceResult()
    for raw in data.splitlines():
        result.lines += 1
        if not raw.strip() or result.lines in skip_lines:
            continue
        parsed = _parse(raw, layout, result.lines)
        if isinstance(parsed, list):
            result.malformed += parsed
        else:
            _reconcile_statement(result, rules, parsed)
    return result


def _reconcile_statement(
    result: PieceResult, rules: ReconciliationRules, figures: StatementFigures
) -> None:
    reconciliation = reconcile(rules=rules, statement=figures)
    result.tabulation.add_statement(figures=figures, is_consistent=reconciliation.is_consistent)
    result.keys.append(station_key(figures=figures))
    result.key_lines.append(result.lines)
    if not reconciliation.is_consistent:
        result.inconsistent.append(
            InconsistentStation(
                line=result.lines,
                village_code=figures.village_code,
                station=figures.station,
                findings=reconciliation.findings,
            )
        )


def station_key(*, figures: StatementFigures) -> int:
    """A number that two different stations share with a chance below one in ten million.

    Cost: 820,000 stations have about 3.4e11 pairs and 1.8e19 possible keys.
    """
    name = f"{figures.village_code}\0{figures.station}".encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest())


def find_repeated(
    *, result: PieceResult, seen: dict[int, int], first_line: int
) -> Iterator[tuple[int, Finding]]:
    """Lines of a piece whose station came before; `seen` maps keys to lines and is extended."""
    for key, line in zip(result.keys, result.key_lines, strict=True):
        earlier = seen.setdefault(key, first_line + line - 1)
        if earlier != first_line + line - 1:
            text = Text(
                "TPS ini sudah ada pada baris {line}. Baris yang kedua tidak ikut dijumlahkan.",
                line=earlier,
            )
            yield line, Finding("statement.repeated", Severity.ERROR, text, subject="", line=line)


def _parse(raw: bytes, layout: TableLayout, number: int) -> StatementFigures | list[Finding]:
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = Text("Baris ini bukan teks UTF-8. Simpan ulang berkas sebagai CSV UTF-8.")
        return [Finding("statement.row.encoding", Severity.ERROR, text, line=number)]
    return parse_line(layout=layout, line=line, number=number)
