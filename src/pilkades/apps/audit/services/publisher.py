"""The thread of a server that publishes a checkpoint while the ledger grows.

It asks once in a while whether there is anything new, so it costs a writer nothing and sees what
other processes wrote. Two servers of one installation may both run it: they sign the same bytes.
"""

import logging
import threading
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.utils import timezone

from pilkades.apps.audit.services.publish import publish_checkpoint

# Short of a minute by the time that a slow machine takes to sign.
INTERVAL_SECONDS = 45.0

_logger = logging.getLogger(__name__)


class Publisher:
    """Publishes at once when it is started, and again after every interval."""

    def __init__(
        self, *, publish: Callable[[], object], interval_seconds: float = INTERVAL_SECONDS
    ) -> None:
        self._publish = publish
        self._interval = interval_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)

    def start(self) -> None:
        """Begin; a started one is not started again."""
        self._thread.start()

    def stop(self) -> None:
        """End it and wait until the checkpoint being written is written."""
        self._stopped.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while self._attempt() and not self._stopped.wait(self._interval):
            pass

    def _attempt(self) -> bool:
        """Publish once; False where that can never work."""
        try:
            self._publish()
        except DatabaseError:
            # Nothing is lost: the tree stands, only its checkpoint is late by one interval.
            _logger.exception("no checkpoint could be published")
        except ImproperlyConfigured:
            # Reading the ledger says the same to whoever asks, with what to do.
            _logger.exception("this installation cannot sign its checkpoints")
            return False
        finally:
            connections.close_all()
        return True


def start_publisher() -> Publisher:
    """Let this server publish: called by its entry point, never by tests or commands."""
    publisher = Publisher(publish=lambda: publish_checkpoint(now=timezone.now()))
    publisher.start()
    return publisher
