"""The thread that takes events into the tree soon after they are committed (PostgreSQL).

One per process, started by the first event; all of them work under the lock of `sequence_queue`.
It gathers for a moment so that many small transactions become one batch. Whatever it leaves behind
when the process dies is taken in by the next event, the next reader or the end of the process.
"""

import atexit
import logging
import threading
import time

from django.db import DatabaseError, connections

from pilkades.apps.audit.services.sequence import sequence_queue

GATHER_SECONDS = 0.2
RETRY_SECONDS = 2.0

_logger = logging.getLogger(__name__)


class Sequencer:
    """Wakes up when something was committed, and sleeps without a database connection."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Something was committed; costs nothing worth measuring."""
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def finish(self) -> None:
        """Take in what is still wanted, in the calling thread: at the end of the process."""
        if self._wanted.is_set():
            self._wanted.clear()
            self._drain()

    def _start(self) -> None:
        with self._starting:
            # After a fork the thread of the parent is not alive here, and a new one is made.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            time.sleep(GATHER_SECONDS)
            self._wanted.clear()
            if not self._drain():
                time.sleep(RETRY_SECONDS)
                self._wanted.set()

    def _drain(self) -> bool:
        try:
            sequence_queue()
        except DatabaseError:
            # The events are safe in the queue; only their place in the tree is late.
            _logger.exception("the ledger's queue could not be taken into the tree")
            return False
        finally:
            connections.close_all()
        return True


_sequencer = Sequencer()
atexit.register(_sequencer.finish)


def wake_sequencer() -> None:
    """Ask this process's thread to take the queue into the tree."""
    _sequencer.wake()
