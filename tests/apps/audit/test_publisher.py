"""A server publishes checkpoints by itself, and goes on after a mishap."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from pilkades.apps.audit.models import Checkpoint
from pilkades.apps.audit.selectors import find_latest_checkpoint
from pilkades.apps.audit.services import publisher as module
from pilkades.apps.audit.services.publisher import INTERVAL_SECONDS, Publisher


class Publishing:
    """Counts what is published, and fails as it is told."""

    def __init__(self, *mishaps: Exception) -> None:
        self.mishaps = list(mishaps)
        self.count = 0
        self.enough = threading.Event()

    def __call__(self) -> None:
        self.count += 1
        if self.count >= 3:
            self.enough.set()
        if self.mishaps:
            raise self.mishaps.pop(0)


def run(publishing: Publishing, *, seconds: float = 5) -> None:
    publisher = Publisher(publish=publishing, interval_seconds=0.01)
    publisher.start()
    publishing.enough.wait(seconds)
    publisher.stop()


@pytest.fixture(autouse=True)
def _connections_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads of these tests use no database."""
    monkeypatch.setattr(module.connections, "close_all", lambda: None)


def test_it_publishes_at_once_and_again_within_a_minute() -> None:
    publishing = Publishing()
    run(publishing)
    assert publishing.count >= 3
    assert INTERVAL_SECONDS < 60


def test_a_database_that_is_away_for_a_while_ends_nothing() -> None:
    publishing = Publishing(OperationalError("gone"))
    run(publishing)
    assert publishing.count >= 3


def test_without_a_key_it_says_so_once_and_ends() -> None:
    publishing = Publishing(ImproperlyConfigured("no key"))
    run(publishing, seconds=0.3)
    assert publishing.count == 1


def test_what_it_publishes_is_what_the_public_pages_show(
    db: None, write: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Publisher] = []
    monkeypatch.setattr(Publisher, "start", lambda self: started.append(self))
    publisher = module.start_publisher()
    assert started == [publisher]
    for number in range(3):
        write(number)
    assert find_latest_checkpoint() is None

    for _ in range(2):
        assert publisher._attempt()

    latest = find_latest_checkpoint()
    assert latest is not None
    assert latest.size == 3
    assert Checkpoint.objects.count() == 1
    assert connection.is_usable()


def test_the_server_starts_it(tmp_path: Path) -> None:
    code = (
        "import threading, pilkades.config.wsgi;"
        "print([t.name for t in threading.enumerate() if t.daemon])"
    )
    environment = {
        **os.environ,
        "PILKADES_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "pilkades.config.settings.dev",
    }
    environment.pop("DATABASE_URL", None)
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60
    )
    assert "checkpoints" in result.stdout
