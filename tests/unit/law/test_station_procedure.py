"""Pak Budi's station from the open box to the delivered result, in the order of the pack."""

from dataclasses import replace
from datetime import time

import pytest

from pilkades.errors import RuleViolationError
from pilkades.law.station import (
    ALLOWED,
    Agreement,
    Event,
    Phase,
    State,
    StationFacts,
    StationProgress,
    StationRules,
    apply,
    closing_time,
    next_acts,
    pending_acts,
)
from pilkades.packfiles import read_pack

NATIONAL = StationRules.from_pack(read_pack("nasional"))
OTHER = StationRules.from_pack(read_pack("contoh-lain"))
OPENING = [
    "opening.arrive",
    "opening.oath",
    "opening.rules_read",
    "opening.box_emptied",
    "opening.items_counted",
    "opening.box_sealed",
    "opening.registered_announced",
    "opening.minutes_signed",
]


def facts(at: str = "07:00", **seen: object) -> StationFacts:
    return StationFacts(at=time.fromisoformat(at), **seen)  # type: ignore[arg-type]


def at_state(state: State, **progress: object) -> StationProgress:
    return StationProgress(state=state, **progress)  # type: ignore[arg-type]


def happen(
    progress: StationProgress,
    event: Event,
    seen: StationFacts | None = None,
    rules: StationRules = NATIONAL,
) -> StationProgress:
    return apply(progress=progress, event=event, rules=rules, facts=seen or facts())


def perform_all(progress: StationProgress, rules: StationRules = NATIONAL) -> StationProgress:
    for act in pending_acts(progress=progress, rules=rules):
        seen = facts(act=act.id, chair_signed=True, members_signed=4)
        progress = happen(progress, Event.PERFORM, seen, rules)
    return progress


def refusal(
    progress: StationProgress,
    event: Event,
    seen: StationFacts | None = None,
    rules: StationRules = NATIONAL,
) -> RuleViolationError:
    with pytest.raises(RuleViolationError) as caught:
        happen(progress, event, seen, rules)
    return caught.value


# --- a whole day ---


def test_a_whole_day_runs_from_arrival_to_delivery() -> None:
    day = happen(StationProgress(), Event.ARRIVE, facts("06:00"))
    day = perform_all(day)
    day = happen(day, Event.OPEN, facts("07:00"))
    for event in (Event.ADMIT, Event.REPLACE, Event.ADMIT):
        day = happen(day, event, facts("09:00"))
    day = happen(day, Event.CALL_LAST, facts("13:00"))
    day = happen(day, Event.ADMIT, facts("13:05", was_in_queue=True))
    day = happen(day, Event.CLOSE, facts("13:10"))
    day = perform_all(day)
    day = happen(day, Event.START_COUNT, facts("12:30"))
    day = happen(day, Event.JUDGE)
    day = happen(day, Event.FINISH_COUNT, facts(ballots_in_box=1, ballots_judged=1))
    day = perform_all(day)
    day = happen(day, Event.SEAL)
    day = happen(day, Event.DELIVER)
    assert day.state is State.DELIVERED


# --- opening ---


def test_the_opening_follows_the_order_of_the_law() -> None:
    assert [act.id for act in NATIONAL.acts_of(Phase.OPENING)] == OPENING


@pytest.mark.parametrize("skipped", range(len(OPENING) - 1))
def test_no_act_of_the_opening_can_be_skipped(skipped: int) -> None:
    progress = at_state(State.OPENING, done=tuple(OPENING[:skipped]))
    error = refusal(progress, Event.PERFORM, facts(act=OPENING[skipped + 1]))
    assert error.code == "station.act.order"
    assert NATIONAL.acts_of(Phase.OPENING)[skipped].title in str(error.text)


def test_the_station_does_not_open_before_its_acts_are_done() -> None:
    error = refusal(at_state(State.OPENING, done=tuple(OPENING[:-1])), Event.OPEN)
    assert error.code == "station.phase.pending"
    assert "Berita acara pembukaan" in str(error.text)


def test_the_station_does_not_open_before_its_hour() -> None:
    error = refusal(at_state(State.OPENING, done=tuple(OPENING)), Event.OPEN, facts("06:59"))
    assert (error.code, str(error.text)) == (
        "station.open.too-early",
        "Pemungutan suara dibuka pukul 07.00.",
    )
    assert error.article == "Permendagri 112/2014"


