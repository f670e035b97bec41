"""Tables of the elections app, one module per subject."""

from .election import CandidatesBranch, Election, ElectionState, Postponement
from .inbox import InboxItem, InboxKind
from .stage import StageFact
from .wave import CalendarFeed, DecreedTimetable, Wave, WaveStatus

__all__ = [
    "CalendarFeed",
    "CandidatesBranch",
    "DecreedTimetable",
    "Election",
    "ElectionState",
    "InboxItem",
    "InboxKind",
    "Postponement",
    "StageFact",
    "Wave",
    "WaveStatus",
]
