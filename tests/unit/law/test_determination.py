"""Who is elected: majorities, ties by the criteria of the pack, the single candidate."""

from dataclasses import replace

import pytest

from pilkades.errors import MalformedInputError
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
    SingleCandidateRule,
    SingleMeasure,
    StationVotes,
    TieCriterion,
    Unit,
    WhenFewer,
    determine,
    votes_of_statement,
)
from pilkades.law.packcheck import check_pack
from pilkades.packfiles import list_packs, read_pack
from tests.statements import make_statement

NATIONAL = DeterminationRules.from_pack(read_pack("nasional"))
OTHER = DeterminationRules.from_pack(read_pack("contoh-lain"))


def row(
    station: str, *votes: int, registered: int = 500, hamlet: str = "", turnout: int | None = None
) -> StationVotes:
    return StationVotes(
        station=station,
        hamlet=hamlet,
        registered=registered,
        turnout=sum(votes) if turnout is None else turnout,
        ballots=sum(votes),
        votes=dict(enumerate(votes, start=1)),
    )


def result(
    *rows: StationVotes, rules: DeterminationRules = NATIONAL, homes: tuple[str, ...] = ()
) -> Determination:
    count = len(rows[0].votes)
    candidates = tuple(
        CandidateFacts(number=n, hamlet=homes[n - 1] if homes else "") for n in range(1, count + 1)
    )
    return determine(rules=rules, stations=rows, candidates=candidates)


def by(*criteria: TieCriterion, when_fewer: WhenFewer = WhenFewer.CARRY) -> DeterminationRules:
    return DeterminationRules(pack_id="uji", criteria=criteria, when_fewer=when_fewer)


def criterion(comparison: Comparison, **fields: object) -> TieCriterion:
    return TieCriterion(id="k", article="pasal", comparison=comparison, **fields)  # type: ignore[arg-type]


# --- majority ---


def test_the_most_votes_win_whatever_the_stations_say() -> None:
    outcome = result(row("TPS 1", 100, 99), row("TPS 2", 10, 10))
    assert (outcome.outcome, outcome.winner) == (Outcome.ELECTED, 1)
    assert outcome.totals == ((1, 110), (2, 109))
    assert outcome.next_act is None


def test_without_a_single_vote_nobody_is_elected() -> None:
    outcome = result(row("TPS 1", 0, 0), rules=OTHER)
    assert (outcome.outcome, outcome.winner) == (Outcome.NO_VOTES, None)
    assert outcome.next_act is not None
    assert outcome.next_act.act is Act.REGENCY_HEAD


def test_a_lead_that_the_papers_do_not_carry_is_pointed_out() -> None:
    outcome = result(row("TPS 1", 595, 566, registered=1300), row("TPS 2", 200, 228, turnout=424))
    assert outcome.winner == 1
    (warning,) = outcome.warnings
    assert "(1) tidak lebih besar" in str(warning)
    assert "(4)" in str(warning)


def test_a_clear_lead_has_no_warning() -> None:
    assert result(row("TPS 1", 300, 100, turnout=396)).warnings == ()


# --- the national criteria ---


def test_kendalasem_goes_to_the_winner_at_the_station_with_the_most_registered() -> None:
    outcome = result(row("TPS 1", 160, 180, registered=591), row("TPS 2", 161, 141, registered=566))
    assert outcome.winner == 2
    assert [step.criterion for step in outcome.trace] == ["most_votes", "largest_station"]
    assert "TPS 1 (591)" in str(outcome.trace[1].text)
    assert outcome.trace[1].article == "Permendagri 112/2014 pasal 42 ayat (2)"


def test_the_most_registered_decide_not_the_most_who_came() -> None:
    outcome = result(row("TPS 1", 20, 10, registered=591), row("TPS 2", 200, 210, registered=590))
    assert outcome.winner == 1


def test_samosir_is_polled_again_when_the_largest_station_is_equal_too() -> None:
    outcome = result(row("TPS 1", 170, 170, registered=591), row("TPS 2", 151, 151))
    assert (outcome.outcome, outcome.tied) == (Outcome.TIED, (1, 2))
    assert outcome.next_act is not None
    assert outcome.next_act.act is Act.REPEAT_POLL
    assert "Tidak memisahkan" in str(outcome.trace[-1].text)


