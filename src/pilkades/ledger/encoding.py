"""One spelling for numbers, base64 and lines in the ledger's text files.

Everything is parsed, formatted again and compared, so "007", "+1", " 1", unpadded or sloppy base64
and foreign line ends are refused instead of meaning the same as the right spelling.
"""

import re
from base64 import b64decode, b64encode

from pilkades.errors import MalformedInputError
from pilkades.ledger.merkle import HASH_SIZE
from pilkades.text import Text

MAX_NUMBER = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def parse_number(text: str, *, check: str) -> int:
    """A number from 0 to 2**63 - 1 in its one decimal spelling.

    Raises:
        MalformedInputError: with the given check id.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_NUMBER:
        raise MalformedInputError(
            check, Text("Angka {text} tidak ditulis secara baku.", text=shorten(text))
        )
    return int(text)


def encode_base64(value: bytes) -> str:
    """Standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(value).decode()


def parse_base64(text: str, *, check: str) -> bytes:
    """The bytes of a standard base64 text with padding and no stray bits.

    Raises:
        MalformedInputError: with the given check id.
    """
    try:
        value = b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        value = b""
    if not value or encode_base64(value) != text:
        raise MalformedInputError(
            check, Text("Teks base64 {text} tidak ditulis secara baku.", text=shorten(text))
        )
    return value


def parse_hash(text: str, *, check: str) -> bytes:
    """A SHA-256 hash in base64.

    Raises:
        MalformedInputError: with the given check id.
    """
    value = parse_base64(text, check=check)
    if len(value) != HASH_SIZE:
        raise MalformedInputError(
            check, Text("Sidik {text} tidak sepanjang 32 bita.", text=shorten(text))
        )
    return value


def decode_text(data: bytes, *, limit: int, check: str) -> str:
    """UTF-8 text of bounded size without control characters other than the newline.

    Raises:
        MalformedInputError: with the given check id.
    """
    if len(data) > limit:
        raise MalformedInputError(
            check, Text("Berkas lebih panjang dari {limit} bita.", limit=limit)
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise MalformedInputError(check, Text("Berkas bukan teks UTF-8.")) from error
    if any(character < " " and character != "\n" for character in text):
        raise MalformedInputError(check, Text("Berkas memuat tanda kendali yang tidak dikenal."))
    return text


def shorten(text: str) -> str:
    """The text in quotation marks, cut so that a message stays readable."""
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
