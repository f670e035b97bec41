"""Rule packs: the numbers and lists that regulations fix, each with its article.

A pack is a set of single values (`Rule`, looked up by id) and of ordered tables (`Entry`, such as
the steps of the timetable or the criteria of a tie). A regency's pack is an overlay merged upon
the national base. This module holds only the frozen values. How a law module declares what it
expects stands in `packspec`, the list of all such declarations in `sections`, the parser
`parse_pack` in `packcheck`, and the reader of files in `pilkades.packfiles`.

It knows no particular rule: those belong to the law modules that use them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from pilkades.errors import MalformedInputError
from pilkades.text import Text

Value = Any
"""int, Decimal, bool, str, date, time, a tuple of these, or a read-only mapping of these."""

T = TypeVar("T")


class Status(StrEnum):
    """How far a value can be trusted: read in the regulation, read about it, remembered, made up.

    A made-up value belongs to an example and to no regulation at all.
    """

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    FICTIONAL = "fictional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where a value comes from: its article, how sure that is, who approved it, pack and line."""

    id: str
    article: str
    status: Status
    effective_date: date
    approved_by: str = ""
    note: str = ""
    pack_id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """One value fixed by a regulation (aturan)."""

    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Sourced):
    """One row of an ordered table of a pack, such as a step or a holiday (butir).

    `values` holds every field of the table's specification: what the file leaves out has the
    default, or None where there is none.
    """

    table: str
    values: Mapping[str, Value]

    def has(self, name: str) -> bool:
        """Say whether the field is given (or has a default)."""
        return self.values.get(name) is not None

    def integer(self, name: str) -> int:
        return _typed(self.values, name, int, self.id)

    def decimal(self, name: str) -> Decimal:
        return _decimal(self.values, name, self.id)

    def boolean(self, name: str) -> bool:
        return _typed(self.values, name, bool, self.id)

    def text(self, name: str) -> str:
        return _typed(self.values, name, str, self.id)

    def day(self, name: str) -> date:
        return _typed(self.values, name, date, self.id)

    def texts(self, name: str) -> tuple[str, ...]:
        return _texts(self.values, name, self.id)

    def table_value(self, name: str) -> Mapping[str, Value]:
        return _typed(self.values, name, Mapping, self.id)  # type: ignore[type-abstract]


@dataclass(frozen=True, slots=True)
class RulePack:
    """A complete pack of rules (paket aturan): the base merged with the overlays upon it."""

    id: str
    title: str
    version: str
    region_code: str
    rules: Mapping[str, Rule]
    tables: Mapping[str, tuple[Entry, ...]]
    lineage: tuple[str, ...] = ()
    """Ids of the packs beneath this one, the nearest first."""
    effective_date: date | None = None
    """From when the pack itself rules, as its header says; rows may have dates of their own."""

    def rule(self, rule_id: str) -> Rule:
        """Get one rule; a pack without it cannot be used for what is asked."""
        try:
            return self.rules[rule_id]
        except KeyError:
            raise _absent(rule_id, self.id) from None

    def has(self, rule_id: str) -> bool:
        return rule_id in self.rules

    def table(self, name: str) -> tuple[Entry, ...]:
        """Get the entries of one table in their order; an absent table is empty."""
        return self.tables.get(name, ())

    def find_entry(self, name: str, entry_id: str) -> Entry | None:
        return next((entry for entry in self.table(name) if entry.id == entry_id), None)

    def line_of(self, row: Sourced) -> int:
        """The line to show for a rule or entry: its own, or 1 where it stands in a base."""
        return row.line if row.pack_id == self.id else 1

    def value(self, rule_id: str) -> Value:
        return self.rule(rule_id).value

    def integer(self, rule_id: str) -> int:
        return _typed({rule_id: self.value(rule_id)}, rule_id, int, self.id)

    def decimal(self, rule_id: str) -> Decimal:
        return _decimal({rule_id: self.value(rule_id)}, rule_id, self.id)

    def boolean(self, rule_id: str) -> bool:
        return _typed({rule_id: self.value(rule_id)}, rule_id, bool, self.id)

    def text(self, rule_id: str) -> str:
        return _typed({rule_id: self.value(rule_id)}, rule_id, str, self.id)

    def day(self, rule_id: str) -> date:
        return _typed({rule_id: self.value(rule_id)}, rule_id, date, self.id)

    def clock_time(self, rule_id: str) -> time:
        return _typed({rule_id: self.value(rule_id)}, rule_id, time, self.id)

    def texts(self, rule_id: str) -> tuple[str, ...]:
        return _texts({rule_id: self.value(rule_id)}, rule_id, self.id)


def _typed(values: Mapping[str, Value], name: str, kind: type[T], subject: str) -> T:
    value = values.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise MalformedInputError(
            "pack.value-type",
            Text(
                "Nilai “{name}” pada “{subject}” dalam paket aturan bukan jenis yang dibutuhkan. "
                "Periksa paket dengan perintah pilkades pack check.",
                name=name,
                subject=subject,
            ),
        )
    return value


def _decimal(values: Mapping[str, Value], name: str, subject: str) -> Decimal:
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return _typed(values, name, Decimal, subject)


def _texts(values: Mapping[str, Value], name: str, subject: str) -> tuple[str, ...]:
    value = _typed(values, name, tuple, subject)
    return tuple(str(item) for item in value)


def _absent(rule_id: str, pack_id: str) -> MalformedInputError:
    return MalformedInputError(
        "pack.rule-absent",
        Text(
            "Paket aturan “{pack}” tidak memuat aturan “{rule}” yang dibutuhkan di sini. "
            "Tambahkan aturan itu beserta pasalnya, atau pakai paket dasar nasional.",
            pack=pack_id,
            rule=rule_id,
        ),
    )
