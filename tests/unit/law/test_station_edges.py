"""Minutes, single signatures and single agents that decide at a station."""

from dataclasses import replace
from datetime import time

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.station import (
    AdmissionFacts,
    Agreement,
    Document,
    Event,
    Invitation,
    Permission,
    Phase,
    RollPlace,
    State,
    StationFacts,
    StationProgress,
    StationRules,
    VoterCategory,
    apply,
    closing_time,
    decide_admission,
    next_acts,
)
from pilkades.packfiles import read_pack

NATIONAL = StationRules.from_pack(read_pack("nasional"))
OTHER = StationRules.from_pack(read_pack("contoh-lain"))
KTP = frozenset((Document.KTP_EL,))
DEWI = AdmissionFacts(invitation=Invitation.OWN, roll=RollPlace.HERE, documents=KTP)
JOKO = replace(DEWI, invitation=Invitation.MISSING, roll=RollPlace.NOT_LISTED)


def seen(at: str = "09:00", **facts: object) -> StationFacts:
    return StationFacts(at=time.fromisoformat(at), **facts)  # type: ignore[arg-type]


def obstacles(
    state: State,
    event: Event,
    facts: StationFacts,
    rules: StationRules = NATIONAL,
    **progress: object,
) -> list[str]:
    """Codes of everything that stands against an event."""
    now = StationProgress(state=state, **progress)  # type: ignore[arg-type]
    (step,) = (s for s in next_acts(progress=now, rules=rules, facts=facts) if s.event is event)
    return [obstacle.code for obstacle in step.obstacles]


# --- hours ---


def test_a_station_that_closes_at_half_past_is_extended_from_half_past() -> None:
    rules = replace(NATIONAL, closes_at=time(12, 30), extension_minutes=45)
    assert closing_time(rules=rules, extensions=0) == time(12, 30)
    assert closing_time(rules=rules, extensions=1) == time(13, 15)


def test_an_extension_to_midnight_does_not_become_the_morning() -> None:
    rules = replace(NATIONAL, closes_at=time(23, 0), extension_minutes=60)
    assert closing_time(rules=rules, extensions=1) == time.max


@pytest.mark.parametrize(("at", "codes"), [("12:59", []), ("13:00", ["hour-passed"])])
def test_a_voter_is_taken_until_the_last_minute(at: str, codes: list[str]) -> None:
    found = obstacles(State.VOTING, Event.ADMIT, seen(at))
    assert found == [f"station.admit.{code}" for code in codes]


def test_an_extension_lets_voters_in_until_its_own_end() -> None:
    rules = replace(NATIONAL, extensions_max=1, extension_minutes=30)
    assert obstacles(State.VOTING, Event.ADMIT, seen("13:29"), rules, extensions=1) == []
    assert obstacles(State.VOTING, Event.ADMIT, seen("13:30"), rules, extensions=1) == [
        "station.admit.hour-passed"
    ]
    assert obstacles(State.VOTING, Event.CALL_LAST, seen("13:29"), rules, extensions=1) == [
        "station.close.too-early"
    ]


def test_voters_of_the_last_queue_vote_after_the_hour_and_others_do_not() -> None:
    late = seen("13:40")
    assert obstacles(State.LAST_VOTERS, Event.ADMIT, replace(late, was_in_queue=True)) == []
    assert obstacles(State.LAST_VOTERS, Event.ADMIT, late) == ["station.admit.not-in-queue"]


@pytest.mark.parametrize(
    ("registered", "users", "may_close"),
    [(300, 300, True), (300, 301, True), (300, 299, False), (0, 0, False)],
)
def test_closing_early_needs_every_registered_voter(
    registered: int, users: int, may_close: bool
) -> None:
    facts = seen("11:00", registered=registered, users=users)
    codes = obstacles(State.VOTING, Event.CALL_LAST, facts, OTHER)
    assert codes == ([] if may_close else ["station.close.too-early"])


def test_an_act_may_begin_at_its_hour() -> None:
    (act, *_) = NATIONAL.acts_of(Phase.OPENING)
    assert act.not_before is not None
    early = replace(seen(), at=act.not_before)
    assert obstacles(State.OPENING, Event.PERFORM, early) == []


def test_what_is_still_to_be_done_is_named_once_with_the_hour() -> None:
    codes = obstacles(State.OPENING, Event.OPEN, seen("06:30"))
    assert codes == ["station.phase.pending", "station.open.too-early"]


# --- agreement and signatures ---


