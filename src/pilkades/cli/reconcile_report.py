"""How `pilkades reconcile` shows findings and totals: text or JSON, written as they come.

Findings are plain dictionaries here (one element of docs/formats/reconciliation.schema.json),
because they were made in other processes; only totals are kept in memory.
"""

import json
import textwrap
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TextIO

from pilkades.cli.sentences import Speaker
from pilkades.cli.timetable_report import FORMAT, WIDTH
from pilkades.law.findings import Finding
from pilkades.law.pack import RulePack
from pilkades.law.reconciliation import StatementFinding, Tabulation, Totals

Item = dict[str, Any]


def malformed_item(finding: Finding, speaker: Speaker) -> Item:
    """A cell or line that could not be read."""
    return {
        "kind": "malformed",
        "line": finding.line,
        "column": finding.subject or None,
        "village_code": None,
        "station": None,
        "code": finding.code,
        "severity": finding.severity.value,
        "article": None,
        "fields": [],
        "difference": None,
        "text": speaker.say(finding.text),
        "cause": None,
        "look": None,
    }


def mismatch_item(
    finding: StatementFinding, *, line: int, village_code: str, station: str, speaker: Speaker
) -> Item:
    """A breach of an identity."""
    return {
        "kind": "mismatch",
        "line": line,
        "column": None,
        "village_code": village_code,
        "station": station,
        "code": finding.identity,
        "severity": finding.severity.value,
        "article": finding.article or None,
        "fields": list(finding.fields),
        "difference": finding.difference,
        "text": speaker.say(finding.text),
        "cause": speaker.say(finding.cause),
        "look": speaker.say(finding.look),
    }


class Report(ABC):
    """Counts and totals that every form of output needs; how they are written is left open."""

    def __init__(self, out: TextIO, pack: RulePack) -> None:
        self.out = out
        self.pack = pack
        self.tabulation = Tabulation()
        self.stations = 0
        self.inconsistent = 0
        self.malformed = 0
        self.errors = 0

    def add_items(self, items: Iterable[Item]) -> None:
        """Write findings; a place (line) counts once, however many findings it has."""
        for item in items:
            self.errors += item["severity"] == "error"
            self.malformed += item["kind"] == "malformed"
            self.write_item(item)

    def add_totals(self, tabulation: Tabulation) -> None:
        for totals in tabulation.villages.values():
            self.stations += totals.stations
            self.inconsistent += totals.inconsistent
        self.tabulation.merge(tabulation)

    @abstractmethod
    def write_item(self, item: Item) -> None:
        """Write one finding at once."""

    @abstractmethod
    def finish(self) -> None:
        """Write the totals and the summary."""

    def summary(self) -> dict[str, int]:
        return {
            "stations": self.stations,
            "consistent": self.stations - self.inconsistent,
            "inconsistent": self.inconsistent,
            "malformed": self.malformed,
            "villages": len(self.tabulation.villages),
        }


class TextReport(Report):
    """Sentences for people, a blank line between stations."""

    def __init__(self, out: TextIO, pack: RulePack, *, with_villages: bool) -> None:
        super().__init__(out, pack)
        self.with_villages = with_villages

    def write_item(self, item: Item) -> None:
        place = f"Baris {item['line']}"
        if item["column"]:
            place += f", kolom {item['column']}"
        if item["station"]:
            place += f" ({item['village_code']}, {item['station']})"
        parts = [item["text"], item["cause"], item["look"]]
        sentence = " ".join(part for part in parts if part)
        article = f" (dasar: {item['article']})" if item["article"] else ""
        self.out.write(f"{place}\n")
        self.out.write(
            textwrap.fill(
                f"{sentence}{article} [{item['code']}]",
                WIDTH,
                initial_indent="  ",
                subsequent_indent="  ",
            )
        )
        self.out.write("\n\n")

    def finish(self) -> None:
        summary = self.summary()
        if self.with_villages or summary["villages"] == 1:
            rows = [(code, 1, t) for code, t in sorted(self.tabulation.villages.items())]
            self._write_totals("Desa", rows)
        self._write_totals("Kabupaten/kota", list(self.tabulation.regencies()))
        self.out.write(
            f"{_thousands(summary['stations'])} TPS diperiksa: "
            f"{_thousands(summary['consistent'])} cocok, "
            f"{_thousands(summary['inconsistent'])} tidak cocok; "
            f"{_thousands(summary['malformed'])} isian tidak terbaca.\n"
        )

    def _write_totals(self, title: str, rows: list[tuple[str, int, Totals]]) -> None:
        self.out.write(
            f"{title:<16}{'desa':>8}{'TPS':>10}{'tak cocok':>11}{'terdaftar':>13}"
            f"{'hadir':>13}{'sah':>13}{'tidak sah':>13}\n"
        )
        for code, villages, totals in rows:
            figures = (totals.registered, totals.users, totals.valid, totals.invalid)
            self.out.write(
                f"{code:<16}{_thousands(villages):>8}{_thousands(totals.stations):>10}"
                f"{_thousands(totals.inconsistent):>11}"
                + "".join(f"{_thousands(figure):>13}" for figure in figures)
                + "\n"
            )
            if title == "Desa":
                votes = ", ".join(f"{n}: {_thousands(v)}" for n, v in sorted(totals.votes.items()))
                self.out.write(f"    suara calon {votes}\n")
        self.out.write("\n")


class JsonReport(Report):
    """One JSON document, written in pieces so that findings need no memory."""

    def __init__(self, out: TextIO, pack: RulePack) -> None:
        super().__init__(out, pack)
        header = {"id": pack.id, "title": pack.title, "version": pack.version}
        self.out.write(f'{{"format": {FORMAT}, "pack": {_dump(header)}, "findings": [')
        self.separator = "\n"

    def write_item(self, item: Item) -> None:
        self.out.write(self.separator + _dump(item))
        self.separator = ",\n"

    def finish(self) -> None:
        villages = [
            {"village_code": code, **_document(totals), "votes": _votes(totals)}
            for code, totals in sorted(self.tabulation.villages.items())
        ]
        regencies = [
            {"regency_code": code, "villages": count, **_document(totals)}
            for code, count, totals in self.tabulation.regencies()
        ]
        for name, rows in (("villages", villages), ("regencies", regencies)):
            self.out.write(f'\n], "{name}": [')
            self.out.write(",".join("\n" + _dump(row) for row in rows))
        self.out.write(f'\n], "summary": {_dump(self.summary())}}}\n')


def _document(totals: Totals) -> dict[str, int]:
    return {
        "stations": totals.stations,
        "inconsistent": totals.inconsistent,
        "registered": totals.registered,
        "users": totals.users,
        "valid": totals.valid,
        "invalid": totals.invalid,
    }


def _votes(totals: Totals) -> list[dict[str, int]]:
    return [{"number": number, "votes": votes} for number, votes in sorted(totals.votes.items())]


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
