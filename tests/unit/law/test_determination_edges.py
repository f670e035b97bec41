"""Who is elected at the edges: boxes within a station, equal units, margins of a single vote."""

from dataclasses import replace

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.determination import (
    Act,
    CandidateFacts,
    Comparison,
    Determination,
    DeterminationRules,
    EqualUnits,
    Measure,
    SingleCandidateRule,
    SingleMeasure,
    StationVotes,
    TieCriterion,
    Unit,
    WhenFewer,
    determine,
)
from pilkades.law.packcheck import check_pack
from pilkades.packfiles import read_pack

NATIONAL = DeterminationRules.from_pack(read_pack("nasional"))
LARGEST = TieCriterion(id="largest", article="pasal", comparison=Comparison.LARGEST_UNIT)
HOME = TieCriterion(id="home", article="pasal", comparison=Comparison.RESIDENCE, unit=Unit.HAMLET)
ALL_MEASURES = pytest.mark.parametrize("measure", list(Measure))


def box(station: str, *votes: int, size: int, hamlet: str = "") -> StationVotes:
    """A box in which `size` people were registered, came and were counted."""
    return StationVotes(
        station=station,
        hamlet=hamlet,
        registered=size,
        turnout=size,
        ballots=size,
        votes=dict(enumerate(votes, start=1)),
    )


def result(
    *rows: StationVotes, rules: DeterminationRules = NATIONAL, homes: tuple[str, ...] = ()
) -> Determination:
    candidates = tuple(
        CandidateFacts(number=n, hamlet=homes[n - 1] if homes else "")
        for n in range(1, len(rows[0].votes) + 1)
    )
    return determine(rules=rules, stations=rows, candidates=candidates)


def by(*criteria: TieCriterion, when_fewer: WhenFewer = WhenFewer.CARRY) -> DeterminationRules:
    return DeterminationRules(pack_id="uji", criteria=criteria, when_fewer=when_fewer)


# --- boxes of one unit ---


@ALL_MEASURES
def test_a_station_is_as_large_as_all_its_boxes_together(measure: Measure) -> None:
    rows = (
        box("TPS 1", 30, 20, size=60, hamlet="Krajan"),
        box("TPS 1", 25, 15, size=50, hamlet="Kulon"),
        box("TPS 2", 30, 50, size=100, hamlet="Wetan"),
    )
    outcome = result(*rows, rules=by(replace(LARGEST, measure=measure)))
    assert outcome.winner == 1
    assert "TPS 1 (110)" in str(outcome.trace[-1].text)


@ALL_MEASURES
def test_a_hamlet_that_votes_at_two_stations_is_added_up(measure: Measure) -> None:
    rows = (
        box("TPS 1", 30, 20, size=60, hamlet="Krajan"),
        box("TPS 2", 25, 15, size=50, hamlet="Krajan"),
        box("TPS 2", 30, 50, size=100, hamlet="Kulon"),
    )
    criterion = replace(LARGEST, unit=Unit.HAMLET, measure=measure)
    assert result(*rows, rules=by(criterion)).winner == 1


def test_the_votes_of_all_boxes_of_the_largest_station_count() -> None:
    rows = (
        box("TPS 1", 40, 10, size=60, hamlet="Krajan"),
        box("TPS 1", 10, 20, size=50, hamlet="Kulon"),
        box("TPS 2", 30, 50, size=90, hamlet="Wetan"),
    )
    outcome = result(*rows, rules=by(LARGEST))
    assert outcome.winner == 1
    assert "calon 1 50 suara, calon 2 30 suara" in str(outcome.trace[-1].text)


def test_a_station_is_won_with_the_votes_of_all_its_boxes() -> None:
    rows = (
        box("TPS 1", 40, 10, size=60, hamlet="Krajan"),
        box("TPS 1", 10, 20, size=50, hamlet="Kulon"),
        box("TPS 2", 1, 0, size=50, hamlet="Wetan"),
        box("TPS 3", 10, 31, size=50, hamlet="Wetan"),
    )
    won = replace(LARGEST, comparison=Comparison.UNITS_WON)
    outcome = result(*rows, rules=by(won))
    assert outcome.winner == 1
    assert "calon 1 2, calon 2 1" in str(outcome.trace[-1].text)


# --- equally large units ---


def test_skipping_equal_stations_still_decides_where_one_is_the_largest() -> None:
    rows = (box("A", 30, 20, size=60), box("B", 10, 20, size=50))
    assert result(*rows, rules=by(replace(LARGEST, equal_units=EqualUnits.SKIP))).winner == 1


