"""Reads of the ledger: the tree for everybody, the audit trail for those entitled."""

from pilkades.apps.audit.selectors.trail import (
    MAX_ALERT_CANDIDATES,
    TrailCriteria,
    TrailEvent,
    find_alerts,
    list_alerted_ids,
    list_trail,
)
from pilkades.apps.audit.selectors.tree import (
    count_leaves,
    find_checkpoint,
    find_latest_checkpoint,
    get_consistency_proof,
    get_inclusion_proof,
    get_root,
    iterate_leaf_hashes,
    iterate_leaves,
    list_leaves,
    read_stored_level,
)

__all__ = [
    "MAX_ALERT_CANDIDATES",
    "TrailCriteria",
    "TrailEvent",
    "count_leaves",
    "find_alerts",
    "find_checkpoint",
    "find_latest_checkpoint",
    "get_consistency_proof",
    "get_inclusion_proof",
    "get_root",
    "iterate_leaf_hashes",
    "iterate_leaves",
    "list_alerted_ids",
    "list_leaves",
    "list_trail",
    "read_stored_level",
]
