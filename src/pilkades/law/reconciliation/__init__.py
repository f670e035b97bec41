"""Reconciliation of the figures of a statement (kesesuaian angka berita acara).

Law: the fields of the statement of count and Permendagri 112/2014 Pasal 39. `figures` are the
fields, `identities` the checks, `causes` the likely reasons, `reconcile` one statement, `table`,
`records` and `bulk` the reading of one or eight hundred thousand of them, `tabulation` the sums.
"""

from collections.abc import Iterable

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import Section
from pilkades.law.reconciliation.causes import Suspect, find_suspects
from pilkades.law.reconciliation.figures import CandidateFigures, StatementFigures, label_field
from pilkades.law.reconciliation.identities import IDENTITIES, Mismatch
from pilkades.law.reconciliation.patterns import Pattern
from pilkades.law.reconciliation.reconcile import Reconciliation, StatementFinding, reconcile
from pilkades.law.reconciliation.rules import (
    ENTRY,
    FIELDS,
    IDENTITY_IDS,
    TABLE,
    IdentityRule,
    ReconciliationRules,
)
from pilkades.law.reconciliation.tabulation import Tabulation, Totals
from pilkades.text import Text


def check_identities(pack: RulePack) -> Iterable[Finding]:
    """Refuse an identity that no function knows, and warn of one that the pack leaves out."""
    entries = pack.table(TABLE)
    for entry in entries:
        if entry.id not in IDENTITY_IDS:
            text = Text(
                "Kesesuaian angka “{id}” tidak dikenal. Yang dikenal: {known}.",
                id=entry.id,
                known=IDENTITY_IDS,
            )
            yield Finding("identity.unknown", Severity.ERROR, text, entry.id, entry.line)
    given = {entry.id for entry in entries}
    for missing in (name for name in IDENTITY_IDS if name not in given):
        text = Text("Kesesuaian angka “{id}” tidak diperiksa menurut paket ini.", id=missing)
        yield Finding("identity.left-out", Severity.WARNING, text, missing)


SECTION = Section(name="reconciliation", rules=FIELDS, tables=(ENTRY,), checks=(check_identities,))

__all__ = [
    "IDENTITIES",
    "IDENTITY_IDS",
    "SECTION",
    "CandidateFigures",
    "IdentityRule",
    "Mismatch",
    "Pattern",
    "Reconciliation",
    "ReconciliationRules",
    "StatementFigures",
    "StatementFinding",
    "Suspect",
    "Tabulation",
    "Totals",
    "check_identities",
    "find_suspects",
    "label_field",
    "reconcile",
]
