"""Giving events their place in the tree.

Every step is one transaction under one lock, so a place is given once and to one event only; a
process killed at any moment leaves the queue as it was.
"""

from django.db import connection, transaction

from pilkades.apps.audit.models import Leaf, Node, QueuedEvent
from pilkades.ledger.merkle import compute_root

BATCH_SIZE = 5_000
STORED_LEVELS = (8, 16, 24, 32)
_LOCK_ID = 0x70696C6B  # "pilk"

_MOVE = """
WITH batch AS (
    SELECT event_id, hash FROM audit_queuedevent ORDER BY event_id LIMIT %s
), removed AS (
    DELETE FROM audit_queuedevent WHERE event_id IN (SELECT event_id FROM batch)
)
INSERT INTO audit_leaf (index, event_id, hash)
SELECT %s + row_number() OVER (ORDER BY event_id) - 1, event_id, hash FROM batch
"""


def sequence_queue() -> int:
    """Take what stands in the queue into the tree; return how many events that were.

    Allowed: anybody; the order is that of the queue and nobody's choice.
    Effects: rows of leaves and of full subtrees; the queue is empty of them.
    """
    taken = 0
    while True:
        with transaction.atomic():
            count = _sequence_batch()
        taken += count
        if count < BATCH_SIZE:
            return taken


def count_leaves() -> int:
    """The size of the tree."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def _sequence_batch() -> int:
    _lock_tree()
    size = count_leaves()
    count = _move_postgresql(size) if connection.vendor == "postgresql" else _move_sqlite(size)
    if count:
        _store_full_subtrees(size, size + count)
    return count


def _lock_tree() -> None:
    """Only one transaction at a time grows the tree; on SQLite the write lock says the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])


def _move_postgresql(size: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [BATCH_SIZE, size])
        return int(cursor.rowcount)


def _move_sqlite(size: int) -> int:
    batch = list(QueuedEvent.objects.order_by("event_id")[:BATCH_SIZE])
    Leaf.objects.bulk_create(
        Leaf(index=index, event_id=queued.event_id, hash=queued.hash)
        for index, queued in enumerate(batch, start=size)
    )
    QueuedEvent.objects.filter(pk__in=[queued.pk for queued in batch]).delete()
    return len(batch)


def _store_full_subtrees(old_size: int, new_size: int) -> None:
    for level in STORED_LEVELS:
        first, last = old_size >> level, new_size >> level
        if first == last:
            return
        Node.objects.bulk_create(
            Node(level=level, index=index, hash=compute_root(_read_children(level, index)))
            for index in range(first, last)
        )


def _read_children(level: int, index: int) -> list[bytes]:
    span = range(index << 8, (index + 1) << 8)
    if level == 8:
        rows = Leaf.objects.filter(index__gte=span.start, index__lt=span.stop)
    else:
        rows = Node.objects.filter(level=level - 8, index__gte=span.start, index__lt=span.stop)  # type: ignore[assignment]
    hashes = [bytes(value) for value in rows.order_by("index").values_list("hash", flat=True)]
    if len(hashes) != len(span):
        raise RuntimeError(f"the tree has a gap below node {level}/{index}")
    return hashes
