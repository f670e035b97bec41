"""The extra selection when more than five are eligible: public sheets, ranking, tie at the border.

Implements Permendagri 112/2014 by the items, weights and tie criteria of a rule pack, in
exact arithmetic. Leaves out when it is held; that is a step of the timetable.
"""

from pilkades.law.scoring.rules import (
    Bracket,
    ItemKind,
    Method,
    Preference,
    ScoreItem,
    ScoringRules,
    Terminal,
    TieBasis,
    TieCriterion,
)
from pilkades.law.scoring.section import SECTION
from pilkades.law.scoring.selection import Selection, SelectionRow, TieStep, select_candidates
from pilkades.law.scoring.sheet import (
    LineState,
    ScoreInput,
    ScoreLine,
    ScoreSheet,
    score_applicant,
    show_number,
)

__all__ = [
    "SECTION",
    "Bracket",
    "ItemKind",
    "LineState",
    "Method",
    "Preference",
    "ScoreInput",
    "ScoreItem",
    "ScoreLine",
    "ScoreSheet",
    "ScoringRules",
    "Selection",
    "SelectionRow",
    "Terminal",
    "TieBasis",
    "TieCriterion",
    "TieStep",
    "score_applicant",
    "select_candidates",
    "show_number",
]
