"""Reading statements for `pilkades reconcile`: pieces of a table over several processes, or JSON.

A table is cut at line ends into pieces of a few megabytes; every process reads its piece from the
file by itself. Results are taken in the order of the file, and only a few pieces are ever under
way, so that memory does not grow with the file.
"""

import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pilkades.cli.reconcile_report import Item, Report, malformed_item, mismatch_item
from pilkades.cli.sentences import Speaker
from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.reconciliation import ReconciliationRules, reconcile
from pilkades.law.reconciliation.bulk import (
    InconsistentStation,
    PieceResult,
    find_repeated,
    reconcile_piece,
    station_key,
)
from pilkades.law.reconciliation.records import parse_record
from pilkades.law.reconciliation.table import TableLayout, parse_header
from pilkades.law.reconciliation.tabulation import Tabulation
from pilkades.law.strict_json import read_json
from pilkades.text import Text

PIECE_BYTES = 4 * 1024 * 1024
HEADER_BYTES_MAX = 64 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file that begins and ends at a line end."""

    path: Path
    start: int
    length: int


@dataclass(slots=True)
class PieceItems:
    """What a process hands back: its result without sentences, and the findings as plain data."""

    result: PieceResult
    items: list[Item]


def read_table(
    *, path: Path, rules: ReconciliationRules, report: Report, processes: int, language: str
) -> None:
    """Reconcile every line of a CSV table."""
    with path.open("rb") as file:
        header = file.readline(HEADER_BYTES_MAX)
    layout = parse_header(_decode_header(header))
    pieces = list(_cut(path, start=len(header)))
    task = _Task(rules, layout, language)
    seen: dict[int, int] = {}
    first_line = 2
    progress = _Progress(path.stat().st_size)
    for piece, done in _work(pieces, task, processes):
        done = _without_repeats(piece, done, task, seen, first_line)
        for item in done.items:
            item["line"] += first_line - 1
        report.add_items(done.items)
        report.add_totals(done.result.tabulation)
        first_line += done.result.lines
        progress.show(piece.start + piece.length)
    progress.end()


def read_records(
    *, path: Path, rules: ReconciliationRules, report: Report, speaker: Speaker
) -> None:
    """Reconcile the statements of a JSON document; `line` in findings is their number."""
    value = read_json(path.read_bytes())
    if isinstance(value, dict) and set(value) == {"statements"}:
        value = value["statements"]
    records = value if isinstance(value, list) else [value]
    tabulation = Tabulation()
    seen: dict[int, int] = {}
    for number, record in enumerate(records, start=1):
        parsed = parse_record(value=record, number=number)
        if isinstance(parsed, list):
            report.add_items(malformed_item(finding, speaker) for finding in parsed)
            continue
        earlier = seen.setdefault(station_key(figures=parsed), number)
        if earlier != number:
            report.add_items([malformed_item(_repeated(number, earlier), speaker)])
            continue
        outcome = reconcile(rules=rules, statement=parsed)
        tabulation.add_statement(figures=parsed, is_consistent=outcome.is_consistent)
        report.add_items(
            mismatch_item(
                finding,
                line=number,
                village_code=parsed.village_code,
                station=parsed.station,
                speaker=speaker,
            )
            for finding in outcome.findings
        )
    report.add_totals(tabulation)


@dataclass(frozen=True, slots=True)
class _Task:
    """What every piece is read with."""

    rules: ReconciliationRules
    layout: TableLayout
    language: str


def _work(pieces: list[Piece], task: _Task, processes: int) -> Iterator[tuple[Piece, PieceItems]]:
    """Results in the order of the pieces; one small piece needs no second process."""
    if len(pieces) < 2 or processes < 2:
        for piece in pieces:
            yield piece, _handle(piece, task)
        return
    with ProcessPoolExecutor(max_workers=processes) as pool:
        waiting: deque[tuple[Piece, Future[PieceItems]]] = deque()
        for piece in pieces:
            waiting.append((piece, pool.submit(_handle, piece, task)))
            if len(waiting) > 2 * processes:
                first, future = waiting.popleft()
                yield first, future.result()
        for piece, future in waiting:
            yield piece, future.result()


def _handle(piece: Piece, task: _Task, skip_lines: frozenset[int] = frozenset()) -> PieceItems:
    with piece.path.open("rb") as file:
        file.seek(piece.start)
        data = file.read(piece.length)
    result = reconcile_piece(data=data, layout=task.layout, rules=task.rules, skip_lines=skip_lines)
    speaker = Speaker(task.language)
    items = [malformed_item(finding, speaker) for finding in result.malformed]
    for station in result.inconsistent:
        items += _station_items(station, speaker)
    items.sort(key=lambda item: int(item["line"]))
    result.malformed, result.inconsistent = [], []
    return PieceItems(result, items)


def _station_items(station: InconsistentStation, speaker: Speaker) -> Iterator[Item]:
    for finding in station.findings:
        yield mismatch_item(
            finding,
            line=station.line,
            village_code=station.village_code,
            station=station.station,
            speaker=speaker,
        )


def _without_repeats(
    piece: Piece, done: PieceItems, task: _Task, seen: dict[int, int], first_line: int
) -> PieceItems:
    """Handle a piece again without the stations that came before, and report those."""
    repeated = dict(find_repeated(result=done.result, seen=seen, first_line=first_line))
    if not repeated:
        return done
    again = _handle(piece, task, frozenset(repeated))
    speaker = Speaker(task.language)
    again.items += [malformed_item(finding, speaker) for finding in repeated.values()]
    again.items.sort(key=lambda item: int(item["line"]))
    return again


def _repeated(number: int, earlier: int) -> Finding:
    text = Text("TPS ini sudah ada pada nomor {earlier}; tidak dijumlahkan lagi.", earlier=earlier)
    return Finding("statement.repeated", Severity.ERROR, text, line=number)


def _cut(path: Path, *, start: int) -> Iterator[Piece]:
    size = path.stat().st_size
    with path.open("rb") as file:
        while start < size:
            file.seek(min(start + PIECE_BYTES, size))
            file.readline(PIECE_BYTES)
            end = file.tell()
            yield Piece(path, start, end - start)
            start = end


def _decode_header(header: bytes) -> str:
    try:
        return header.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise MalformedInputError(
            "statement.header", Text("Baris judul bukan teks UTF-8. Simpan sebagai CSV UTF-8.")
        ) from None


class _Progress:
    """How far the file has been read, to the terminal's error stream, once a second."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.started_at = self.shown_at = time.monotonic()

    def show(self, position: int) -> None:
        now = time.monotonic()
        if now - self.shown_at < 1:
            return
        self.shown_at = now
        percent = 100 * position // self.size
        left = (now - self.started_at) * (self.size - position) / position
        ending = "\r" if sys.stderr.isatty() else "\n"
        print(f"{percent:3d}% dibaca, sisa {left:.0f} detik ", end=ending, file=sys.stderr)

    def end(self) -> None:
        if self.shown_at != self.started_at and sys.stderr.isatty():
            print(file=sys.stderr)
