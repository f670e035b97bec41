"""Laws of the ledger: what is honest is accepted, what is changed anywhere is refused."""

import json
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import MalformedInputError, PilkadesError, ProofRejectedError
from pilkades.ledger.checkpoint import open_checkpoint
from pilkades.ledger.commitment import compute_commitment, is_commitment_opened
from pilkades.ledger.leaf import MAX_INTEGER, check_leaf, encode_leaf, parse_leaf
from pilkades.ledger.merkle import compute_root, hash_children, hash_leaf
from pilkades.ledger.prooffile import (
    parse_consistency_file,
    parse_inclusion_file,
    verify_inclusion_file,
)
from pilkades.ledger.proofs import (
    NodeId,
    prove_consistency,
    prove_inclusion,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger_log import KEY, MemoryLog, make_leaf, make_log

MAX_SIZE = 200


class _Nodes:
    """All full subtrees of 200 leaves, computed once."""

    def __init__(self) -> None:
        self.hashes = [hash_leaf(bytes([n])) for n in range(MAX_SIZE)]
        self.levels = [self.hashes]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            pairs = zip(below[::2], below[1::2], strict=False)
            self.levels.append([hash_children(left, right) for left, right in pairs])
        self.roots = [compute_root(self.hashes[:size]) for size in range(MAX_SIZE + 1)]

    def read(self, nodes: list[NodeId]) -> list[bytes]:
        return [self.levels[node.level][node.index] for node in nodes]


NODES = _Nodes()


def test_every_entry_of_every_tree_up_to_200_is_proved() -> None:
    for size in range(1, MAX_SIZE + 1):
        for index in range(size):
            proof = prove_inclusion(index=index, size=size, read=NODES.read)
            verify_inclusion(
                index=index,
                size=size,
                leaf_hash=NODES.hashes[index],
                root=NODES.roots[size],
                proof=proof,
            )


def test_every_tree_up_to_200_is_proved_to_continue_every_smaller_one() -> None:
    for new_size in range(1, MAX_SIZE + 1):
        for old_size in range(1, new_size + 1):
            proof = prove_consistency(old_size=old_size, new_size=new_size, read=NODES.read)
            verify_consistency(
                old_size=old_size,
                new_size=new_size,
                old_root=NODES.roots[old_size],
                new_root=NODES.roots[new_size],
                proof=proof,
            )


def flip(data: bytes, bit: int) -> bytes:
    position = bit % (len(data) * 8)
    changed = bytearray(data)
    changed[position // 8] ^= 1 << (position % 8)
    return bytes(changed)


@given(size=st.integers(1, MAX_SIZE), index=st.integers(0), part=st.integers(0), bit=st.integers(0))
def test_a_flipped_bit_in_an_inclusion_proof_is_refused(
    size: int, index: int, part: int, bit: int
) -> None:
    index %= size
    proof = list(prove_inclusion(index=index, size=size, read=NODES.read))
    parts = [NODES.hashes[index], NODES.roots[size], *proof]
    parts[part % len(parts)] = flip(parts[part % len(parts)], bit)
    with pytest.raises(ProofRejectedError):
        verify_inclusion(index=index, size=size, leaf_hash=parts[0], root=parts[1], proof=parts[2:])


@given(
    new_size=st.integers(2, MAX_SIZE),
    old_size=st.integers(0),
    part=st.integers(0),
    bit=st.integers(0),
)
def test_a_flipped_bit_in_a_consistency_proof_is_refused(
    new_size: int, old_size: int, part: int, bit: int
) -> None:
    old_size = 1 + old_size % (new_size - 1)
    proof = list(prove_consistency(old_size=old_size, new_size=new_size, read=NODES.read))
    parts = [NODES.roots[old_size], NODES.roots[new_size], *proof]
    parts[part % len(parts)] = flip(parts[part % len(parts)], bit)
    with pytest.raises(ProofRejectedError):
        verify_consistency(
            old_size=old_size,
            new_size=new_size,
            old_root=parts[0],
            new_root=parts[1],
            proof=parts[2:],
        )


@given(size=st.integers(1, MAX_SIZE), index=st.integers(0), wrong=st.integers(0, MAX_SIZE))
def test_a_proof_serves_for_no_other_index(size: int, index: int, wrong: int) -> None:
    index %= size
    if wrong == index:
        wrong += 1
    proof = prove_inclusion(index=index, size=size, read=NODES.read)
    with pytest.raises(ProofRejectedError):
        verify_inclusion(
            index=wrong,
            size=size,
            leaf_hash=NODES.hashes[index],
            root=NODES.roots[size],
            proof=proof,
        )


@given(size=st.integers(1, MAX_SIZE), index=st.integers(0), cut=st.booleans())
def test_a_proof_too_short_or_too_long_is_refused(size: int, index: int, cut: bool) -> None:
    index %= size
    proof = list(prove_inclusion(index=index, size=size, read=NODES.read))
    if cut and not proof:
        return
    proof = proof[:-1] if cut else [*proof, NODES.hashes[0]]
    with pytest.raises(ProofRejectedError):
        verify_inclusion(
            index=index,
            size=size,
            leaf_hash=NODES.hashes[index],
            root=NODES.roots[size],
            proof=proof,
        )


LOG = make_log(21)


@given(bit=st.integers(0))
def test_a_flipped_bit_in_a_checkpoint_is_refused(bit: int) -> None:
    with pytest.raises(PilkadesError):
        open_checkpoint(flip(LOG.checkpoint(), bit), key=KEY.verifier)


@given(junk=st.binary(min_size=1, max_size=40), at=st.integers(0))
def test_bytes_inserted_anywhere_into_a_checkpoint_are_refused(junk: bytes, at: int) -> None:
    data = LOG.checkpoint()
    at %= len(data) + 1
    changed = data[:at] + junk + data[at:]
    with pytest.raises(PilkadesError):
        open_checkpoint(changed, key=KEY.verifier)


@given(index=st.integers(0, 20), old_size=st.integers(1, 21))
def test_a_proof_file_is_written_as_it_is_read(index: int, old_size: int) -> None:
    inclusion = LOG.inclusion_file(index)
    assert parse_inclusion_file(inclusion.encode()) == inclusion
    consistency = LOG.consistency_file(old_size)
    assert parse_consistency_file(consistency.encode()) == consistency


@given(at=st.integers(0))
def test_a_proof_file_cut_anywhere_is_refused(at: int) -> None:
    data = LOG.inclusion_file(5).encode()

    def verify(cut: bytes) -> None:
        verify_inclusion_file(parse_inclusion_file(cut), key=KEY.verifier)

    with pytest.raises(PilkadesError):
        verify(data[: at % len(data)])


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-MAX_INTEGER, MAX_INTEGER),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)
LEAVES = st.builds(
    make_leaf,
    st.integers(0, 10**9),
    at=st.integers(0, 2**33).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    subject=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    article=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    data=st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True),
        st.one_of(SCALARS, st.lists(SCALARS, max_size=4)),
        max_size=6,
    ),
)


