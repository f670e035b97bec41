"""The whole of Indonesia, imported once for the tests that need it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from pilkades.apps.regions.services import ImportReport, import_regions

DATA = Path(settings.PACKAGE_DIR).parents[1] / "node_modules" / "idn-area-data" / "data"


@pytest.fixture(scope="module")
def indonesia(django_db_setup: Any, django_db_blocker: Any) -> Iterator[ImportReport]:
    """All 83,762 villages; taken back when the module's tests are done."""
    if not DATA.exists():
        pytest.skip("idn-area-data is not installed (npm ci)")
    with django_db_blocker.unblock(), transaction.atomic():
        report = import_regions(directory=DATA, now=datetime(2026, 11, 23, tzinfo=UTC))
        # Settles the deferred foreign keys once; every test would check them all again.
        connection.check_constraints()
        yield report
        transaction.set_rollback(True)
