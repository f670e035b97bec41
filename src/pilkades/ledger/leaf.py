"""A ledger leaf: one event of the system as RFC 8785 JSON, without personal data.

A leaf has exactly one spelling, given as one grammar (`_LEAF`): the writer's output must match it,
the reader refuses everything else. Within that grammar the standard library's encoder writes what
RFC 8785 demands (keys are ASCII, numbers are short integers), which the tests hold against the
`rfc8785` package. It leaves out which events exist: that is the event catalogue of the audit app.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

from pilkades.errors import MalformedInputError
from pilkades.text import Text

VERSION = 1
MAX_LEAF_BYTES = 16_384
MAX_INTEGER = 10**15 - 1

_STRING = r'"(?:[^\x00-\x1f"\\]++|\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f])))*+"'
_UUID = r'"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"'
_SCALAR = rf"(?:{_STRING}|0|-?[1-9][0-9]{{0,14}}|true|false|null)"
_VALUE = rf"(?:{_SCALAR}|\[(?:{_SCALAR}(?:,{_SCALAR})*+)?\])"
_PAIR = rf'"[a-z][a-z0-9_]*+":{_VALUE}'
_ROLES = r'\[(?:"[A-Z_]++"(?:,"[A-Z_]++")*+)?\]'
_LEAF = re.compile(
    rf'\{{"actor":(?:null|\{{"roles":{_ROLES},"uuid":{_UUID}\}})'
    rf',"article":{_STRING}'
    r',"at":"(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"'
    rf',"data":(?P<data>\{{(?:{_PAIR}(?:,{_PAIR})*+)?\}})'
    r',"event":"[a-z0-9_]++(?:\.[a-z0-9_]++)++"'
    r',"origin":"(?P<origin>[A-Za-z0-9._/-]++)"'
    r',"region_code":"(?:[0-9]++(?:\.[0-9]++)*+)?"'
    rf',"subject":{_STRING}'
    rf',"uuid":(?P<uuid>{_UUID})'
    rf',"version":{VERSION}\}}'
)
# Applied to text that is known to be one object, so matches are its pairs one after another.
_KEYS = re.compile(rf'[{{,]"([a-z][a-z0-9_]*+)":{_VALUE}')

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Scalar = str | int | bool | None
Datum = Scalar | list[Scalar]


@dataclass(frozen=True, slots=True)
class LeafActor:
    """Who did it: a pseudonym and the roles held there; the readable name stays outside."""

    uuid: UUID
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One event as it stands in the ledger; `at` is UTC to the second."""

    event: str
    uuid: UUID
    at: datetime
    origin: str
    region_code: str
    subject: str
    article: str
    actor: LeafActor | None
    data: Mapping[str, Datum]


def encode_leaf(leaf: Leaf) -> bytes:
    """The one spelling of the leaf, RFC 8785; what cannot be a leaf is refused.

    Raises:
        ValueError: a time without zone.
        MalformedInputError: as `check_leaf`.
    """
    if leaf.at.tzinfo is None:
        raise ValueError("the time of an event needs its zone")
    text = _encode(
        {
            "actor": _encode_actor(leaf.actor),
            "article": leaf.article,
            "at": leaf.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "data": dict(leaf.data),
            "event": leaf.event,
            "origin": leaf.origin,
            "region_code": leaf.region_code,
            "subject": leaf.subject,
            "uuid": str(leaf.uuid),
            "version": VERSION,
        }
    )
    encoded = _to_utf8(text)
    check_leaf(encoded)
    return encoded


def _encode_actor(actor: LeafActor | None) -> dict[str, list[str] | str] | None:
    return None if actor is None else {"roles": list(actor.roles), "uuid": str(actor.uuid)}


def _to_utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        # Half of a surrogate pair: JSON could escape it, RFC 8785 refuses it.
        raise MalformedInputError("leaf-utf8", Text("Entri bukan teks UTF-8.")) from error


def check_leaf(encoded: bytes) -> tuple[str, str]:
    """Accept exactly the spelling that `encode_leaf` makes; return the leaf's origin and uuid.

    Made for reading a million leaves: no JSON is parsed. Integers have at most fifteen digits,
    which every JSON reader keeps exactly.

    Raises:
        MalformedInputError: leaf-too-long, leaf-utf8, leaf-grammar, leaf-time, leaf-data.
    """
    if len(encoded) > MAX_LEAF_BYTES:
        raise MalformedInputError(
            "leaf-too-long", Text("Entri lebih panjang dari {limit} bita.", limit=MAX_LEAF_BYTES)
        )
    try:
        match = _LEAF.fullmatch(encoded.decode())
    except UnicodeDecodeError as error:
        raise MalformedInputError("leaf-utf8", Text("Entri bukan teks UTF-8.")) from error
    if match is None:
        raise MalformedInputError(
            "leaf-grammar", Text("Entri tidak tertulis menurut bentuk baku ledger (RFC 8785).")
        )
    try:
        datetime.fromisoformat(match["at"])
    except ValueError as error:
        raise MalformedInputError(
            "leaf-time", Text("Waktu {at} pada entri tidak ada.", at=match["at"])
        ) from error
    keys = _KEYS.findall(match["data"])
    if keys != sorted(set(keys)):
        raise MalformedInputError(
            "leaf-data", Text("Isian pada entri tidak urut atau tertulis dua kali.")
        )
    return match["origin"], match["uuid"][1:-1]


def parse_leaf(encoded: bytes) -> Leaf:
    """The event that these bytes stand for.

    Raises:
        MalformedInputError: as `check_leaf`.
    """
    check_leaf(encoded)
    members = json.loads(encoded)
    actor = members["actor"]
    return Leaf(
        event=members["event"],
        uuid=UUID(members["uuid"]),
        at=datetime.fromisoformat(members["at"]),
        origin=members["origin"],
        region_code=members["region_code"],
        subject=members["subject"],
        article=members["article"],
        actor=actor and LeafActor(uuid=UUID(actor["uuid"]), roles=tuple(actor["roles"])),
        data=MappingProxyType(members["data"]),
    )
