"""Tables of the roll, one module per subject."""

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
from .roll import Roll, RollState
from .territory import StationTerritory

__all__ = [
    "ChangeKind",
    "Disability",
    "IdentityDocument",
    "ImportRow",
    "ImportState",
    "MaritalStatus",
    "Roll",
    "RollChange",
    "RollEntry",
    "RollImport",
    "RollStage",
    "RollState",
    "Sex",
    "StationTerritory",
]