def test_skipping_equal_stations_leaves_the_choice_to_the_next_criterion() -> None:
    rows = (
        box("A", 30, 20, size=60),
        box("B", 10, 12, size=60),
        box("C", 10, 18, size=50),
    )
    won = TieCriterion(id="won", article="pasal", comparison=Comparison.UNITS_WON)
    skipping = replace(LARGEST, equal_units=EqualUnits.SKIP)
    assert result(*rows, rules=by(LARGEST, won)).winner == 1
    assert result(*rows, rules=by(skipping, won)).winner == 2


def test_residence_in_one_of_two_equal_hamlets_counts_unless_the_pack_skips_them() -> None:
    rows = (
        box("A", 60, 40, size=100, hamlet="Krajan"),
        box("B", 40, 60, size=100, hamlet="Kulon"),
        box("C", 10, 10, size=20, hamlet="Wetan"),
    )
    homes = ("Krajan", "Wetan")
    assert result(*rows, rules=by(HOME), homes=homes).winner == 1
    skipping = replace(HOME, equal_units=EqualUnits.SKIP)
    assert result(*rows, rules=by(skipping), homes=homes).winner is None


def test_residence_decides_where_one_hamlet_is_the_largest_even_if_equal_ones_are_skipped() -> None:
    rows = (
        box("A", 60, 40, size=101, hamlet="Krajan"),
        box("B", 40, 60, size=100, hamlet="Kulon"),
    )
    skipping = replace(HOME, equal_units=EqualUnits.SKIP)
    assert result(*rows, rules=by(skipping), homes=("Krajan", "Kulon")).winner == 1


def test_the_home_of_a_candidate_who_is_not_tied_need_not_be_known() -> None:
    rows = (
        box("A", 60, 40, 0, size=101, hamlet="Krajan"),
        box("B", 40, 60, 9, size=120, hamlet="Kulon"),
    )
    assert result(*rows, rules=by(HOME), homes=("Krajan", "Kulon", "")).winner == 2


def test_voters_who_came_and_ballots_in_the_box_are_different_measures() -> None:
    rows = (
        replace(box("A", 60, 40, size=100), turnout=110),
        replace(box("B", 40, 60, size=105), turnout=104),
    )
    for measure, winner in ((Measure.TURNOUT, 1), (Measure.BALLOTS, 2), (Measure.REGISTERED, 2)):
        outcome = result(*rows, rules=by(replace(LARGEST, measure=measure)))
        assert outcome.winner == winner


# --- what the decree says ---


def test_the_decree_lists_all_votes_and_says_whether_they_are_equal() -> None:
    won = result(box("A", 30, 20, 10, size=60))
    assert str(won.trace[0].text) == (
        "Jumlah seluruh TPS: calon 1 30 suara, calon 2 20 suara, calon 3 10 suara. "
        "Terbanyak: calon 1."
    )
    tied = result(box("A", 30, 30, 10, size=70))
    assert str(tied.trace[0].text) == (
        "Jumlah seluruh TPS: calon 1 30 suara, calon 2 30 suara, calon 3 10 suara. "
        "Suara sama: calon 1, calon 2."
    )


def test_the_decree_speaks_of_those_who_remain_only_where_some_but_not_all_remain() -> None:
    equal = result(box("A", 30, 30, size=60), rules=by(LARGEST))
    assert "tersisa" not in str(equal.trace[-1].text)
    decided = result(box("A", 30, 20, size=60), box("B", 10, 20, size=50), rules=by(LARGEST))
    assert decided.winner == 1
    assert "tersisa" not in str(decided.trace[-1].text)


def test_a_separating_criterion_is_not_said_to_separate_nobody() -> None:
    outcome = result(box("A", 30, 20, size=60), box("B", 10, 20, size=50), rules=by(LARGEST))
    assert str(outcome.trace[-1].text).endswith("Unggul: calon 1.")


def test_a_hamlet_is_not_called_a_station() -> None:
    rows = (
        box("TPS 1", 30, 20, size=60, hamlet="Krajan"),
        box("TPS 1", 10, 20, size=50, hamlet="Kulon"),
    )
    won = replace(LARGEST, comparison=Comparison.UNITS_WON)
    assert "Menang di TPS terbanyak" in str(result(*rows, rules=by(won)).trace[-1].text)
    hamlets = replace(won, unit=Unit.HAMLET)
    assert "Menang di dusun terbanyak" in str(result(*rows, rules=by(hamlets)).trace[-1].text)


def test_missing_hamlets_end_the_walk_although_a_later_criterion_could_decide() -> None:
    by_hamlet = replace(LARGEST, unit=Unit.HAMLET)
    rows = (box("A", 30, 20, size=60), box("B", 10, 20, size=50))
    outcome = result(*rows, rules=by(by_hamlet, LARGEST))
    assert outcome.winner is None
    assert outcome.next_act is not None
    assert (outcome.next_act.act, outcome.next_act.within_days) == (Act.RECORD_HAMLETS, None)


