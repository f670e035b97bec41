"""An overlay laid upon its base, row by row.

The laws of merging, which the tests prove: an overlay that says nothing changes nothing; a row of
the overlay replaces the whole row of the same id and keeps its place in the table; a new row
stands at the end unless `place_after` or `place_before` names its neighbour; `remove = true` takes
a row away; a table named in `replaces` starts empty; laying the same overlay twice is laying it
once. The article of a removed row is the overlay's, and is not kept in the merged pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, Rule, RulePack, Status, Value
from pilkades.text import Text

_SOURCE = frozenset(
    {
        "id",
        "article",
        "status",
        "effective",
        "approved_by",
        "note",
        "remove",
        "place_after",
        "place_before",
    }
)


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One checked row of a file before merging; `values` holds source fields and own fields."""

    table: str
    id: str
    line: int
    values: Mapping[str, Value]

    @property
    def is_removal(self) -> bool:
        return bool(self.values.get("remove"))


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A checked file before merging."""

    header: Mapping[str, Value]
    rows: tuple[RowDraft, ...]


def merge_draft(*, draft: PackDraft, base: RulePack | None) -> tuple[RulePack, list[Finding]]:
    """Lay a draft upon its base; rows that point at nothing are findings.

    A header with faults is merged as far as it goes: the caller has its findings and lets nobody
    use such a pack.
    """
    findings: list[Finding] = []
    pack_id = draft.header["id"]
    rules = dict(base.rules) if base else {}
    replaced = frozenset(draft.header.get("replaces") or ())
    tables = {
        name: list(entries)
        for name, entries in (base.tables.items() if base else ())
        if name not in replaced
    }
    for row in draft.rows:
        if row.table == "rule":
            _merge_rule(rules, row, pack_id, findings)
        else:
            _merge_entry(tables.setdefault(row.table, []), row, pack_id, findings)
    pack = RulePack(
        id=pack_id,
        title=draft.header.get("title", ""),
        version=draft.header.get("version", ""),
        region_code=draft.header.get("region_code", ""),
        rules=MappingProxyType(rules),
        tables=MappingProxyType({name: tuple(rows) for name, rows in tables.items()}),
        lineage=(base.id, *base.lineage) if base else (),
        effective_date=draft.header.get("effective"),
    )
    return pack, findings


def _merge_rule(
    rules: dict[str, Rule], row: RowDraft, pack_id: str, findings: list[Finding]
) -> None:
    if not row.is_removal:
        rules[row.id] = _rule(row, pack_id)
    elif rules.pop(row.id, None) is None:
        findings.append(_nothing_to_remove(row))


def _merge_entry(
    entries: list[Entry], row: RowDraft, pack_id: str, findings: list[Finding]
) -> None:
    place = _position(entries, row.id)
    if row.is_removal:
        if place is None:
            findings.append(_nothing_to_remove(row))
        else:
            del entries[place]
        return
    wanted = _wanted_position(entries, row, findings)
    if wanted is None and place is not None:
        entries[place] = _entry(row, pack_id)
        return
    if place is not None:
        del entries[place]
        wanted = _wanted_position(entries, row, findings)
    entries.insert(len(entries) if wanted is None else wanted, _entry(row, pack_id))


def _position(entries: list[Entry], entry_id: str) -> int | None:
    return next((n for n, entry in enumerate(entries) if entry.id == entry_id), None)


def _wanted_position(entries: list[Entry], row: RowDraft, findings: list[Finding]) -> int | None:
    """The place asked for by `place_after` or `place_before`, None where none is asked for."""
    for field, offset in (("place_after", 1), ("place_before", 0)):
        neighbour = row.values.get(field)
        if neighbour is None:
            continue
        place = _position(entries, neighbour)
        if place is not None:
            return place + offset
        findings.append(_unknown_neighbour(row, field, neighbour))
    return None


def _rule(row: RowDraft, pack_id: str) -> Rule:
    return Rule(
        id=row.id,
        value=row.values["value"],
        article=row.values["article"],
        status=Status(row.values["status"]),
        effective_date=row.values["effective"],
        approved_by=row.values["approved_by"],
        note=row.values.get("note") or "",
        pack_id=pack_id,
        line=row.line,
    )


def _entry(row: RowDraft, pack_id: str) -> Entry:
    own = {name: value for name, value in row.values.items() if name not in _SOURCE}
    return Entry(
        id=row.id,
        table=row.table,
        values=MappingProxyType(own),
        article=row.values["article"],
        status=Status(row.values["status"]),
        effective_date=row.values["effective"],
        approved_by=row.values["approved_by"],
        note=row.values.get("note") or "",
        pack_id=pack_id,
        line=row.line,
    )


def _nothing_to_remove(row: RowDraft) -> Finding:
    text = Text(
        "“{id}” hendak dihapus, padahal tidak ada dalam paket dasar. Periksa namanya.", id=row.id
    )
    return Finding("pack.nothing-to-remove", Severity.ERROR, text, row.id, row.line)


def _unknown_neighbour(row: RowDraft, field: str, neighbour: str) -> Finding:
    text = Text(
        "{field} menyebut “{neighbour}”, padahal butir itu tidak ada dalam tabel ini.",
        field=field,
        neighbour=neighbour,
    )
    return Finding("pack.unknown-neighbour", Severity.ERROR, text, row.id, row.line)
