"""Which period of registration holds on a day: the first one, or an extension that was decided."""

from datetime import datetime

from pilkades.apps.elections.models import PathDecision
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.errors import RuleViolationError
from pilkades.law.candidacy import Act
from pilkades.law.registration import RegistrationWindow
from pilkades.law.timetable import TimetableStep
from pilkades.text import Text

REGISTRATION_STEP = "registration"


def count_extensions(context: VillageElection) -> int:
    """How many extensions were decided so far; one query."""
    return PathDecision.objects.filter(
        election=context.election, act=Act.EXTEND_REGISTRATION, confirmed_at__isnull=False
    ).count()


def list_registration_steps(context: VillageElection, *, extensions: int) -> list[TimetableStep]:
    """The registration and the extensions decided so far, in order."""
    ids = (REGISTRATION_STEP, *context.candidacy_rules.extensions[:extensions])
    return [step for step in map(context.find_step, ids) if step is not None]


def get_registration_step(
    context: VillageElection, *, now: datetime, extensions: int | None = None
) -> TimetableStep:
    """The period that an application of this moment belongs to: running, else the last one begun,
    else the first to come. Whoever knows how many extensions were decided saves a query.

    Raises: RuleViolationError where the timetable knows no registration.
    """
    decided = count_extensions(context) if extensions is None else extensions
    steps = list_registration_steps(context, extensions=decided)
    today = context.local_date(now)
    begun = [step for step in steps if step.start_date <= today]
    if begun:
        return begun[-1]
    if steps:
        return steps[0]
    raise RuleViolationError(
        "registration.absent",
        Text("Jadwal pemilihan ini tidak memuat masa pendaftaran bakal calon."),
        article=context.registration_rules.article,
    )


def get_registration_window(
    context: VillageElection, *, now: datetime, extensions: int | None = None
) -> RegistrationWindow:
    """The days and the zone that the law needs to judge the moment of an application."""
    step = get_registration_step(context, now=now, extensions=extensions)
    return RegistrationWindow(start_date=step.start_date, end_date=step.end_date, zone=context.zone)
