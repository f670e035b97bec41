"""A writer that is killed in the middle of its work leaves a ledger without gap or double."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.db import connection

from pilkades.apps.audit import selectors
from pilkades.apps.audit.models import Event, Leaf, QueuedEvent
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.ledger.merkle import compute_root, hash_leaf

WRITER = """
import django; django.setup()
from datetime import UTC, datetime
from django.db import transaction
from pilkades.apps.audit.services import append
for number in range(100_000):
    with transaction.atomic():
        for part in range(10):
            append(event="audit.exported", actor=None, at=datetime.now(UTC), region_code="",
                   subject="audit:trail", data={"format": "CSV", "rows": number * 10 + part})
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_writer_leaves_whole_transactions_and_a_whole_tree() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the test database of SQLite lives in this process alone")
    settings = connection.settings_dict
    host = settings["OPTIONS"].get("host") or settings["HOST"]
    url = f"postgres://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={host}"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], env={**os.environ, "DATABASE_URL": url}
    )
    try:
        deadline = time.monotonic() + 60
        while Leaf.objects.count() < 100 and time.monotonic() < deadline:
            assert writer.poll() is None
            time.sleep(0.02)
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()

    checkpoint = publish_checkpoint(now=datetime.now(UTC))

    assert checkpoint.size >= 100
    assert checkpoint.size == Event.objects.count()
    assert checkpoint.size % 10 == 0
    assert not QueuedEvent.objects.exists()
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(
        range(checkpoint.size)
    )
    leaves = selectors.list_leaves(start=0, stop=checkpoint.size)
    assert bytes(checkpoint.root) == compute_root([hash_leaf(leaf) for leaf in leaves])
