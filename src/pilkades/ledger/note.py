"""Signed notes (C2SP signed-note v1): a text, and Ed25519 signatures under key names.

Signatures by unknown keys, such as a cosigner's, are allowed and ignored; a signature that claims
a known key must verify. It leaves out the other signature types of that specification.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pilkades.errors import MalformedInputError, ProofRejectedError
from pilkades.ledger.encoding import decode_text, encode_base64, parse_base64, shorten
from pilkades.text import Text

MAX_NOTE_BYTES = 65_536
MAX_SIGNATURES = 100
SEED_SIZE = 32
_ED25519 = b"\x01"
_KEY_ID_SIZE = 4
_KEY_NAME = re.compile(r"[^\s+]{1,255}")
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]{1,255}) ([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name, written as a vkey: name+id+base64."""

    name: str
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || 0x01 || public key)[:4]."""
        message = self.name.encode() + b"\n" + _ED25519 + self.public_key
        return sha256(message).digest()[:_KEY_ID_SIZE]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(_ED25519 + self.public_key)}"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its name; the seed is shown nowhere."""

    name: str
    seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._private_key().public_key().public_bytes_raw())

    def sign(self, text: str) -> "Signature":
        """Sign the text of a note; deterministic (RFC 8032)."""
        return Signature(self.name, self.verifier.key_id + self._private_key().sign(text.encode()))

    def _private_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, and its id followed by the signature."""

    name: str
    blob: bytes

    def __str__(self) -> str:
        return f"— {self.name} {encode_base64(self.blob)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and who says to have signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """The note as a file."""
        lines = "".join(f"{signature}\n" for signature in self.signatures)
        return f"{self.text}\n{lines}".encode()


def parse_vkey(text: str) -> VerifierKey:
    """Read a vkey in its one spelling.

    Raises:
        MalformedInputError: vkey-format, vkey-id.
    """
    # A base64 text may hold "+" itself, so only the first two separate.
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    if not _KEY_NAME.fullmatch(name) or not _KEY_ID.fullmatch(key_id):
        raise _malformed_vkey(text)
    material = parse_base64(encoded, check="vkey-format")
    if len(material) != 1 + 32 or material[:1] != _ED25519:
        raise _malformed_vkey(text)
    key = VerifierKey(name, material[1:])
    if key.key_id.hex() != key_id:
        raise MalformedInputError(
            "vkey-id",
            Text("Nomor kunci {key_id} bukan milik kunci ini.", key_id=shorten(key_id)),
        )
    return key


def parse_note(data: bytes) -> Note:
    """Read a note without believing it: `verify_note` says who signed.

    Raises:
        MalformedInputError: note-text, note-signature-lines.
    """
    content = decode_text(data, limit=MAX_NOTE_BYTES, check="note-text")
    body, separator, lines = content.rpartition("\n\n")
    if not separator or not body or not lines.endswith("\n"):
        raise MalformedInputError(
            "note-text", Text("Catatan bertanda tangan terpotong: tanda tangannya tidak ada.")
        )
    signature_lines = lines[:-1].split("\n")
    if len(signature_lines) > MAX_SIGNATURES:
        raise MalformedInputError("note-signature-lines", Text("Tanda tangannya terlalu banyak."))
    note = Note(f"{body}\n", tuple(_parse_signature(line) for line in signature_lines))
    if note.encode() != data:
        raise MalformedInputError("note-text", Text("Catatan tidak ditulis secara baku."))
    return note


def verify_note(note: Note, *, keys: Iterable[VerifierKey]) -> None:
    """Accept only if a known key signed, and no signature in the name of a known key is false.

    Raises:
        ProofRejectedError: note-unsigned, note-signature.
    """
    known = {(key.name, key.key_id): key for key in keys}
    verified = 0
    for signature in note.signatures:
        key = known.get((signature.name, signature.blob[:_KEY_ID_SIZE]))
        if key is not None:
            _verify_signature(key, signature, note.text)
            verified += 1
    if not verified:
        raise ProofRejectedError(
            "note-unsigned",
            Text(
                "Tidak ada tanda tangan dari kunci {names}.",
                names=", ".join(sorted(name for name, _ in known)) or "-",
            ),
        )


def _verify_signature(key: VerifierKey, signature: Signature, text: str) -> None:
    try:
        public_key = Ed25519PublicKey.from_public_bytes(key.public_key)
        public_key.verify(signature.blob[_KEY_ID_SIZE:], text.encode())
    except (InvalidSignature, ValueError) as error:
        raise ProofRejectedError(
            "note-signature",
            Text(
                "Tanda tangan {name} tidak cocok: isi catatan berubah setelah ditandatangani.",
                name=key.name,
            ),
        ) from error


def _parse_signature(line: str) -> Signature:
    match = _SIGNATURE_LINE.fullmatch(line)
    if match is None:
        raise MalformedInputError(
            "note-signature-lines",
            Text("Baris tanda tangan {line} tidak ditulis secara baku.", line=shorten(line)),
        )
    blob = parse_base64(match[2], check="note-signature-lines")
    if len(blob) <= _KEY_ID_SIZE:
        raise MalformedInputError("note-signature-lines", Text("Baris tanda tangan terpotong."))
    return Signature(match[1], blob)


def _malformed_vkey(text: str) -> MalformedInputError:
    return MalformedInputError(
        "vkey-format", Text("Kunci pemeriksa {text} tidak ditulis secara baku.", text=shorten(text))
    )
