"""Where hashes are kept: every leaf, and of the inner nodes only every fourth level.

A tile is 16 neighbouring hashes of one stored level; any inner node is computed from part of one
tile by at most 15 hashes. Storage grows by 1/15 above the leaves, and a proof in a log of a million
entries reads about ten tiles. It leaves out the HTTP layout of C2SP tlog-tiles.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pilkades.ledger.merkle import compute_root
from pilkades.ledger.proofs import NodeId, ReadNodes

TILE_HEIGHT = 4
TILE_WIDTH = 1 << TILE_HEIGHT


@dataclass(frozen=True, slots=True, order=True)
class TileId:
    """The hashes [index * 16, (index + 1) * 16) of a stored level (0, 4, 8, …)."""

    level: int
    index: int

    @property
    def start(self) -> int:
        """The index of the tile's first hash on its level."""
        return self.index << TILE_HEIGHT


LoadTiles = Callable[[Sequence[TileId]], Mapping[TileId, Sequence[bytes]]]


def get_tile_of(node: NodeId) -> TileId:
    """The tile from which a node can be computed."""
    level = node.level - node.level % TILE_HEIGHT
    return TileId(level, node.index << (node.level - level) >> TILE_HEIGHT)


def read_from_tiles(load: LoadTiles) -> ReadNodes:
    """A node-reading function over tiles; each tile is loaded once, all in one call.

    Raises (when called):
        LookupError: a tile is shorter than the tree needs.
    """

    def read(nodes: Sequence[NodeId]) -> list[bytes]:
        if not nodes:
            # Two equal trees: nothing needs to be shown.
            return []
        tiles = load(sorted({get_tile_of(node) for node in nodes}))
        return [_compute_node(node, tiles) for node in nodes]

    return read


def _compute_node(node: NodeId, tiles: Mapping[TileId, Sequence[bytes]]) -> bytes:
    tile = get_tile_of(node)
    width = 1 << (node.level - tile.level)
    start = node.index * width - tile.start
    hashes = tiles[tile][start : start + width]
    if len(hashes) != width:
        raise LookupError(f"tile {tile.level}/{tile.index} has no hashes for {node}")
    return compute_root(hashes)