@pytest.mark.parametrize(
    ("agreement", "present", "agreeing", "chair", "is_agreed"),
    [
        (Agreement.MAJORITY, 4, 2, True, False),
        (Agreement.MAJORITY, 4, 3, False, True),
        (Agreement.MAJORITY, 1, 1, False, True),
        (Agreement.MAJORITY, 1, 0, True, False),
        (Agreement.ALL_AGENTS, 3, 3, False, True),
        (Agreement.ALL_AGENTS, 3, 2, True, False),
        (Agreement.ALL_AGENTS, 0, 0, True, True),
        (Agreement.MAJORITY, 0, 0, False, False),
        (Agreement.CHAIR, 3, 0, True, True),
        (Agreement.CHAIR, 3, 3, False, False),
    ],
)
def test_who_must_agree_to_an_extension_is_what_the_pack_says(
    agreement: Agreement, present: int, agreeing: int, chair: bool, is_agreed: bool
) -> None:
    rules = replace(NATIONAL, extensions_max=1, extension_agreement=agreement)
    facts = seen(queue=1, agents_present=present, agents_agreeing=agreeing, chair_agrees=chair)
    codes = obstacles(State.VOTING, Event.EXTEND, facts, rules)
    assert codes == ([] if is_agreed else ["station.extend.agreement"])


def test_one_waiting_voter_is_a_queue() -> None:
    rules = replace(NATIONAL, extensions_max=1)
    agreed = seen(queue=1, chair_agrees=True)
    assert obstacles(State.VOTING, Event.EXTEND, agreed, rules) == []
    assert obstacles(State.LAST_VOTERS, Event.CLOSE, seen("13:20", queue=1)) == [
        "station.close.queue"
    ]
    nobody = replace(agreed, queue=0)
    assert obstacles(State.VOTING, Event.EXTEND, nobody, rules) == ["station.extend.no-queue"]
    without = replace(rules, extension_needs_queue=False)
    assert obstacles(State.VOTING, Event.EXTEND, nobody, without) == []


@pytest.mark.parametrize(("chair", "members"), [(False, 3), (True, 1)])
def test_a_correction_needs_the_chair_and_the_members(chair: bool, members: int) -> None:
    facts = seen(chair_signed=chair, members_signed=members, is_minuted=True)
    assert obstacles(State.SEALED, Event.CORRECT, facts) == ["station.correct.signatures"]


@pytest.mark.parametrize(
    ("event", "state", "rule_id"),
    [
        (Event.EXTEND, State.VOTING, "station.extension_agreement"),
        (Event.CLOSE, State.LAST_VOTERS, "station.closes_at"),
        (Event.CORRECT, State.SEALED, "statement.correction_members_min"),
    ],
)
def test_a_refusal_cites_the_article_of_the_rule_it_follows(
    event: Event, state: State, rule_id: str
) -> None:
    rules = replace(
        NATIONAL,
        extensions_max=1,
        articles={**NATIONAL.articles, rule_id: "Perbup 9 pasal 9"},
    )
    facts = seen("12:00", queue=2, is_minuted=True)
    with pytest.raises(RuleViolationError) as caught:
        apply(progress=StationProgress(state=state), event=event, rules=rules, facts=facts)
    assert caught.value.article == "Perbup 9 pasal 9"


# --- admission ---


@pytest.mark.parametrize(
    ("at", "decision"),
    [
        (time(12, 59, 59), Permission.REFUSE),
        (time(13), Permission.ADMIT),
        (time(14), Permission.ADMIT),
        (time(14, 0, 1), Permission.REFUSE),
    ],
)
def test_unlisted_voters_are_served_from_the_first_to_the_last_minute(
    at: time, decision: Permission
) -> None:
    admission = replace(OTHER.admission, unlisted_from=time(13), unlisted_until=time(14))
    rules = replace(OTHER, admission=admission)
    assert decide_admission(rules=rules, voter=replace(JOKO, at=at)).decision is decision


def test_a_voter_without_papers_is_not_said_to_show_the_wrong_ones() -> None:
    voter = replace(DEWI, documents=frozenset(), document_matches=False)
    assert decide_admission(rules=NATIONAL, voter=voter).decision is Permission.ADMIT


def test_a_lost_invitation_is_replaced_by_the_documents_the_pack_names_for_that() -> None:
    admission = replace(
        NATIONAL.admission,
        identity_required_with_invitation=True,
        identity_documents=KTP,
        lost_invitation_documents=frozenset((Document.KK,)),
    )
    rules = replace(NATIONAL, admission=admission)
    card, family = DEWI, replace(DEWI, documents=frozenset((Document.KK,)))
    lost = {"invitation": Invitation.MISSING}
    decisions = [
        decide_admission(rules=rules, voter=voter).decision
        for voter in (card, family, replace(card, **lost), replace(family, **lost))  # type: ignore[arg-type]
    ]
    admit, refuse = Permission.ADMIT, Permission.REFUSE
    assert decisions == [admit, refuse, refuse, admit]


@pytest.mark.parametrize("permission", Permission)
def test_a_voter_of_another_station_is_treated_as_the_pack_says(permission: Permission) -> None:
    rules = replace(NATIONAL, admission=replace(NATIONAL.admission, other_station=permission))
    decision = decide_admission(rules=rules, voter=replace(DEWI, roll=RollPlace.OTHER_STATION))
    assert decision.decision is permission
    is_counted = permission is not Permission.REFUSE
    assert decision.category is (VoterCategory.ELSEWHERE if is_counted else None)