def test_equally_large_stations_are_added_up() -> None:
    outcome = result(row("TPS 1", 30, 20), row("TPS 2", 10, 15), row("TPS 3", 5, 10, registered=9))
    assert outcome.winner == 1
    assert "TPS 1, TPS 2" in str(outcome.trace[-1].text)


def test_a_village_with_one_station_goes_by_hamlet() -> None:
    outcome = result(
        row("TPS 1", 40, 60, registered=300, hamlet="Krajan"),
        row("TPS 1", 60, 40, registered=200, hamlet="Kulon"),
    )
    assert (outcome.winner, outcome.trace[-1].criterion) == (2, "largest_hamlet")


def test_a_village_with_one_station_and_no_boxes_by_hamlet_cannot_be_decided() -> None:
    outcome = result(row("TPS 1", 50, 50))
    assert outcome.next_act is not None
    assert outcome.next_act.act is Act.RECORD_HAMLETS
    assert "tidak dicatat" in str(outcome.trace[-1].text)


def test_three_tied_of_whom_two_remain_are_said_so() -> None:
    outcome = result(
        row("TPS 1", 40, 40, 20, registered=600), row("TPS 2", 20, 20, 40, registered=500)
    )
    assert (outcome.winner, outcome.tied) == (None, (1, 2))
    assert outcome.trace[-1].remaining == (1, 2)
    assert "calon 1, calon 2" in str(outcome.next_act and outcome.next_act.text)


def test_the_others_do_not_matter_head_to_head() -> None:
    outcome = result(
        row("TPS 1", 30, 20, 300, registered=600), row("TPS 2", 300, 310, 10, registered=500)
    )
    assert outcome.winner == 1


# --- other criteria ---


def test_an_outsider_who_leads_the_largest_station_blocks_an_absolute_comparison() -> None:
    rows = (
        row("TPS 1", 30, 20, 49, registered=600),
        row("TPS 2", 70, 80, 10, registered=500),
    )
    tied_only = by(criterion(Comparison.LARGEST_UNIT))
    absolute = by(criterion(Comparison.LARGEST_UNIT, among=Among.ALL))
    assert result(*rows, rules=tied_only).winner == 1
    blocked = result(*rows, rules=absolute)
    assert blocked.winner is None
    assert "yang unggul calon lain" in str(blocked.trace[-1].text)


def test_most_stations_won_is_absolute_or_head_to_head() -> None:
    tied_rows = (
        row("A", 30, 20, 40),
        row("B", 30, 20, 40),
        row("C", 40, 60, 0),
    )
    assert result(*tied_rows, rules=by(criterion(Comparison.UNITS_WON))).winner == 1
    absolute = by(criterion(Comparison.UNITS_WON, among=Among.ALL))
    assert result(*tied_rows, rules=absolute).winner == 2


def test_a_station_that_is_equal_counts_for_nobody() -> None:
    rows = (row("A", 30, 30), row("B", 20, 10), row("C", 10, 20))
    assert result(*rows, rules=by(criterion(Comparison.UNITS_WON))).winner is None


def test_spread_counts_hamlets_with_enough_votes() -> None:
    rows = (
        row("A", 98, 34, hamlet="Krajan"),
        row("B", 1, 33, hamlet="Kulon"),
        row("C", 1, 33, hamlet="Wetan"),
    )
    wide = criterion(Comparison.SPREAD, unit=Unit.HAMLET, minimum_votes=10)
    assert result(*rows, rules=by(wide)).winner == 2
    assert result(*rows, rules=by(replace(wide, minimum_votes=1))).winner is None


def test_residence_goes_to_the_one_who_lives_in_the_largest_hamlet() -> None:
    rows = (
        row("A", 60, 40, registered=300, hamlet="Krajan"),
        row("B", 40, 60, registered=200, hamlet="Kulon"),
    )
    home = criterion(Comparison.RESIDENCE, unit=Unit.HAMLET)
    assert result(*rows, rules=by(home), homes=("Kulon", "Krajan")).winner == 2
    assert result(*rows, rules=by(home), homes=("Kulon", "Kulon")).winner is None
    unknown = result(*rows, rules=by(home), homes=("", "Krajan"))
    assert unknown.next_act is not None
    assert unknown.next_act.act is Act.RECORD_HAMLETS


