"""The story of one entry as people read it: what changed, from what to what, never a full NIK."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilkades.apps.roll.models import (
    Disability,
    IdentityDocument,
    MaritalStatus,
    RollChange,
    RollEntry,
    Sex,
)
from pilkades.apps.roll.selectors.entries import list_changes
from pilkades.apps.roll.selectors.field_names import FIELD_TITLES
from pilkades.apps.vault.masking import mask_nik, mask_phone
from pilkades.text import Text

_CHOICES = {
    "sex": dict(Sex.choices),
    "marital_status": dict(MaritalStatus.choices),
    "disability": dict(Disability.choices),
    "identity_document": dict(IdentityDocument.choices),
}
_DATES = frozenset({"birth_date", "resident_since"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field, as it was and as it is."""

    title: Text
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One change with its fields."""

    change: RollChange
    fields: tuple[FieldChange, ...]


def list_moments(entry: RollEntry) -> list[Moment]:
    """The whole story, the newest first; one query."""
    return [
        Moment(change=change, fields=tuple(_list_fields(change))) for change in list_changes(entry)
    ]


def _list_fields(change: RollChange) -> list[FieldChange]:
    before, after = _read(change.before), _read(change.after)
    return [
        FieldChange(
            title=FIELD_TITLES.get(name, Text("{name}", name=name)),
            before=_show(name, before.get(name)),
            after=_show(name, after.get(name)),
        )
        for name in change.fields
    ]


def _read(sealed: str) -> dict[str, Any]:
    return dict(json.loads(sealed)) if sealed else {}


def _show(name: str, value: Any) -> Any:
    if not value:
        return ""
    if name in {"nik", "kk"}:
        return mask_nik(value)
    if name == "phone":
        return mask_phone(value)
    if name in _DATES:
        return date.fromisoformat(value)
    return _CHOICES.get(name, {}).get(value, value)
