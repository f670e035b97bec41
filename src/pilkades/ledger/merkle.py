"""The Merkle tree of RFC 6962, section 2.1: hashes of leaves and nodes, and the growing root.

Leaves and inner nodes are hashed with different first bytes, so that neither can pass for the
other. Proofs are in `pilkades.ledger.proofs`; reading stored nodes is in `pilkades.ledger.tiles`.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def hash_leaf(leaf: bytes) -> bytes:
    """MTH({d(0)}) = SHA-256(0x00 || d(0))."""
    return sha256(b"\x00" + leaf).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))."""
    return sha256(b"\x01" + left + right).digest()


def compute_root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (or over the roots of equal, full subtrees); empty: EMPTY_ROOT."""
    tree = CompactRange()
    tree.extend(hashes)
    return tree.root()


class CompactRange:
    """The right edge of a tree that only grows: one hash for each full subtree, largest first.

    This is all that must be kept to append leaves and to know the root; memory is log2(size).
    """

    __slots__ = ("_edge", "_size")

    def __init__(self) -> None:
        self._edge: list[bytes] = []
        self._size = 0

    def copy(self) -> "CompactRange":
        """A second tree that grows on its own from here."""
        twin = CompactRange()
        twin._edge, twin._size = list(self._edge), self._size
        return twin

    @property
    def size(self) -> int:
        """How many leaves have been taken in."""
        return self._size

    def append(self, leaf_hash: bytes) -> None:
        """Take in one leaf hash: amortised one hash of two children."""
        node = leaf_hash
        remaining = self._size
        while remaining & 1:
            node = hash_children(self._edge.pop(), node)
            remaining >>= 1
        self._edge.append(node)
        self._size += 1

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Take in many leaf hashes in their order."""
        for leaf_hash in leaf_hashes:
            self.append(leaf_hash)

    def root(self) -> bytes:
        """The root over everything taken in so far."""
        if not self._edge:
            return EMPTY_ROOT
        node = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            node = hash_children(left, node)
        return node
