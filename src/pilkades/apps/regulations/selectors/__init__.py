"""Reads about rule packs: which one is in force, what it says, who confirmed it."""

from .approvals import Approvals, apply_approvals, list_approvals
from .comparison import EntryChange, compare_packs
from .entries import (
    EntryGroup,
    EntryRow,
    find_entry_row,
    group_entry_rows,
    list_entry_rows,
    list_rows_of_article,
)
from .history import PastValue, list_history
from .packs import (
    GOVERNING_ROLES,
    PackNotFoundError,
    build_pack,
    find_current_version,
    find_version_in_force,
    get_adopted_version,
    get_pack_in_force,
    get_plain_pack,
    get_rule_pack,
    get_version_in_force,
    list_adopted_versions,
    list_proposals,
    list_shas,
    list_usable_versions,
    list_versions,
    may_adopt,
    may_govern,
)
from .writing import write_cells, write_value

__all__ = [
    "GOVERNING_ROLES",
    "Approvals",
    "EntryChange",
    "EntryGroup",
    "EntryRow",
    "PackNotFoundError",
    "PastValue",
    "apply_approvals",
    "build_pack",
    "compare_packs",
    "find_current_version",
    "find_entry_row",
    "find_version_in_force",
    "get_adopted_version",
    "get_pack_in_force",
    "get_plain_pack",
    "get_rule_pack",
    "get_version_in_force",
    "group_entry_rows",
    "list_adopted_versions",
    "list_approvals",
    "list_entry_rows",
    "list_history",
    "list_proposals",
    "list_rows_of_article",
    "list_shas",
    "list_usable_versions",
    "list_versions",
    "may_adopt",
    "may_govern",
    "write_cells",
    "write_value",
]
