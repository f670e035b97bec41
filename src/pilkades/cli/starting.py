"""One start at a time: while keys, tables and the demo are made, a second start has to wait.

The system takes the lock away from a process that dies, so a killed start blocks nobody.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

LOCK_FILE = "start.lock"
UNDER_WAY_TEXT = (
    "Penyiapan lain sedang berjalan untuk data di {home}. Tunggu sampai selesai, lalu jalankan "
    "lagi perintah ini. Tidak ada yang berubah."
)


@contextmanager
def hold_start(home: Path) -> Iterator[None]:
    """Be the only one who prepares this home; a second one ends with exit code 1 and a sentence."""
    # The data belong to whoever runs the installation, not to every account of the machine.
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / LOCK_FILE).open("ab") as file:
        if not _try_lock(file):
            print(UNDER_WAY_TEXT.format(home=home), file=sys.stderr)
            raise SystemExit(1)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
