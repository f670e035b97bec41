"""Proof files that verify offline, each with the checkpoint it leads to.

An inclusion proof is a C2SP tlog-proof v1 whose extra data is the leaf itself, so that the file is
complete. A consistency proof is the request body of C2SP tlog-witness, so that it can be handed to
a cosigner unchanged; from size 0 it is refused, because it would prove nothing. It leaves out who
may be trusted: the verifier key is the caller's.
"""

from dataclasses import dataclass

from pilkades.errors import MalformedInputError, ProofRejectedError
from pilkades.ledger.checkpoint import Checkpoint, open_checkpoint
from pilkades.ledger.encoding import (
    decode_text,
    encode_base64,
    parse_base64,
    parse_hash,
    parse_number,
)
from pilkades.ledger.leaf import MAX_LEAF_BYTES, Leaf, parse_leaf
from pilkades.ledger.merkle import hash_leaf
from pilkades.ledger.note import MAX_NOTE_BYTES, VerifierKey
from pilkades.ledger.proofs import MAX_PROOF_HASHES, verify_consistency, verify_inclusion
from pilkades.text import Text

MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_LEAF_BYTES
_INCLUSION_HEAD = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class InclusionProofFile:
    """That a leaf stands at an index of the log of a checkpoint; nothing verified yet."""

    index: int
    leaf: bytes
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def encode(self) -> bytes:
        """The file."""
        head = f"{_INCLUSION_HEAD}\nextra {encode_base64(self.leaf)}\nindex {self.index}\n"
        return _encode(head, self.hashes, self.checkpoint)


@dataclass(frozen=True, slots=True)
class ConsistencyProofFile:
    """That the log of a checkpoint begins with the log of `old_size`; nothing verified yet."""

    old_size: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def encode(self) -> bytes:
        """The file."""
        return _encode(f"old {self.old_size}\n", self.hashes, self.checkpoint)


def parse_inclusion_file(data: bytes) -> InclusionProofFile:
    """Read an inclusion proof file.

    Raises:
        MalformedInputError: proof-head, proof-leaf, proof-index, proof-hash, proof-cut.
    """
    lines, checkpoint = _split(data)
    if len(lines) < 3 or lines[0] != _INCLUSION_HEAD:
        raise _malformed_head()
    proof = InclusionProofFile(
        leaf=parse_base64(_strip(lines[1], "extra "), check="proof-leaf"),
        index=parse_number(_strip(lines[2], "index "), check="proof-index"),
        hashes=_parse_hashes(lines[3:]),
        checkpoint=checkpoint,
    )
    _check_spelling(proof.encode(), data)
    return proof


def parse_consistency_file(data: bytes) -> ConsistencyProofFile:
    """Read a consistency proof file.

    Raises:
        MalformedInputError: proof-head, proof-old-size, proof-hash, proof-cut.
    """
    lines, checkpoint = _split(data)
    proof = ConsistencyProofFile(
        old_size=parse_number(_strip(lines[0], "old "), check="proof-old-size"),
        hashes=_parse_hashes(lines[1:]),
        checkpoint=checkpoint,
    )
    _check_spelling(proof.encode(), data)
    return proof


def verify_inclusion_file(
    proof: InclusionProofFile, *, key: VerifierKey
) -> tuple[Leaf, Checkpoint]:
    """The event and the checkpoint it is proved to be under.

    Raises:
        MalformedInputError: checkpoint-…, note-…, leaf-….
        ProofRejectedError: checkpoint-origin, note-…, leaf-origin, inclusion-….
    """
    checkpoint = open_checkpoint(proof.checkpoint, key=key)
    verify_inclusion(
        index=proof.index,
        size=checkpoint.size,
        leaf_hash=hash_leaf(proof.leaf),
        root=checkpoint.root,
        proof=proof.hashes,
    )
    leaf = parse_leaf(proof.leaf)
    if leaf.origin != checkpoint.origin:
        raise ProofRejectedError(
            "leaf-origin", Text("Entri ini milik ledger {origin}.", origin=leaf.origin)
        )
    return leaf, checkpoint


def verify_consistency_file(
    proof: ConsistencyProofFile, *, old: Checkpoint, new: Checkpoint
) -> None:
    """Accept only if the proof leads from one opened checkpoint to the other.

    Raises:
        ProofRejectedError: consistency-….
        MalformedInputError: proof-old-size where the file is about another old size.
    """
    if proof.old_size != old.size:
        raise MalformedInputError(
            "proof-old-size",
            Text(
                "Bukti dibuat untuk {claimed} entri, titik periksa lama memuat {size} entri.",
                claimed=proof.old_size,
                size=old.size,
            ),
        )
    verify_consistency(
        old_size=old.size,
        new_size=new.size,
        old_root=old.root,
        new_root=new.root,
        proof=proof.hashes,
    )


def _encode(head: str, hashes: tuple[bytes, ...], checkpoint: bytes) -> bytes:
    lines = "".join(f"{encode_base64(value)}\n" for value in hashes)
    return f"{head}{lines}\n".encode() + checkpoint


def _split(data: bytes) -> tuple[list[str], bytes]:
    content = decode_text(data, limit=MAX_PROOF_BYTES, check="proof-head")
    head, separator, checkpoint = content.partition("\n\n")
    if not separator or not checkpoint:
        raise MalformedInputError(
            "proof-cut", Text("Berkas bukti terpotong: titik periksanya tidak ada.")
        )
    return head.split("\n"), checkpoint.encode()


def _strip(line: str, prefix: str) -> str:
    if not line.startswith(prefix):
        raise _malformed_head()
    return line.removeprefix(prefix)


def _parse_hashes(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > MAX_PROOF_HASHES:
        raise MalformedInputError("proof-hash", Text("Sidik pada bukti terlalu banyak."))
    return tuple(parse_hash(line, check="proof-hash") for line in lines)


def _check_spelling(encoded: bytes, data: bytes) -> None:
    if encoded != data:
        raise _malformed_head()


def _malformed_head() -> MalformedInputError:
    return MalformedInputError(
        "proof-head", Text("Berkas ini bukan berkas bukti ledger, atau tidak ditulis secara baku.")
    )
