"""Determination: who is elected, or what must happen because nobody is.

Law: Permendagri 112/2014 Pasal 42 (most valid votes; equal votes), UU 6/2014 Pasal 34A
(single candidate), and the regional rules of the pack. Every comparison leaves a line in the
trace, which the decree prints, so that nobody has to believe the result.

Left out on purpose: objections and recounts, which belong to disputes; and the acts of authorities.
"""

from collections.abc import Mapping

from pilkades.law.determination.criteria import apply_criterion, list_numbers, list_votes
from pilkades.law.determination.outcome import (
    Determination,
    NextAct,
    Outcome,
    TraceStep,
    describe_act,
    elected,
    not_elected,
    warn_of_margin,
)
from pilkades.law.determination.rules import (
    Act,
    Applies,
    DeterminationRules,
    TieCriterion,
    WhenFewer,
)
from pilkades.law.determination.single import determine_single
from pilkades.law.determination.votes import CandidateFacts, StationVotes, check_votes
from pilkades.text import Text


def determine(
    *,
    rules: DeterminationRules,
    stations: tuple[StationVotes, ...],
    candidates: tuple[CandidateFacts, ...],
) -> Determination:
    """Determine the winner from the votes of all stations.

    Law: Permendagri 112/2014 Pasal 42: the most valid votes, strictly more than anybody
    else; equal votes go through the criteria of the pack in their order. Ballot numbers and the
    order of stations have no influence.
    """
    check_votes(stations=stations, candidates=candidates)
    totals = _add_up(stations)
    if len(candidates) == 1:
        return determine_single(rules, stations, candidates[0].number, totals)
    most = max(totals.values())
    if most == 0:
        return _nobody_voted(rules, totals)
    first = frozenset(number for number, votes in totals.items() if votes == most)
    trace = [_majority_step(rules, totals, first)]
    warnings = warn_of_margin(stations, totals)
    if len(first) == 1:
        return elected(next(iter(first)), totals, trace, warnings)
    return _separate(rules, stations, candidates, totals, first, trace, warnings)


def _separate(
    rules: DeterminationRules,
    stations: tuple[StationVotes, ...],
    candidates: tuple[CandidateFacts, ...],
    totals: Mapping[int, int],
    tied: frozenset[int],
    trace: list[TraceStep],
    warnings: tuple[Text, ...],
) -> Determination:
    """Walk through the criteria that apply until one candidate or a closing act is left."""
    criteria = _applicable(rules.criteria, stations)
    position, closing, is_data_missing = 0, None, False
    while position < len(criteria):
        criterion = criteria[position]
        separation = apply_criterion(
            criterion=criterion, stations=stations, candidates=candidates, tied=tied
        )
        first = separation.first
        trace.append(_criterion_step(criterion, separation.text, first, tied, rules.when_fewer))
        if len(first) == 1:
            return elected(next(iter(first)), totals, trace, warnings)
        is_data_missing = separation.is_data_missing
        if is_data_missing:
            closing = criterion
            break
        is_restart = len(first) < len(tied) and rules.when_fewer is WhenFewer.RESTART
        if rules.when_fewer is not WhenFewer.KEEP:
            tied = first
        if is_restart:
            position = 0
            continue
        if criterion.otherwise is not Act.NEXT:
            closing = criterion
            break
        position += 1
    act = _closing_act(closing, tied, is_data_missing=is_data_missing)
    return not_elected(Outcome.TIED, totals, tied, trace, act, warnings)


def _applicable(
    criteria: tuple[TieCriterion, ...], stations: tuple[StationVotes, ...]
) -> tuple[TieCriterion, ...]:
    is_one = len({row.station for row in stations}) == 1
    unwanted = Applies.SEVERAL_STATIONS if is_one else Applies.ONE_STATION
    return tuple(criterion for criterion in criteria if criterion.applies is not unwanted)


def _nobody_voted(rules: DeterminationRules, totals: Mapping[int, int]) -> Determination:
    step = TraceStep(
        criterion="most_votes",
        article=rules.majority_article,
        status=None,
        text=Text("Tidak ada satu pun suara sah untuk calon."),
        remaining=(),
    )
    act = NextAct(
        act=rules.no_votes,
        within_days=None,
        article=rules.no_votes_article,
        text=describe_act(rules.no_votes, frozenset(totals), None),
    )
    return not_elected(Outcome.NO_VOTES, totals, frozenset(), [step], act, ())


def _majority_step(
    rules: DeterminationRules, totals: Mapping[int, int], first: frozenset[int]
) -> TraceStep:
    listed = list_votes(totals, frozenset(totals))
    text = (
        Text(
            "Jumlah seluruh TPS: {totals}. Terbanyak: {first}.",
            totals=listed,
            first=list_numbers(first),
        )
        if len(first) == 1
        else Text(
            "Jumlah seluruh TPS: {totals}. Suara sama: {first}.",
            totals=listed,
            first=list_numbers(first),
        )
    )
    return TraceStep(
        criterion="most_votes",
        article=rules.majority_article,
        status=None,
        text=text,
        remaining=tuple(sorted(first)),
    )


def _criterion_step(
    criterion: TieCriterion,
    text: Text,
    first: frozenset[int],
    tied: frozenset[int],
    when_fewer: WhenFewer,
) -> TraceStep:
    """The step with its figures; where fewer but several remain, it says which reading holds."""
    is_fewer = 1 < len(first) < len(tied)
    is_kept = is_fewer and when_fewer is WhenFewer.KEEP
    return TraceStep(
        criterion=criterion.id,
        article=criterion.article,
        status=criterion.status,
        text=Text("{text} {reading}", text=text, reading=_READINGS[when_fewer])
        if is_fewer
        else text,
        remaining=tuple(sorted(tied if is_kept else first)),
    )


_READINGS: Mapping[WhenFewer, Text] = {
    WhenFewer.CARRY: Text("Perbandingan dilanjutkan hanya antara yang tersisa."),
    WhenFewer.RESTART: Text("Kriteria diulang dari yang pertama antara yang tersisa."),
    WhenFewer.KEEP: Text("Kriteria berikutnya membandingkan lagi semua calon yang sama suaranya."),
}


def _closing_act(
    criterion: TieCriterion | None, tied: frozenset[int], *, is_data_missing: bool
) -> NextAct:
    """What the criterion that ended the walk asks for; nothing asked means the rules are silent."""
    if criterion is None:
        return NextAct(
            act=Act.RULES_SILENT,
            within_days=None,
            article="",
            text=describe_act(Act.RULES_SILENT, tied, None),
        )
    act = Act.RECORD_HAMLETS if is_data_missing else criterion.otherwise
    days = None if is_data_missing else criterion.within_days
    return NextAct(
        act=act, within_days=days, article=criterion.article, text=describe_act(act, tied, days)
    )


def _add_up(stations: tuple[StationVotes, ...]) -> dict[int, int]:
    totals: dict[int, int] = {}
    for row in stations:
        for number, votes in row.votes.items():
            totals[number] = totals.get(number, 0) + votes
    return totals