def test_nobody_is_at_work_before_six() -> None:
    error = refusal(at_state(State.OPENING), Event.PERFORM, facts("05:59", act=OPENING[0]))
    assert error.code == "station.act.too-early"


@pytest.mark.parametrize(
    ("chair", "members", "code"),
    [(False, 2, "station.act.chair"), (True, 1, "station.act.members"), (True, 2, "")],
)
def test_the_opening_minutes_need_the_chair_and_two_members(
    chair: bool, members: int, code: str
) -> None:
    progress = at_state(State.OPENING, done=tuple(OPENING[:-1]))
    seen = facts(act=OPENING[-1], chair_signed=chair, members_signed=members)
    if code:
        assert refusal(progress, Event.PERFORM, seen).code == code
    else:
        assert OPENING[-1] in happen(progress, Event.PERFORM, seen).done


def test_an_act_that_is_done_is_not_done_again() -> None:
    progress = at_state(State.OPENING, done=tuple(OPENING))
    error = refusal(progress, Event.PERFORM, facts(act=OPENING[0]))
    assert error.code == "station.act.none-left"


def test_an_overlay_inserts_and_reorders_acts() -> None:
    ids = [act.id for act in OTHER.acts_of(Phase.OPENING)]
    assert ids[:4] == [
        "opening.arrive",
        "opening.rules_read",
        "opening.oath",
        "opening.agents_oath",
    ]
    assert perform_all(at_state(State.OPENING), OTHER).done == tuple(ids)


# --- closing and extension ---


def test_after_the_hour_only_the_queue_is_served() -> None:
    late = refusal(at_state(State.VOTING), Event.ADMIT, facts("13:00"))
    assert late.code == "station.admit.hour-passed"
    stranger = refusal(at_state(State.LAST_VOTERS), Event.ADMIT, facts("13:01"))
    assert stranger.code == "station.admit.not-in-queue"


def test_the_station_does_not_close_early_even_when_everybody_has_voted() -> None:
    everyone = facts("11:00", registered=300, users=300)
    error = refusal(at_state(State.VOTING), Event.CALL_LAST, everyone)
    assert error.code == "station.close.too-early"
    called = happen(at_state(State.VOTING), Event.CALL_LAST, everyone, OTHER)
    assert called.state is State.LAST_VOTERS


def test_the_station_does_not_close_while_people_wait() -> None:
    error = refusal(at_state(State.LAST_VOTERS), Event.CLOSE, facts("13:20", queue=3))
    assert str(error.text) == "Layani dulu 3 pemilih yang masih mengantre."


def test_without_a_rule_there_is_no_extension() -> None:
    agreed = facts("13:00", queue=9, agents_present=2, agents_agreeing=2)
    error = refusal(at_state(State.LAST_VOTERS), Event.EXTEND, agreed)
    assert error.code == "station.extend.max"
    assert "tidak membolehkan" in str(error.text)


def test_an_extension_needs_a_queue_and_the_agents_and_ends_at_its_maximum() -> None:
    progress = at_state(State.LAST_VOTERS)
    agreed = facts("14:00", queue=9, agents_present=3, agents_agreeing=2)
    no_queue = replace(agreed, queue=0)
    half = replace(agreed, agents_present=4)
    assert refusal(progress, Event.EXTEND, no_queue, OTHER).code == "station.extend.no-queue"
    assert refusal(progress, Event.EXTEND, half, OTHER).code == "station.extend.agreement"

    twice = happen(happen(progress, Event.EXTEND, agreed, OTHER), Event.EXTEND, agreed, OTHER)

    assert (twice.state, twice.extensions) == (State.VOTING, 2)
    assert refusal(twice, Event.EXTEND, agreed, OTHER).code == "station.extend.max"


def test_all_agents_means_all_and_without_agents_the_chair_decides() -> None:
    rules = replace(NATIONAL, extensions_max=1, extension_agreement=Agreement.ALL_AGENTS)
    progress = at_state(State.VOTING)
    one_missing = facts(queue=1, agents_present=3, agents_agreeing=2)
    assert refusal(progress, Event.EXTEND, one_missing, rules).code == "station.extend.agreement"
    alone = facts(queue=1)
    assert refusal(progress, Event.EXTEND, alone, rules).code == "station.extend.agreement"
    chair = facts(queue=1, chair_agrees=True)
    assert happen(progress, Event.EXTEND, chair, rules).extensions == 1


