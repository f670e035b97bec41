"""Ballots at the edges of the vocabulary, and ballots that are read from files."""

import json
from typing import Any

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.ballots import (
    BallotFacts,
    BallotRules,
    Hole,
    Mark,
    Place,
    Signer,
    Tool,
    Verdict,
    judge_ballot,
)
from pilkades.law.ballots.cases import list_cases
from pilkades.law.ballots.predicates import describe_ballot
from pilkades.law.ballots.reading import parse_ballot_table, parse_ballots
from pilkades.packfiles import read_pack

NATIONAL = BallotRules.from_pack(read_pack("nasional"))
CHAIR = frozenset((Signer.COMMITTEE_CHAIR,))
IN_1, IN_2, IN_3 = (Hole(place=Place.FRAME, frame=n) for n in (1, 2, 3))
OUTSIDE = Hole(place=Place.OUTSIDE)


def shown(*holes: Hole, **facts: Any) -> frozenset[str]:
    return describe_ballot(BallotFacts(holes=holes, **facts))


def folded(place: Place, frame: int | None, fold: str) -> Hole:
    return Hole(place=place, frame=frame, fold=fold)


# --- circumstances ---


def test_holes_in_two_and_in_three_frames_touch_several() -> None:
    for holes in ((IN_1, IN_2), (IN_1, IN_2, IN_3)):
        assert "touches_several_frames" in shown(*holes)
        assert "touches_one_frame" not in shown(*holes)
    assert "touches_several_frames" not in shown(IN_1, IN_1)


def test_two_holes_are_several_and_one_is_one() -> None:
    assert {"several_holes"} == shown(IN_1, IN_1) & {"several_holes", "one_hole", "no_hole"}
    assert {"one_hole"} == shown(IN_1) & {"several_holes", "one_hole", "no_hole"}
    assert {"no_hole"} == shown() & {"several_holes", "one_hole", "no_hole"}


def test_a_hole_on_the_line_touches_the_frame_but_is_not_inside() -> None:
    line = Hole(place=Place.LINE, frame=2)
    assert "all_holes_touch_one_frame" in shown(IN_2, line)
    assert "all_holes_inside_one_frame" not in shown(IN_2, line)
    assert "all_holes_inside_one_frame" in shown(IN_2, IN_2)


def test_a_hole_outside_keeps_the_others_from_being_all_in_one_frame() -> None:
    assert "all_holes_touch_one_frame" not in shown(IN_2, OUTSIDE)
    assert "touches_one_frame" in shown(IN_2, OUTSIDE)


def test_a_fold_explains_only_holes_of_its_own_label() -> None:
    pair = (folded(Place.FRAME, 2, "a"), folded(Place.OUTSIDE, None, "a"))
    name = "outside_holes_are_fold_images"
    assert name in shown(*pair)
    assert name not in shown(*pair, folded(Place.OUTSIDE, None, "b"))
    assert name not in shown(IN_2)
    assert name not in shown(folded(Place.OUTSIDE, None, "a"), folded(Place.OUTSIDE, None, "a"))


def test_a_label_that_only_one_hole_bears_is_no_fold() -> None:
    alone = folded(Place.FRAME, 2, "a")
    assert "fold_through" not in shown(alone, folded(Place.OUTSIDE, None, "b"))
    assert "fold_through" in shown(alone, folded(Place.OUTSIDE, None, "a"))


def test_a_fold_within_one_frame_does_not_reach_another() -> None:
    same = (folded(Place.FRAME, 2, "a"), folded(Place.FRAME, 2, "a"))
    other = (folded(Place.FRAME, 2, "a"), folded(Place.FRAME, 1, "a"))
    assert "fold_through_other_frame" not in shown(*same)
    assert "fold_through_other_frame" in shown(*other)


def test_each_kind_of_tool_is_told_apart() -> None:
    burned = Hole(place=Place.FRAME, frame=1, tool=Tool.CIGARETTE)
    pen = Hole(place=Place.FRAME, frame=1, tool=Tool.OTHER)
    tools = {"burned", "other_tool"}
    assert shown(IN_1) & tools == set()
    assert shown(IN_1, burned) & tools == {"burned", "other_tool"}
    assert shown(IN_1, pen) & tools == {"other_tool"}


