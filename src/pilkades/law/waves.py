"""Which villages vote, and how many waves a regency may hold (gelombang).

Law: pilkades are held simultaneously in a regency, in waves (Permendagri 65/2017 art 4); they are
held in desa, elsewhere only where the pack says so (UU 6/2014). Not here: whether a date can
be a polling day (`timetable`).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack, Status
from pilkades.text import Text


def may_hold_election(*, pack: RulePack, village_kind: str) -> bool:
    """Say whether a village of this kind (desa, kelurahan, desa_adat) elects its head.

    Law: UU 6/2014; decision: only the kinds that `election.village_kinds` names.
    """
    return village_kind.lower() in pack.texts("election.village_kinds")


def check_wave_limit(
    *, pack: RulePack, poll_date: date, other_poll_dates: Iterable[date]
) -> Iterator[Finding]:
    """Find whether a wave on this day would be one too many within the years that count.

    Law: Permendagri 65/2017 art 4, at most 3 waves in 6 years; with terms of 8 years unverified.
    Decision: waves are counted by distinct poll dates in every period of that length that holds the
    new one, its last day excluded. A limit that nobody has verified warns and does not stop.
    """
    limit, years = pack.integer("wave.max_waves"), pack.integer("wave.period_years")
    dates = {poll_date, *other_poll_dates}
    most = max(
        _count_from(first, dates, years)
        for first in dates
        if first <= poll_date < _years_later(first, years)
    )
    if most <= limit:
        return
    rule = pack.rule("wave.max_waves")
    text = Text(
        "Gelombang ini menjadi yang ke-{count} dalam {years} tahun, padahal paling banyak {limit}. "
        "Gabungkan dengan gelombang lain, pilih tahun lain, atau periksa aturannya.",
        count=most,
        years=years,
        limit=limit,
    )
    severity = Severity.ERROR if rule.status is Status.VERIFIED else Severity.WARNING
    yield Finding("wave.too-many", severity, text, rule.id, article=rule.article)


def _count_from(first: date, dates: set[date], years: int) -> int:
    return sum(first <= day < _years_later(first, years) for day in dates)


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
