"""A station's day as one literal table of states and events.

Law: Permendagri 112/2014 on voting and counting, in the order of a polling day: opening, voting,
closing, ballot accounts, count, statement, delivery. Check-in, count, statement and trainer all ask
this table; transitions stand nowhere else.

Left out on purpose: what must be true before an event (`guards`) and which acts make up the
opening, the accounts and the statement (`[[procedure]]` of the pack).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where the station is in its day (keadaan TPS)."""

    PREPARING = "preparing"
    OPENING = "opening"
    VOTING = "voting"
    VOTING_SUSPENDED = "voting_suspended"
    LAST_VOTERS = "last_voters"
    ACCOUNTING = "accounting"
    COUNTING = "counting"
    COUNTING_SUSPENDED = "counting_suspended"
    STATEMENT = "statement"
    SEALED = "sealed"
    DELIVERED = "delivered"


class Event(StrEnum):
    """What can happen at a station (peristiwa di TPS)."""

    ARRIVE = "arrive"
    PERFORM = "perform"
    OPEN = "open"
    ADMIT = "admit"
    REFUSE = "refuse"
    REPLACE = "replace"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    CALL_LAST = "call_last"
    CLOSE = "close"
    START_COUNT = "start_count"
    JUDGE = "judge"
    OBJECT = "object"
    FINISH_COUNT = "finish_count"
    RECOUNT = "recount"
    SEAL = "seal"
    CORRECT = "correct"
    DELIVER = "deliver"


class Phase(StrEnum):
    """A part of the day that consists of ordered acts (babak)."""

    OPENING = "opening"
    ACCOUNTING = "accounting"
    STATEMENT = "statement"


ALLOWED: Mapping[State, Mapping[Event, State]] = MappingProxyType(
    {
        State.PREPARING: {
            Event.ARRIVE: State.OPENING,
        },
        State.OPENING: {
            Event.PERFORM: State.OPENING,
            Event.OPEN: State.VOTING,
        },
        State.VOTING: {
            Event.ADMIT: State.VOTING,
            Event.REFUSE: State.VOTING,
            Event.REPLACE: State.VOTING,
            Event.OBJECT: State.VOTING,
            Event.EXTEND: State.VOTING,
            Event.SUSPEND: State.VOTING_SUSPENDED,
            Event.CALL_LAST: State.LAST_VOTERS,
        },
        State.VOTING_SUSPENDED: {
            Event.RESUME: State.VOTING,
        },
        State.LAST_VOTERS: {
            Event.ADMIT: State.LAST_VOTERS,
            Event.REFUSE: State.LAST_VOTERS,
            Event.REPLACE: State.LAST_VOTERS,
            Event.OBJECT: State.LAST_VOTERS,
            Event.EXTEND: State.VOTING,
            Event.CLOSE: State.ACCOUNTING,
        },
        State.ACCOUNTING: {
            Event.PERFORM: State.ACCOUNTING,
            Event.OBJECT: State.ACCOUNTING,
            Event.START_COUNT: State.COUNTING,
        },
        State.COUNTING: {
            Event.JUDGE: State.COUNTING,
            Event.OBJECT: State.COUNTING,
            Event.SUSPEND: State.COUNTING_SUSPENDED,
            Event.FINISH_COUNT: State.STATEMENT,
        },
        State.COUNTING_SUSPENDED: {
            Event.RESUME: State.COUNTING,
        },
        State.STATEMENT: {
            Event.PERFORM: State.STATEMENT,
            Event.OBJECT: State.STATEMENT,
            Event.RECOUNT: State.COUNTING,
            Event.SEAL: State.SEALED,
        },
        State.SEALED: {
            Event.CORRECT: State.SEALED,
            Event.DELIVER: State.DELIVERED,
        },
        State.DELIVERED: {
            Event.CORRECT: State.DELIVERED,
        },
    }
)
"""`ALLOWED[state][event]` is the state that follows; an event that is not there is not allowed."""

PHASES: Mapping[State, Phase] = MappingProxyType(
    {
        State.OPENING: Phase.OPENING,
        State.ACCOUNTING: Phase.ACCOUNTING,
        State.STATEMENT: Phase.STATEMENT,
    }
)
"""The states in which acts of the pack are performed one after the other."""


def draw_states() -> str:
    """The table as a Mermaid diagram, for the documentation; made from the table, never by hand."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.PREPARING}"]
    for state, events in ALLOWED.items():
        lines += [f"    {state} --> {target}: {event}" for event, target in events.items()]
    return "\n".join(lines) + "\n"
