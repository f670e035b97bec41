"""Consistent statements for tests: one from literal figures, many from a strategy."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from pilkades.law.reconciliation import CandidateFigures, StatementFigures


def make_statement(votes: tuple[int, ...] = (200, 150, 50), **changed: Any) -> StatementFigures:
    """A consistent statement of 424 voters; `changed` figures are put in without repair."""
    invalid = 24
    users = sum(votes) + invalid
    figures = StatementFigures(
        village_code="35.05.01.2001",
        station="TPS 01",
        registered_men=260,
        registered_women=240 + max(0, users - 424),
        registered_total=500 + max(0, users - 424),
        users_roll=users - 2,
        users_elsewhere=2,
        users_unlisted=0,
        users_total=users,
        users_disabled=3,
        ballots_received=users + 3 + 83,
        ballots_used=users,
        ballots_damaged=1,
        ballots_mistaken=2,
        ballots_unused=83,
        candidates=tuple(
            CandidateFigures(number=n, votes=count, words=count, marks=count)
            for n, count in enumerate(votes, start=1)
        ),
        valid=sum(votes),
        invalid=invalid,
        total=users,
        valid_words=sum(votes),
        invalid_words=invalid,
        total_words=users,
    )
    return replace(figures, **changed)


def with_candidate(figures: StatementFigures, number: int, **changed: Any) -> StatementFigures:
    """The same statement with something else written for one candidate."""
    return replace(
        figures,
        candidates=tuple(
            replace(c, **changed) if c.number == number else c for c in figures.candidates
        ),
    )


@st.composite
def consistent_statements(draw: st.DrawFn) -> StatementFigures:
    """Statements in which every identity holds, with or without words and marks."""
    counts = st.integers(0, 400)
    votes = draw(st.lists(counts, min_size=2, max_size=5))
    invalid, elsewhere = draw(st.integers(0, 60)), draw(st.integers(0, 20))
    users = sum(votes) + invalid
    elsewhere = min(elsewhere, users)
    men = draw(st.integers(0, users))
    women = users - men + draw(st.integers(0, 200))
    damaged, mistaken = (draw(st.integers(0, users)) for _ in range(2))
    unused = draw(counts)
    has_words, has_marks = draw(st.booleans()), draw(st.booleans())
    return StatementFigures(
        village_code="35.05.01.2001",
        station="TPS 01",
        registered_men=men,
        registered_women=women,
        registered_total=men + women,
        users_roll=users - elsewhere,
        users_elsewhere=elsewhere,
        users_unlisted=0,
        users_total=users,
        users_disabled=draw(st.integers(0, users)),
        ballots_received=users + damaged + mistaken + unused,
        ballots_used=users,
        ballots_damaged=damaged,
        ballots_mistaken=mistaken,
        ballots_unused=unused,
        candidates=tuple(
            CandidateFigures(
                number=n,
                votes=count,
                words=count if has_words else None,
                marks=count if has_marks else None,
            )
            for n, count in enumerate(votes, start=1)
        ),
        valid=sum(votes),
        invalid=invalid,
        total=users,
        valid_words=sum(votes) if has_words else None,
        invalid_words=invalid if has_words else None,
        total_words=users if has_words else None,
    )
