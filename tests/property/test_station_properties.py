"""Laws of a station's day: whatever happens, the day can be brought to its end."""

from dataclasses import replace
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from pilkades.errors import RuleViolationError
from pilkades.law.station import (
    ALLOWED,
    PHASES,
    Event,
    State,
    StationFacts,
    StationProgress,
    StationRules,
    apply,
    next_acts,
    pending_acts,
)
from pilkades.packfiles import read_pack

PACKS = [StationRules.from_pack(read_pack(name)) for name in ("nasional", "contoh-lain")]
GOOD = StationFacts(
    at=time(23),
    chair_signed=True,
    members_signed=7,
    is_minuted=True,
    was_in_queue=True,
)
ROAD = {
    State.PREPARING: Event.ARRIVE,
    State.OPENING: Event.OPEN,
    State.VOTING: Event.CALL_LAST,
    State.VOTING_SUSPENDED: Event.RESUME,
    State.LAST_VOTERS: Event.CLOSE,
    State.ACCOUNTING: Event.START_COUNT,
    State.COUNTING: Event.FINISH_COUNT,
    State.COUNTING_SUSPENDED: Event.RESUME,
    State.STATEMENT: Event.SEAL,
    State.SEALED: Event.DELIVER,
}
facts = st.builds(
    StationFacts,
    at=st.times(),
    act=st.sampled_from([act.id for act in PACKS[1].acts]),
    chair_signed=st.booleans(),
    members_signed=st.integers(0, 4),
    agents_present=st.integers(0, 3),
    agents_agreeing=st.integers(0, 3),
    chair_agrees=st.booleans(),
    queue=st.integers(0, 3),
    was_in_queue=st.booleans(),
    registered=st.integers(0, 3),
    users=st.integers(0, 3),
    ballots_in_box=st.integers(0, 2),
    ballots_judged=st.integers(0, 2),
    findings_open=st.integers(0, 1),
    is_minuted=st.booleans(),
)
days = st.lists(st.tuples(st.sampled_from(Event), facts), max_size=60)


def attempt(
    progress: StationProgress, event: Event, rules: StationRules, seen: StationFacts
) -> StationProgress:
    try:
        return apply(progress=progress, event=event, rules=rules, facts=seen)
    except RuleViolationError:
        return progress


@given(st.sampled_from(PACKS), days)
def test_from_whatever_happened_the_result_can_still_be_delivered(
    rules: StationRules, day: list[tuple[Event, StationFacts]]
) -> None:
    progress = StationProgress()
    for event, seen in day:
        progress = attempt(progress, event, rules, seen)

    while progress.state is not State.DELIVERED:
        for act in pending_acts(progress=progress, rules=rules):
            progress = apply(
                progress=progress,
                event=Event.PERFORM,
                rules=rules,
                facts=replace(GOOD, act=act.id),
            )
        progress = apply(progress=progress, event=ROAD[progress.state], rules=rules, facts=GOOD)


@given(st.sampled_from(PACKS), st.sampled_from(State), facts)
def test_next_acts_and_apply_agree(rules: StationRules, state: State, seen: StationFacts) -> None:
    progress = StationProgress(state=state)
    for step in next_acts(progress=progress, rules=rules, facts=seen):
        acted = replace(seen, act=step.act) if step.act else seen
        after = attempt(progress, step.event, rules, acted)
        assert (after != progress or ALLOWED[state][step.event] is state) or not step.is_allowed
        if not step.is_allowed:
            assert after == progress


@given(st.sampled_from(PACKS), days)
def test_the_acts_done_are_always_the_first_ones_of_the_phase(
    rules: StationRules, day: list[tuple[Event, StationFacts]]
) -> None:
    progress = StationProgress(state=State.OPENING)
    for event, seen in day:
        progress = attempt(progress, event, rules, seen)
        if progress.state in PHASES:
            order = tuple(act.id for act in rules.acts_of(PHASES[progress.state]))
            assert progress.done == order[: len(progress.done)]


@given(st.sampled_from(PACKS), days)
def test_extensions_never_pass_their_maximum(
    rules: StationRules, day: list[tuple[Event, StationFacts]]
) -> None:
    progress = StationProgress(state=State.VOTING)
    for event, seen in day:
        progress = attempt(progress, event, rules, seen)
        assert progress.extensions <= rules.extensions_max
