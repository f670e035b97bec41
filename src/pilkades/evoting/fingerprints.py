"""Names of things by their bytes: data by hexadecimal SHA-256, ballots and elections by base64."""

from base64 import b64encode
from hashlib import sha256


def hash_data(data: bytes) -> str:
    """The SHA-256 in hexadecimal, by which the archive refers to data and events."""
    return sha256(data).hexdigest()


def fingerprint(data: bytes) -> str:
    """The unpadded base64 of the SHA-256: fingerprint of an election, tracker of a ballot."""
    return write_fingerprint(hash_data(data))


def write_fingerprint(digest: str) -> str:
    """The fingerprint of what has that hexadecimal SHA-256."""
    return b64encode(bytes.fromhex(digest)).decode().rstrip("=")
