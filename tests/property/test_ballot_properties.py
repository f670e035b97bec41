"""Laws of the ballot judge that hold for every ballot and every list of rules."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pilkades.law.ballots import (
    BallotFacts,
    BallotRule,
    BallotRules,
    Hole,
    Mark,
    Place,
    Signer,
    Tool,
    Verdict,
    judge_ballot,
)
from pilkades.law.ballots.answers import HOLES_SEARCHED, appearance_groups
from pilkades.law.ballots.conditions import Condition
from pilkades.law.ballots.predicates import PREDICATES, describe_ballot
from pilkades.packfiles import list_packs, read_pack

PACKS = {name: BallotRules.from_pack(read_pack(name)) for name in list_packs()}


@st.composite
def holes(draw: st.DrawFn, lowest: int, highest: int) -> Hole:
    place = draw(st.sampled_from(Place))
    frame = second = None
    if place in (Place.FRAME, Place.LINE):
        frame = draw(st.integers(lowest, highest))
        others = [n for n in range(lowest, highest + 1) if n != frame]
        second = draw(st.sampled_from([None, *others])) if place is Place.LINE else None
    return Hole(
        place=place,
        frame=frame,
        second_frame=second,
        tool=draw(st.sampled_from(Tool)),
        fold=draw(st.sampled_from(["", "a", "b"])),
    )


@st.composite
def ballots(draw: st.DrawFn) -> BallotFacts:
    single = draw(st.booleans())
    candidates = 1 if single else draw(st.integers(1, 5))
    return BallotFacts(
        candidates=candidates,
        has_empty_column=single,
        signatures=draw(st.frozensets(st.sampled_from(Signer), max_size=3)),
        holes=tuple(draw(st.lists(holes(0 if single else 1, candidates), max_size=5))),
        marks=draw(st.frozensets(st.sampled_from(Mark))),
        is_torn=draw(st.booleans()),
        is_damaged=draw(st.booleans()),
        is_official=draw(st.booleans()),
        is_from_elsewhere=draw(st.booleans()),
    )


names = st.lists(st.sampled_from(sorted(PREDICATES)), max_size=3).map(tuple)
rules = st.builds(
    BallotRule,
    id=st.just("r"),
    condition=st.builds(Condition, all_of=names, any_of=names, none_of=names),
    verdict=st.sampled_from(Verdict),
    reason=st.just("Alasan."),
    article=st.just("pasal"),
)
packs = st.sampled_from(sorted(PACKS))


@given(packs, ballots(), st.randoms())
def test_the_order_of_holes_does_not_change_the_verdict(
    pack: str, ballot: BallotFacts, source: object
) -> None:
    shuffled = list(ballot.holes)
    source.shuffle(shuffled)  # type: ignore[attr-defined]
    first = judge_ballot(rules=PACKS[pack], ballot=ballot)
    second = judge_ballot(rules=PACKS[pack], ballot=replace(ballot, holes=tuple(shuffled)))
    assert first == second


@given(packs, ballots())
def test_the_name_of_a_fold_does_not_change_the_verdict(pack: str, ballot: BallotFacts) -> None:
    renamed = tuple(replace(h, fold={"a": "x", "b": "y"}.get(h.fold, "")) for h in ballot.holes)
    first = judge_ballot(rules=PACKS[pack], ballot=ballot)
    second = judge_ballot(rules=PACKS[pack], ballot=replace(ballot, holes=renamed))
    assert first == second


@given(packs, ballots())
def test_only_a_valid_ballot_has_a_candidate_and_it_is_the_one_that_was_touched(
    pack: str, ballot: BallotFacts
) -> None:
    judgement = judge_ballot(rules=PACKS[pack], ballot=ballot)
    if judgement.verdict is Verdict.VALID:
        assert ballot.frames == {judgement.candidate}
    else:
        assert judgement.candidate is None


@given(packs, ballots())
def test_no_shipped_pack_gives_a_vote_to_an_unsigned_or_blank_ballot(
    pack: str, ballot: BallotFacts
) -> None:
    judgement = judge_ballot(rules=PACKS[pack], ballot=ballot)
    if not ballot.signatures or not ballot.frames:
        assert judgement.verdict is not Verdict.VALID


@given(st.lists(rules, max_size=6), ballots())
def test_the_trace_ends_with_the_rule_that_decided_and_explains_the_others(
    entries: list[BallotRule], ballot: BallotFacts
) -> None:
    numbered = tuple(replace(rule, id=f"r{n}") for n, rule in enumerate(entries))
    judgement = judge_ballot(rules=BallotRules(pack_id="uji", entries=numbered), ballot=ballot)
    passed_over = judgement.trace[:-1] if judgement.rule_id else judgement.trace
    assert all(tried.failures for tried in passed_over)
    if judgement.rule_id:
        assert judgement.trace[-1].rule_id == judgement.rule_id
        assert not judgement.trace[-1].failures


@given(st.lists(rules, max_size=4), rules, ballots())
def test_a_rule_behind_the_deciding_one_changes_nothing(
    entries: list[BallotRule], extra: BallotRule, ballot: BallotFacts
) -> None:
    short = BallotRules(pack_id="uji", entries=tuple(entries))
    judgement = judge_ballot(rules=short, ballot=ballot)
    longer = BallotRules(pack_id="uji", entries=(*entries, extra))
    if judgement.rule_id:
        assert judge_ballot(rules=longer, ballot=ballot) == judgement


@given(ballots())
def test_every_ballot_with_up_to_three_holes_is_in_the_space_that_the_check_searches(
    ballot: BallotFacts,
) -> None:
    ballot = replace(ballot, holes=ballot.holes[:HOLES_SEARCHED])
    shown = describe_ballot(ballot)
    for group in appearance_groups():
        vocabulary = frozenset[str]().union(*group)
        assert shown & vocabulary in group
