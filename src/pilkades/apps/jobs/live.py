"""How far a running job is, and the wish to stop it: small files in the installation's home.

Not in the database: a job may hold one long transaction, whose progress nobody else would see, and
on SQLite nobody else could write meanwhile. Server and worker share the home in any case, since
the sealed files lie there. A file holds counts and a sentence, never personal data.
"""

import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from pilkades.apps.design.stored_texts import freeze_text, thaw_text
from pilkades.text import Text

BEAT_SECONDS = 5.0
SILENT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total`, in steps of the job's own; `note` says what is being done."""

    done: int
    total: int
    note: Text | None


def write_progress(uuid: UUID, progress: Progress) -> None:
    """Replace what stands there, whole."""
    content: dict[str, Any] = {"done": progress.done, "total": progress.total}
    if progress.note:
        content["note"] = freeze_text(progress.note)
    path = _path(uuid, "json")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{threading.get_ident()}.part")
    partial.write_text(json.dumps(content))
    partial.replace(path)


def read_progress(uuid: UUID) -> Progress:
    """What was written last; nothing yet is 0 of 1."""
    try:
        content = json.loads(_path(uuid, "json").read_text())
    except FileNotFoundError:
        return Progress(0, 1, None)
    note = content.get("note")
    return Progress(content["done"], content["total"], thaw_text(note) if note else None)


def ask_to_stop(uuid: UUID) -> None:
    """Leave the wish for the job to find."""
    path = _path(uuid, "stop")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch()


def is_asked_to_stop(uuid: UUID) -> bool:
    return _path(uuid, "stop").exists()


def is_silent(uuid: UUID) -> bool:
    """Whether nothing has been heard of a running job for so long that its process is gone."""
    try:
        return time.time() - _path(uuid, "json").stat().st_mtime > SILENT_SECONDS
    except FileNotFoundError:
        return True


def forget(uuid: UUID) -> None:
    """Remove what a finished job left."""
    for ending in ("json", "stop"):
        _path(uuid, ending).unlink(missing_ok=True)


class Heart:
    """Beats while a job runs, also through a step that takes minutes without a report."""

    def __init__(self, uuid: UUID) -> None:
        self._uuid = uuid
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="job-heart", daemon=True)

    def __enter__(self) -> "Heart":
        write_progress(self._uuid, Progress(0, 1, None))
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stopped.set()
        self._thread.join(timeout=BEAT_SECONDS)

    def _beat(self) -> None:
        path = _path(self._uuid, "json")
        while not self._stopped.wait(BEAT_SECONDS):
            if path.exists():
                path.touch()


def _path(uuid: UUID, ending: str) -> Path:
    return Path(settings.PILKADES_JOBS_DIR) / f"{uuid}.{ending}"
