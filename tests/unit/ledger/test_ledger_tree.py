"""Tree, proofs and tiles against the definitions of RFC 6962 written out naively."""

from hashlib import sha256

import pytest

from pilkades.errors import ProofRejectedError
from pilkades.ledger.merkle import EMPTY_ROOT, CompactRange, compute_root, hash_children, hash_leaf
from pilkades.ledger.proofs import (
    NodeId,
    prove_consistency,
    prove_inclusion,
    read_root,
    verify_consistency,
)
from pilkades.ledger.tiles import TILE_WIDTH, TileId, read_from_tiles
from tests.ledger_log import make_log


def naive_root(hashes: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hash_children(naive_root(hashes[:k]), naive_root(hashes[k:]))


def naive_path(m: int, hashes: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, word for word."""
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m < k:
        return [*naive_path(m, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(m - k, hashes[k:]), naive_root(hashes[:k])]


def naive_proof(m: int, hashes: list[bytes], is_complete: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2, word for word."""
    if m == len(hashes):
        return [] if is_complete else [naive_root(hashes)]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if m <= k:
        return [*naive_proof(m, hashes[:k], is_complete), naive_root(hashes[k:])]
    return [*naive_proof(m - k, hashes[k:], False), naive_root(hashes[:k])]


def test_the_growing_root_is_that_of_the_definition_at_every_size() -> None:
    hashes = [hash_leaf(bytes([n])) for n in range(130)]
    tree = CompactRange()
    assert tree.root() == EMPTY_ROOT == naive_root([])
    for size, value in enumerate(hashes, start=1):
        tree.append(value)
        assert tree.size == size
        assert tree.root() == naive_root(hashes[:size])


def test_a_leaf_cannot_pass_for_an_inner_node() -> None:
    left, right = hash_leaf(b"a"), hash_leaf(b"b")
    assert hash_leaf(b"\x01" + left + right) != hash_children(left, right)
    assert hash_leaf(left + right) != hash_children(left, right)


def test_a_copy_of_a_tree_grows_on_its_own() -> None:
    tree = CompactRange()
    tree.extend([hash_leaf(b"a"), hash_leaf(b"b"), hash_leaf(b"c")])
    twin = tree.copy()
    twin.append(hash_leaf(b"d"))
    assert (tree.size, twin.size) == (3, 4)
    assert tree.root() == compute_root([hash_leaf(b"a"), hash_leaf(b"b"), hash_leaf(b"c")])


def test_proofs_are_those_of_the_definition() -> None:
    log = make_log(67)
    for size in (1, 2, 3, 7, 8, 33, 64, 67):
        hashes = log.hashes[:size]
        for number in range(size):
            assert list(log.prove_inclusion(number, size)) == naive_path(number, hashes)
            assert list(log.prove_consistency(number + 1, size)) == naive_proof(number + 1, hashes)


def test_nodes_are_asked_for_in_one_call() -> None:
    log = make_log(1000)
    calls: list[int] = []

    def read(nodes: list[NodeId]) -> list[bytes]:
        calls.append(len(nodes))
        return log.read(nodes)

    prove_inclusion(index=513, size=999, read=read)
    assert len(calls) == 1


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_nothing_is_proved_of_an_entry_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        prove_inclusion(index=index, size=size, read=make_log(5).read)


@pytest.mark.parametrize("old_size", [0, 6, -1])
def test_nothing_is_proved_from_an_empty_or_greater_tree(old_size: int) -> None:
    with pytest.raises(ValueError, match="old size"):
        prove_consistency(old_size=old_size, new_size=5, read=make_log(5).read)


def test_consistency_with_an_empty_tree_is_refused() -> None:
    log = make_log(3)
    with pytest.raises(ProofRejectedError) as refusal:
        verify_consistency(
            old_size=0, new_size=3, old_root=EMPTY_ROOT, new_root=log.root(), proof=()
        )
    assert refusal.value.code == "consistency-old-empty"


def load_from(stored: dict[int, list[bytes]]):
    def load(tiles: list[TileId]) -> dict[TileId, list[bytes]]:
        return {t: stored[t.level][t.start : t.start + TILE_WIDTH] for t in tiles}

    return load


def store_every_fourth_level(hashes: list[bytes]) -> dict[int, list[bytes]]:
    stored = {0: hashes}
    level = 0
    while len(stored[level]) >= TILE_WIDTH:
        below = stored[level]
        stored[level + 4] = [
            compute_root(below[at : at + TILE_WIDTH])
            for at in range(0, len(below) // TILE_WIDTH * TILE_WIDTH, TILE_WIDTH)
        ]
        level += 4
    return stored


@pytest.mark.parametrize("size", [1, 15, 16, 17, 255, 256, 257, 700])
def test_tiles_give_the_same_proofs_as_the_leaves(size: int) -> None:
    log = make_log(size)
    read = read_from_tiles(load_from(store_every_fourth_level(log.hashes)))
    assert read_root(size=size, read=read) == log.root()
    for index in {0, size // 2, size - 1}:
        assert prove_inclusion(index=index, size=size, read=read) == log.prove_inclusion(index)


def test_a_tile_with_a_gap_is_noticed() -> None:
    stored = store_every_fourth_level(make_log(40).hashes)
    del stored[0][33]
    with pytest.raises(LookupError):
        read_root(size=40, read=read_from_tiles(load_from(stored)))
