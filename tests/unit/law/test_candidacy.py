"""Applications, verification by two people, and what follows from the number of candidates."""

from dataclasses import replace
from itertools import product

import pytest

from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.application import (
    ALLOWED,
    EVENT_NAMES,
    STANDING,
    STATE_NAMES,
    WHO_MAY,
    ApplicationEvent,
    ApplicationState,
    Verification,
    advance_application,
    decide_verification,
    list_possible_events,
)
from pilkades.law.candidacy import (
    Act,
    CandidacyPath,
    Deliberation,
    decide_after_loss,
    decide_candidacy_path,
)
from pilkades.law.candidacy_rules import CandidacyRules, OneLeft, Withdrawal
from pilkades.packfiles import read_pack, read_pack_bytes

S, E = ApplicationState, ApplicationEvent
RULES = CandidacyRules.from_pack(read_pack("blitar-2026"))
OTHER = CandidacyRules.from_pack(read_pack("contoh-lain"))


def go(state: ApplicationState, event: ApplicationEvent, by: str = "panitia") -> ApplicationState:
    return advance_application(rules=RULES, state=state, event=event, by=by)


def path(count: int, used: int = 0, deliberation: Deliberation | None = None) -> CandidacyPath:
    return decide_candidacy_path(
        rules=RULES, eligible_count=count, extensions_used=used, deliberation=deliberation
    )


# --- The application ---------------------------------------------------------------------------


def test_a_file_goes_from_draft_to_a_number():
    way = [
        (E.SUBMIT, "calon", S.SUBMITTED),
        (E.RECEIVE, "panitia", S.RECEIVED),
        (E.START_CHECK, "panitia", S.CHECKING),
        (E.REQUEST_COMPLETION, "panitia", S.NEEDS_COMPLETION),
        (E.COMPLETE, "calon", S.COMPLETED),
        (E.FIND_ELIGIBLE, "panitia", S.ELIGIBLE),
        (E.DETERMINE, "panitia", S.DETERMINED),
        (E.GIVE_NUMBER, "panitia", S.NUMBERED),
    ]
    state = S.DRAFT
    for event, by, expected in way:
        state = go(state, event, by)
        assert state is expected


def test_every_pair_outside_the_table_is_refused_and_changes_nothing():
    for state, event in product(S, E):
        if event in ALLOWED[state]:
            continue
        with pytest.raises(RuleViolationError, match=r"application\.order"):
            go(state, event, next(iter(WHO_MAY[event])))


def test_nobody_else_may_do_what_one_party_may():
    for state, events in ALLOWED.items():
        for event in events:
            for by in {"calon", "panitia", "bpd", "orang_luar"} - WHO_MAY[event]:
                with pytest.raises(RuleViolationError, match=r"application\.who"):
                    go(state, event, by)


def test_every_state_can_be_reached_and_has_a_name():
    reached = {S.DRAFT} | {after for events in ALLOWED.values() for after in events.values()}
    assert reached == set(S) == set(ALLOWED) == set(STATE_NAMES)
    assert set(E) == set(WHO_MAY) == set(EVENT_NAMES)
    assert {event for events in ALLOWED.values() for event in events} == set(E)


def test_who_has_died_withdrawn_or_been_struck_stays_so():
    for state in (S.WITHDRAWN, S.DIED, S.DISQUALIFIED):
        assert not ALLOWED[state]


def test_disqualification_exists_only_after_determination():
    assert {state for state in S if E.DISQUALIFY in ALLOWED[state]} == STANDING


def test_an_upheld_complaint_opens_the_file_again_but_not_after_determination():
    assert go(S.INELIGIBLE, E.REOPEN) is S.CHECKING
    assert go(S.ELIGIBLE, E.REOPEN) is S.CHECKING
    assert go(S.NOT_SELECTED, E.REOPEN) is S.CHECKING
    with pytest.raises(RuleViolationError):
        go(S.DETERMINED, E.REOPEN)


