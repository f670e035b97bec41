"""How long a guesser waits: a few guesses are free, then each one costs twice the last.

Pure. The wait belongs to an account as seen from one place, never to an address alone: a whole
village shares one hotspot, and who guesses elsewhere does not keep the owner out here. Fifty
guesses take more than half a day; the owner who mistypes waits seconds. Forms without an account
wait by place and by words (`public_forms`).
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


FREE_FORMS_PER_PLACE = 20
PLACE_WAIT_SECONDS = 120
FIRST_WORDS_WAIT_SECONDS = 60
MAX_WORDS_WAIT_SECONDS = 1_800


def compute_place_wait_seconds(sent: int) -> int:
    """Seconds between forms from one place: none for the first twenty of an hour, then 120."""
    return 0 if sent < FREE_FORMS_PER_PLACE else PLACE_WAIT_SECONDS


def compute_words_wait_seconds(sent: int) -> int:
    """Seconds until the same words may come again: 60, then 120, 240 … 1,800."""
    if sent < 1:
        return 0
    return min(FIRST_WORDS_WAIT_SECONDS << min(sent - 1, 10), MAX_WORDS_WAIT_SECONDS)


def compute_failures(*, failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Failures that still count; a quiet day forgives them."""
    return 0 if now - last_failed_at >= FORGET_AFTER else failures
