"""Equal troubles of many villages are one line with their number."""

from datetime import date

from pilkades.apps.elections.models import Election
from pilkades.apps.elections.selectors.whatif import WhatIf
from pilkades.law.findings import Finding, Severity
from pilkades.text import Text


def _finding(day: str) -> Finding:
    return Finding("timetable.holiday", Severity.ERROR, Text("Jatuh pada {day}.", day=day))


def test_villages_with_one_trouble_stand_in_one_line_and_the_most_come_first() -> None:
    alone = (Election(), (_finding("Nyepi"),))
    many = [(Election(), (_finding("Natal"),)) for _ in range(38)]
    compared = WhatIf(
        poll_date=date(2026, 12, 25),
        changes=(),
        new_findings=(),
        gone_findings=(),
        troubled=(alone, *many),
        unaffected_count=0,
    )
    first, second = compared.trouble_groups
    assert (len(first.elections), len(first.first_elections), first.more_count) == (38, 5, 33)
    assert (len(second.elections), second.more_count) == (1, 0)
