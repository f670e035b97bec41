"""What a search hands back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two people by their place in what was given, and how likely they are one."""

    left: int
    right: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """Pairs worth a look, likeliest first, and how wide the net was."""

    people: int
    candidates: int
    crowded_keys: int
    pairs: tuple[FoundPair, ...]
