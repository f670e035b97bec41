"""Recording that a step of the timetable began or was carried out, as part of another act."""

from datetime import date, datetime

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Election, StageFact
from pilkades.apps.elections.services.deadlines import refresh_deadlines


def mark_step(
    *,
    election: Election,
    step_id: str,
    actor: Actor,
    now: datetime,
    started_on: date | None = None,
    finished_on: date | None = None,
) -> StageFact:
    """Note the days of a step; what was noted before stays, and an end closes an open beginning.

    Allowed: the calling service, which has authorised and records the act; in its transaction.
    Effects: the step's fact, and deadlines of the offices that follow from it. No event of its own.
    """
    fact, is_new = StageFact.objects.get_or_create(
        election=election,
        step_id=step_id,
        defaults={
            "started_on": started_on,
            "finished_on": finished_on,
            "recorded_by_id": actor.user_id,
            "recorded_at": now,
        },
    )
    if not is_new:
        fact.started_on = fact.started_on or started_on
        fact.finished_on = fact.finished_on or finished_on
        fact.save(update_fields=["started_on", "finished_on"])
    refresh_deadlines(wave=election.wave, now=now, elections=[election])
    return fact
