"""Tables of the roll, one module per subject."""

from .citizen import CitizenReport, ReportKind, ReportOutcome
from .duplicates import (
    DuplicateDecision,
    DuplicatePair,
    DuplicateStatement,
    VillageAnswer,
)
from .entry import (
    ChangeKind,
    Disability,
    IdentityDocument,
    MaritalStatus,
    RollChange,
    RollEntry,
    RollStage,
    Sex,
)
from .imports import ImportRow, ImportState, RollImport
from .invitations import UNDELIVERED, Delivery, Invitation
from .proposal import AllocationMode, AllocationProposal, ProposalState
from .roll import Roll, RollState
from .territory import StationTerritory
from .visits import HouseholdVisit, VisitOutcome

__all__ = [
    "UNDELIVERED",
    "AllocationMode",
    "AllocationProposal",
    "ChangeKind",
    "CitizenReport",
    "Delivery",
    "Disability",
    "DuplicateDecision",
    "DuplicatePair",
    "DuplicateStatement",
    "HouseholdVisit",
    "IdentityDocument",
    "ImportRow",
    "ImportState",
    "Invitation",
    "MaritalStatus",
    "ProposalState",
    "ReportKind",
    "ReportOutcome",
    "Roll",
    "RollChange",
    "RollEntry",
    "RollImport",
    "RollStage",
    "RollState",
    "Sex",
    "StationTerritory",
    "VillageAnswer",
    "VisitOutcome",
]