@pytest.mark.parametrize("state", sorted(STANDING))
def test_withdrawal_after_determination_is_a_field_of_the_pack(state: ApplicationState):
    with pytest.raises(RuleViolationError, match="withdrawal_after_determination") as caught:
        go(state, E.WITHDRAW, "calon")
    assert caught.value.article == RULES.late_withdrawal_article
    after = advance_application(rules=OTHER, state=state, event=E.WITHDRAW, by="calon")
    assert after is S.WITHDRAWN


def test_withdrawal_before_determination_is_free():
    assert go(S.ELIGIBLE, E.WITHDRAW, "calon") is S.WITHDRAWN


def test_what_somebody_may_do_is_what_would_not_be_refused():
    assert list_possible_events(rules=RULES, state=S.DRAFT, by="calon") == (E.SUBMIT, E.WITHDRAW)
    assert list_possible_events(rules=RULES, state=S.DETERMINED, by="calon") == ()
    assert list_possible_events(rules=OTHER, state=S.DETERMINED, by="calon") == (E.WITHDRAW,)
    assert list_possible_events(rules=RULES, state=S.CHECKING, by="orang_luar") == ()


# --- Verification ------------------------------------------------------------------------------


def verify(*found: tuple[str, bool], rules: CandidacyRules = RULES) -> ApplicationEvent | None:
    return decide_verification(
        rules=rules, verifications=[Verification(person, answer) for person, answer in found]
    )


def test_two_different_people_decide_together():
    assert verify() is None
    assert verify(("sari", True)) is None
    assert verify(("sari", True), ("budi", True)) is E.FIND_ELIGIBLE
    assert verify(("sari", False), ("budi", False)) is E.FIND_INELIGIBLE


def test_two_who_differ_leave_it_to_the_plenary():
    assert verify(("sari", True), ("budi", False)) is None
    assert verify(("sari", False), ("budi", True)) is None


def test_the_same_person_twice_is_a_violation_even_with_a_third():
    for found in (
        (("sari", True), ("sari", True)),
        (("sari", True), ("budi", True), ("sari", False)),
    ):
        with pytest.raises(RuleViolationError, match=r"candidacy\.verifiers_min"):
            verify(*found)


def test_another_pack_asks_for_three():
    assert verify(("sari", True), ("budi", True), rules=OTHER) is None
    three = (("sari", True), ("budi", True), ("joko", True))
    assert verify(*three, rules=OTHER) is E.FIND_ELIGIBLE


# --- The number of candidates ------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_lead_to_both_extensions_in_order(count: int):
    first, second = path(count), path(count, 1)
    assert (first.act, first.by_step) == (Act.EXTEND_REGISTRATION, "extension_1")
    assert (second.act, second.by_step) == (Act.EXTEND_REGISTRATION, "extension_2")
    assert first.text.params["number"] == 1
    assert second.text.params["number"] == 2
    assert "34A" in first.article
    assert first.owner == "panitia"


def test_one_after_all_extensions_is_deliberated():
    found = path(1, 2)
    assert (found.act, found.by_step, found.owner) == (Act.DELIBERATE, "single_deliberation", "bpd")


def test_consensus_puts_the_single_candidate_against_the_empty_column():
    found = path(1, 2, Deliberation.CONSENSUS)
    assert (found.act, found.by_step) == (Act.DETERMINE_WITH_EMPTY_COLUMN, "determination")


def test_no_consensus_voids_the_election_and_names_what_follows():
    found = path(1, 2, Deliberation.NO_CONSENSUS)
    assert found.act is Act.DECLARE_VOID
    assert [(step.id, step.owner) for step in found.then] == [
        ("void_report", "bpd"),
        ("void_decision", "kepala_daerah"),
    ]
    assert all(step.article for step in found.then)
    assert (found.owner, found.by_step) == ("bpd", "void_report")
    assert found.article == found.then[0].article


def test_a_path_that_goes_on_names_no_further_steps():
    assert path(3).then == ()


