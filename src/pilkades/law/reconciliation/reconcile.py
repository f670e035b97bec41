"""Reconcile one statement: every identity that the pack asks for, each breach in plain words.

Law: the identities of the pack (`[[identity]]`), with their articles. Called before anyone signs,
by the count screen, the trainer and the command line alike.

Left out on purpose: whether a breach may be sealed with an explanation; that is the procedure's.
"""

from dataclasses import dataclass

from pilkades.law.findings import Severity
from pilkades.law.reconciliation.causes import Suspect, explain_mismatch, find_suspects
from pilkades.law.reconciliation.figures import StatementFigures
from pilkades.law.reconciliation.identities import IDENTITIES
from pilkades.law.reconciliation.rules import ReconciliationRules
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFinding:
    """One breach of an identity: the fact, its likely cause and the place to look."""

    identity: str
    severity: Severity
    article: str
    fields: tuple[str, ...]
    difference: int
    text: Text
    cause: Text
    look: Text

    @property
    def sentence(self) -> Text:
        """Fact, cause and place in one paragraph, as it is shown before signing."""
        return Text("{text} {cause} {look}", text=self.text, cause=self.cause, look=self.look)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What came of checking one statement (hasil pemeriksaan kesesuaian angka)."""

    findings: tuple[StatementFinding, ...]
    suspects: tuple[Suspect, ...] = ()

    @property
    def is_consistent(self) -> bool:
        """No identity is broken, not even one that only warns."""
        return not self.findings

    @property
    def may_be_sealed(self) -> bool:
        """No breach weighs as an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


CONSISTENT = Reconciliation(findings=())


def reconcile(*, rules: ReconciliationRules, statement: StatementFigures) -> Reconciliation:
    """Check every identity of the pack against the figures of one statement.

    Law: `[[identity]]` of the pack; strict equality, no tolerance: a difference of one vote is a
    difference.
    """
    mismatches = [
        mismatch for name in rules.identities for mismatch in IDENTITIES[name](statement, rules)
    ]
    if not mismatches:
        return CONSISTENT
    suspects = find_suspects(figures=statement, boxes=rules.digit_boxes)
    findings = []
    for mismatch in mismatches:
        rule = rules.identities[mismatch.identity]
        explanation = explain_mismatch(
            mismatch=mismatch, figures=statement, suspects=suspects, boxes=rules.digit_boxes
        )
        findings.append(
            StatementFinding(
                identity=mismatch.identity,
                severity=rule.severity,
                article=rule.article,
                fields=mismatch.fields,
                difference=mismatch.difference,
                text=mismatch.text,
                cause=explanation.cause,
                look=explanation.look,
            )
        )
    return Reconciliation(findings=tuple(findings), suspects=suspects)