@given(leaf=LEAVES)
def test_any_event_has_one_spelling_that_is_rfc_8785(leaf) -> None:
    encoded = encode_leaf(leaf)
    assert parse_leaf(encoded) == leaf
    assert rfc8785.dumps(json.loads(encoded)) == encoded


@given(leaf=LEAVES, at=st.integers(0), byte=st.integers(0, 255))
def test_what_the_grammar_accepts_is_always_the_one_spelling(leaf, at: int, byte: int) -> None:
    encoded = bytearray(encode_leaf(leaf))
    encoded[at % len(encoded)] = byte
    try:
        check_leaf(bytes(encoded))
    except MalformedInputError:
        return
    assert rfc8785.dumps(json.loads(encoded)) == bytes(encoded)
    assert encode_leaf(parse_leaf(bytes(encoded))) == bytes(encoded)


@given(
    value=st.text(max_size=50), other=st.text(max_size=50), salt=st.binary(min_size=32, max_size=32)
)
def test_a_commitment_opens_with_its_value_only(value: str, other: str, salt: bytes) -> None:
    try:
        commitment = compute_commitment(salt=salt, value=value)
    except UnicodeEncodeError:
        return
    assert is_commitment_opened(salt=salt, value=value, commitment=commitment)
    if other != value and other.isprintable():
        assert not is_commitment_opened(salt=salt, value=other, commitment=commitment)
    assert not is_commitment_opened(salt=flip(salt, 0), value=value, commitment=commitment)


def test_logs_of_the_same_leaves_are_equal() -> None:
    assert MemoryLog(LOG.leaves).root() == LOG.root()
