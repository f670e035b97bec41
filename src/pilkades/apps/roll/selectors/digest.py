"""The fingerprint of who is on a roll: what two people lock, and what anybody can check later."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import rfc8785

from pilkades.apps.roll.models import Roll, RollEntry

LOCKED_COLUMNS = (
    "number",
    "stage",
    "nik",
    "kk",
    "full_name",
    "sex",
    "birth_place",
    "birth_date",
    "marital_status",
    "address",
    "rt",
    "rw",
    "hamlet_id",
    "disability",
    "identity_document",
    "occupation",
    "resident_since",
    "note",
    "is_removed",
    "removed_reason",
)
"""What the lock holds: everything but the station, the telephone number and the annotation."""


def compute_digest(roll: Roll) -> str:
    """SHA-256 over every entry, struck ones too, salted by the roll; one query.

    The salt keeps an outsider from guessing a NIK by trying; it is erased with the roll's data.
    """
    total = hashlib.sha256(roll.lock_salt.encode())
    for entry in RollEntry.objects.filter(roll=roll).order_by("uuid").iterator(chunk_size=1000):
        line: dict[str, Any] = {name: _plain(getattr(entry, name)) for name in LOCKED_COLUMNS}
        total.update(rfc8785.dumps({"uuid": str(entry.uuid), **line}) + b"\n")
    return total.hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
