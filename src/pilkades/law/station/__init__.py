"""The procedure of a station's day (tata cara di TPS).

Law: Permendagri 112/2014 on voting and counting, and the regional rules of the pack. `states` is
the literal table, `guards` the conditions, `procedure` what may happen next, `admission` the
entrance, `booth` helpers and replacement ballots, `rules` and `fields` the pack.
"""

from collections.abc import Iterable

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import Section
from pilkades.law.station.admission import (
    AdmissionDecision,
    AdmissionFacts,
    Invitation,
    RollPlace,
    VoterCategory,
    decide_admission,
)
from pilkades.law.station.booth import (
    BoothDecision,
    ReplacementReason,
    decide_helper,
    decide_replacement,
)
from pilkades.law.station.fields import ENTRY, FIELDS
from pilkades.law.station.guards import (
    Obstacle,
    StationFacts,
    StationProgress,
    closing_time,
    find_obstacles,
    pending_acts,
)
from pilkades.law.station.procedure import STATE_NAMES, TITLES, NextStep, apply, next_acts
from pilkades.law.station.rules import (
    TABLE,
    AdmissionRules,
    Agreement,
    Document,
    Helper,
    Impairment,
    Officer,
    Permission,
    ProcedureAct,
    StationRules,
)
from pilkades.law.station.states import ALLOWED, PHASES, Event, Phase, State, draw_states
from pilkades.text import Text


def check_procedure(pack: RulePack) -> Iterable[Finding]:
    """Find a phase without acts, and an opening or statement that nobody signs."""
    entries = pack.table(TABLE)
    for phase in Phase:
        acts = [entry for entry in entries if entry.text("phase") == phase]
        if not acts:
            text = Text("Babak {phase} tidak memuat satu langkah pun.", phase=phase.value)
            yield Finding("procedure.empty-phase", Severity.ERROR, text, phase.value)
        elif phase is not Phase.ACCOUNTING and not any(e.boolean("chair_signs") for e in acts):
            text = Text(
                "Babak {phase} tidak memuat langkah yang ditandatangani ketua.", phase=phase.value
            )
            yield Finding(
                "procedure.no-signature", Severity.WARNING, text, acts[-1].id, acts[-1].line
            )


SECTION = Section(name="station", rules=FIELDS, tables=(ENTRY,), checks=(check_procedure,))

__all__ = [
    "ALLOWED",
    "PHASES",
    "SECTION",
    "STATE_NAMES",
    "TITLES",
    "AdmissionDecision",
    "AdmissionFacts",
    "AdmissionRules",
    "Agreement",
    "BoothDecision",
    "Document",
    "Event",
    "Helper",
    "Impairment",
    "Invitation",
    "NextStep",
    "Obstacle",
    "Officer",
    "Permission",
    "Phase",
    "ProcedureAct",
    "ReplacementReason",
    "RollPlace",
    "State",
    "StationFacts",
    "StationProgress",
    "StationRules",
    "VoterCategory",
    "apply",
    "check_procedure",
    "closing_time",
    "decide_admission",
    "decide_helper",
    "decide_replacement",
    "draw_states",
    "find_obstacles",
    "next_acts",
    "pending_acts",
]
