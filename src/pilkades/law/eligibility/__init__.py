"""Who may stand for village head and who may vote, as a checklist with articles and reasons.

Implements UU 6/2014 art 33 as amended by UU 3/2024 and what Permendagri 112/2014 asks of voters, by
the requirements and documents that a rule pack lists. Leaves out the course of an application,
which is `pilkades.law.candidacy`.
"""

from pilkades.law.eligibility.answers import Outcome
from pilkades.law.eligibility.checklist import (
    Checklist,
    Requirement,
    check_applicant,
    check_voter,
)
from pilkades.law.eligibility.facts import (
    ApplicantFacts,
    Conviction,
    Education,
    HeadTerm,
    KeyDates,
    Office,
    TermKind,
    VoterFacts,
)
from pilkades.law.eligibility.rules import (
    Condition,
    ConditionKind,
    Document,
    Due,
    EligibilityRules,
)
from pilkades.law.eligibility.section import SECTION
from pilkades.law.eligibility.voter_rules import VoterRules

__all__ = [
    "SECTION",
    "ApplicantFacts",
    "Checklist",
    "Condition",
    "ConditionKind",
    "Conviction",
    "Document",
    "Due",
    "Education",
    "EligibilityRules",
    "HeadTerm",
    "KeyDates",
    "Office",
    "Outcome",
    "Requirement",
    "TermKind",
    "VoterFacts",
    "VoterRules",
    "check_applicant",
    "check_voter",
]
