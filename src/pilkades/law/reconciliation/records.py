"""Statements from JSON: the same figures and the same strictness as the table.

Described by docs/formats/statement.schema.json. A figure is a whole number, or text in digits as it
stands in the boxes ("005"); unknown and missing fields are refused by name.
"""

from collections.abc import Mapping
from typing import Any

from pilkades.errors import MalformedInputError
from pilkades.law.findings import Finding, Severity
from pilkades.law.reconciliation.cells import parse_digits, parse_words
from pilkades.law.reconciliation.figures import PLAIN_FIELDS, CandidateFigures, StatementFigures
from pilkades.law.reconciliation.table import STATION_LENGTH_MAX, is_village_code
from pilkades.text import Text

_OPTIONAL = ("words_valid", "words_invalid", "words_total")
_FIELDS = frozenset({"village_code", "station", "candidates", *PLAIN_FIELDS, *_OPTIONAL})
_CANDIDATE_FIELDS = frozenset({"number", "votes", "words", "marks"})


def parse_record(*, value: Any, number: int) -> StatementFigures | list[Finding]:
    """Read one statement, or list everything that is wrong with it; `number` counts from 1."""
    record = _Record(number)
    if not isinstance(value, Mapping):
        record.fail("statement.record", "", Text("Berita acara harus berupa objek JSON."))
        return record.findings
    figures = record.read(value)
    return figures if figures is not None and not record.findings else record.findings


class _Record:
    """One record being read: what cannot be read becomes a finding, and reading goes on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.findings: list[Finding] = []

    def read(self, value: Mapping[str, Any]) -> StatementFigures | None:
        self.check_names(value, _FIELDS, frozenset(_OPTIONAL), "")
        if self.findings:
            return None
        plain = {name: self.digits(value[name], name) for name in PLAIN_FIELDS}
        in_words = {
            f"{name.removeprefix('words_')}_words": self.words(value.get(name), name)
            for name in _OPTIONAL
        }
        return StatementFigures(
            village_code=self.village_code(value["village_code"]),
            station=self.station(value["station"]),
            candidates=self.candidates(value["candidates"]),
            **plain,
            **in_words,  # type: ignore[arg-type]
        )

    def candidates(self, value: Any) -> tuple[CandidateFigures, ...]:
        if not isinstance(value, list) or not value:
            self.fail("statement.candidates", "candidates", Text("Daftar calon kosong."))
            return ()
        found = tuple(self.candidate(item, f"candidates[{n}]") for n, item in enumerate(value))
        if len({candidate.number for candidate in found}) != len(found):
            self.fail(
                "statement.candidates",
                "candidates",
                Text("Ada nomor calon yang tertulis dua kali."),
            )
        return found

    def candidate(self, value: Any, place: str) -> CandidateFigures:
        if not isinstance(value, Mapping):
            self.fail("statement.candidates", place, Text("Calon harus berupa objek JSON."))
            return CandidateFigures(number=0, votes=0)
        before = len(self.findings)
        self.check_names(value, _CANDIDATE_FIELDS, frozenset(("words", "marks")), f"{place}.")
        if len(self.findings) > before:
            return CandidateFigures(number=0, votes=0)
        marks = value.get("marks")
        return CandidateFigures(
            number=self.digits(value["number"], f"{place}.number"),
            votes=self.digits(value["votes"], f"{place}.votes"),
            words=self.words(value.get("words"), f"{place}.words"),
            marks=None if marks is None else self.digits(marks, f"{place}.marks"),
        )

    def village_code(self, value: Any) -> str:
        if not isinstance(value, str) or not is_village_code(value):
            self.fail(
                "statement.village_code",
                "village_code",
                Text("Kode desa ditulis seperti 35.05.01.2001."),
            )
        return str(value)

    def station(self, value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= STATION_LENGTH_MAX:
            self.fail(
                "statement.station", "station", Text("Nama TPS kosong atau lebih dari 60 huruf.")
            )
        return str(value).strip()

    def digits(self, value: Any, name: str) -> int:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not is_number and not isinstance(value, str):
            self.fail("statement.cell.digits", name, Text("Isi dengan bilangan bulat."))
            return 0
        try:
            return parse_digits(str(value))
        except MalformedInputError as error:
            self.fail(error.code, name, error.text)
            return 0

    def words(self, value: Any, name: str) -> int | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self.fail("words.unreadable", name, Text("Isi dengan bilangan dalam huruf."))
            return None
        try:
            return parse_words(value)
        except MalformedInputError as error:
            self.fail(error.code, name, error.text)
            return None

    def check_names(
        self, value: Mapping[str, Any], known: frozenset[str], optional: frozenset[str], place: str
    ) -> None:
        for name in sorted(known - optional - value.keys()):
            self.fail("statement.field.missing", f"{place}{name}", Text("Isian ini belum ada."))
        for name in sorted(map(str, value.keys() - known)):
            self.fail("statement.field.unknown", f"{place}{name}", Text("Isian ini tidak dikenal."))

    def fail(self, code: str, name: str, text: Text) -> None:
        self.findings.append(Finding(code, Severity.ERROR, text, subject=name, line=self.number))
