"""Writing events as the services of other apps do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from pilkades.apps.audit.services import append

NOW = datetime(2026, 11, 23, 0, 0, 5, tzinfo=UTC)
VILLAGE = "35.05.01.2001"


@dataclass(frozen=True)
class Person:
    """An actor as `accounts` gives it."""

    uuid: UUID
    name: str
    roles: tuple[tuple[str, str], ...] = ()


BU_SARI = Person(UUID(int=0x5A21), "Sari Wulandari", (("COMMITTEE_CHAIR", VILLAGE),))


@pytest.fixture
def write() -> Callable[..., UUID]:
    """Append one event in a transaction of its own."""

    def write_event(number: int = 1, **changes: Any) -> UUID:
        values: dict[str, Any] = {
            "event": "audit.exported",
            "actor": BU_SARI,
            "at": NOW,
            "region_code": VILLAGE,
            "subject": "audit:jejak",
            "data": {"format": "XLSX", "rows": number},
        }
        with transaction.atomic():
            return append(**(values | changes))

    return write_event