@pytest.mark.parametrize(
    ("measure", "winner"),
    [(Measure.REGISTERED, 1), (Measure.TURNOUT, 2), (Measure.BALLOTS, 2)],
)
def test_the_measure_says_which_station_is_the_largest(measure: Measure, winner: int) -> None:
    rows = (row("A", 60, 40, registered=600), row("B", 100, 120, registered=500))
    rules = by(criterion(Comparison.LARGEST_UNIT, measure=measure))
    assert result(*rows, rules=rules).totals == ((1, 160), (2, 160))
    assert result(*rows, rules=rules).winner == winner


def test_equally_large_stations_can_be_skipped() -> None:
    rows = (row("A", 30, 20), row("B", 10, 20))
    skipping = criterion(Comparison.LARGEST_UNIT, equal_units=EqualUnits.SKIP)
    outcome = result(*rows, rules=by(skipping))
    assert "kriteria dilewati" in str(outcome.trace[-1].text)


THREE = (
    row("A", 40, 40, 20, registered=600),
    row("B", 10, 20, 30, registered=500),
    row("C", 40, 30, 40, registered=400),
)
FIRST = TieCriterion(id="first", article="a", comparison=Comparison.LARGEST_UNIT)
SECOND = TieCriterion(
    id="second", article="b", comparison=Comparison.LARGEST_UNIT, measure=Measure.TURNOUT
)


READINGS = {
    WhenFewer.CARRY: "hanya antara yang tersisa",
    WhenFewer.RESTART: "diulang dari yang pertama",
    WhenFewer.KEEP: "semua calon yang sama",
}


@pytest.mark.parametrize(
    ("when_fewer", "steps"),
    [
        (WhenFewer.CARRY, ["first", "won"]),
        (WhenFewer.RESTART, ["first", "first", "won"]),
        (WhenFewer.KEEP, ["first", "won"]),
    ],
)
def test_what_happens_when_fewer_remain_is_what_the_pack_says(
    when_fewer: WhenFewer, steps: list[str]
) -> None:
    won = TieCriterion(id="won", article="b", comparison=Comparison.UNITS_WON)
    outcome = result(*THREE, rules=by(FIRST, won, when_fewer=when_fewer))
    assert [step.criterion for step in outcome.trace[1:]] == steps
    assert outcome.trace[1].remaining == ((1, 2, 3) if when_fewer is WhenFewer.KEEP else (1, 2))
    assert READINGS[when_fewer] in str(outcome.trace[1].text)


def test_when_no_criterion_closes_the_rules_are_silent() -> None:
    outcome = result(row("A", 30, 30), rules=by(FIRST))
    assert outcome.next_act is not None
    assert outcome.next_act.act is Act.RULES_SILENT
    assert "Aturan tidak mengatur" in str(outcome.next_act.text)


def test_criteria_for_one_station_do_not_apply_to_several() -> None:
    rules = by(replace(FIRST, applies=Applies.ONE_STATION), replace(SECOND, applies=Applies.ALWAYS))
    outcome = result(row("A", 30, 20), row("B", 10, 20), rules=rules)
    assert [step.criterion for step in outcome.trace] == ["most_votes", "second"]


def test_another_pack_ends_in_a_second_round_within_its_days() -> None:
    rows = (
        row("TPS 1", 30, 30, 5, hamlet="Krajan"),
        row("TPS 2", 30, 30, 5, hamlet="Kulon"),
    )
    outcome = result(*rows, rules=OTHER, homes=("Krajan", "Krajan", "Kulon"))
    assert outcome.next_act is not None
    assert (outcome.next_act.act, outcome.next_act.within_days) == (Act.SECOND_ROUND, 7)
    assert "paling lambat 7 hari" in str(outcome.next_act.text)
    assert [step.criterion for step in outcome.trace[1:]] == [
        "stations_won",
        "head_to_head",
        "spread",
        "home",
    ]


# --- a single candidate ---


def single(votes: int, against: int, rules: DeterminationRules = NATIONAL) -> Determination:
    only = StationVotes(
        station="TPS 1",
        registered=1_000,
        turnout=votes + against,
        ballots=votes + against,
        votes={0: against, 1: votes},
    )
    return determine(rules=rules, stations=(only,), candidates=(CandidateFacts(number=1),))


@pytest.mark.parametrize(("votes", "against", "winner"), [(101, 100, 1), (100, 100, None)])
def test_a_single_candidate_must_beat_the_empty_column(
    votes: int, against: int, winner: int | None
) -> None:
    outcome = single(votes, against)
    assert outcome.winner == winner
    assert "34A" in outcome.trace[0].article


