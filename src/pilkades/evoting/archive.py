"""The public archive as a file: an old-style tar that only grows (specification, "Public data").

Members are read one at a time and in one spelling of the header only; links, paths, long names
and anything else that a tar could hold are refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.wire import read_fields, read_integer, read_string
from pilkades.text import Text

HEADER_NAME = "BELENIOS"
DATA_SUFFIX = ".data.json"
EVENT_SUFFIX = ".event.json"
MEMBER_SIZE_MAX = 16_000_000
_BLOCK = 512
_AT_ONCE = 128 * _BLOCK
_HEADER_SIZE_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Oversized:
    """What is too long to be anything: hashed while it passed, and not kept."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive, `offset` bytes from its beginning."""

    name: str
    data: bytes | Oversized
    offset: int


@dataclass(frozen=True, slots=True)
class Header:
    """The first member; `timestamp` in seconds since 1970, the time of every member."""

    timestamp: int


def write_header(header: Header) -> bytes:
    """The beginning of an archive."""
    data = write_json(_write_header(header))
    return write_member(HEADER_NAME, data, timestamp=header.timestamp)


def write_data(data: bytes, *, timestamp: int) -> bytes:
    return write_member(hash_data(data) + DATA_SUFFIX, data, timestamp=timestamp)


def write_event_member(data: bytes, *, timestamp: int) -> bytes:
    return write_member(hash_data(data) + EVENT_SUFFIX, data, timestamp=timestamp)


def write_member(name: str, data: bytes, *, timestamp: int) -> bytes:
    """A header block, the data, and zeros up to the next block."""
    return _write_block(name, len(data), timestamp) + data + bytes(-len(data) % _BLOCK)


def read_header(stream: BinaryIO) -> Header:
    """The header of an archive, leaving the stream behind it.

    Raises:
        MalformedInputError: archive-empty, archive-member, archive-header, json-….
    """
    block = stream.read(_BLOCK)
    if not block:
        raise MalformedInputError("archive-empty", Text("Arsip ini kosong."))
    name, size, timestamp = _read_block(block, 0)
    if name != HEADER_NAME or size > _HEADER_SIZE_MAX:
        raise _refuse("archive-header", 0)
    data = _read_exactly(stream, size, 0)
    header = parse_canonical(
        data, read=_read_header, write=_write_header, size_max=_HEADER_SIZE_MAX
    )
    if header.timestamp != timestamp:
        raise _refuse("archive-header", 0)
    return header


def read_members(
    stream: BinaryIO, header: Header, *, keep: Callable[[], int] = lambda: MEMBER_SIZE_MAX
) -> Iterator[Member]:
    """The members behind the header, in their order; `keep` says how many bytes are worth keeping.

    Raises:
        MalformedInputError: archive-member (not the one header that such a member has, or cut
            off), archive-size, archive-name (the name is not the hash of the data).
    """
    offset = stream.tell()
    while block := stream.read(_BLOCK):
        name, size, timestamp = _read_block(block, offset)
        if size > MEMBER_SIZE_MAX:
            raise _refuse("archive-size", offset)
        data = _read_data(stream, size, offset, keep())
        if timestamp != header.timestamp:
            raise _refuse("archive-member", offset)
        digest = data.digest if isinstance(data, Oversized) else hash_data(data)
        if name not in (digest + DATA_SUFFIX, digest + EVENT_SUFFIX):
            raise _refuse("archive-name", offset)
        yield Member(name, data, offset)
        offset += _BLOCK + size + -size % _BLOCK


def _write_block(name: str, size: int, timestamp: int) -> bytes:
    front = (
        name.encode().ljust(100, b"\0")
        + b"0000644\0"
        + b"0000000\0" * 2
        + f"{size:011o}\0{timestamp:011o}\0".encode()
    )
    back = b"0" + bytes(_BLOCK - 157)
    total = sum(front) + sum(back) + 8 * ord(" ")
    return front + f"{total:06o}\0 ".encode() + back


def _read_block(block: bytes, offset: int) -> tuple[str, int, int]:
    """Name, size and time of a header; it is read only if writing them gives the same block."""
    try:
        name = block[:100].rstrip(b"\0").decode("ascii")
        size, timestamp = int(block[124:135], 8), int(block[136:147], 8)
    except ValueError as error:
        raise _refuse("archive-member", offset) from error
    if size < 0 or timestamp < 0 or _write_block(name, size, timestamp) != block:
        raise _refuse("archive-member", offset)
    return name, size, timestamp


def _read_data(stream: BinaryIO, size: int, offset: int, keep: int) -> bytes | Oversized:
    if size <= keep:
        return _read_exactly(stream, size, offset)
    digest = sha256()
    whole = size - size % _BLOCK
    for start in range(0, whole, _AT_ONCE):
        digest.update(_read_exactly(stream, min(_AT_ONCE, whole - start), offset))
    digest.update(_read_exactly(stream, size - whole, offset))
    return Oversized(digest.hexdigest(), size)


def _read_exactly(stream: BinaryIO, size: int, offset: int) -> bytes:
    # In two reads, or a large member would be held twice to cut its padding off.
    data, padding = stream.read(size), stream.read(-size % _BLOCK)
    if len(data) != size or padding != bytes(-size % _BLOCK):
        raise _refuse("archive-member", offset)
    return data


def _refuse(code: str, offset: int) -> MalformedInputError:
    return MalformedInputError(
        code, Text("Arsip rusak pada bita {offset} ({code}).", offset=offset, code=code)
    )


def _read_header(value: Any) -> Header:
    fields = read_fields(value, "version", "timestamp")
    text = read_string(fields["timestamp"])
    is_number = text.isascii() and text.isdigit() and len(text) <= 11
    if read_integer(fields["version"]) != 1 or not is_number:
        raise _refuse("archive-header", 0)
    return Header(int(text))


def _write_header(header: Header) -> dict[str, Any]:
    return {"version": 1, "timestamp": str(header.timestamp)}
