"""Giving events their place in the tree.

Every step is one transaction under one lock, so a place is given once and to one event only; a
process killed at any moment leaves the queue as it was.
"""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from pilkades.apps.audit.models import Node
from pilkades.apps.audit.selectors import count_leaves, read_stored_level
from pilkades.ledger.merkle import compute_root
from pilkades.ledger.tiles import TILE_HEIGHT, TILE_WIDTH

BATCH_SIZE = 5_000
STORED_LEVELS = range(TILE_HEIGHT, 64, TILE_HEIGHT)
_LOCK_ID = 0x70696C6B  # "pilk"

_TAKE_IN = """
INSERT INTO audit_leaf ("index", event_id, hash)
SELECT %s + row_number() OVER (ORDER BY event_id) - 1, event_id, hash
FROM (SELECT event_id, hash FROM audit_queuedevent ORDER BY event_id LIMIT %s) AS batch
"""
_CLEAR = """
DELETE FROM audit_queuedevent
WHERE event_id IN (SELECT event_id FROM audit_leaf WHERE "index" >= %s)
"""


def sequence_queue() -> int:
    """Take what stands in the queue into the tree; return how many events that were.

    Allowed: anybody; the order is that of the queue and nobody's choice.
    Effects: rows of leaves and of full subtrees; the queue is empty of them.
    """
    taken = 0
    while True:
        with transaction.atomic(savepoint=False):
            count = _sequence_batch()
        taken += count
        if count < BATCH_SIZE:
            return taken


def _sequence_batch() -> int:
    lock_tree()
    size = count_leaves()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, [size, BATCH_SIZE])
        taken = int(cursor.rowcount)
        if taken:
            cursor.execute(_CLEAR, [size])
    _store_full_subtrees(size, size + taken)
    return taken


def lock_tree() -> None:
    """Only one transaction at a time grows the tree; on SQLite the write lock says the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])


def _store_full_subtrees(old_size: int, new_size: int) -> None:
    for level in STORED_LEVELS:
        first, last = old_size >> level, new_size >> level
        if first == last:
            return
        hashes = read_stored_level(
            level=level - TILE_HEIGHT, start=first * TILE_WIDTH, stop=last * TILE_WIDTH
        )
        Node.objects.bulk_create(
            Node(level=level, index=first + place, hash=compute_root(tile))
            for place, tile in enumerate(_split_into_tiles(hashes))
        )


def _split_into_tiles(hashes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (hashes[at : at + TILE_WIDTH] for at in range(0, len(hashes), TILE_WIDTH))