@pytest.mark.parametrize("deliberation", [None, *Deliberation])
def test_nobody_after_all_extensions_voids_the_election(deliberation: Deliberation | None):
    assert path(0, 2, deliberation).act is Act.DECLARE_VOID


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("used", [0, 1, 2])
def test_two_to_five_are_determined(count: int, used: int):
    found = path(count, used)
    assert (found.act, found.by_step, found.owner) == (Act.DETERMINE, "determination", "panitia")


@pytest.mark.parametrize("count", [6, 40])
def test_more_than_five_go_to_the_extra_selection(count: int):
    assert (path(count).act, path(count).by_step) == (Act.SELECT, "extra_selection")


def test_every_path_has_a_step_an_owner_and_an_article():
    for count, used, deliberation in product(range(8), range(3), [None, *Deliberation]):
        found = path(count, used, deliberation)
        assert found.by_step
        assert found.owner
        assert found.article
        assert str(found.text)


@pytest.mark.parametrize(("count", "used"), [(-1, 0), (1, -1), (1, 3)])
def test_impossible_counts_are_malformed(count: int, used: int):
    with pytest.raises(MalformedInputError, match=r"candidacy\.count"):
        path(count, used)


def test_a_pack_without_extensions_goes_straight_to_deliberation():
    rules = replace(RULES, extensions=())
    found = decide_candidacy_path(rules=rules, eligible_count=1, extensions_used=0)
    assert found.act is Act.DELIBERATE


@pytest.mark.parametrize(
    ("choice", "act"),
    [
        (OneLeft.EMPTY_COLUMN, Act.DETERMINE_WITH_EMPTY_COLUMN),
        (OneLeft.POSTPONE, Act.POSTPONE),
        (OneLeft.CONTINUE, Act.CONTINUE),
    ],
)
def test_one_left_after_the_determination_follows_the_pack(choice: OneLeft, act: Act):
    rules = replace(RULES, one_left=choice)
    assert decide_after_loss(rules=rules, standing_count=1).act is act


def test_with_enough_left_the_election_goes_on_and_with_none_it_is_void():
    assert decide_after_loss(rules=RULES, standing_count=2).act is Act.CONTINUE
    assert decide_after_loss(rules=RULES, standing_count=0).act is Act.DECLARE_VOID
    with pytest.raises(MalformedInputError):
        decide_after_loss(rules=RULES, standing_count=-1)


# --- What a pack may not say -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "value", "code"),
    [
        ("candidates.min", "6", "candidates.order"),
        ("candidacy.extension_steps", '["tak_ada"]', "candidacy.step_absent"),
        ("candidacy.verifiers_min", "1", "pack.range"),
    ],
)
def test_a_pack_that_contradicts_itself_is_told(rule: str, value: str, code: str):
    text = (
        '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
        'base = "nasional"\neffective = 2026-01-01\n'
        f'[[rule]]\nid = "{rule}"\nvalue = {value}\narticle = "Uji"\nstatus = "verified"\n'
    )
    assert code in [finding.code for finding in read_pack_bytes(text.encode()).findings]


def test_one_may_be_the_least_and_the_most():
    text = (
        '[pack]\nformat = 1\nid = "uji"\ntitle = "Uji"\nversion = "1"\nregion_code = ""\n'
        'base = "nasional"\neffective = 2026-01-01\n'
        '[[rule]]\nid = "candidates.min"\nvalue = 5\narticle = "Uji"\nstatus = "verified"\n'
    )
    codes = [finding.code for finding in read_pack_bytes(text.encode()).findings]
    assert "candidates.order" not in codes


def test_the_packs_differ_in_what_they_leave_to_the_region():
    assert RULES.late_withdrawal is Withdrawal.FORBIDDEN
    assert OTHER.late_withdrawal is Withdrawal.ALLOWED
    assert (RULES.one_left, OTHER.one_left) == (OneLeft.POSTPONE, OneLeft.EMPTY_COLUMN)
    assert (RULES.candidates_min, RULES.candidates_max) == (2, 5)
