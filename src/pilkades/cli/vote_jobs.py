"""Judging ballots on several cores, a window of them at a time, so that memory stays level."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from pilkades.errors import PilkadesError
from pilkades.evoting.archive import Oversized
from pilkades.evoting.ballot_checks import BallotVerdict, judge_ballot
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.public_credentials import Weights
from pilkades.evoting.verification import JudgeMany, judge_one_by_one

CHUNK = 8
CHUNKS_AHEAD = 4
BYTES_AHEAD = 4_000_000

_election: Election
_weights: Weights


def choose_judge(jobs: int) -> JudgeMany:
    """One process judges in place; more share the work."""
    jobs = min(jobs, os.cpu_count() or 1)
    if jobs <= 1:
        return judge_one_by_one

    def judge_together(
        election: Election, weights: Weights, ballots: Iterable[bytes | Oversized]
    ) -> Iterator[BallotVerdict]:
        waiting: deque[tuple[int, Future[list[BallotVerdict]]]] = deque()
        source = _Source(ballots)
        with ProcessPoolExecutor(
            jobs,
            mp_context=choose_start(get_all_start_methods()),
            initializer=_begin,
            initargs=(election.data, dict(weights)),
        ) as pool:
            for chunk in _chunks(source):
                waiting.append((sum(map(_weigh, chunk)), pool.submit(_judge, chunk)))
                while len(waiting) >= jobs * CHUNKS_AHEAD or _is_too_much(waiting):
                    yield from waiting.popleft()[1].result()
            while waiting:
                yield from waiting.popleft()[1].result()
        if source.fault is not None:
            raise source.fault

    return judge_together


def choose_start(methods: Sequence[str]) -> BaseContext:
    """How helpers begin: as copies of this process where that exists (not on Windows)."""
    return get_context("fork" if "fork" in methods else "spawn")


class _Source:
    """Ballots up to the first that cannot be read; those before it are judged all the same."""

    def __init__(self, ballots: Iterable[bytes | Oversized]) -> None:
        self._ballots = iter(ballots)
        self.fault: PilkadesError | None = None

    def __iter__(self) -> Iterator[bytes | Oversized]:
        try:
            yield from self._ballots
        except PilkadesError as error:
            self.fault = error


def _chunks(source: _Source) -> Iterator[list[bytes | Oversized]]:
    """Some ballots at a time; fewer where they are large, so that memory stays level."""
    chunk: list[bytes | Oversized] = []
    size = 0
    for ballot in source:
        chunk.append(ballot)
        size += _weigh(ballot)
        if len(chunk) == CHUNK or size >= BYTES_AHEAD:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _weigh(ballot: bytes | Oversized) -> int:
    return 0 if isinstance(ballot, Oversized) else len(ballot)


def _is_too_much(waiting: deque[tuple[int, Future[list[BallotVerdict]]]]) -> bool:
    return sum(size for size, _verdicts in waiting) >= BYTES_AHEAD


def _begin(election: bytes, weights: Weights) -> None:
    global _election, _weights
    # Ctrl-C is for the command, which ends its helpers; they have nothing to say of their own.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _election, _weights = parse_election(election), weights


def _judge(chunk: list[bytes | Oversized]) -> list[BallotVerdict]:
    return [judge_ballot(_election, data, credentials=_weights) for data in chunk]
