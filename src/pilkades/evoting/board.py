"""The archive as steps: each event with the data it brings, the chain checked on the way.

Nothing is handed on that is not named by its hash, in its turn and exactly once; what an election
brings and never mentions is refused too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pilkades.errors import MalformedInputError
from pilkades.evoting.archive import (
    EVENT_SUFFIX,
    MEMBER_SIZE_MAX,
    Member,
    Oversized,
    read_header,
    read_members,
    write_data,
    write_event_member,
)
from pilkades.evoting.ballots import BALLOT_SIZE_MAX
from pilkades.evoting.canonical import parse_canonical, refuse_size, write_json
from pilkades.evoting.decryption import parse_owned
from pilkades.evoting.events import (
    ALLOWED,
    EVENT_SIZE_MAX,
    Event,
    Kind,
    Stage,
    parse_event,
    write_event,
)
from pilkades.evoting.fingerprints import hash_data
from pilkades.evoting.tally import parse_sized_tally
from pilkades.evoting.wire import read_fields, read_hash
from pilkades.text import Text

PENDING_SIZE_MAX = 20_000_000
PENDING_COUNT_MAX = 4
"""Setup brings the most: its payload and three texts."""


@dataclass(frozen=True, slots=True)
class SetupData:
    """Hashes of the three texts that an election begins with."""

    election: str
    trustees: str
    credentials: str


@dataclass(frozen=True, slots=True)
class Step:
    """An event, its hash, its payload and the data that the payload names."""

    event: Event
    event_hash: str
    stage: Stage
    payload: bytes | Oversized
    parts: tuple[bytes, ...]
    offset: int

    @property
    def text(self) -> bytes:
        """The payload of a step that is read; only a ballot can be too long for it.

        Raises:
            MalformedInputError: json-size.
        """
        return require_text(self.payload)


def read_steps(stream: BinaryIO) -> Iterator[Step]:
    """The steps of an archive, from its beginning.

    Raises:
        MalformedInputError: archive-…, json-…, event-…, chain-parent, chain-height,
            chain-order, reference-missing, reference-unused, reference-twice.
    """
    header = read_header(stream)
    pending: dict[str, bytes | Oversized] = {}
    seen: set[bytes] = set()
    stage, height, parent = Stage.NEW, 0, None
    pending_size = 0

    def keep() -> int:
        # Lists of the setup may be long; nothing that comes after it.
        return MEMBER_SIZE_MAX if stage is Stage.NEW else BALLOT_SIZE_MAX

    for member in read_members(stream, header, keep=keep):
        digest = bytes.fromhex(member.name[:64])
        if digest in seen:
            raise _refuse("reference-twice", member.offset)
        seen.add(digest)
        if not member.name.endswith(EVENT_SUFFIX):
            pending[member.name[:64]] = member.data
            pending_size += 0 if isinstance(member.data, Oversized) else len(member.data)
            if pending_size > PENDING_SIZE_MAX or len(pending) > PENDING_COUNT_MAX:
                raise _refuse("reference-unused", member.offset)
            continue
        event = parse_event(require_text(member.data))
        stage = _advance(stage, event, height=height, parent=parent, member=member)
        payload, parts = _take_payload(event, pending, member)
        if pending:
            # What stands before an event belongs to it; nothing may hide between the steps.
            raise _refuse("reference-unused", member.offset)
        height, parent, pending_size = height + 1, member.name[:64], 0
        yield Step(event, parent, stage, payload, parts, member.offset)
    if pending:
        raise _refuse("reference-unused", stream.tell())


def write_step(
    *,
    kind: Kind,
    height: int,
    parent: str | None,
    payload: bytes | None,
    parts: tuple[bytes, ...] = (),
    timestamp: int,
) -> tuple[bytes, str]:
    """The members of a step as they are appended to the archive, and the event's hash."""
    event = Event(parent, height, kind, None if payload is None else hash_data(payload))
    data = write_event(event)
    members = [write_data(part, timestamp=timestamp) for part in parts]
    if payload is not None:
        members.append(write_data(payload, timestamp=timestamp))
    return b"".join([*members, write_event_member(data, timestamp=timestamp)]), hash_data(data)


def parse_setup(data: bytes) -> SetupData:
    return parse_canonical(data, read=_read_setup, write=_write_setup, size_max=EVENT_SIZE_MAX)


def write_setup(setup: SetupData) -> bytes:
    return write_json(_write_setup(setup))


def require_text(data: bytes | Oversized) -> bytes:
    """Data that may be read.

    Raises:
        MalformedInputError: json-size.
    """
    if isinstance(data, Oversized):
        raise refuse_size(data.size, BALLOT_SIZE_MAX)
    return data


def _advance(
    stage: Stage, event: Event, *, height: int, parent: str | None, member: Member
) -> Stage:
    if event.parent != parent:
        raise _refuse("chain-parent", member.offset)
    if event.height != height:
        raise _refuse("chain-height", member.offset)
    following = ALLOWED[stage].get(event.kind)
    if following is None:
        raise _refuse("chain-order", member.offset)
    return following


def _take_payload(
    event: Event, pending: dict[str, bytes | Oversized], member: Member
) -> tuple[bytes | Oversized, tuple[bytes, ...]]:
    if event.payload is None:
        return b"", ()
    payload = _take(pending, event.payload, member)
    match event.kind:
        case Kind.SETUP:
            setup = parse_setup(require_text(payload))
            names: tuple[str, ...] = (setup.election, setup.trustees, setup.credentials)
        case Kind.ENCRYPTED_TALLY:
            names = (parse_sized_tally(require_text(payload)).encrypted_tally,)
        case Kind.PARTIAL_DECRYPTION:
            names = (parse_owned(require_text(payload)).payload,)
        case _:
            names = ()
    return payload, tuple(require_text(_take(pending, name, member)) for name in names)


def _take(pending: dict[str, bytes | Oversized], name: str, member: Member) -> bytes | Oversized:
    data = pending.pop(name, None)
    if data is None:
        raise _refuse("reference-missing", member.offset)
    return data


_WORDS: Mapping[str, Text] = {
    "chain-parent": Text("Rantai peristiwa putus: induknya bukan peristiwa sebelumnya."),
    "chain-height": Text("Nomor urut peristiwa tidak melanjutkan yang sebelumnya."),
    "chain-order": Text("Peristiwa ini tidak boleh terjadi pada tahap ini."),
    "reference-missing": Text("Data yang dirujuk peristiwa ini tidak ada atau sudah dipakai."),
    "reference-unused": Text("Ada data yang tidak dirujuk oleh peristiwa mana pun."),
    "reference-twice": Text("Data atau peristiwa yang sama muncul dua kali."),
}


def _refuse(code: str, offset: int) -> MalformedInputError:
    return MalformedInputError(
        code, Text("{what} (bita {offset})", what=_WORDS[code], offset=offset)
    )


def _read_setup(value: object) -> SetupData:
    fields = read_fields(value, "election", "trustees", "credentials")
    return SetupData(
        read_hash(fields["election"]),
        read_hash(fields["trustees"]),
        read_hash(fields["credentials"]),
    )


def _write_setup(setup: SetupData) -> dict[str, str]:
    return {
        "election": setup.election,
        "trustees": setup.trustees,
        "credentials": setup.credentials,
    }
