"""The ballot judge under the national rules, the contradicting overlays and incomplete packs."""

from itertools import product

import pytest

from pilkades.errors import MalformedInputError
from pilkades.law.ballots import (
    EMPTY_COLUMN,
    BallotFacts,
    BallotRule,
    BallotRules,
    Hole,
    Mark,
    Place,
    Signer,
    Tool,
    Verdict,
    check_ballots,
    explain_answers,
    judge_ballot,
)
from pilkades.law.ballots.answers import appearance_groups
from pilkades.law.ballots.conditions import Condition
from pilkades.law.ballots.predicates import PREDICATES, describe_ballot
from pilkades.law.findings import Severity
from pilkades.law.packcheck import check_pack
from pilkades.packfiles import list_packs, read_pack

CHAIR = frozenset((Signer.COMMITTEE_CHAIR,))
IN_1 = Hole(place=Place.FRAME, frame=1)
IN_2 = Hole(place=Place.FRAME, frame=2)
LINE_2 = Hole(place=Place.LINE, frame=2)
SHARED_LINE = Hole(place=Place.LINE, frame=1, second_frame=2)
OUTSIDE = Hole(place=Place.OUTSIDE)
BETWEEN = Hole(place=Place.BETWEEN)
REVERSE = Hole(place=Place.REVERSE)


def rules_of(name: str) -> BallotRules:
    return BallotRules.from_pack(read_pack(name))


def judged(name: str, *holes: Hole, signer: Signer = Signer.COMMITTEE_CHAIR, **facts: object):
    ballot = BallotFacts(signatures=frozenset((signer,)), holes=holes, **facts)
    return judge_ballot(rules=rules_of(name), ballot=ballot)


# --- Permendagri 112/2014 pasal 40, every combination of its conditions ---

LETTERS = {
    "b": (IN_2,),
    "c": (IN_2,),
    "d": (IN_2, IN_2),
    "e": (LINE_2,),
}


@pytest.mark.parametrize(
    ("is_signed", "letters"),
    [
        (is_signed, tuple(letter for letter, chosen in zip("bcde", bits, strict=True) if chosen))
        for is_signed, bits in product((False, True), product((False, True), repeat=4))
    ],
)
def test_article_40_needs_the_signature_and_one_of_its_other_conditions(
    is_signed: bool, letters: tuple[str, ...]
) -> None:
    holes = tuple(hole for letter in letters for hole in LETTERS[letter])
    ballot = BallotFacts(signatures=CHAIR if is_signed else frozenset(), holes=holes)

    judgement = judge_ballot(rules=rules_of("nasional"), ballot=ballot)

    is_valid = is_signed and bool(letters)
    assert judgement.verdict is (Verdict.VALID if is_valid else Verdict.INVALID)
    assert judgement.candidate == (2 if is_valid else None)
    assert judgement.article.startswith("Permendagri 112/2014 pasal 40")


@pytest.mark.parametrize(
    ("holes", "letter"),
    [
        ((IN_2,), "huruf a, b dan c"),
        ((IN_2, IN_2), "huruf a dan d"),
        ((LINE_2,), "huruf a dan e"),
        ((IN_2, LINE_2), "huruf a dan e"),
    ],
)
def test_each_letter_of_article_40_is_cited_where_it_decides(
    holes: tuple[Hole, ...], letter: str
) -> None:
    assert judged("nasional", *holes).article.endswith(letter)


@pytest.mark.parametrize(
    "signer", [signer for signer in Signer if signer is not Signer.COMMITTEE_CHAIR]
)
def test_article_40_accepts_no_signature_but_the_committee_chair(signer: Signer) -> None:
    judgement = judged("nasional", IN_2, signer=signer)
    assert (judgement.verdict, judgement.rule_id) == (Verdict.INVALID, "wrong_signature")


@pytest.mark.parametrize(
    ("holes", "rule"),
    [
        ((), "blank"),
        ((IN_1, IN_2), "two_frames"),
        ((SHARED_LINE,), "two_frames"),
        ((IN_1, LINE_2), "two_frames"),
        ((OUTSIDE,), "outside_only"),
        ((BETWEEN,), "outside_only"),
        ((REVERSE,), "outside_only"),
    ],
)
def test_what_article_40_excludes_is_invalid(holes: tuple[Hole, ...], rule: str) -> None:
    judgement = judged("nasional", *holes)
    assert (judgement.verdict, judgement.rule_id) == (Verdict.INVALID, rule)