@pytest.mark.parametrize(("votes", "winner"), [(60, 1), (59, None)])
def test_a_pack_may_ask_for_a_share_of_the_valid_votes(votes: int, winner: int | None) -> None:
    outcome = single(votes, 100 - votes, OTHER)
    assert outcome.winner == winner
    assert "tidak setuju" in str(outcome.trace[0].text)


@pytest.mark.parametrize(
    ("measure", "votes", "winner"),
    [
        (SingleMeasure.REGISTERED, 501, 1),
        (SingleMeasure.REGISTERED, 500, None),
        (SingleMeasure.TURNOUT, 51, 1),
        (SingleMeasure.TURNOUT, 50, None),
    ],
)
def test_a_share_of_registered_or_present_voters_is_possible(
    measure: SingleMeasure, votes: int, winner: int | None
) -> None:
    rules = replace(NATIONAL, single=SingleCandidateRule(measure=measure, percent=50))
    assert single(votes, max(0, 100 - votes), rules).winner == winner


def test_a_single_candidate_without_votes_is_never_elected() -> None:
    loose = SingleCandidateRule(is_strict=False)
    outcome = single(0, 0, replace(NATIONAL, single=loose))
    assert (outcome.outcome, outcome.winner) == (Outcome.REJECTED, None)


# --- figures from which nothing can be determined ---


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((), "determination.empty"),
        ((row("A", 1, 2), row("A", 1, 2)), "determination.stations"),
        ((row("", 1, 2),), "determination.stations"),
        ((row("A", 1),), "determination.votes"),
        ((row("A", 1, 2, 3),), "determination.votes"),
        ((row("A", -1, 2),), "determination.negative"),
        ((replace(row("A", 10, 2), ballots=11),), "determination.ballots"),
    ],
)
def test_impossible_figures_are_refused(rows: tuple[StationVotes, ...], code: str) -> None:
    two = (CandidateFacts(number=1), CandidateFacts(number=2))
    with pytest.raises(MalformedInputError) as caught:
        determine(rules=NATIONAL, stations=rows, candidates=two)
    assert caught.value.code == code


@pytest.mark.parametrize("numbers", [(1, 1), (0, 1)])
def test_impossible_candidates_are_refused(numbers: tuple[int, ...]) -> None:
    candidates = tuple(CandidateFacts(number=n) for n in numbers)
    with pytest.raises(MalformedInputError):
        determine(rules=NATIONAL, stations=(row("A", 1, 2),), candidates=candidates)


def test_a_sealed_statement_gives_the_row_of_its_station() -> None:
    votes = votes_of_statement(figures=make_statement(), hamlet="Krajan")
    assert (votes.station, votes.hamlet, votes.registered) == ("TPS 01", "Krajan", 500)
    assert (votes.turnout, votes.ballots, votes.votes) == (424, 424, {1: 200, 2: 150, 3: 50})


# --- packs ---


@pytest.mark.parametrize("pack", list_packs())
def test_every_shipped_pack_closes_every_tie(pack: str) -> None:
    rules = DeterminationRules.from_pack(read_pack(pack))
    for applies in (Applies.ONE_STATION, Applies.SEVERAL_STATIONS):
        fitting = [c for c in rules.criteria if c.applies in (Applies.ALWAYS, applies)]
        assert fitting[-1].otherwise is not Act.NEXT


HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
replaces = ["tie"]
effective = 2026-01-01
"""
TIE = """
[[tie]]
id = "{id}"
comparison = "units_won"
otherwise = "{otherwise}"
article = "Perbup 1"
status = "verified"
"""


def tie_findings(*endings: str) -> list[tuple[str, str]]:
    rows = "".join(TIE.format(id=f"t{n}", otherwise=end) for n, end in enumerate(endings))
    findings = check_pack((HEADER + rows).encode(), base=read_pack("nasional"))
    return sorted({(f.code, f.subject) for f in findings if f.code.startswith("tie.")})


def test_the_check_of_a_pack_finds_ties_without_an_end() -> None:
    assert tie_findings("next", "next") == [("tie.no-ending", "t1")]
    assert tie_findings("next", "drawing") == []
    assert tie_findings() == [("tie.no-ending", "")]


def test_the_check_of_a_pack_finds_criteria_behind_an_end() -> None:
    assert tie_findings("drawing", "next") == [("tie.unreachable", "t1")]
