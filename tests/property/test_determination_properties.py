"""Laws of determination: nobody's number or station order matters, and more votes never hurt."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.determination import (
    Act,
    Among,
    Applies,
    CandidateFacts,
    Comparison,
    Determination,
    DeterminationRules,
    EqualUnits,
    Measure,
    Outcome,
    StationVotes,
    TieCriterion,
    Unit,
    WhenFewer,
    determine,
)
from pilkades.packfiles import list_packs, read_pack

HAMLETS = ("Krajan", "Kulon", "Wetan")
SHIPPED = [DeterminationRules.from_pack(read_pack(name)) for name in list_packs()]


@st.composite
def criteria(draw: st.DrawFn) -> TieCriterion:
    return TieCriterion(
        id="k",
        article="pasal",
        comparison=draw(st.sampled_from(Comparison)),
        unit=draw(st.sampled_from(Unit)),
        measure=draw(st.sampled_from(Measure)),
        among=draw(st.sampled_from(Among)),
        applies=draw(st.sampled_from(Applies)),
        equal_units=draw(st.sampled_from(EqualUnits)),
        minimum_votes=draw(st.integers(1, 3)),
        otherwise=draw(st.sampled_from([Act.NEXT, Act.DRAWING, Act.SECOND_ROUND])),
    )


rules = st.one_of(
    st.sampled_from(SHIPPED),
    st.builds(
        DeterminationRules,
        pack_id=st.just("uji"),
        criteria=st.lists(criteria(), max_size=4).map(tuple),
        when_fewer=st.sampled_from(WhenFewer),
    ),
)


@st.composite
def villages(draw: st.DrawFn) -> tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]]:
    """Few and small figures, so that ties are common."""
    count = draw(st.integers(2, 5))
    votes = st.lists(st.integers(0, 3), min_size=count, max_size=count)
    rows = []
    for n in range(draw(st.integers(1, 4))):
        cast = draw(votes)
        ballots = sum(cast) + draw(st.integers(0, 1))
        rows.append(
            StationVotes(
                station=f"TPS {n}",
                hamlet=draw(st.sampled_from(HAMLETS)),
                registered=draw(st.integers(5, 7)),
                turnout=ballots,
                ballots=ballots,
                votes=dict(enumerate(cast, start=1)),
            )
        )
    candidates = tuple(
        CandidateFacts(number=n, hamlet=draw(st.sampled_from(HAMLETS))) for n in range(1, count + 1)
    )
    return tuple(rows), candidates


def run(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
) -> Determination:
    stations, candidates = village
    return determine(rules=rules, stations=stations, candidates=candidates)


@settings(max_examples=300)
@given(rules, villages(), st.randoms())
def test_the_order_of_stations_and_candidates_changes_nothing(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
    source: object,
) -> None:
    stations, candidates = list(village[0]), list(village[1])
    source.shuffle(stations)  # type: ignore[attr-defined]
    source.shuffle(candidates)  # type: ignore[attr-defined]
    assert run(rules, (tuple(stations), tuple(candidates))) == run(rules, village)


@settings(max_examples=300)
@given(rules, villages(), st.data())
def test_other_ballot_numbers_elect_the_same_person(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
    data: st.DataObject,
) -> None:
    stations, candidates = village
    numbers = [candidate.number for candidate in candidates]
    new = dict(zip(numbers, data.draw(st.permutations(numbers)), strict=True))
    renumbered = (
        tuple(replace(r, votes={new[n]: v for n, v in r.votes.items()}) for r in stations),
        tuple(replace(c, number=new[c.number]) for c in candidates),
    )
    before, after = run(rules, village), run(rules, renumbered)
    assert after.winner == (None if before.winner is None else new[before.winner])
    assert set(after.tied) == {new[n] for n in before.tied}


@settings(max_examples=300)
@given(rules, villages(), st.integers(1, 3), st.data())
def test_more_votes_for_the_winner_keep_the_winner(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
    more: int,
    data: st.DataObject,
) -> None:
    stations, candidates = village
    winner = run(rules, village).winner
    if winner is None:
        return
    chosen = data.draw(st.integers(0, len(stations) - 1))
    row = stations[chosen]
    fuller = replace(
        row,
        ballots=row.ballots + more,
        turnout=row.turnout + more,
        votes={**row.votes, winner: row.votes[winner] + more},
    )
    changed = (*stations[:chosen], fuller, *stations[chosen + 1 :])
    assert run(rules, (changed, candidates)).winner == winner


@settings(max_examples=300)
@given(rules, villages())
def test_the_winner_has_the_most_votes_and_somebody_or_something_always_comes_out(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
) -> None:
    outcome = run(rules, village)
    totals = dict(outcome.totals)
    most = max(totals.values())
    if outcome.winner is not None:
        assert totals[outcome.winner] == most
        assert (outcome.outcome, outcome.next_act, outcome.tied) == (Outcome.ELECTED, None, ())
    else:
        assert outcome.next_act is not None
        assert outcome.next_act.act is not Act.NEXT
        assert all(totals[n] == most for n in outcome.tied)


@settings(max_examples=200)
@given(rules, villages())
def test_the_trace_never_brings_back_somebody_who_is_out(
    rules: DeterminationRules,
    village: tuple[tuple[StationVotes, ...], tuple[CandidateFacts, ...]],
) -> None:
    steps = run(rules, village).trace
    assert all(str(step.text) for step in steps)
    for earlier, later in pairwise(steps):
        assert set(later.remaining) <= set(earlier.remaining)
