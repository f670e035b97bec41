"""Tables of station officers and candidates' agents."""

from pilkades.apps.officers.models.agent import AgentState, CandidateAgent
from pilkades.apps.officers.models.service import (
    HonorariumPayment,
    HonorariumSheet,
    OfficerAttendance,
    OfficerEvaluation,
)
from pilkades.apps.officers.models.team import (
    AcceptedWarning,
    AppointmentDecree,
    DecreeState,
    KinshipDeclaration,
    OfficerState,
    StationOath,
    StationOfficer,
    StationTeam,
    Substitution,
    TieState,
)

__all__ = [
    "AcceptedWarning",
    "AgentState",
    "AppointmentDecree",
    "CandidateAgent",
    "DecreeState",
    "HonorariumPayment",
    "HonorariumSheet",
    "KinshipDeclaration",
    "OfficerAttendance",
    "OfficerEvaluation",
    "OfficerState",
    "StationOath",
    "StationOfficer",
    "StationTeam",
    "Substitution",
    "TieState",
]
