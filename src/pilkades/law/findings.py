"""What a check has found: a stable code for machines, a sentence for people, the place.

Used by every checking function of the law package, so that screens and the command line show
findings of packs, timetables and papers in one way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pilkades.text import Text


class Severity(StrEnum):
    """How much a finding weighs: an error stops, a warning is to be read, info is noted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `subject` is the rule, entry or step it is about, `line` is 0 if none.

    `refers_to` is the id of something that was looked for and is not there.
    """

    code: str
    severity: Severity
    text: Text
    subject: str = ""
    line: int = 0
    article: str = ""
    refers_to: str = ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