def test_four_criteria_are_walked_in_their_order_and_none_is_left_out() -> None:
    names = ("first", "second", "third", "fourth")
    rules = by(*(replace(LARGEST, id=name) for name in names))
    outcome = result(box("A", 30, 30, size=60), rules=rules)
    assert tuple(step.criterion for step in outcome.trace[1:]) == names


def test_walking_starts_again_and_ends_where_the_second_round_through_stops() -> None:
    """Three are tied; the second criterion leaves two, whom the first one then separates."""
    rows = (
        box("A", 30, 20, 30, size=80),
        box("B", 30, 30, 20, size=81),
        box("C", 0, 10, 10, size=82),
    )
    most = replace(LARGEST, id="largest")
    spread = TieCriterion(
        id="spread", article="pasal", comparison=Comparison.SPREAD, minimum_votes=1
    )
    outcome = result(*rows, rules=by(spread, most, when_fewer=WhenFewer.RESTART))
    assert [step.criterion for step in outcome.trace[1:]] == ["spread", "spread", "largest"]
    assert outcome.tied == (2, 3)


# --- margins ---


def counted(votes: tuple[int, ...], missing: int) -> tuple[str, ...]:
    """Warnings of a station where `missing` voters put no ballot into the box."""
    row = box("TPS 1", *votes, size=sum(votes))
    return tuple(str(text) for text in result(replace(row, turnout=row.turnout + missing)).warnings)


def test_a_lead_as_large_as_the_unexplained_ballots_is_pointed_out() -> None:
    assert len(counted((102, 100), missing=2)) == 1
    assert counted((103, 100), missing=2) == ()


def test_a_single_unexplained_ballot_is_enough_for_a_lead_of_one() -> None:
    assert len(counted((101, 100), missing=1)) == 1
    assert counted((101, 100), missing=0) == ()


def test_the_lead_is_measured_against_the_second_and_not_the_last() -> None:
    assert len(counted((101, 100, 3), missing=2)) == 1


def test_missing_and_surplus_ballots_do_not_cancel_each_other() -> None:
    rows = (
        replace(box("TPS 1", 52, 50, size=102), turnout=104),
        replace(box("TPS 2", 50, 50, size=100), turnout=98),
    )
    (warning,) = result(*rows).warnings
    assert "(4)" in str(warning)


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


def test_one_vote_against_none_elects_the_single_candidate() -> None:
    assert single(1, 0).winner == 1


@pytest.mark.parametrize(("is_strict", "winner"), [(True, None), (False, 1)])
def test_exactly_the_share_is_enough_only_where_the_pack_says_at_least(
    is_strict: bool, winner: int | None
) -> None:
    rule = SingleCandidateRule(measure=SingleMeasure.VALID, percent=50, is_strict=is_strict)
    outcome = single(100, 100, replace(NATIONAL, single=rule))
    assert outcome.winner == winner
    words = "lebih dari" if is_strict else "paling sedikit"
    assert f"Syarat: {words} 50% dari suara sah (200)" in str(outcome.trace[0].text)


def test_the_percentage_of_the_pack_is_not_asked_of_the_empty_column() -> None:
    rule = SingleCandidateRule(measure=SingleMeasure.EMPTY_COLUMN, percent=60)
    assert single(99, 100, replace(NATIONAL, single=rule)).winner is None
    assert single(101, 100, replace(NATIONAL, single=rule)).winner == 1


def test_a_rejected_single_candidate_leads_to_the_act_of_the_pack() -> None:
    outcome = single(100, 101)
    assert outcome.next_act is not None
    assert outcome.next_act.act is NATIONAL.single.failure
    assert outcome.next_act.article == NATIONAL.single.article


def test_two_candidates_with_the_same_number_are_refused_by_that_name() -> None:
    doubles = tuple(CandidateFacts(number=n) for n in (1, 2, 2))
    with pytest.raises(MalformedInputError) as caught:
        determine(rules=NATIONAL, stations=(box("A", 1, 2, size=3),), candidates=doubles)
    assert caught.value.code == "determination.candidates"


# --- the check of a pack ---


def test_the_finding_about_ties_without_an_end_stands_at_the_last_criterion() -> None:
    block = """
[[tie]]
id = "{id}"
comparison = "units_won"
otherwise = "next"
article = "Perbup 1"
status = "verified"
"""
    header = """\
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
    data = header + block.format(id="a") + block.format(id="b") + block.format(id="c")
    findings = check_pack(data.encode(), base=read_pack("nasional"))
    assert {(f.subject, f.line) for f in findings if f.code == "tie.no-ending"} == {("c", 25)}
