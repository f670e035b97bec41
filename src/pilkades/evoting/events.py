"""Events of the archive: a chain of steps, each in its turn (specification, "Public data")."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pilkades.errors import MalformedInputError
from pilkades.evoting.canonical import parse_canonical, write_json
from pilkades.evoting.wire import read_fields, read_hash, read_integer
from pilkades.text import Text

EVENT_SIZE_MAX = 1_000


class Kind(StrEnum):
    """What happened."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


class Stage(StrEnum):
    """How far an election has come."""

    NEW = "NEW"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    TALLIED = "TALLIED"
    FINISHED = "FINISHED"


ALLOWED: Mapping[Stage, Mapping[Kind, Stage]] = {
    Stage.NEW: {Kind.SETUP: Stage.OPEN},
    Stage.OPEN: {Kind.BALLOT: Stage.OPEN, Kind.END_BALLOTS: Stage.CLOSED},
    Stage.CLOSED: {Kind.ENCRYPTED_TALLY: Stage.TALLIED},
    Stage.TALLIED: {Kind.PARTIAL_DECRYPTION: Stage.TALLIED, Kind.RESULT: Stage.FINISHED},
    Stage.FINISHED: {},
}
"""The life of an election; what stands in no row cannot happen."""


@dataclass(frozen=True, slots=True)
class Event:
    """A step; `parent` is the hash of the one before, `payload` that of its data."""

    parent: str | None
    height: int
    kind: Kind
    payload: str | None


def parse_event(data: bytes) -> Event:
    """The event these bytes stand for.

    Raises:
        MalformedInputError: json-…, event-kind, event-payload.
    """
    return parse_canonical(data, read=_read, write=_write, size_max=EVENT_SIZE_MAX)


def write_event(event: Event) -> bytes:
    return write_json(_write(event))


def _read(value: Any) -> Event:
    fields = read_fields(value, "height", "type", optional=("parent", "payload"))
    if fields["type"] not in list(Kind):
        raise MalformedInputError(
            "event-kind", Text("Jenis peristiwa tidak dikenal dalam pemilihan ini.")
        )
    event = Event(
        parent=read_hash(fields["parent"]) if "parent" in fields else None,
        height=read_integer(fields["height"]),
        kind=Kind(fields["type"]),
        payload=read_hash(fields["payload"]) if "payload" in fields else None,
    )
    if (event.payload is None) != (event.kind is Kind.END_BALLOTS):
        raise MalformedInputError("event-payload", Text("Isi peristiwa kurang atau berlebih."))
    return event


def _write(event: Event) -> dict[str, Any]:
    written: dict[str, Any] = {} if event.parent is None else {"parent": event.parent}
    written |= {"height": event.height, "type": str(event.kind)}
    return written if event.payload is None else written | {"payload": event.payload}
