"""The state table itself: complete, without dead ends, and drawn from itself."""

from pathlib import Path

import pytest

from pilkades.law.findings import Severity
from pilkades.law.packcheck import check_pack
from pilkades.law.station import ALLOWED, STATE_NAMES, TITLES, Event, State, draw_states
from pilkades.packfiles import read_pack

DIAGRAM = Path(__file__).parents[3] / "docs" / "law" / "station.mmd"
BEFORE_CLOSING = (
    State.PREPARING,
    State.OPENING,
    State.VOTING,
    State.VOTING_SUSPENDED,
    State.LAST_VOTERS,
)


def reachable_from(state: State) -> set[State]:
    found, waiting = {state}, [state]
    while waiting:
        for target in ALLOWED[waiting.pop()].values():
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def test_every_state_has_a_row_and_every_event_is_used() -> None:
    assert set(ALLOWED) == set(State)
    assert {event for events in ALLOWED.values() for event in events} == set(Event)


def test_every_state_is_reachable_from_the_morning() -> None:
    assert reachable_from(State.PREPARING) == set(State)


@pytest.mark.parametrize("state", State)
def test_the_delivered_result_is_reachable_from_everywhere(state: State) -> None:
    assert State.DELIVERED in reachable_from(state)


@pytest.mark.parametrize("state", BEFORE_CLOSING)
def test_closing_is_reachable_from_every_state_before_it(state: State) -> None:
    assert State.ACCOUNTING in reachable_from(state)


@pytest.mark.parametrize("state", [state for state in State if state not in BEFORE_CLOSING])
def test_voting_never_starts_again_after_closing(state: State) -> None:
    assert reachable_from(state).isdisjoint(BEFORE_CLOSING)


def test_a_sealed_statement_is_never_open_again() -> None:
    assert reachable_from(State.SEALED) == {State.SEALED, State.DELIVERED}


def test_every_state_and_event_has_words() -> None:
    assert set(STATE_NAMES) == set(State)
    assert set(TITLES) == set(Event)


def test_the_published_diagram_is_the_table() -> None:
    assert DIAGRAM.read_text() == draw_states()


HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
replaces = ["procedure"]
effective = 2026-01-01
"""
ACT = """
[[procedure]]
id = "{phase}.only"
phase = "{phase}"
title = "Langkah."
by = "chair"
article = "Perbup 1"
status = "verified"
"""


def test_a_pack_with_an_empty_phase_is_refused() -> None:
    data = (HEADER + ACT.format(phase="opening")).encode()
    codes = [f.subject for f in check_pack(data, base=read_pack("nasional")) if f.code == EMPTY]
    assert codes == ["accounting", "statement"]


def test_a_phase_that_nobody_signs_is_pointed_out() -> None:
    blocks = "".join(ACT.format(phase=phase) for phase in ("opening", "accounting", "statement"))
    findings = check_pack((HEADER + blocks).encode(), base=read_pack("nasional"))
    unsigned = [f for f in findings if f.code == "procedure.no-signature"]
    assert {(f.subject, f.severity) for f in unsigned} == {
        ("opening.only", Severity.WARNING),
        ("statement.only", Severity.WARNING),
    }


EMPTY = "procedure.empty-phase"
