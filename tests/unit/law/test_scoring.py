"""Public scoring: Mukomuko, Tegal and Seluma in TOML, exact points, the tie at the last place."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.findings import Finding
from pilkades.law.pack import RulePack
from pilkades.law.scoring import (
    LineState,
    ScoreInput,
    ScoreSheet,
    ScoringRules,
    Selection,
    Terminal,
    score_applicant,
    select_candidates,
    show_number,
)
from pilkades.packfiles import read_pack, read_pack_bytes

MUKOMUKO = ScoringRules.from_pack(read_pack("nasional"))
TEGAL = ScoringRules.from_pack(read_pack("contoh-lain"))
PAPERS = {
    "experience": "SK pengangkatan",
    "education": "Ijazah",
    "age": "KTP-el",
    "test": "Lembar jawaban",
}
HEADER = (
    '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
    'base = "nasional"\neffective = 2026-01-01\n'
)
SOURCE = 'article = "Perbup Uji"\nstatus = "verified"\n'
SELUMA = (
    HEADER.replace("effective", 'replaces = ["score", "score_tie"]\neffective')
    + '[[rule]]\nid = "scoring.method"\nvalue = "precedence"\n'
    + SOURCE
    + '[[score]]\nid = "education"\nname = "Pendidikan"\nkind = "grades"\n'
    + 'grades = [{ grade = "SMA", points = 1 }, { grade = "S1", points = 2 }]\n'
    + SOURCE
    + '[[score]]\nid = "age"\nname = "Usia"\nkind = "points"\npoints_max = 120\n'
    + 'prefer = "lower"\n'
    + SOURCE
    + '[[score_tie]]\nid = "lots"\nname = "Undian"\nterminal = "drawing"\n'
    + SOURCE
)


def read_seluma() -> ScoringRules:
    reading = read_pack_bytes(SELUMA.encode())
    assert isinstance(reading.pack, RulePack), reading.findings
    return ScoringRules.from_pack(reading.pack)


def give(item: str, value: object, **more: object) -> ScoreInput:
    papers = frozenset({PAPERS[item], "Lembar nilai penguji"})
    return ScoreInput(**{"item": item, "value": value, "evidence": papers, **more})


def sheet(
    applicant: str = "sari",
    *,
    experience: object = 6,
    education: object = "S1",
    age: object = 40,
    test: object = 70,
) -> ScoreSheet:
    values = {"experience": experience, "education": education, "age": age, "test": test}
    inputs = [give(item, value) for item, value in values.items()]
    return score_applicant(rules=MUKOMUKO, applicant=applicant, inputs=inputs)


def points(item: str, value: object) -> Fraction | None:
    found = sheet(**{item: value}).find_line(item=item)
    assert found is not None
    return found.points


# --- One sheet ---------------------------------------------------------------------------------


def test_the_sheet_of_mukomuko_adds_up_and_shows_its_sum():
    found = sheet()
    assert found.total == 50 + 35 + 10 + 70
    assert str(found.why) == "50 + 35 + 10 + 70 = 165."
    assert all(line.article and line.state is LineState.SCORED for line in found.lines)
    assert "6 tahun mendapat 50, bobot 100 %, menjadi 50" in str(found.lines[0].why)


@pytest.mark.parametrize(
    ("years", "expected"),
    [(0, 0), (Decimal("0.5"), 30), (5, 30), (Decimal("5.01"), 50), (30, 50)],
)
def test_experience_falls_into_its_bracket(years: object, expected: int):
    assert points("experience", years) == expected


@pytest.mark.parametrize(
    ("age", "expected"), [(25, 10), (50, 10), (51, 7), (65, 7), (66, 5), (90, 5)]
)
def test_age_falls_into_its_bracket(age: int, expected: int):
    assert points("age", age) == expected


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("S3", 40), ("S2", 40), ("S1", 35), ("D4", 35), ("D1", 30), ("SMA", 25), ("SMP", 20)],
)
def test_education_has_its_points(grade: str, expected: int):
    assert points("education", grade) == expected


@pytest.mark.parametrize(("mark", "expected"), [(0, 0), (100, 100), (Decimal("66.75"), None)])
def test_a_test_mark_counts_as_it_is(mark: object, expected: int | None):
    assert points("test", mark) == (Fraction(267, 4) if expected is None else expected)


@pytest.mark.parametrize(
    ("item", "value"), [("test", 101), ("test", -1), ("education", "SD"), ("age", 24)]
)
def test_a_value_the_pack_does_not_rule_waits_for_the_committee(item: str, value: object):
    found = sheet(**{item: value})
    line = found.find_line(item=item)
    assert line is not None
    assert line.state is LineState.NEEDS_DECISION
    assert found.total is None
    assert not found.is_complete


def test_what_the_committee_decides_is_used_and_said():
    inputs = [give("experience", 6), give("education", "SD", decided_points=Decimal("12.5"))]
    inputs += [give("age", 40), give("test", 70)]
    found = score_applicant(rules=MUKOMUKO, applicant="sari", inputs=inputs)
    line = found.lines[1]
    assert (line.state, line.points) == (LineState.DECIDED, Fraction(25, 2))
    assert "12,5" in str(line.why)
    assert found.total == Fraction(285, 2)


def test_a_decision_does_not_replace_what_the_pack_rules():
    inputs = [give("experience", 6, decided_points=99), give("education", "S1")]
    inputs += [give("age", 40), give("test", 70)]
    found = score_applicant(rules=MUKOMUKO, applicant="sari", inputs=inputs)
    assert found.lines[0].points == 50


def test_a_value_without_evidence_earns_nothing():
    inputs = [ScoreInput(item="experience", value=20), give("education", "S1")]
    inputs += [give("age", 40), give("test", 70)]
    found = score_applicant(rules=MUKOMUKO, applicant="sari", inputs=inputs)
    assert (found.lines[0].state, found.lines[0].points) == (LineState.NO_EVIDENCE, 0)
    assert "SK pengangkatan" in str(found.lines[0].why)
    assert found.total == 115


def test_an_item_that_is_not_filled_leaves_the_sheet_open():
    found = score_applicant(rules=MUKOMUKO, applicant="sari", inputs=[give("age", 40)])
    assert [line.state for line in found.lines].count(LineState.NOT_FILLED) == 3
    assert found.total is None
    blank = score_applicant(
        rules=MUKOMUKO, applicant="sari", inputs=[give("age", None), give("test", 1)]
    )
    assert blank.lines[2].state is LineState.NOT_FILLED


def test_rules_without_items_give_no_total():
    rules = replace(MUKOMUKO, items=())
    assert score_applicant(rules=rules, applicant="sari", inputs=[]).total is None


@pytest.mark.parametrize("value", [70.5, "70", True, Decimal("NaN"), Decimal("Infinity")])
def test_a_number_that_is_not_exact_is_malformed(value: object):
    with pytest.raises(MalformedInputError, match=r"scoring\.number"):
        sheet(test=value)


@pytest.mark.parametrize(
    "inputs", [[give("age", 40), give("age", 41)], [ScoreInput(item="tak_ada", value=1)]]
)
def test_an_unknown_or_double_item_is_malformed(inputs: list[ScoreInput]):
    with pytest.raises(MalformedInputError, match=r"scoring\.items"):
        score_applicant(rules=MUKOMUKO, applicant="sari", inputs=inputs)


def test_tegal_weighs_35_35_30_exactly():
    inputs = [give("experience", 6), give("education", "D3"), give("test", Decimal("33.3"))]
    found = score_applicant(rules=TEGAL, applicant="sari", inputs=inputs)
    assert [line.product for line in found.lines] == [35, 28, Fraction("9.99")]
    assert found.total == Fraction("72.99")
    assert str(found.why) == "35 + 28 + 9,99 = 72,99."
    assert sum(item.weight for item in TEGAL.items) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(12), "12"),
        (Fraction(0), "0"),
        (Fraction(25, 2), "12,5"),
        (Fraction(1, 8), "0,125"),
        (Fraction(7299, 100), "72,99"),
        (Fraction(1, 3), "1/3"),
        (Fraction(112, 3), "37 1/3"),
        (Fraction(1, 6), "1/6"),
        (Fraction(100), "100"),
    ],
)
def test_numbers_are_shown_as_on_paper(value: Fraction, shown: str):
    assert show_number(value=value) == shown


# --- The ranking -------------------------------------------------------------------------------


def select(
    sheets: Sequence[ScoreSheet], order: Sequence[str] = (), rules: ScoringRules = MUKOMUKO
) -> Selection:
    return select_candidates(rules=rules, sheets=sheets, terminal_order=order)


def six(**special: dict[str, object]) -> list[ScoreSheet]:
    marks = {"a": 90, "b": 85, "c": 80, "d": 75, "e": 70, "f": 60}
    return [
        sheet(name, **({"test": mark} | special.get(name, {})))  # type: ignore[arg-type]
        for name, mark in marks.items()
    ]


def test_the_best_five_go_on_and_the_table_says_why():
    found = select(six())
    assert found.admitted == ("a", "b", "c", "d", "e")
    assert found.is_settled
    assert found.steps == ()
    assert [row.place for row in found.rows] == [1, 2, 3, 4, 5, 6]
    assert [row.is_admitted for row in found.rows] == [True] * 5 + [False]
    assert str(found.rows[0].why) == "Peringkat 1 dengan nilai 185: lolos."
    assert str(found.rows[5].why) == "Peringkat 6 dengan nilai 155: tidak lolos."


def test_five_or_fewer_all_go_on():
    assert select(six()[:5]).admitted == ("a", "b", "c", "d", "e")
    assert select(six()[4:]).admitted == ("e", "f")


def test_equal_scores_above_the_last_place_share_it_and_need_no_rule():
    found = select(six(b={"test": 90}))
    assert [row.place for row in found.rows] == [1, 1, 3, 4, 5, 6]
    assert found.steps == ()


def test_equal_scores_that_just_fill_the_places_need_no_rule():
    found = select(six(d={"test": 70}))
    assert found.is_settled
    assert found.steps == ()
    assert set(found.admitted) == set("abcde")


def test_a_tie_at_the_last_place_is_separated_by_the_first_criterion_that_can():
    found = select(six(f={"test": 75, "education": "D1"}))
    assert found.admitted == ("a", "b", "c", "d", "f")
    assert [step.criterion for step in found.steps] == ["by_test"]
    assert found.steps[0].admitted == ("f",)
    assert found.steps[0].refused == ("e",)
    assert found.rows[4].place == found.rows[5].place == 5
    assert found.steps[0].article


def test_a_value_separates_where_points_are_equal():
    found = select(six(e={"experience": 7}, f={"test": 70, "experience": Decimal("7.5")}))
    assert found.admitted == ("a", "b", "c", "d", "f")
    assert [step.criterion for step in found.steps] == ["by_test", "by_education", "by_experience"]
    assert found.steps[0].still_tied == ("e", "f")


def test_a_tie_that_nothing_separates_stays_open_until_the_drawing():
    sheets = six(f={"test": 70})
    found = select(sheets)
    assert not found.is_settled
    assert (found.open_group, found.open_places, found.terminal) == (
        ("e", "f"),
        1,
        Terminal.DRAWING,
    )
    assert [row.is_admitted for row in found.rows] == [True] * 4 + [None, None]
    assert "menunggu langkah akhir" in str(found.rows[4].why)
    drawn = select(sheets, ["f", "e"])
    assert drawn.admitted == ("a", "b", "c", "d", "f")
    assert drawn.is_settled
    assert drawn.open_places == 0
    assert drawn.steps[-1].criterion == "by_drawing"
    assert drawn.steps[-1].refused == ("e",)


def test_three_equal_for_two_places():
    sheets = six(d={"test": 70}, f={"test": 70})
    found = select(sheets)
    assert (found.open_group, found.open_places) == (("d", "e", "f"), 2)
    assert select(sheets, ["f", "d", "e"]).admitted == ("a", "b", "c", "d", "f")


def test_a_criterion_may_let_some_in_and_leave_the_others_equal():
    sheets = six(
        d={"test": 75, "education": "D1"},
        e={"test": 70},
        f={"test": 70},
    )
    found = select(sheets)
    assert found.steps[0].admitted == ("d",)
    assert found.steps[0].still_tied == ("e", "f")
    assert found.open_places == 1


def test_a_criterion_may_put_some_out_behind_those_still_equal():
    sheets = [*six(), sheet("g", test=70, education="S1"), sheet("h", test=65, education="S2")]
    found = select(sheets)
    assert found.steps[0].refused == ("h",)
    assert found.open_group == ("e", "g")


@pytest.mark.parametrize("order", [["f"], ["e", "f", "a"], ["e", "e"]])
def test_an_order_of_others_than_the_tied_is_refused(order: list[str]):
    with pytest.raises(RuleViolationError, match=r"scoring\.terminal_order"):
        select(six(f={"test": 70}), order)


def test_without_a_terminal_step_the_tie_stays_open():
    rules = replace(MUKOMUKO, ties=MUKOMUKO.ties[:1])
    found = select(six(f={"test": 70}), ["f", "e"], rules)
    assert found.terminal is None
    assert found.open_group == ("e", "f")


def test_open_or_double_sheets_are_refused():
    with pytest.raises(RuleViolationError, match=r"scoring\.incomplete"):
        select([*six(), sheet("g", education="SD")])
    with pytest.raises(MalformedInputError, match=r"scoring\.double_sheet"):
        select([*six(), sheet("a")])


def test_a_tie_about_an_item_that_is_not_on_the_sheet_is_malformed():
    ties = (replace(MUKOMUKO.ties[0], item="tak_ada"),)
    with pytest.raises(MalformedInputError, match=r"scoring\.tie_item"):
        select(six(f={"test": 70}), rules=replace(MUKOMUKO, ties=ties))


def test_seluma_compares_item_by_item():
    rules = replace(read_seluma(), places=1)

    def of(name: str, education: str, age: int) -> ScoreSheet:
        inputs = [give("education", education), give("age", age)]
        return score_applicant(rules=rules, applicant=name, inputs=inputs)

    old_graduate, young_graduate, youngest = (
        of("a", "S1", 60),
        of("b", "S1", 30),
        of("c", "SMA", 25),
    )
    found = select([youngest, old_graduate, young_graduate], rules=rules)
    assert [row.sheet.applicant for row in found.rows] == ["b", "a", "c"]
    assert found.admitted == ("b",)
    assert "Pendidikan 2, Usia 30" in str(young_graduate.why)


# --- What a pack may not say -------------------------------------------------------------------


def find(text: str) -> list[Finding]:
    findings = read_pack_bytes((HEADER + text).encode()).findings
    return [finding for finding in findings if finding.code.startswith("score")]


ITEM = '[[score]]\nid = "baru"\nname = "Baru"\n' + SOURCE
LIMITS = 'kind = "brackets"\nbrackets = '


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (ITEM + 'kind = "brackets"\n', ["score.field-needed"]),
        (ITEM + 'kind = "grades"\n', ["score.field-needed"]),
        (ITEM + 'kind = "points"\n', ["score.field-needed"]),
        (
            ITEM + LIMITS + "[{ points = 1, above = 1, from = 2 }]\n",
            ["score.double-bound"],
        ),
        (ITEM + LIMITS + "[{ points = 1, below = 1, to = 2 }]\n", ["score.double-bound"]),
        (
            ITEM + LIMITS + "[{ points = 1, below = 5 }, { points = 2, above = 5 }]\n",
            ["score.gap"],
        ),
        (
            ITEM + LIMITS + "[{ points = 1, below = 5 }, { points = 2, from = 7 }]\n",
            ["score.gap", "score.gap"],
        ),
        (
            ITEM + LIMITS + "[{ points = 1, to = 5 }, { points = 2, from = 5 }]\n",
            ["score.overlap"],
        ),
        (ITEM + LIMITS + "[{ points = 1, below = 5 }, { points = 2, from = 5 }]\n", []),
        (ITEM + LIMITS + "[{ points = 1, from = 1, to = 5 }]\n", []),
        (
            ITEM
            + LIMITS
            + "[{ points = 1, to = 1 }, { points = 2, from = 3, to = 5 }, "
            + "{ points = 3, from = 7 }]\n",
            ["score.gap", "score.gap"],
        ),
        (
            ITEM
            + LIMITS
            + "[{ points = 1, to = 1 }, { points = 2, from = 3, to = 5 }, "
            + "{ points = 3, above = 5 }]\n",
            ["score.gap"],
        ),
        (
            '[[score_tie]]\nid = "baru"\nname = "Baru"\nitem = "tak_ada"\n'
            'place_before = "by_drawing"\n' + SOURCE,
            ["score-tie.item"],
        ),
        (
            '[[score_tie]]\nid = "baru"\nname = "Baru"\nitem = "age"\n' + SOURCE,
            ["score-tie.after-terminal", "score-tie.no-terminal"],
        ),
    ],
)
def test_scoring_that_makes_no_sense_is_told(text: str, codes: list[str]):
    findings = find(text)
    assert sorted(finding.code for finding in findings) == sorted(codes)


def test_a_list_without_an_end_is_told_at_its_last_criterion():
    text = '[[score_tie]]\nid = "baru"\nname = "Baru"\nitem = "age"\n' + SOURCE
    ending = next(item for item in find(text) if item.code == "score-tie.no-terminal")
    assert ending.subject == "baru"


def test_a_total_of_nought_is_shown_as_nought():
    nought = sheet("a", experience=0, test=0, education="S1", age=40)
    blank = replace(nought, total=Fraction(0), ranks_by=(Fraction(0),))
    assert str(select([blank]).rows[0].why) == "Peringkat 1 dengan nilai 0: lolos."


def test_the_overlap_is_told_with_the_value_and_the_line():
    text = ITEM + LIMITS + "[{ points = 1, to = 5 }, { points = 2, from = 5 }]\n"
    finding = find(text)[0]
    assert "Nilai 5" in str(finding.text)
    assert finding.line == HEADER.count("\n") + 1
