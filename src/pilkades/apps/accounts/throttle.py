"""How long a guesser waits: a few guesses are free, then each one costs twice the last.

Pure. The wait belongs to an account, never to an address: a whole village shares one hotspot.
Fifty guesses take more than half a day; the owner who mistypes waits seconds.
"""

from datetime import datetime, timedelta

FREE_FAILURES = 5
FIRST_WAIT_SECONDS = 10
MAX_WAIT_SECONDS = 900
FORGET_AFTER = timedelta(hours=24)


def compute_wait_seconds(failures: int) -> int:
    """Seconds to wait after this many failures in a row: 0 up to five, then 10, 20, 40 … 900."""
    if failures < FREE_FAILURES:
        return 0
    doubled = FIRST_WAIT_SECONDS << min(failures - FREE_FAILURES, 10)
    return min(doubled, MAX_WAIT_SECONDS)


def compute_failures(*, failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Failures that still count; a quiet day forgives them."""
    return 0 if now - last_failed_at >= FORGET_AFTER else failures
