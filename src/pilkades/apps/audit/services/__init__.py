"""Writes of the ledger; other apps call these names and no deeper ones."""

from pilkades.apps.audit.services.append import (
    Actor,
    NewEvent,
    append,
    append_all,
    commit_to,
)
from pilkades.apps.audit.services.publish import publish_checkpoint
from pilkades.apps.audit.services.sequence import sequence_queue

__all__ = [
    "Actor",
    "NewEvent",
    "append",
    "append_all",
    "commit_to",
    "publish_checkpoint",
    "sequence_queue",
]