@pytest.mark.parametrize(
    "facts",
    [
        {"is_torn": True},
        {"is_damaged": True},
        {"is_official": False},
        {"is_from_elsewhere": True},
        {"marks": frozenset((Mark.WRITING,))},
        {"marks": frozenset((Mark.SCRIBBLE,))},
        {"marks": frozenset((Mark.IDENTITY,))},
    ],
)
def test_what_article_40_does_not_mention_is_unruled(facts: dict[str, object]) -> None:
    judgement = judged("nasional", IN_2, **facts)
    assert judgement.verdict is Verdict.UNRULED
    assert judgement.candidate is None
    assert "Ketua KPPS bersama saksi calon memutuskan" in str(judgement.reason)


def test_a_stain_alone_does_not_spoil_a_ballot() -> None:
    assert judged("nasional", IN_2, marks=frozenset((Mark.STAIN,))).verdict is Verdict.VALID


def test_silence_about_a_tear_does_not_heal_two_frames() -> None:
    assert judged("nasional", IN_1, IN_2, is_torn=True).verdict is Verdict.INVALID


# --- the overlays contradict each other ---


@pytest.mark.parametrize(
    ("pack", "verdict"),
    [
        ("nasional", Verdict.UNRULED),
        ("blitar-2026", Verdict.UNRULED),
        ("lombok-utara-2019", Verdict.INVALID),
        ("pesawaran-2015", Verdict.VALID),
        ("contoh-lain", Verdict.INVALID),
    ],
)
def test_frame_and_blank_area_is_judged_as_each_pack_says(pack: str, verdict: Verdict) -> None:
    signer = signer_of(pack)
    assert judged(pack, IN_2, OUTSIDE, signer=signer).verdict is verdict


@pytest.mark.parametrize(
    ("pack", "verdict"),
    [
        ("nasional", Verdict.UNRULED),
        ("blitar-2026", Verdict.UNRULED),
        ("lombok-utara-2019", Verdict.INVALID),
        ("pesawaran-2015", Verdict.VALID),
        ("contoh-lain", Verdict.VALID),
    ],
)
def test_fold_through_to_the_blank_area_is_judged_as_each_pack_says(
    pack: str, verdict: Verdict
) -> None:
    judgement = judged(pack, *fold(IN_2, OUTSIDE), signer=signer_of(pack))
    assert judgement.verdict is verdict
    assert judgement.rule_id == "fold_through"
    assert judgement.candidate == (2 if verdict is Verdict.VALID else None)


@pytest.mark.parametrize("pack", list_packs())
def test_fold_through_onto_another_frame_is_invalid_everywhere(pack: str) -> None:
    judgement = judged(pack, *fold(IN_1, IN_2), signer=signer_of(pack))
    assert (judgement.verdict, judgement.rule_id) == (
        Verdict.INVALID,
        "fold_through_other_frame",
    )


def test_a_second_hole_outside_that_is_no_image_is_not_excused_by_fold_through() -> None:
    holes = (*fold(IN_2, OUTSIDE), OUTSIDE)
    judgement = judged("contoh-lain", *holes, signer=Signer.STATION_CHAIR)
    assert (judgement.verdict, judgement.rule_id) == (Verdict.INVALID, "frame_and_blank")


def test_holes_far_apart_are_no_fold_through_without_the_label() -> None:
    assert "fold_through" not in describe_ballot(BallotFacts(holes=(IN_2, OUTSIDE)))


@pytest.mark.parametrize(
    ("pack", "signer", "verdict"),
    [
        ("nasional", Signer.COMMITTEE_DEPUTY, Verdict.INVALID),
        ("pesawaran-2015", Signer.COMMITTEE_DEPUTY, Verdict.VALID),
        ("pesawaran-2015", Signer.COMMITTEE_SECRETARY, Verdict.VALID),
        ("pesawaran-2015", Signer.COMMITTEE_MEMBER, Verdict.INVALID),
        ("lombok-utara-2019", Signer.STATION_CHAIR, Verdict.VALID),
        ("lombok-utara-2019", Signer.COMMITTEE_CHAIR, Verdict.INVALID),
        ("contoh-lain", Signer.STATION_DEPUTY, Verdict.VALID),
    ],
)
def test_who_may_sign_is_what_the_pack_says(pack: str, signer: Signer, verdict: Verdict) -> None:
    assert judged(pack, IN_2, signer=signer).verdict is verdict


@pytest.mark.parametrize(
    ("holes", "facts"),
    [
        ((IN_2,), {"is_torn": True}),
        ((IN_1, IN_2), {}),
        ((OUTSIDE,), {}),
        ((IN_2, OUTSIDE), {}),
        ((IN_2,), {"marks": frozenset((Mark.WRITING,))}),
        ((IN_2,), {"marks": frozenset((Mark.SCRIBBLE,))}),
        ((Hole(place=Place.FRAME, frame=2, tool=Tool.CIGARETTE),), {}),
        ((), {}),
    ],
)
def test_every_ground_of_lombok_utara_is_invalid_with_its_article(
    holes: tuple[Hole, ...], facts: dict[str, object]
) -> None:
    judgement = judged("lombok-utara-2019", *holes, signer=Signer.STATION_CHAIR, **facts)
    assert judgement.verdict is Verdict.INVALID
    assert judgement.article == "Perbup Lombok Utara 25/2019"


