"""Plays several stories at once in the order of their dates, so that the ledger reads like a year.

A story is a generator: it yields the moment of its next scene and then plays it.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
YEAR = 2026

Story = Iterator[datetime]


class HasNow(Protocol):
    """Whoever plays in a story stands at its moment."""

    now: datetime


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026 on the clock of East Java."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=WIB)


def play(
    stories: Iterable[tuple[HasNow, Story]], *, progress: Callable[[datetime], None] | None = None
) -> None:
    """Resume whichever story has the earliest scene until all are told; ties in the given order."""
    queue: list[tuple[datetime, int, HasNow, Story]] = []
    for place, (player, story) in enumerate(stories):
        _enqueue(queue, place, player, story)
    while queue:
        moment, place, player, story = heapq.heappop(queue)
        if progress is not None:
            progress(moment)
        player.now = moment
        _enqueue(queue, place, player, story)


def _enqueue(
    queue: list[tuple[datetime, int, HasNow, Story]], place: int, player: HasNow, story: Story
) -> None:
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(queue, (moment, place, player, story))
