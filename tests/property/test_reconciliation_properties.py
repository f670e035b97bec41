"""Laws of reconciliation: nothing false is reported, nothing broken is missed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.reconciliation import (
    IDENTITY_IDS,
    ReconciliationRules,
    StatementFigures,
    find_suspects,
    reconcile,
)
from pilkades.law.reconciliation.equations import EQUATIONS
from pilkades.law.reconciliation.figures import PLAIN_FIELDS
from pilkades.packfiles import read_pack
from tests.statements import consistent_statements, with_candidate

RULES = replace(
    ReconciliationRules.from_pack(read_pack("nasional")),
    digit_boxes=9,
    replacements_damaged_max=10**6,
    replacements_mistaken_max=10**6,
)
UNBOUNDED = {"users_within_registered", "disabled_within_users", "replacements_within_users"}
"""Inequalities: a figure may move without breaking them."""

deltas = st.integers(-300, 300).filter(bool)


def family(field: str) -> set[str]:
    """Every equation that the figure stands in, and its words where it has some."""
    return {name for name, eq in EQUATIONS.items() if field in (*eq.left, *eq.right)}


def found(figures: StatementFigures) -> set[str]:
    result = reconcile(rules=RULES, statement=figures)
    return {finding.identity for finding in result.findings}


@given(consistent_statements())
def test_consistent_figures_never_have_findings(figures: StatementFigures) -> None:
    assert found(figures) == set()


@settings(max_examples=300)
@given(field=st.sampled_from(PLAIN_FIELDS), figures=consistent_statements(), delta=deltas)
def test_one_changed_figure_breaks_exactly_the_equations_it_stands_in(
    field: str, figures: StatementFigures, delta: int
) -> None:
    value = max(0, figures.value(field) + delta)
    if value == figures.value(field):
        value += 1
    expected = family(field)
    if getattr(figures, f"{field}_words", None) is not None:
        expected.add("words_equal_digits")
    assert found(replace(figures, **{field: value})) - UNBOUNDED == expected


@given(figures=consistent_statements(), delta=deltas, data=st.data())
def test_one_changed_reading_of_a_candidate_is_found(
    figures: StatementFigures, delta: int, data: st.DataObject
) -> None:
    candidate = data.draw(st.sampled_from(figures.candidates))
    votes = max(0, candidate.votes + delta)
    if votes == candidate.votes:
        votes += 1
    expected = {"candidates_equal_valid"}
    expected |= {"words_equal_digits"} if candidate.words is not None else set()
    expected |= {"marks_equal_digits"} if candidate.marks is not None else set()
    assert found(with_candidate(figures, candidate.number, votes=votes)) == expected


@given(figures=consistent_statements(), excess=st.integers(1, 50))
def test_users_above_the_roll_are_always_found(figures: StatementFigures, excess: int) -> None:
    limit = figures.registered_total + figures.users_elsewhere
    more = replace(figures, users_total=limit + excess)
    assert "users_within_registered" in found(more)


@given(figures=consistent_statements(), excess=st.integers(1, 50))
def test_too_many_replacements_are_always_found(figures: StatementFigures, excess: int) -> None:
    rules = replace(RULES, replacements_damaged_max=1)
    more = replace(figures, ballots_damaged=figures.users_total + excess)
    result = reconcile(rules=rules, statement=more)
    assert "replacements_within_users" in {finding.identity for finding in result.findings}


@settings(max_examples=300)
@given(field=st.sampled_from(PLAIN_FIELDS), figures=consistent_statements(), delta=deltas)
def test_the_figure_that_was_changed_is_among_the_suspects_with_its_old_value(
    field: str, figures: StatementFigures, delta: int
) -> None:
    old = figures.value(field)
    new = max(0, old + delta)
    changed = replace(figures, **{field: new})
    suspects = {s.field: s.expected for s in find_suspects(figures=changed, boxes=3)}
    if new != old and family(field):
        assert suspects[field] == old


@given(figures=consistent_statements(), data=st.data())
def test_correcting_a_suspect_makes_every_equation_hold(
    figures: StatementFigures, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([f for f in PLAIN_FIELDS if family(f)]))
    changed = replace(figures, **{field: figures.value(field) + data.draw(st.integers(1, 99))})
    for suspect in find_suspects(figures=changed, boxes=3):
        if suspect.field.startswith("votes."):
            number = int(suspect.field.removeprefix("votes."))
            healed = with_candidate(changed, number, votes=suspect.expected)
        else:
            healed = replace(changed, **{suspect.field: suspect.expected})
        assert all(equation.difference(healed) == 0 for equation in EQUATIONS.values())


@given(
    consistent_statements(),
    st.dictionaries(st.sampled_from(PLAIN_FIELDS), st.integers(0, 2_000), max_size=6),
)
def test_every_finding_has_sentence_cause_and_place(
    figures: StatementFigures, changes: dict[str, int]
) -> None:
    result = reconcile(rules=RULES, statement=replace(figures, **changes))
    for finding in result.findings:
        assert finding.identity in IDENTITY_IDS
        assert str(finding.text).endswith(".")
        assert str(finding.cause).endswith(".")
        assert str(finding.look).endswith(".")
        assert "{" not in str(finding.sentence)
