"""Tables of the elections app, one module per subject."""

from .announcement import Announcement, AnnouncementKind
from .candidacy import (
    Candidacy,
    CandidacyDecision,
    CandidacyDocument,
    DocumentCheck,
    DocumentOutcome,
    FileCheck,
    PathDecision,
    Sex,
)
from .committee import CommitteeElement, CommitteeMember, CommitteePosition, ElectionCommittee
from .complaint import CandidateComplaint, ComplaintOutcome
from .council import CouncilReport, Deliberation, DeliberationOutcome, ReportKind
from .drawing import AttendeeCapacity, Drawing, DrawingAttendee, DrawingLot, DrawingMethod
from .election import Election, ElectionState, Postponement
from .inbox import InboxItem, InboxKind
from .proof import SetupProof, SetupProofSignature
from .scoring import ScoreEntry, ScorePublication
from .sealed import SealedValue
from .signature import SignatureKind
from .stage import StageFact
from .station import PollingStation, StationKind, Venue
from .wave import CalendarFeed, DecreedTimetable, Wave, WaveStatus

__all__ = [
    "Announcement",
    "AnnouncementKind",
    "AttendeeCapacity",
    "CalendarFeed",
    "Candidacy",
    "CandidacyDecision",
    "CandidacyDocument",
    "CandidateComplaint",
    "CommitteeElement",
    "CommitteeMember",
    "CommitteePosition",
    "ComplaintOutcome",
    "CouncilReport",
    "DecreedTimetable",
    "Deliberation",
    "DeliberationOutcome",
    "DocumentCheck",
    "DocumentOutcome",
    "Drawing",
    "DrawingAttendee",
    "DrawingLot",
    "DrawingMethod",
    "Election",
    "ElectionCommittee",
    "ElectionState",
    "FileCheck",
    "InboxItem",
    "InboxKind",
    "PathDecision",
    "PollingStation",
    "Postponement",
    "ReportKind",
    "ScoreEntry",
    "ScorePublication",
    "SealedValue",
    "SetupProof",
    "SetupProofSignature",
    "Sex",
    "SignatureKind",
    "StageFact",
    "StationKind",
    "Venue",
    "Wave",
    "WaveStatus",
]