def test_a_ballot_of_another_village_and_a_copy_are_told_apart() -> None:
    papers = {"not_official", "from_elsewhere", "torn", "damaged"}
    assert shown(IN_1) & papers == set()
    assert shown(IN_1, is_official=False) & papers == {"not_official"}
    assert shown(IN_1, is_from_elsewhere=True) & papers == {"from_elsewhere"}
    assert shown(IN_1, is_torn=True) & papers == {"torn"}
    assert shown(IN_1, is_damaged=True) & papers == {"damaged"}


def test_the_single_candidate_and_the_empty_column_are_told_apart() -> None:
    empty = Hole(place=Place.FRAME, frame=0)
    alone = {"candidates": 1, "has_empty_column": True}
    names = {"single_candidate", "touches_empty_column"}
    assert shown(empty, **alone) & names == names
    assert shown(IN_1, **alone) & names == {"single_candidate"}
    assert shown(IN_1) & names == set()


def test_the_last_frame_of_a_ballot_exists_and_the_next_does_not() -> None:
    ballot = BallotFacts(candidates=3, signatures=CHAIR, holes=(IN_3,))
    assert judge_ballot(rules=NATIONAL, ballot=ballot).candidate == 3
    with pytest.raises(MalformedInputError) as caught:
        BallotFacts(candidates=2, holes=(IN_3,))
    assert "nomor 1 sampai 2" in str(caught.value.text)
    with pytest.raises(MalformedInputError) as caught:
        BallotFacts(candidates=1, has_empty_column=True, holes=(Hole(place=Place.FRAME, frame=2),))
    assert "nomor 0 sampai 1" in str(caught.value.text)


def test_a_hole_outside_cannot_touch_a_second_frame() -> None:
    with pytest.raises(MalformedInputError):
        Hole(place=Place.BETWEEN, second_frame=2)


# --- the cases of the wall sheet ---

HOLE_INSIDE = {"hole_in_frame", "all_holes_inside_one_frame"}
IN_ONE = {"all_holes_inside_one_frame", "all_holes_touch_one_frame"}
UNTOUCHED = {"one_hole", "touches_one_frame", "hole_in_frame", *IN_ONE}
CASES: dict[str, tuple[set[str], set[str]]] = {
    "plain": (set(), set()),
    "several-holes": ({"several_holes"}, {"one_hole"}),
    "on-line": ({"hole_on_line"}, HOLE_INSIDE),
    "unsigned": ({"unsigned"}, {"signed_by_committee_chair"}),
    "deputy-signed": ({"signed_by_committee_deputy"}, {"signed_by_committee_chair"}),
    "two-frames": (
        {"several_holes", "touches_several_frames"},
        {"one_hole", "touches_one_frame", *IN_ONE},
    ),
    "frame-and-blank": ({"several_holes", "hole_outside_frames"}, {"one_hole", *IN_ONE}),
    "outside-only": (
        {"hole_outside_frames", "touches_no_frame"},
        UNTOUCHED - {"one_hole"},
    ),
    "fold-through": (
        {
            "several_holes",
            "hole_outside_frames",
            "fold_through",
            "outside_holes_are_fold_images",
        },
        {"one_hole", *IN_ONE},
    ),
    "fold-through-other-frame": (
        {"several_holes", "touches_several_frames", "fold_through", "fold_through_other_frame"},
        {"one_hole", "touches_one_frame", *IN_ONE},
    ),
    "torn": ({"torn"}, set()),
    "writing": ({"writing"}, set()),
    "identity-mark": ({"identity_mark"}, set()),
    "other-tool": ({"burned", "other_tool"}, set()),
    "blank": ({"no_hole", "touches_no_frame"}, UNTOUCHED),
    "empty-column": ({"single_candidate", "touches_empty_column"}, set()),
    "single-candidate": ({"single_candidate"}, set()),
}


def test_every_case_of_the_wall_sheet_shows_what_its_title_says_and_nothing_else() -> None:
    cases = list_cases(chair=Signer.COMMITTEE_CHAIR, deputy=Signer.COMMITTEE_DEPUTY)
    assert [case.id for case in cases] == list(CASES)
    plain = describe_ballot(cases[0].ballot)
    for case in cases:
        shows = describe_ballot(case.ballot)
        assert (shows - plain, plain - shows) == CASES[case.id], case.id


