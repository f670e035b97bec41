"""The single candidate against the empty column (calon tunggal melawan kolom kosong).

Law: UU 6/2014 Pasal 34A, inserted by UU 3/2024. The threshold is not verified, so the pack gives
what the votes are measured against, the percentage and whether it must be exceeded.
"""

from collections.abc import Mapping

from pilkades.law.ballots.facts import EMPTY_COLUMN
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
    DeterminationRules,
    SingleCandidateRule,
    SingleMeasure,
)
from pilkades.law.determination.votes import StationVotes
from pilkades.text import Text


def determine_single(
    rules: DeterminationRules,
    stations: tuple[StationVotes, ...],
    number: int,
    totals: Mapping[int, int],
) -> Determination:
    """Elected or rejected by the threshold of the pack.

    Law: UU 6/2014 Pasal 34A (inserted by UU 3/2024); the threshold is not verified, so the pack
    gives it: fields `determination.single_measure`, `single_percent`, `single_strict`.
    """
    single = rules.single
    votes, against = totals[number], totals[EMPTY_COLUMN]
    base = {
        SingleMeasure.EMPTY_COLUMN: against,
        SingleMeasure.VALID: votes + against,
        SingleMeasure.TURNOUT: sum(row.turnout for row in stations),
        SingleMeasure.REGISTERED: sum(row.registered for row in stations),
    }[single.measure]
    percent = 100 if single.measure is SingleMeasure.EMPTY_COLUMN else single.percent
    reached, needed = votes * 100, base * percent
    is_elected = votes > 0 and (reached > needed if single.is_strict else reached >= needed)
    text = Text(
        "Calon {number} memperoleh {votes} suara, {label} {against} suara. Syarat: {relation} "
        "{needed}. {verdict}",
        number=number,
        votes=votes,
        label=single.against_label,
        against=against,
        relation=Text("lebih dari") if single.is_strict else Text("paling sedikit"),
        needed=_describe_threshold(single, base),
        verdict=Text("Terpenuhi.") if is_elected else Text("Tidak terpenuhi."),
    )
    step = TraceStep(
        criterion="single",
        article=single.article,
        status=None,
        text=text,
        remaining=(number,) if is_elected else (),
    )
    if is_elected:
        return elected(number, totals, [step], warn_of_margin(stations, totals))
    act = NextAct(
        act=single.failure,
        within_days=None,
        article=single.article,
        text=describe_act(single.failure, frozenset((number,)), None),
    )
    return not_elected(
        Outcome.REJECTED, totals, frozenset(), [step], act, warn_of_margin(stations, totals)
    )


def _describe_threshold(single: SingleCandidateRule, base: int) -> Text:
    if single.measure is SingleMeasure.EMPTY_COLUMN:
        return Text("suara {label} ({base})", label=single.against_label, base=base)
    return Text(
        "{percent}% dari {measure} ({base})",
        percent=single.percent,
        measure=_MEASURE_NAMES[single.measure],
        base=base,
    )


_MEASURE_NAMES: Mapping[SingleMeasure, Text] = {
    SingleMeasure.VALID: Text("suara sah"),
    SingleMeasure.TURNOUT: Text("pemilih yang hadir"),
    SingleMeasure.REGISTERED: Text("pemilih terdaftar"),
}