def test_identity_marks_are_invalid_in_pesawaran_and_open_in_lombok_utara() -> None:
    marked = {"marks": frozenset((Mark.IDENTITY,))}
    pesawaran = judged("pesawaran-2015", IN_2, **marked)
    lombok = judged("lombok-utara-2019", IN_2, signer=Signer.STATION_CHAIR, **marked)
    assert (pesawaran.verdict, lombok.verdict) == (Verdict.INVALID, Verdict.UNRULED)


def test_a_clear_ground_is_not_hidden_by_silence_about_something_else() -> None:
    judgement = judged("pesawaran-2015", IN_2, is_torn=True, marks=frozenset((Mark.IDENTITY,)))
    assert (judgement.verdict, judgement.rule_id) == (Verdict.INVALID, "identity_mark")


# --- single candidate ---


def test_a_hole_in_the_empty_column_is_a_vote_for_the_empty_column() -> None:
    hole = Hole(place=Place.FRAME, frame=EMPTY_COLUMN)
    judgement = judged("nasional", hole, candidates=1, has_empty_column=True)
    assert (judgement.verdict, judgement.candidate) == (Verdict.VALID, EMPTY_COLUMN)
    assert "34A" in judgement.article


def test_holes_in_both_columns_are_invalid() -> None:
    holes = (IN_1, Hole(place=Place.FRAME, frame=EMPTY_COLUMN))
    assert judged("nasional", *holes, candidates=1, has_empty_column=True).verdict is (
        Verdict.INVALID
    )


# --- the machine itself ---


def test_the_first_rule_that_applies_decides() -> None:
    first = rule("first", Verdict.INVALID, all_of=("torn",))
    second = rule("second", Verdict.VALID, all_of=("one_hole",))
    torn = BallotFacts(holes=(IN_2,), is_torn=True)
    assert judge(torn, first, second).rule_id == "first"
    assert judge(torn, second, first).rule_id == "second"


def test_without_a_matching_rule_the_verdict_is_unruled_and_the_trace_says_why() -> None:
    judgement = judge(BallotFacts(holes=(IN_2,)), rule("torn", Verdict.INVALID, all_of=("torn",)))
    assert (judgement.verdict, judgement.rule_id) == (Verdict.UNRULED, "")
    assert [str(text) for text in judgement.trace[0].failures] == [
        "tidak terpenuhi: surat suara robek"
    ]


def test_a_rule_that_calls_two_frames_valid_cannot_give_the_vote_to_either() -> None:
    judgement = judge(
        BallotFacts(holes=(IN_1, IN_2)), rule("loose", Verdict.VALID, all_of=("several_holes",))
    )
    assert (judgement.verdict, judgement.candidate) == (Verdict.UNRULED, None)


def test_braces_in_the_reason_of_a_pack_are_printed_as_they_are() -> None:
    odd = BallotRule(
        id="odd",
        condition=Condition(all_of=("torn",)),
        verdict=Verdict.INVALID,
        reason="Robek {sobek}.",
        article="x",
    )
    ballot = BallotFacts(holes=(IN_2,), is_torn=True)
    assert str(judge(ballot, odd).reason) == "Robek {sobek}."


# --- the sheet for the wall and the check of a pack ---


def test_the_wall_sheet_answers_every_case_that_the_law_asks_for() -> None:
    cases = {answer.case.id for answer in explain_answers(rules=rules_of("nasional"))}
    assert cases >= {
        "unsigned",
        "deputy-signed",
        "on-line",
        "two-frames",
        "frame-and-blank",
        "fold-through",
        "fold-through-other-frame",
        "torn",
        "writing",
        "other-tool",
        "blank",
        "empty-column",
    }


@pytest.mark.parametrize("pack", list_packs())
def test_every_answer_of_a_shipped_pack_has_an_article(pack: str) -> None:
    answers = explain_answers(rules=rules_of(pack))
    assert all(answer.judgement.article for answer in answers)
    plain = next(answer for answer in answers if answer.case.id == "plain")
    assert plain.judgement.verdict is Verdict.VALID


def test_the_national_pack_is_told_which_cases_it_leaves_open() -> None:
    findings = [f for f in check_ballots(read_pack("nasional")) if f.code == "ballot.unanswered"]
    assert {finding.subject for finding in findings} == {
        "torn",
        "identity_mark",
        "written_on",
        "other_tool",
        "fold_through",
        "frame_and_blank",
    }
    assert all(finding.line > 0 for finding in findings)


