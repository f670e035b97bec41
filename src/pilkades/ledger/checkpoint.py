"""Checkpoints (C2SP tlog-checkpoint): the log's name, its size and its root, signed as a note.

An empty log has a checkpoint too, with the root of the empty tree. The log signs with the one key
whose name is its origin. It leaves out cosigners' policies: their lines are carried along.
"""

from dataclasses import dataclass

from pilkades.errors import MalformedInputError, ProofRejectedError
from pilkades.ledger.encoding import encode_base64, parse_hash, parse_number
from pilkades.ledger.merkle import EMPTY_ROOT
from pilkades.ledger.note import Note, SigningKey, VerifierKey, parse_note, verify_note
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself at one moment."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def sign_checkpoint(checkpoint: Checkpoint, *, key: SigningKey) -> bytes:
    """The checkpoint as a signed note; the same checkpoint always gives the same bytes."""
    if key.name != checkpoint.origin:
        raise ValueError("a log signs with the key that bears its name")
    return Note(str(checkpoint), (key.sign(str(checkpoint)),)).encode()


def parse_checkpoint(data: bytes) -> tuple[Checkpoint, Note]:
    """Read a checkpoint without believing it.

    Raises:
        MalformedInputError: note-…, checkpoint-lines, checkpoint-size, checkpoint-root,
            checkpoint-empty-root.
    """
    note = parse_note(data)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise MalformedInputError(
            "checkpoint-lines",
            Text("Titik periksa harus memuat nama ledger, jumlah entri, dan sidik akar."),
        )
    origin, size, root, *extensions = lines
    checkpoint = Checkpoint(
        origin=origin,
        size=parse_number(size, check="checkpoint-size"),
        root=parse_hash(root, check="checkpoint-root"),
        extensions=tuple(extensions),
    )
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise MalformedInputError(
            "checkpoint-empty-root", Text("Sidik akar ledger kosong tidak benar.")
        )
    return checkpoint, note


def open_checkpoint(data: bytes, *, key: VerifierKey) -> Checkpoint:
    """The checkpoint, if the log that this key belongs to has signed it.

    Raises:
        MalformedInputError: as `parse_checkpoint`.
        ProofRejectedError: checkpoint-origin, note-unsigned, note-signature.
    """
    checkpoint, note = parse_checkpoint(data)
    if checkpoint.origin != key.name:
        raise ProofRejectedError(
            "checkpoint-origin",
            Text(
                "Titik periksa ini milik ledger {origin}, bukan {name}.",
                origin=checkpoint.origin,
                name=key.name,
            ),
        )
    verify_note(note, keys=[key])
    return checkpoint
