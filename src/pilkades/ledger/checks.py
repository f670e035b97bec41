"""Answers of a public verification: every check by its name, and never yes by default."""

from collections.abc import Iterable
from dataclasses import dataclass

from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its stable id, whether it holds, and what was found in words."""

    id: str
    ok: bool
    detail: Text


def is_verified(results: Iterable[CheckResult], *, required: frozenset[str]) -> bool:
    """Whether every required check was made and every check that was made holds."""
    made = tuple(results)
    return required <= {result.id for result in made} and all(result.ok for result in made)
