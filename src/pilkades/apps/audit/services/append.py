"""Writing an event into the ledger, in the same transaction as the act it records."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connection, transaction

from pilkades.apps.audit.catalogue import CatalogueError, get_kind
from pilkades.apps.audit.models import Event, QueuedEvent
from pilkades.apps.audit.services.sequence import sequence_queue
from pilkades.apps.audit.services.sequencer import wake_sequencer
from pilkades.errors import MalformedInputError
from pilkades.ledger.commitment import SALT_SIZE, compute_commitment
from pilkades.ledger.leaf import Datum, Leaf, LeafActor, encode_leaf
from pilkades.ledger.merkle import hash_leaf
from pilkades.text import Text

# A NIK or a family card number: sixteen digits that are not part of a longer hash.
_NIK = re.compile(r"(?<![0-9A-Za-z])[0-9]{16}(?![0-9A-Za-z])")
_LENGTHS = {"region_code": 13, "subject": 120, "article": 200}
_NAME_LENGTH = 200
_INSERT = """
WITH new AS (
    SELECT * FROM unnest(
        %s::uuid[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::uuid[],
        %s::text[], %s::text[], %s::bytea[]
    ) WITH ORDINALITY AS row (
        uuid, event, at, region_code, subject, article, actor_uuid, actor_name, leaf, hash, place
    )
), event AS (
    INSERT INTO audit_event (
        uuid, event, at, region_code, subject, article, actor_uuid, actor_name, leaf
    )
    SELECT uuid, event, at, region_code, subject, article, actor_uuid, actor_name, leaf
    FROM new ORDER BY place
    RETURNING id, uuid
)
INSERT INTO audit_queuedevent (event_id, hash)
SELECT event.id, new.hash FROM event JOIN new USING (uuid)
"""


class Actor(Protocol):
    """What the ledger needs of `accounts.Actor`, which lives on a higher floor."""

    @property
    def uuid(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> tuple[tuple[Any, str], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """One event to write: what was done, by whom, when, where, to what, under which article."""

    event: str
    actor: Actor | None
    at: datetime
    region_code: str
    subject: str
    article: str = ""
    data: Mapping[str, Datum] = field(default_factory=dict)


def append(
    *,
    event: str,
    actor: Actor | None,
    at: datetime,
    region_code: str,
    subject: str,
    article: str = "",
    data: Mapping[str, Datum] | None = None,
) -> UUID:
    """Write one event: `append_all` for the act that has just one."""
    new = NewEvent(
        event=event,
        actor=actor,
        at=at,
        region_code=region_code,
        subject=subject,
        article=article,
        data=data or {},
    )
    return append_all([new])[0]


def append_all(events: Sequence[NewEvent]) -> list[UUID]:
    """Write the events of one act; they become part of the tree within a second of its commit.

    Allowed: whoever was allowed the act itself; the caller has authorised.
    Requires: an open transaction; an event and fields of the catalogue; no personal data.
    Effects: one row an event, and its place in the queue (PostgreSQL) or in the tree (SQLite),
        in one round trip to the database however many they are.
    Raises: CatalogueError, TransactionManagementError; MalformedInputError (leaf-…).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is written inside a transaction")
    leaves = [_to_leaf(new) for new in events]
    encoded = [encode_leaf(leaf) for leaf in leaves]
    names = [new.actor.name[:_NAME_LENGTH] if new.actor else "" for new in events]

    if connection.vendor == "postgresql":
        _insert_at_once(leaves, names, encoded)
        transaction.on_commit(wake_sequencer, robust=True)
    else:
        _insert_rows(leaves, names, encoded)
        # The one writer of SQLite holds the lock already: the tree takes the events in at once.
        sequence_queue()
    return [leaf.uuid for leaf in leaves]


def commit_to(value: str) -> tuple[str, str]:
    """A fresh salt and the salted hash of a value, both in hex.

    The hash goes into the ledger, the salt is stored with the record; `pilkades ledger open`
    shows later that they belong together.
    """
    salt = secrets.token_bytes(SALT_SIZE)
    return salt.hex(), compute_commitment(salt=salt, value=value).hex()


def _to_leaf(new: NewEvent) -> Leaf:
    values = dict(new.data)
    get_kind(new.event).check(article=new.article, data=values)
    _refuse_personal_numbers(new.event, values)
    _refuse_typed_number(new.article)
    _check_lengths(region_code=new.region_code, subject=new.subject, article=new.article)
    return Leaf(
        event=new.event,
        uuid=uuid4(),
        at=new.at,
        origin=settings.PILKADES_ORIGIN,
        region_code=new.region_code,
        subject=new.subject,
        article=new.article,
        actor=_to_leaf_actor(new.actor, new.region_code),
        data=values,
    )


def _insert_at_once(leaves: Sequence[Leaf], names: list[str], encoded: Sequence[bytes]) -> None:
    """Events and queue in one prepared round trip: the ledger is beside every write."""
    columns = [
        [leaf.uuid for leaf in leaves],
        [leaf.event for leaf in leaves],
        [leaf.at for leaf in leaves],
        [leaf.region_code for leaf in leaves],
        [leaf.subject for leaf in leaves],
        [leaf.article for leaf in leaves],
        [leaf.actor.uuid if leaf.actor else None for leaf in leaves],
        names,
        [line.decode() for line in encoded],
        [hash_leaf(line) for line in encoded],
    ]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(_INSERT, columns, prepare=True)


def _insert_rows(leaves: Sequence[Leaf], names: Sequence[str], encoded: Sequence[bytes]) -> None:
    rows = Event.objects.bulk_create(
        Event(
            uuid=leaf.uuid,
            event=leaf.event,
            at=leaf.at,
            region_code=leaf.region_code,
            subject=leaf.subject,
            article=leaf.article,
            actor_uuid=leaf.actor.uuid if leaf.actor else None,
            actor_name=name,
            leaf=line.decode(),
        )
        for leaf, name, line in zip(leaves, names, encoded, strict=True)
    )
    QueuedEvent.objects.bulk_create(
        QueuedEvent(event=row, hash=hash_leaf(line))
        for row, line in zip(rows, encoded, strict=True)
    )


def _to_leaf_actor(actor: Actor | None, region_code: str) -> LeafActor | None:
    """The actor's pseudonym and those roles that reach the region of the event."""
    if actor is None or actor.uuid.int == 0:
        return None
    roles = {str(role) for role, code in actor.roles if _is_covered(code, region_code)}
    return LeafActor(uuid=actor.uuid, roles=tuple(sorted(roles)))


def _is_covered(code: str, region_code: str) -> bool:
    return code in ("", region_code) or region_code.startswith(f"{code}.")


def _check_lengths(**texts: str) -> None:
    """Refuse on both databases what only PostgreSQL would refuse by itself."""
    for name, text in texts.items():
        if len(text) > _LENGTHS[name]:
            raise CatalogueError(f"{name} is longer than {_LENGTHS[name]} characters")


def _refuse_personal_numbers(event: str, values: Mapping[str, Datum]) -> None:
    for name, value in values.items():
        items: Iterable[Any] = value if isinstance(value, list) else (value,)
        if any(isinstance(item, str) and _NIK.search(item) for item in items):
            raise CatalogueError(f"{event}: {name} carries a NIK; use commit_to instead")


def _refuse_typed_number(article: str) -> None:
    """An article or reference is sometimes typed by an official; the ledger could never forget."""
    if _NIK.search(article):
        raise MalformedInputError(
            "audit.personal-number",
            Text(
                "Dasar atau rujukan memuat nomor seperti NIK. Rujukan tampil di buku catatan umum "
                "dan tidak dapat dihapus: tulis pasal atau nomor surat saja. Belum ada yang "
                "tersimpan."
            ),
        )
