"""Inclusion and consistency proofs of RFC 6962, sections 2.1.1 and 2.1.2.

Proving asks a node-reading function for the roots of full subtrees, all in one call, so that a
caller with a database needs few queries. Verifying follows the algorithms of RFC 9162, sections
2.1.3.2 and 2.1.4.2, and either returns or raises. A consistency proof from size 0 says nothing and
is refused. It leaves out where roots come from: a root is as good as the checkpoint it stands in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pilkades.errors import ProofRejectedError
from pilkades.ledger.merkle import HASH_SIZE, hash_children
from pilkades.text import Text

MAX_PROOF_HASHES = 63


@dataclass(frozen=True, slots=True, order=True)
class NodeId:
    """The root of the full subtree over leaves [index * 2**level, (index + 1) * 2**level)."""

    level: int
    index: int


ReadNodes = Callable[[Sequence[NodeId]], Sequence[bytes]]


def prove_inclusion(*, index: int, size: int, read: ReadNodes) -> tuple[bytes, ...]:
    """PATH(index, D[size]): the hashes from the leaf's sibling up to the root's child.

    Raises:
        ValueError: index outside the tree.
    """
    if not 0 <= index < size:
        raise ValueError("the index lies outside the tree")
    ranges: list[range] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            ranges.append(range(middle, stop))
            stop = middle
        else:
            ranges.append(range(start, middle))
            start = middle
    return _read_ranges(ranges[::-1], read)


def prove_consistency(*, old_size: int, new_size: int, read: ReadNodes) -> tuple[bytes, ...]:
    """PROOF(old_size, D[new_size]).

    Raises:
        ValueError: old size 0, or greater than the new size.
    """
    if not 0 < old_size <= new_size:
        raise ValueError("a consistency proof needs 0 < old size <= new size")
    ranges: list[range] = []
    start, stop = 0, new_size
    while stop != old_size:
        middle = start + _split(stop - start)
        if old_size <= middle:
            ranges.append(range(middle, stop))
            stop = middle
        else:
            ranges.append(range(start, middle))
            start = middle
    if start:
        ranges.append(range(start, stop))
    return _read_ranges(ranges[::-1], read)


def read_root(*, size: int, read: ReadNodes) -> bytes:
    """The root over the first `size` leaves, size at least 1."""
    return _read_ranges([range(size)], read)[0]


def verify_inclusion(
    *, index: int, size: int, leaf_hash: bytes, root: bytes, proof: Sequence[bytes]
) -> None:
    """Accept only if the leaf stands at `index` in the tree of `size` leaves with this root.

    Raises:
        ProofRejectedError: inclusion-index, inclusion-length, inclusion-root.
    """
    if not 0 <= index < size:
        raise ProofRejectedError(
            "inclusion-index",
            Text("Nomor entri {index} di luar ledger berisi {size} entri.", index=index, size=size),
        )
    _check_hashes(proof, "inclusion-length")
    position, last, node = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise _wrong_length("inclusion-length")
        if position & 1 or position == last:
            node = hash_children(sibling, node)
            position, last = _climb_to_left_edge(position, last)
        else:
            node = hash_children(node, sibling)
        position >>= 1
        last >>= 1
    if last != 0:
        raise _wrong_length("inclusion-length")
    if len(leaf_hash) != HASH_SIZE or node != root:
        raise ProofRejectedError(
            "inclusion-root", Text("Bukti tidak menuju sidik akar pada titik periksa.")
        )


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Accept only if the tree of `new_size` begins with exactly the tree of `old_size`.

    Raises:
        ProofRejectedError: consistency-old-empty, consistency-sizes, consistency-length,
            consistency-old-root, consistency-new-root.
    """
    _check_sizes(old_size, new_size)
    _check_hashes(proof, "consistency-length")
    if old_size == new_size:
        if proof:
            raise _wrong_length("consistency-length")
        _check_root(old_root, new_root, "consistency-new-root")
        return
    hashes = iter(proof)
    position, last = _climb_while_odd(old_size - 1, new_size - 1)
    old_node = new_node = old_root if position == 0 else _take(hashes)
    for sibling in hashes:
        if last == 0:
            raise _wrong_length("consistency-length")
        if position & 1 or position == last:
            old_node = hash_children(sibling, old_node)
            new_node = hash_children(sibling, new_node)
            position, last = _climb_to_left_edge(position, last)
        else:
            new_node = hash_children(new_node, sibling)
        position >>= 1
        last >>= 1
    if last != 0:
        raise _wrong_length("consistency-length")
    _check_root(old_node, old_root, "consistency-old-root")
    _check_root(new_node, new_root, "consistency-new-root")


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _read_ranges(ranges: Sequence[range], read: ReadNodes) -> tuple[bytes, ...]:
    """The root of each range; each starts where a full subtree of its size could start."""
    nodes = [list(_list_full_subtrees(span)) for span in ranges]
    hashes = iter(read([node for group in nodes for node in group]))
    return tuple(_fold(islice(hashes, len(group))) for group in nodes)


def _list_full_subtrees(span: range) -> Iterator[NodeId]:
    start = span.start
    while start < span.stop:
        level = (span.stop - start).bit_length() - 1
        yield NodeId(level, start >> level)
        start += 1 << level


def _fold(hashes: Iterable[bytes]) -> bytes:
    *left, node = hashes
    for sibling in reversed(left):
        node = hash_children(sibling, node)
    return node


def _climb_while_odd(position: int, last: int) -> tuple[int, int]:
    while position & 1:
        position >>= 1
        last >>= 1
    return position, last


def _climb_to_left_edge(position: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the node has no sibling, because it is the last of its level."""
    while position and not position & 1:
        position >>= 1
        last >>= 1
    return position, last


def _take(hashes: Iterator[bytes]) -> bytes:
    for value in hashes:
        return value
    raise _wrong_length("consistency-length")


def _check_sizes(old_size: int, new_size: int) -> None:
    if old_size <= 0:
        raise ProofRejectedError(
            "consistency-old-empty",
            Text("Titik periksa lama berisi 0 entri, sehingga tidak membuktikan apa pun."),
        )
    if old_size > new_size:
        raise ProofRejectedError(
            "consistency-sizes",
            Text(
                "Titik periksa lama ({old} entri) lebih besar dari yang baru ({new} entri).",
                old=old_size,
                new=new_size,
            ),
        )


def _check_hashes(proof: Sequence[bytes], check: str) -> None:
    if len(proof) > MAX_PROOF_HASHES or any(len(value) != HASH_SIZE for value in proof):
        raise _wrong_length(check)


def _check_root(computed: bytes, claimed: bytes, check: str) -> None:
    if computed != claimed:
        raise ProofRejectedError(
            check, Text("Bukti tidak menuju sidik akar pada titik periksa: catatan lama berubah.")
        )


def _wrong_length(check: str) -> ProofRejectedError:
    return ProofRejectedError(
        check, Text("Bukti terpotong atau berlebih: jumlah sidiknya tidak sesuai.")
    )
