"""What the QR of an invitation holds: a random code, signed by the installation.

`PK1:` and the base-32 text of 16 random bytes and their Ed25519 signature; letters that the
alphanumeric mode of a QR code keeps small. A phone without network checks the signature with the
installation's public key; who the invitation is for stands in the roll alone.
"""

import base64
import binascii
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pilkades.errors import MalformedInputError, ProofRejectedError
from pilkades.text import Text

PREFIX = "PK1:"
CODE_BYTES = 16
SIGNATURE_BYTES = 64
_PURPOSE = b"pilkades invitation v1\n"


def write_code(random_bytes: bytes) -> str:
    """The code as it stands in the database and, in part, beside the QR."""
    return base64.b32encode(random_bytes).decode().rstrip("=")


def sign_code(code: str, *, election: UUID, key: Ed25519PrivateKey) -> str:
    """The text of the QR."""
    raw = _read_base32(code, CODE_BYTES)
    return PREFIX + write_code(raw + key.sign(_message(raw, election)))


def verify_code(text: str, *, election: UUID, key: Ed25519PublicKey) -> str:
    """The code of a genuine QR text of this election.

    Raises: MalformedInputError `invitation.form`; ProofRejectedError `invitation.signature`.
    """
    if not text.startswith(PREFIX):
        raise _malformed()
    raw = _read_base32(text.removeprefix(PREFIX), CODE_BYTES + SIGNATURE_BYTES)
    try:
        key.verify(raw[CODE_BYTES:], _message(raw[:CODE_BYTES], election))
    except InvalidSignature as error:
        raise ProofRejectedError(
            "invitation.signature",
            Text(
                "Kode ini bukan dari undangan pemilihan ini. Periksa surat dan KTP-el pemilih, "
                "lalu cari namanya di daftar."
            ),
        ) from error
    return write_code(raw[:CODE_BYTES])


def _message(raw: bytes, election: UUID) -> bytes:
    return _PURPOSE + election.bytes + raw


def _read_base32(text: str, length: int) -> bytes:
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise _malformed() from error
    if len(raw) != length or write_code(raw) != text:
        raise _malformed()
    return raw


def _malformed() -> MalformedInputError:
    return MalformedInputError(
        "invitation.form", Text("Kode ini bukan kode undangan. Pindai lagi, atau cari namanya.")
    )
