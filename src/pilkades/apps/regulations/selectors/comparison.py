"""Two packs side by side: what was added, taken away or changed."""

from dataclasses import dataclass
from typing import Literal

from pilkades.apps.regulations.selectors.entries import EntryRow, list_entry_rows
from pilkades.law.pack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One row that differs; `changed_fields` names what differs within it."""

    kind: Literal["added", "removed", "changed", "same"]
    key: str
    before: EntryRow | None
    after: EntryRow | None
    changed_fields: tuple[str, ...] = ()

    @property
    def row(self) -> EntryRow:
        """Whichever side exists, for the name of the row."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a change has at least one side")
        return row


def compare_packs(
    *, before: RulePack, after: RulePack, with_same: bool = False
) -> tuple[EntryChange, ...]:
    """All differences in value, article or certainty, in the order of the newer pack."""
    old = {row.key: row for row in list_entry_rows(before)}
    new = {row.key: row for row in list_entry_rows(after)}
    keys = [*new, *(key for key in old if key not in new)]
    changes = (_compare(key, old.get(key), new.get(key)) for key in keys)
    return tuple(change for change in changes if with_same or change.kind != "same")


def _compare(key: str, before: EntryRow | None, after: EntryRow | None) -> EntryChange:
    if before is None or after is None:
        kind: Literal["added", "removed"] = "added" if before is None else "removed"
        return EntryChange(kind=kind, key=key, before=before, after=after)
    fields = _changed_fields(before, after)
    return EntryChange(
        kind="changed" if fields else "same",
        key=key,
        before=before,
        after=after,
        changed_fields=fields,
    )


def _changed_fields(before: EntryRow, after: EntryRow) -> tuple[str, ...]:
    old = {field.name: field.value for field in before.fields}
    new = {field.name: field.value for field in after.fields}
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if before.value != after.value:
        names.append("value")
    if before.article != after.article:
        names.append("article")
    if before.status is not after.status:
        names.append("status")
    return tuple(names)
