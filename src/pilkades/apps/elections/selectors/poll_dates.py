"""May this be a polling day? The timetable's findings and the limit of waves, before it is set."""

from collections.abc import Iterable, Iterator
from datetime import date

from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.timetables import PackKey
from pilkades.apps.regulations.selectors import build_pack
from pilkades.errors import RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.timetable import compute_timetable
from pilkades.law.waves import check_wave_limit


def check_poll_date(
    *,
    key: PackKey,
    regency_code: str,
    poll_date: date,
    today: date,
    is_simulation: bool,
    leaving_out: Wave | None = None,
) -> tuple[Finding, ...]:
    """Everything that speaks against a poll date: errors stop it, warnings are to be read.

    One query for the other waves of the regency; a rehearsal does not use up a wave.
    """
    pack = build_pack(key.shas, key.approvals)
    timetable = compute_timetable(pack=pack, poll_date=poll_date, today=today)
    others = list_poll_dates(regency_code=regency_code, leaving_out=leaving_out)
    limits = () if is_simulation else _check_limits(pack, poll_date, others)
    return (*timetable.findings, *limits)


def list_poll_dates(*, regency_code: str, leaving_out: Wave | None) -> tuple[date, ...]:
    """Poll dates of the other waves of a regency that are held in earnest."""
    waves = Wave.objects.filter(regency_id=regency_code, is_simulation=False)
    if leaving_out is not None:
        waves = waves.exclude(pk=leaving_out.pk)
    return tuple(waves.values_list("poll_date", flat=True))


def refuse_errors(findings: Iterable[Finding], *, code: str = "") -> None:
    """Raise the first error among findings; whoever shows them all has shown them before.

    Raises: RuleViolationError.
    """
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise RuleViolationError(
                code or finding.code, finding.text, article=finding.article or "Paket aturan"
            )


def _check_limits(pack: RulePack, poll_date: date, others: tuple[date, ...]) -> Iterator[Finding]:
    yield from check_wave_limit(pack=pack, poll_date=poll_date, other_poll_dates=others)