def test_the_votes_of_the_wall_sheet_go_to_the_frame_that_is_drawn() -> None:
    cases = list_cases(chair=Signer.COMMITTEE_CHAIR, deputy=Signer.COMMITTEE_DEPUTY)
    frames = {case.id: case.ballot.frames for case in cases}
    assert frames["empty-column"] == {0}
    assert frames["single-candidate"] == {1}
    assert frames["several-holes"] == frames["on-line"] == frames["frame-and-blank"] == {2}


# --- ballots from files ---

HEADER = "id;candidates;signatures;holes;marks;torn;official\n"


def table(*rows: str) -> tuple[tuple[str, BallotFacts], ...]:
    return parse_ballot_table((HEADER + "\n".join(rows) + "\n").encode())


def test_a_written_row_and_a_document_give_the_same_ballot() -> None:
    ((name, ballot),) = table("A-7;3;committee_chair;line:1+2/cigarette@a outside@a;stain;true;")
    assert name == "A-7"
    assert ballot == BallotFacts(
        candidates=3,
        signatures=CHAIR,
        holes=(
            Hole(place=Place.LINE, frame=1, second_frame=2, tool=Tool.CIGARETTE, fold="a"),
            Hole(place=Place.OUTSIDE, fold="a"),
        ),
        marks=frozenset((Mark.STAIN,)),
        is_torn=True,
    )
    document = {
        "id": "A-7",
        "candidates": 3,
        "signatures": ["committee_chair"],
        "holes": [
            {"place": "line", "frame": 1, "second_frame": 2, "tool": "cigarette", "fold": "a"},
            {"place": "outside", "fold": "a"},
        ],
        "marks": ["stain"],
        "torn": True,
    }
    assert parse_ballots(json.dumps(document).encode()) == (("A-7", ballot),)


def test_a_paper_that_is_not_official_is_read_as_such() -> None:
    ((_, copied), (_, ours), (_, silent)) = table(
        "1;2;committee_chair;frame:1;;;false",
        "2;2;committee_chair;frame:1;;;true",
        "3;2;committee_chair;frame:1;;;",
    )
    assert [b.is_official for b in (copied, ours, silent)] == [False, True, True]
    verdicts = [judge_ballot(rules=NATIONAL, ballot=b).verdict for b in (copied, ours)]
    assert verdicts == [Verdict.UNRULED, Verdict.VALID]


@pytest.mark.parametrize(
    "hole", ["frame", "frame:", "frame:1+", "frame:1 +2:", "lubang:1", "frame:1/pisau", "frame:100"]
)
def test_a_hole_that_cannot_be_read_refuses_the_file(hole: str) -> None:
    with pytest.raises(MalformedInputError):
        table(f"1;3;committee_chair;{hole};;;")


@pytest.mark.parametrize("flag", ["ya", "1", "TRUE", "tidak"])
def test_only_true_and_false_are_answers_in_a_table(flag: str) -> None:
    with pytest.raises(MalformedInputError) as caught:
        table(f"1;3;committee_chair;frame:1;;{flag};")
    assert "baris 2" in str(caught.value.text)


def plain(**fields: Any) -> dict[str, Any]:
    return {"candidates": 2, "signatures": ["committee_chair"], "holes": []} | fields


def test_ballots_without_a_name_are_numbered_from_one() -> None:
    listed = json.dumps([plain(), plain(id="x"), plain()]).encode()
    assert [name for name, _ in parse_ballots(listed)] == ["1", "x", "3"]
    wrapped = json.dumps({"ballots": [plain()]}).encode()
    assert [name for name, _ in parse_ballots(wrapped)] == ["1"]
    assert [name for name, _ in parse_ballots(json.dumps(plain()).encode())] == ["1"]


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"ballots": []},
        {"ballots": [plain()], "extra": 1},
        [plain(id="x"), plain(id="x")],
        [plain(), plain(id="1")],
        {"candidates": 2, "signatures": []},
        plain(torn="true"),
        plain(holes=[{"place": "frame", "frame": 1, "x": 1}]),
    ],
)
def test_a_document_that_is_not_exactly_ballots_is_refused(value: Any) -> None:
    with pytest.raises(MalformedInputError):
        parse_ballots(json.dumps(value).encode())


def test_the_unreadable_ballot_and_its_hole_are_named_by_number() -> None:
    bad = plain(holes=[{"place": "outside"}, {"place": "corner"}])
    with pytest.raises(MalformedInputError) as caught:
        parse_ballots(json.dumps([plain(), bad]).encode())
    assert "ballots[2].holes[2].place" in str(caught.value.text)