def test_an_extension_moves_the_closing_hour() -> None:
    rules = replace(NATIONAL, extension_minutes=45, extensions_max=2)
    assert closing_time(rules=rules, extensions=0) == time(13)
    assert closing_time(rules=rules, extensions=2) == time(14, 30)
    assert closing_time(rules=replace(rules, closes_at=time(23, 30)), extensions=1) == time.max


def test_voting_and_counting_can_be_interrupted_and_go_on() -> None:
    reason = facts(is_minuted=True)
    assert refusal(at_state(State.VOTING), Event.SUSPEND).code == "station.minutes"
    for state in (State.VOTING, State.COUNTING):
        stopped = happen(at_state(state, extensions=1), Event.SUSPEND, reason)
        assert happen(stopped, Event.RESUME) == at_state(state, extensions=1)


# --- count, statement, sealing ---


def test_the_count_waits_for_the_ballot_accounts() -> None:
    error = refusal(at_state(State.ACCOUNTING), Event.START_COUNT)
    assert error.code == "station.phase.pending"


def test_the_count_may_start_at_noon() -> None:
    progress = perform_all(at_state(State.ACCOUNTING))
    assert happen(progress, Event.START_COUNT, facts("12:15")).state is State.COUNTING


@pytest.mark.parametrize("judged", [427, 429])
def test_the_count_ends_when_every_ballot_of_the_box_is_judged(judged: int) -> None:
    seen = facts(ballots_in_box=428, ballots_judged=judged)
    assert refusal(at_state(State.COUNTING), Event.FINISH_COUNT, seen).code == (
        "station.count.unfinished"
    )


def test_a_statement_with_an_open_mismatch_is_not_sealed() -> None:
    signed = perform_all(at_state(State.STATEMENT))
    error = refusal(signed, Event.SEAL, facts(findings_open=1))
    assert error.code == "station.seal.findings"
    assert happen(signed, Event.SEAL).state is State.SEALED


def test_a_recount_starts_the_statement_again() -> None:
    signed = perform_all(at_state(State.STATEMENT))
    counting = happen(signed, Event.RECOUNT, facts(is_minuted=True))
    assert (counting.state, counting.done) == (State.COUNTING, ())


def test_a_sealed_statement_is_corrected_only_with_reason_and_signatures() -> None:
    sealed = at_state(State.SEALED)
    signed = facts(chair_signed=True, members_signed=2, is_minuted=True)
    assert happen(sealed, Event.CORRECT, signed) == sealed
    assert refusal(sealed, Event.CORRECT, replace(signed, members_signed=1)).code == (
        "station.correct.signatures"
    )
    assert refusal(sealed, Event.CORRECT, replace(signed, is_minuted=False)).code == (
        "station.minutes"
    )


# --- what may happen now ---


def test_an_impossible_event_says_what_is_possible() -> None:
    error = refusal(StationProgress(), Event.SEAL)
    assert error.code == "station.event"
    assert str(error.text) == (
        "Segel berita acara tidak dapat dilakukan ketika TPS belum dimulai. Yang dapat dilakukan "
        "sekarang: Petugas hadir di TPS."
    )


def test_the_next_act_of_the_pack_comes_first_with_its_article() -> None:
    first, opening = next_acts(
        progress=at_state(State.OPENING, done=tuple(OPENING[:3])), rules=NATIONAL, facts=facts()
    )
    assert (first.act, first.is_allowed) == ("opening.box_emptied", True)
    assert first.article == "Permendagri 112/2014"
    assert (opening.event, opening.is_allowed) == (Event.OPEN, False)


def test_what_is_allowed_can_be_applied_and_what_is_not_cannot() -> None:
    seen = facts("13:30", queue=0, ballots_in_box=5, ballots_judged=5)
    for state in State:
        progress = at_state(state)
        for step in next_acts(progress=progress, rules=NATIONAL, facts=seen):
            acted = replace(seen, act=step.act)
            if step.is_allowed:
                assert happen(progress, step.event, acted).state is ALLOWED[state][step.event]
            else:
                assert refusal(progress, step.event, acted).code == step.obstacles[0].code


def test_every_act_of_a_shipped_pack_is_also_told_in_english() -> None:
    assert all(act.title_en for act in (*NATIONAL.acts, *OTHER.acts))
