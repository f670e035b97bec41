"""What a newer edition changes: regions added, renamed, removed, moved to another code, restored.

Pure. A region is taken as moved when it left the list under one code and entered it under another
with the same name and the same kind, and both sides leave no second reading; that is how the
districts of a new province look. Anything doubtful stays one removal and one addition.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pilkades.apps.regions.edition import LEVELS, Edition, get_parent_code
from pilkades.apps.regions.names import normalise_name


class ChangeKind(StrEnum):
    """How a region differs between what is stored and the edition."""

    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    REMOVED = "removed"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class StoredRegion:
    """What the database holds for a code."""

    name: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change at one level; `old_code` and `old_name` where they differ."""

    kind: ChangeKind
    level: str
    code: str
    name: str
    old_code: str = ""
    old_name: str = ""


Stored = Mapping[str, Mapping[str, StoredRegion]]


def compare_editions(stored: Stored, edition: Edition) -> tuple[Change, ...]:
    """Every change that importing the edition would make, level by level in order of code."""
    return tuple(
        change
        for level in LEVELS
        for change in _compare_level(level.id, stored[level.id], edition, stored)
    )


def count_changes(changes: Iterable[Change]) -> dict[ChangeKind, int]:
    """How many changes of each kind, zeros included."""
    counted = Counter(change.kind for change in changes)
    return {kind: counted[kind] for kind in ChangeKind}


def _compare_level(
    level: str, stored: Mapping[str, StoredRegion], edition: Edition, all_stored: Stored
) -> Iterator[Change]:
    names = edition.names[level]
    added = [code for code in names if code not in stored]
    removed = [
        code for code, region in stored.items() if not region.is_retired and code not in names
    ]
    moves = _pair_moves(level, added, removed, edition, all_stored)
    gone = {old: new for new, old in moves.items()}
    for code, name in names.items():
        region = stored.get(code)
        if region is None:
            old = moves.get(code)
            if old is None:
                yield Change(ChangeKind.ADDED, level, code, name)
            else:
                yield Change(ChangeKind.MOVED, level, code, name, old, stored[old].name)
        elif region.is_retired:
            yield Change(ChangeKind.RESTORED, level, code, name, old_name=region.name)
        elif region.name != name:
            yield Change(ChangeKind.RENAMED, level, code, name, old_name=region.name)
    for code in removed:
        if code not in gone:
            yield Change(ChangeKind.REMOVED, level, code, stored[code].name)


def _pair_moves(
    level: str, added: list[str], removed: list[str], edition: Edition, all_stored: Stored
) -> dict[str, str]:
    """New code to old code, only where exactly one region on each side fits."""
    if not added or not removed:
        return {}
    new_by_likeness: dict[tuple[str, ...], list[str]] = defaultdict(list)
    old_by_likeness: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code in added:
        parent = edition.names.get(_parent_level(level), {}).get(get_parent_code(code), "")
        new_by_likeness[_likeness(level, code, edition.names[level][code], parent)].append(code)
    for code in removed:
        above = all_stored.get(_parent_level(level), {}).get(get_parent_code(code))
        parent = above.name if above else ""
        old_by_likeness[_likeness(level, code, all_stored[level][code].name, parent)].append(code)
    return {
        new[0]: old_by_likeness[likeness][0]
        for likeness, new in new_by_likeness.items()
        if len(new) == 1 and len(old_by_likeness.get(likeness, ())) == 1
    }


def _likeness(level: str, code: str, name: str, parent_name: str) -> tuple[str, ...]:
    """What stays the same when a region moves: its name, its kind, and the name above it.

    A regency may go to a new province, so the name above it does not count.
    """
    if level == "village":
        return normalise_name(name), normalise_name(parent_name), code.rpartition(".")[2][0]
    if level == "district":
        return normalise_name(name), normalise_name(parent_name)
    return (normalise_name(name),)


def _parent_level(level: str) -> str:
    order = [each.id for each in LEVELS]
    position = order.index(level)
    return order[position - 1] if position else ""
