"""Judging ballots on several cores, a window of them at a time, so that memory stays level."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from pilkades.evoting.ballot_checks import BallotVerdict, judge_ballot
from pilkades.evoting.elections import Election, parse_election
from pilkades.evoting.public_credentials import Weights
from pilkades.evoting.verification import JudgeMany, judge_one_by_one

CHUNK = 32
CHUNKS_AHEAD = 4

_election: Election
_weights: Weights


def choose_judge(jobs: int) -> JudgeMany:
    """One process judges in place; more share the work."""
    if jobs <= 1:
        return judge_one_by_one

    def judge_together(
        election: Election, weights: Weights, ballots: Iterable[bytes]
    ) -> Iterator[BallotVerdict]:
        waiting: deque[Future[list[BallotVerdict]]] = deque()
        source = iter(ballots)
        with ProcessPoolExecutor(
            jobs,
            mp_context=get_context("fork"),
            initializer=_begin,
            initargs=(election.data, dict(weights)),
        ) as pool:
            while chunk := list(islice(source, CHUNK)):
                waiting.append(pool.submit(_judge, chunk))
                if len(waiting) >= jobs * CHUNKS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    return judge_together


def _begin(election: bytes, weights: Weights) -> None:
    global _election, _weights
    _election, _weights = parse_election(election), weights


def _judge(chunk: list[bytes]) -> list[BallotVerdict]:
    return [judge_ballot(_election, data, credentials=_weights) for data in chunk]