def test_an_overlay_hears_of_the_open_cases_of_its_base_in_one_sentence() -> None:
    (finding,) = check_ballots(read_pack("blitar-2026"))
    assert finding.code == "ballot.unanswered-inherited"
    assert "coblos tembus simetris" in str(finding.text)


def test_a_pack_that_answers_everything_has_no_findings() -> None:
    assert list(check_ballots(read_pack("contoh-lain"))) == []


OVERLAY = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""
ENTRY = """
[[ballot]]
id = "{id}"
{condition}
verdict = "{verdict}"
reason = "Alasan."
article = "Perbup 1"
status = "verified"
"""


def overlay_codes(**entry: str) -> dict[str, int]:
    data = (OVERLAY + ENTRY.format(**entry)).encode()
    return {f.code: f.line for f in check_pack(data, base=read_pack("nasional"))}


def test_a_rule_behind_one_that_always_decides_first_is_unreachable() -> None:
    codes = overlay_codes(id="late", condition='all = ["no_hole"]', verdict="invalid")
    assert codes["ballot.unreachable"] == 10


def test_a_rule_whose_conditions_exclude_each_other_is_unreachable() -> None:
    codes = overlay_codes(
        id="never",
        condition='place_before = "unsigned"\nall = ["no_hole", "one_hole"]',
        verdict="invalid",
    )
    assert codes["ballot.unreachable"] == 10


def test_a_rule_without_condition_before_others_is_an_error() -> None:
    codes = overlay_codes(id="all", condition='place_before = "unsigned"', verdict="invalid")
    assert codes["ballot.no-condition"] == 10
    assert "ballot.none-valid" in codes


def test_an_invalid_rule_behind_a_silent_one_is_pointed_out() -> None:
    codes = overlay_codes(id="torn", condition='all = ["torn"]', verdict="invalid")
    assert codes["ballot.hidden-by-silence"] == 10


def test_an_unknown_circumstance_is_refused_with_its_line() -> None:
    codes = overlay_codes(id="torn", condition='all = ["tornn"]', verdict="invalid")
    assert codes["pack.choice"] == 12


def test_rare_combinations_are_reachable() -> None:
    codes = overlay_codes(
        id="rare",
        condition=(
            'place_before = "unsigned"\n'
            'all = ["torn", "damaged", "not_official", "signed_by_station_member", "writing", '
            '"stained", "burned", "fold_through", "hole_on_reverse"]'
        ),
        verdict="invalid",
    )
    assert "ballot.unreachable" not in codes


def test_every_circumstance_has_words_and_can_occur() -> None:
    seen = {name for group in appearance_groups() for shown in group for name in shown}
    assert seen == set(PREDICATES)
    assert all(str(predicate.meaning) for predicate in PREDICATES.values())


# --- facts that cannot be ---


@pytest.mark.parametrize(
    "make",
    [
        lambda: BallotFacts(holes=(Hole(place=Place.FRAME, frame=4),)),
        lambda: BallotFacts(holes=(Hole(place=Place.FRAME, frame=0),)),
        lambda: Hole(place=Place.FRAME),
        lambda: Hole(place=Place.OUTSIDE, frame=1),
        lambda: Hole(place=Place.LINE, frame=1, second_frame=1),
        lambda: BallotFacts(candidates=0),
        lambda: BallotFacts(candidates=2, has_empty_column=True),
    ],
)
def test_impossible_ballots_are_refused(make: object) -> None:
    with pytest.raises(MalformedInputError):
        make()  # type: ignore[operator]


def fold(first: Hole, second: Hole) -> tuple[Hole, Hole]:
    return (
        Hole(place=first.place, frame=first.frame, fold="a"),
        Hole(place=second.place, frame=second.frame, fold="a"),
    )


def signer_of(pack: str) -> Signer:
    station = pack in ("lombok-utara-2019", "contoh-lain")
    return Signer.STATION_CHAIR if station else Signer.COMMITTEE_CHAIR


def rule(
    name: str, verdict: Verdict, *, all_of: tuple[str, ...] = (), none_of: tuple[str, ...] = ()
) -> BallotRule:
    return BallotRule(
        id=name,
        condition=Condition(all_of=all_of, none_of=none_of),
        verdict=verdict,
        reason="Alasan.",
        article="pasal",
    )


def judge(ballot: BallotFacts, *entries: BallotRule):
    return judge_ballot(rules=BallotRules(pack_id="uji", entries=entries), ballot=ballot)


def test_severity_of_open_cases_is_a_warning() -> None:
    findings = list(check_ballots(read_pack("nasional")))
    assert {finding.severity for finding in findings} == {Severity.WARNING}


@pytest.mark.parametrize("pack", list_packs())
def test_every_reason_of_a_shipped_pack_is_also_told_in_english(pack: str) -> None:
    assert all(entry.reason_en for entry in rules_of(pack).entries)
