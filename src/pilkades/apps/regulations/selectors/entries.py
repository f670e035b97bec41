"""The lines of a pack as people read them: value, article, how sure, who stands for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilkades.apps.regulations.selectors.approvals import digest_value, get_entry_key
from pilkades.apps.regulations.words import name_group
from pilkades.law.pack import Entry, Rule, RulePack, Status, Value
from pilkades.law.packread import RULE_SPECS, TABLE_SPECS
from pilkades.text import Text

RULE_TABLE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One field of an entry, with the sentence that explains it."""

    name: str
    help: Text | str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One rule or one row of a table, ready to be listed."""

    key: str
    slug: str
    table: str
    id: str
    label: Text | str
    value: Value
    fields: tuple[FieldValue, ...]
    article: str
    status: Status
    effective_date: date
    approved_by: str
    note: str
    pack_id: str
    line: int
    digest: str

    @property
    def is_unverified(self) -> bool:
        """Whether somebody must still confirm this value."""
        return self.status is not Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGroup:
    """The rules of one subject, or one table."""

    id: str
    title: Text | str
    rows: tuple[EntryRow, ...]

    @property
    def anchor(self) -> str:
        """The id of this group as a place within a page."""
        return self.id.removesuffix("[]")

    @property
    def unverified_count(self) -> int:
        """How many values of this group are still to be confirmed."""
        return sum(row.is_unverified for row in self.rows)


def list_entry_rows(
    pack: RulePack, *, only_unverified: bool = False, search: str = ""
) -> tuple[EntryRow, ...]:
    """All rules and table rows of a pack, those of one subject together."""
    rows: Iterable[EntryRow] = _all_rows(pack)
    if only_unverified:
        rows = (row for row in rows if row.is_unverified)
    if search:
        rows = (row for row in rows if _matches(row, search.casefold()))
    return tuple(rows)


def group_entry_rows(rows: Iterable[EntryRow]) -> tuple[EntryGroup, ...]:
    """Rows by subject: rules by the first word of their id, tables each for itself."""
    groups: dict[str, list[EntryRow]] = {}
    for row in rows:
        groups.setdefault(_group_id(row), []).append(row)
    return tuple(
        EntryGroup(id=group_id, title=_group_title(group_id), rows=tuple(members))
        for group_id, members in groups.items()
    )


def find_entry_row(pack: RulePack, slug: str) -> EntryRow | None:
    """The row of a permanent address: a rule's id, or table and id joined by a hyphen."""
    return next((row for row in _all_rows(pack) if row.slug == slug), None)


def list_rows_of_article(pack: RulePack, article: str) -> tuple[EntryRow, ...]:
    """Every row that rests on this article, however it is spaced or capitalised."""
    wanted = _normal(article)
    return tuple(row for row in _all_rows(pack) if _normal(row.article) == wanted)


def _all_rows(pack: RulePack) -> Iterator[EntryRow]:
    for rule in pack.rules.values():
        yield _rule_row(rule)
    for entries in pack.tables.values():
        for entry in entries:
            yield _entry_row(entry)


def _rule_row(rule: Rule) -> EntryRow:
    spec = RULE_SPECS.get(rule.id)
    return EntryRow(
        table=RULE_TABLE,
        slug=rule.id,
        label=spec.help if spec else rule.id,
        value=rule.value,
        fields=(),
        **_common(rule),
    )


def _entry_row(entry: Entry) -> EntryRow:
    spec = TABLE_SPECS.get(entry.table)
    helps = {field.name: field.help for field in spec.fields} if spec else {}
    fields = tuple(
        FieldValue(name=name, help=helps.get(name, name), value=value)
        for name, value in entry.values.items()
        if value is not None and value != () and value != ""
    )
    label = entry.values.get("name") or entry.values.get("title") or entry.id
    return EntryRow(
        table=entry.table,
        slug=f"{entry.table}-{entry.id}",
        label=str(label),
        value=None,
        fields=fields,
        **_common(entry),
    )


def _common(row: Rule | Entry) -> dict[str, Any]:
    return {
        "key": get_entry_key(row),
        "id": row.id,
        "article": row.article,
        "status": row.status,
        "effective_date": row.effective_date,
        "approved_by": row.approved_by,
        "note": row.note,
        "pack_id": row.pack_id,
        "line": row.line,
        "digest": digest_value(row),
    }


def _matches(row: EntryRow, search: str) -> bool:
    haystack = f"{row.id} {row.label} {row.article} {row.value} {row.note}".casefold()
    return search in haystack


def _group_id(row: EntryRow) -> str:
    return row.id.split(".")[0] if row.table == RULE_TABLE else f"{row.table}[]"


def _group_title(group_id: str) -> Text | str:
    table = TABLE_SPECS.get(group_id.removesuffix("[]")) if group_id.endswith("[]") else None
    return table.help if table else name_group(group_id)


def _normal(article: str) -> str:
    return " ".join(article.casefold().split())
