"""May this be a polling day? The timetable's findings and the limit of waves, before it is set."""

from collections.abc import Iterable
from datetime import date

from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.timetables import PackKey
from pilkades.apps.regulations.selectors import build_pack
from pilkades.errors import RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.timesteps import POLL
from pilkades.law.timetable import compute_timetable
from pilkades.law.waves import check_wave_limit
from pilkades.text import Text


def check_poll_date(
    *,
    key: PackKey,
    regency_code: str,
    poll_date: date,
    today: date,
    counts_as_wave: bool,
    leaving_out: Wave | None = None,
    has_begun: bool = False,
) -> tuple[Finding, ...]:
    """Everything that speaks against a poll date: errors stop it, warnings are to be read.

    One query for the other waves of the regency; a rehearsal, or one village of a wave,
    does not use up another (`counts_as_wave`). Once steps
    have been recorded the first of them lie in the past, so only the poll date itself is compared
    with today.
    """
    pack = build_pack(key.shas, key.approvals)
    timetable = compute_timetable(
        pack=pack, poll_date=poll_date, today=None if has_begun else today
    )
    if poll_date <= today:
        return (*timetable.findings, _in_the_past(poll_date))
    if not counts_as_wave:
        return timetable.findings
    others = list_poll_dates(regency_code=regency_code, leaving_out=leaving_out)
    limits = check_wave_limit(pack=pack, poll_date=poll_date, other_poll_dates=others)
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


def _in_the_past(poll_date: date) -> Finding:
    text = Text(
        "Hari pemungutan {date} sudah lewat atau hari ini juga. Pilih hari yang akan datang.",
        date=poll_date,
    )
    return Finding("wave.poll-in-the-past", Severity.ERROR, text, POLL)
