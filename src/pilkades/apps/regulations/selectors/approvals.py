"""What officials of a region have confirmed, laid upon a pack.

An approval names an entry ("rule:station.voters_max", "step:registration") and the digest of the
value it saw, so it holds for every version of the pack in which that value stands, and for no
other value.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from pilkades.apps.regulations.models import RuleApproval
from pilkades.law.pack import Entry, Rule, RulePack, Status, Value

Row = TypeVar("Row", Rule, Entry)


@dataclass(frozen=True, slots=True)
class Approval:
    """One confirmed value and who stands for it."""

    entry_key: str
    value_sha256: str
    approved_by: str


Approvals = frozenset[Approval]


def list_approvals(region_code: str) -> Approvals:
    """What officials of one regency have confirmed, and the ministry for all; one query."""
    rows = RuleApproval.objects.filter(region_code__in={"", region_code})
    named = rows.select_related("approved_by")
    return frozenset(
        Approval(row.entry_key, row.value_sha256, str(row.approved_by)) for row in named
    )


def apply_approvals(*, pack: RulePack, approvals: Approvals) -> RulePack:
    """The same pack in which every confirmed value is marked verified, with the names beside it."""
    if not approvals:
        return pack
    names: dict[tuple[str, str], str] = {}
    for approval in sorted(approvals, key=lambda a: a.approved_by):
        key = (approval.entry_key, approval.value_sha256)
        names[key] = ", ".join(filter(None, (names.get(key), approval.approved_by)))
    return replace(
        pack,
        rules=MappingProxyType({k: _approve(r, names) for k, r in pack.rules.items()}),
        tables=MappingProxyType(
            {name: tuple(_approve(e, names) for e in rows) for name, rows in pack.tables.items()}
        ),
    )


def get_entry_key(row: Rule | Entry) -> str:
    """The name of an entry within a pack: its table and its id."""
    return f"{row.table if isinstance(row, Entry) else 'rule'}:{row.id}"


def digest_value(row: Rule | Entry) -> str:
    """SHA-256 over the value and the article that is claimed for it."""
    value = row.values if isinstance(row, Entry) else row.value
    text = json.dumps(
        {"article": row.article, "value": _plain(value)}, ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _approve(row: Row, names: dict[tuple[str, str], str]) -> Row:
    if row.status is Status.VERIFIED:
        return row
    name = names.get((get_entry_key(row), digest_value(row)))
    return row if name is None else replace(row, status=Status.VERIFIED, approved_by=name)


def _plain(value: Value) -> Any:
    match value:
        case Decimal() | date() | time():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case bool() | int() | str() | None:
            return value
        case _:
            return {str(name): _plain(item) for name, item in value.items()}
