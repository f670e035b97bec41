"""What a serving installation clears away once a day: sealed files without a record, due rolls.

A file is written before its transaction is through; where that was rolled back, or the machine went
out, bytes stay behind that nobody can open. A day's grace leaves every open transaction alone. The
personal data of a roll go on the day that the pack names.
"""

import sys
import threading
import time
from datetime import UTC, datetime, timedelta

# Later than the server's start, which forks: a database handle must not be open then.
FIRST_SECONDS = 600
EVERY_SECONDS = 24 * 60 * 60
GRACE = timedelta(days=1)


def start_daily_cleaning() -> threading.Thread:
    """Clean in the background as long as this process serves; it ends with the process."""
    thread = threading.Thread(target=_clean_daily, name="cleaning", daemon=True)
    thread.start()
    return thread


def clean(*, now: datetime) -> int:
    """Clear files without a record that are older than a day, and due rolls; how many files."""
    from pilkades.apps.roll.services.erasure import erase_due_rolls
    from pilkades.apps.vault.files import remove_orphans

    erase_due_rolls(now=now)
    return remove_orphans(older_than=now - GRACE)


def _clean_daily() -> None:
    time.sleep(FIRST_SECONDS)
    while True:
        _clean_once()
        time.sleep(EVERY_SECONDS)


def _clean_once() -> None:
    """One round; what goes wrong is said and tried again on the next day."""
    from pilkades.config.boot import setup

    setup()
    from django.db import DatabaseError, connections

    try:
        clean(now=datetime.now(UTC))
    except (OSError, DatabaseError) as error:
        print(f"Berkas lepas belum dibersihkan: {error}", file=sys.stderr)
    finally:
        connections.close_all()
