"""Reads of the tree: entries, proofs, checkpoints."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from django.db import connection

from pilkades.apps.audit.models import Checkpoint, Leaf, Node
from pilkades.ledger.prooffile import ConsistencyProofFile, InclusionProofFile
from pilkades.ledger.proofs import NodeId, prove_consistency, prove_inclusion, read_root
from pilkades.ledger.tiles import TILE_WIDTH, TileId, read_from_tiles

CHUNK_SIZE = 2_000
# Written out, because a proof is asked for often and Django takes longer to phrase this question
# than the database to answer it.
_LEAVES_OF_TILE = (
    'SELECT 0 AS level, "index", hash FROM audit_leaf WHERE "index" >= %s AND "index" < %s'
)
_NODES_OF_TILE = (
    'SELECT level, "index", hash FROM audit_node'
    ' WHERE level = %s AND "index" >= %s AND "index" < %s'
)
_ENTRY = (
    "SELECT event.leaf FROM audit_leaf JOIN audit_event AS event ON event.id = audit_leaf.event_id"
    ' WHERE audit_leaf."index" = %s'
)


def count_leaves() -> int:
    """The size of the tree."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def get_root(*, size: int) -> bytes:
    """The root over the first `size` leaves, at least one."""
    return read_root(size=size, read=read_nodes)


def find_latest_checkpoint() -> Checkpoint | None:
    """The checkpoint of the greatest size that has been published."""
    return Checkpoint.objects.order_by("-size").first()


def find_checkpoint(*, size: int) -> Checkpoint | None:
    """The published checkpoint of exactly this size."""
    return Checkpoint.objects.filter(size=size).first()


def get_inclusion_proof(*, index: int, checkpoint: Checkpoint) -> InclusionProofFile:
    """The proof that the entry at `index` is part of a published checkpoint.

    Raises:
        ValueError: the entry is not part of it.
    """
    hashes = prove_inclusion(index=index, size=checkpoint.size, read=read_nodes)
    ((leaf,),) = _fetch(_ENTRY, [index])
    return InclusionProofFile(
        index=index, leaf=leaf.encode(), hashes=hashes, checkpoint=checkpoint.note.encode()
    )


def get_consistency_proof(*, old_size: int, checkpoint: Checkpoint) -> ConsistencyProofFile:
    """The proof that a published checkpoint continues the log as it was at `old_size`.

    Raises:
        ValueError: old size 0, or greater than the checkpoint's.
    """
    hashes = prove_consistency(old_size=old_size, new_size=checkpoint.size, read=read_nodes)
    return ConsistencyProofFile(
        old_size=old_size, hashes=hashes, checkpoint=checkpoint.note.encode()
    )


def list_leaves(*, start: int, stop: int) -> list[bytes]:
    """The leaves [start, stop), as published."""
    rows = Leaf.objects.filter(index__gte=start, index__lt=stop).order_by("index")
    return [leaf.encode() for leaf in rows.values_list("event__leaf", flat=True)]


def iterate_leaves(*, size: int) -> Iterator[bytes]:
    """All leaves of the first `size`, a chunk at a time."""
    for chunk in _chunks(size):
        yield from list_leaves(start=chunk.start, stop=chunk.stop)


def iterate_leaf_hashes(*, size: int) -> Iterator[bytes]:
    """The leaf hashes of the first `size`, a chunk at a time."""
    for chunk in _chunks(size):
        rows = Leaf.objects.filter(index__gte=chunk.start, index__lt=chunk.stop)
        yield from map(bytes, rows.order_by("index").values_list("hash", flat=True))


def load_tiles(tiles: Sequence[TileId]) -> dict[TileId, list[bytes]]:
    """The hashes of some tiles, in one query."""
    parts = [_LEAVES_OF_TILE if tile.level == 0 else _NODES_OF_TILE for tile in tiles]
    values = [value for tile in tiles for value in _bounds(tile)]
    loaded: dict[TileId, list[bytes]] = {tile: [] for tile in tiles}
    for level, index, value in _fetch(" UNION ALL ".join(parts) + " ORDER BY 1, 2", values):
        loaded[TileId(level, index // TILE_WIDTH)].append(bytes(value))
    return loaded


def _fetch(query: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
    """Rows of a question that is always the same; PostgreSQL plans it once a connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as prepared:
        return prepared.execute(query, values, prepare=True).fetchall()


def read_stored_level(*, level: int, start: int, stop: int) -> list[bytes]:
    """The hashes [start, stop) of a stored level.

    Raises:
        LookupError: one of them is missing, so the tree has a gap.
    """
    if level == 0:
        rows = Leaf.objects.filter(index__gte=start, index__lt=stop).order_by("index")
        hashes = list(rows.values_list("hash", flat=True))
    else:
        nodes = Node.objects.filter(level=level, index__gte=start, index__lt=stop)
        hashes = list(nodes.order_by("index").values_list("hash", flat=True))
    if len(hashes) != stop - start:
        raise LookupError(f"the tree has a gap on level {level} between {start} and {stop}")
    return [bytes(value) for value in hashes]


def read_nodes(nodes: Sequence[NodeId]) -> Sequence[bytes]:
    """The node-reading function that proofs are made with."""
    return read_from_tiles(load_tiles)(nodes)


def _bounds(tile: TileId) -> tuple[int, ...]:
    span = (tile.start, tile.start + TILE_WIDTH)
    return span if tile.level == 0 else (tile.level, *span)


def _chunks(size: int) -> Iterator[range]:
    return (range(start, min(start + CHUNK_SIZE, size)) for start in range(0, size, CHUNK_SIZE))
