"""The kinds of work there are; the app that knows the work registers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from pilkades.text import Text

Json = None | bool | int | str | list[Any] | dict[str, Any]


class JobCancelled(Exception):  # noqa: N818
    """Somebody asked the job to stop; whatever its transaction did is undone."""


class JobHandle(Protocol):
    """What a job is given of the world."""

    @property
    def uuid(self) -> UUID: ...

    def now(self) -> datetime:
        """The moment of the request, and the time that has passed since."""
        ...

    def report(self, done: int, total: int, note: Text | None = None) -> None:
        """Say how far it is. Raises: JobCancelled."""
        ...

    def store_result(self, *, data: bytes, name: str, media_type: str) -> None:
        """Keep the one file that the job makes, sealed, for whoever asked for it."""
        ...


Run = Callable[..., Mapping[str, Json] | None]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work: its name, its words, and the function `run(job, *, actor, **params)`.

    The function authorises by itself, as every service does: roles may end while a job waits.
    """

    name: str
    title: Text
    run: Run


_kinds: dict[str, JobKind] = {}


def register_job(name: str, *, title: Text) -> Callable[[Run], Run]:
    """Register the function that does this work."""

    def decorate(run: Run) -> Run:
        _kinds[name] = JobKind(name, title, run)
        return run

    return decorate


def get_kind(name: str) -> JobKind:
    """Raises: KeyError for a kind that no app registered."""
    return _kinds[name]


def move_clock(requested_at: datetime, *, passed_seconds: float) -> datetime:
    """The job's own clock: a rehearsal stands at its own moment, and goes on from there."""
    return requested_at + timedelta(seconds=passed_seconds)
