"""A small honest log in memory, and the one thing a test changes about it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pilkades.ledger.checkpoint import Checkpoint, sign_checkpoint
from pilkades.ledger.encoding import encode_base64
from pilkades.ledger.leaf import Leaf, LeafActor, encode_leaf
from pilkades.ledger.merkle import EMPTY_ROOT, compute_root, hash_leaf
from pilkades.ledger.note import SigningKey
from pilkades.ledger.prooffile import ConsistencyProofFile, InclusionProofFile
from pilkades.ledger.proofs import NodeId, prove_consistency, prove_inclusion
from pilkades.ledger.verification import LogVerification, verify_log

ORIGIN = "pilkades.example/blitar"
KEY = SigningKey(ORIGIN, bytes(range(32)))
MALLORYS_KEY = SigningKey(ORIGIN, bytes(range(100, 132)))
BU_SARI = LeafActor(UUID(int=0x5A21), ("COMMITTEE_CHAIR",))
MORNING = datetime(2026, 11, 23, 0, 0, 5, tzinfo=UTC)


def make_leaf(number: int, **changes: Any) -> Leaf:
    """The event of a number, always the same."""
    leaf = Leaf(
        event="candidate.registered",
        uuid=UUID(int=number + 1),
        at=MORNING + timedelta(seconds=number),
        origin=ORIGIN,
        region_code="35.05.01.2001",
        subject=f"candidate:{UUID(int=number + 1000)}",
        article="Perbup Blitar 2/2026 ps. 40",
        actor=BU_SARI,
        data={"note": 'garis\nbaru "kutip" é', "number": number, "roll": [1, None, True, "x"]},
    )
    return replace(leaf, **changes)


@dataclass(frozen=True)
class MemoryLog:
    """Leaves, and everything that is computed from them."""

    leaves: tuple[bytes, ...]

    @property
    def hashes(self) -> list[bytes]:
        return [hash_leaf(leaf) for leaf in self.leaves]

    def root(self, size: int | None = None) -> bytes:
        hashes = self.hashes[:size]
        return compute_root(hashes) if hashes else EMPTY_ROOT

    def checkpoint(self, size: int | None = None, key: SigningKey = KEY) -> bytes:
        count = len(self.leaves) if size is None else size
        return sign_checkpoint(Checkpoint(key.name, count, self.root(count)), key=key)

    def read(self, nodes: list[NodeId]) -> list[bytes]:
        hashes = self.hashes
        return [
            compute_root(hashes[node.index << node.level : (node.index + 1) << node.level])
            for node in nodes
        ]

    def prove_inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        count = len(self.leaves) if size is None else size
        return prove_inclusion(index=index, size=count, read=self.read)

    def prove_consistency(self, old_size: int, size: int | None = None) -> tuple[bytes, ...]:
        count = len(self.leaves) if size is None else size
        return prove_consistency(old_size=old_size, new_size=count, read=self.read)

    def inclusion_file(self, index: int) -> InclusionProofFile:
        return InclusionProofFile(
            index=index,
            leaf=self.leaves[index],
            hashes=self.prove_inclusion(index),
            checkpoint=self.checkpoint(),
        )

    def consistency_file(self, old_size: int) -> ConsistencyProofFile:
        return ConsistencyProofFile(
            old_size=old_size,
            hashes=self.prove_consistency(old_size),
            checkpoint=self.checkpoint(),
        )

    def lines(self) -> list[bytes]:
        return [leaf + b"\n" for leaf in self.leaves]

    def hash_lines(self) -> list[bytes]:
        return [f"{encode_base64(value)}\n".encode() for value in self.hashes]

    def with_leaf(self, index: int, leaf: bytes) -> "MemoryLog":
        leaves = list(self.leaves)
        leaves[index] = leaf
        return MemoryLog(tuple(leaves))


def make_log(size: int) -> MemoryLog:
    """An honest log of this many events."""
    return MemoryLog(tuple(encode_leaf(make_leaf(number)) for number in range(size)))


def verify_published(
    log: MemoryLog,
    *,
    lines: list[bytes] | None = None,
    hash_lines: list[bytes] | None = None,
    checkpoint: bytes | None = None,
    old_checkpoints: tuple[bytes, ...] = (),
) -> LogVerification:
    """What a stranger finds in the bundle of a log, parts of it replaced."""
    return verify_log(
        lines=log.lines() if lines is None else lines,
        checkpoint=log.checkpoint() if checkpoint is None else checkpoint,
        key=KEY.verifier,
        hash_lines=log.hash_lines() if hash_lines is None else hash_lines,
        old_checkpoints=old_checkpoints,
    )


def list_failures(verification: LogVerification) -> set[str]:
    """The names of the checks that failed."""
    return {result.id for result in verification.results if not result.ok}
