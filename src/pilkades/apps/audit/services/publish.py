"""Publishing a checkpoint: the signed statement that others keep."""

from datetime import datetime

from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.models import Checkpoint as CheckpointRow
from pilkades.apps.audit.models import QueuedEvent
from pilkades.apps.audit.selectors import count_leaves, find_checkpoint, get_root
from pilkades.apps.audit.services.sequence import sequence_queue
from pilkades.ledger.checkpoint import Checkpoint, sign_checkpoint
from pilkades.ledger.merkle import EMPTY_ROOT


def publish_checkpoint(*, now: datetime) -> CheckpointRow:
    """The checkpoint of everything written up to now; the same one while nothing is added.

    Allowed: anybody; it says what is, and signing it again gives the same bytes.
    Effects: the queue is taken into the tree; a checkpoint row, if the tree has grown.
    Raises: ImproperlyConfigured where the installation has no signing key.
    """
    if QueuedEvent.objects.exists():
        sequence_queue()
    size = count_leaves()
    published = find_checkpoint(size=size)
    if published:
        return published
    key = get_signing_key()
    root = get_root(size=size) if size else EMPTY_ROOT
    note = sign_checkpoint(Checkpoint(key.name, size, root), key=key)
    # Two readers may sign the same size at once: both make the same bytes, the first row stays.
    CheckpointRow.objects.bulk_create(
        [CheckpointRow(size=size, root=root, note=note.decode(), published_at=now)],
        ignore_conflicts=True,
    )
    return CheckpointRow.objects.get(size=size)
