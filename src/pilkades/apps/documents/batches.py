"""Papers of thousands of pages: set batch by batch on every core, and joined into one PDF.

Memory holds a few batches at a time and the finished pages; each batch numbers its own pages.
"""

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

import pikepdf

from pilkades.apps.documents.papers import Paper, PaperRecord, render_pdf

AHEAD = 2
"""Batches that wait beside those being set."""

Part = tuple[Mapping[str, Any], PaperRecord | None]


def render_joined(
    *,
    template: str,
    parts: Iterable[Part],
    paper: Paper = "a4",
    simulation: bool | None = None,
    report: Callable[[int], None] = lambda done: None,
) -> bytes:
    """One PDF of many parts, each set by the same template; `report` is told how many are done.

    Typst works outside the interpreter's lock, so threads use every core. What `report` raises
    ends the work.
    """
    workers = os.cpu_count() or 1
    joined = pikepdf.new()
    waiting: deque[Future[bytes]] = deque()
    source = iter(parts)
    with ThreadPoolExecutor(workers, thread_name_prefix="papers") as pool:

        def submit(count: int) -> None:
            for data, record in islice(source, count):
                waiting.append(
                    pool.submit(
                        render_pdf,
                        template=template,
                        data=data,
                        paper=paper,
                        record=record,
                        simulation=simulation,
                    )
                )

        submit(workers + AHEAD)
        done = 0
        while waiting:
            with pikepdf.open(io.BytesIO(waiting.popleft().result())) as part:
                joined.pages.extend(part.pages)
            done += 1
            report(done)
            submit(1)
    buffer = io.BytesIO()
    joined.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()
