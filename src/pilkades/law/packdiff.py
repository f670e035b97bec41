"""What differs between two rule packs, rule by rule and field by field.

For the desk that compares its pack of last year with this year's, or an overlay with its base.
Line numbers and the packs' own names are no difference; a row that only stands elsewhere in an
ordered table is "moved", since the order of a table can decide an election.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from pilkades.law.pack import Entry, Rule, RulePack, Sourced, Value

_SOURCE_FIELDS = ("article", "status", "effective_date", "approved_by", "note")


class ChangeKind(StrEnum):
    """What happened to a rule or entry between the first pack and the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; None where the field is empty or absent."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """One rule (`table` is "rule") or entry that differs; the rows are there to show articles."""

    kind: ChangeKind
    table: str
    id: str
    before: Sourced | None
    after: Sourced | None
    fields: tuple[FieldChange, ...] = ()


def diff_packs(first: RulePack, second: RulePack) -> tuple[Change, ...]:
    """Everything that must be done to the first pack to get the second."""
    return tuple(_changes(first, second))


def _changes(first: RulePack, second: RulePack) -> Iterator[Change]:
    yield from _row_changes("rule", first.rules, second.rules)
    for table in dict.fromkeys((*first.tables, *second.tables)):
        before = {entry.id: entry for entry in first.table(table)}
        after = {entry.id: entry for entry in second.table(table)}
        yield from _row_changes(table, before, after)
        for entry_id in _moved_ids(tuple(before), tuple(after)):
            yield Change(ChangeKind.MOVED, table, entry_id, before[entry_id], after[entry_id])


def _row_changes(
    table: str, before: Mapping[str, Sourced], after: Mapping[str, Sourced]
) -> Iterator[Change]:
    for row_id in dict.fromkeys((*before, *after)):
        old, new = before.get(row_id), after.get(row_id)
        if old is None:
            yield Change(ChangeKind.ADDED, table, row_id, None, new, _all_fields(new, is_old=False))
        elif new is None:
            yield Change(
                ChangeKind.REMOVED, table, row_id, old, None, _all_fields(old, is_old=True)
            )
        elif fields := tuple(_field_changes(old, new)):
            yield Change(ChangeKind.CHANGED, table, row_id, old, new, fields)


def _field_changes(old: Sourced, new: Sourced) -> Iterator[FieldChange]:
    before, after = fields_of(old), fields_of(new)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield FieldChange(name, before.get(name), after.get(name))


def _all_fields(row: Sourced | None, *, is_old: bool) -> tuple[FieldChange, ...]:
    if row is None:
        return ()
    return tuple(
        FieldChange(name, value, None) if is_old else FieldChange(name, None, value)
        for name, value in fields_of(row).items()
        if value not in (None, "", ())
    )


def fields_of(row: Sourced) -> dict[str, Value]:
    """The fields of a rule or entry that carry meaning, own values first."""
    own: dict[str, Value] = {}
    if isinstance(row, Rule):
        own = {"value": row.value}
    elif isinstance(row, Entry):
        own = dict(row.values)
    return own | {name: getattr(row, name) for name in _SOURCE_FIELDS}


def _moved_ids(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    """Rows that both packs have, in another order; as few as explain the difference."""
    old = [row_id for row_id in before if row_id in after]
    new = [row_id for row_id in after if row_id in before]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = {old[match.a + n] for match in matcher.get_matching_blocks() for n in range(match.size)}
    yield from (row_id for row_id in new if row_id not in kept)
