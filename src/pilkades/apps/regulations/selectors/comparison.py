"""Two packs side by side: what the law's own comparison finds, ready to be shown."""

from dataclasses import dataclass

from pilkades.apps.regulations.selectors.entries import EntryRow, list_entry_rows
from pilkades.law.pack import RulePack
from pilkades.law.packdiff import ChangeKind, diff_packs


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One row that differs; `changed_fields` names what differs within it."""

    kind: ChangeKind
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


def compare_packs(*, before: RulePack, after: RulePack) -> tuple[EntryChange, ...]:
    """All differences in value, article, certainty or order."""
    old = {row.key: row for row in list_entry_rows(before)}
    new = {row.key: row for row in list_entry_rows(after)}
    return tuple(
        EntryChange(
            kind=change.kind,
            key=key,
            before=old.get(key),
            after=new.get(key),
            changed_fields=tuple(field.name for field in change.fields),
        )
        for change in diff_packs(before, after)
        for key in (f"{change.table}:{change.id}",)
    )
