"""Valid and invalid ballots (surat suara sah dan tidak sah).

Law: Permendagri 112/2014 Pasal 40 and the regional rules laid over it. `facts` says what can be
seen, `predicates` names it, `rules` reads the pack, `judge` decides, `cases` and `answers` make the
sheet for the wall and find what is wrong in a pack, `reading` parses files.
"""

from pilkades.law.ballots.answers import Answer, check_ballots, explain_answers
from pilkades.law.ballots.cases import BallotCase, list_cases
from pilkades.law.ballots.facts import EMPTY_COLUMN, BallotFacts, Hole, Mark, Place, Signer, Tool
from pilkades.law.ballots.judge import Judgement, TriedRule, judge_ballot
from pilkades.law.ballots.rules import ENTRY, FIELDS, BallotRule, BallotRules, Verdict
from pilkades.law.packspec import Section

SECTION = Section(name="ballots", rules=FIELDS, tables=(ENTRY,), checks=(check_ballots,))

__all__ = [
    "EMPTY_COLUMN",
    "SECTION",
    "Answer",
    "BallotCase",
    "BallotFacts",
    "BallotRule",
    "BallotRules",
    "Hole",
    "Judgement",
    "Mark",
    "Place",
    "Signer",
    "Tool",
    "TriedRule",
    "Verdict",
    "check_ballots",
    "explain_answers",
    "judge_ballot",
    "list_cases",
]
