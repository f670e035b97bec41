"""The roll's way: DPS fixed and announced, additions, DPT fixed and announced, step by step.

Every act is the committee's plenary decision of a day. It carries out a step of the timetable and
records it, so that the village's tasks follow by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import StageFact
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import Roll, RollState
from pilkades.apps.roll.selectors.readiness import list_obstacles
from pilkades.apps.roll.selectors.totals import count_totals
from pilkades.apps.roll.services.imports_acceptance import forget_accepted_imports
from pilkades.apps.roll.services.numbering import number_entries
from pilkades.apps.roll.services.rolls import lock_roll, require_open, save_roll
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.law.roll import RollCheck
from pilkades.text import Text

DOOR_TO_DOOR = "door_to_door"


class StageAct(StrEnum):
    """The six acts by which a roll comes about, in their order."""

    FIX_PROVISIONAL = "fix_provisional"
    ANNOUNCE_PROVISIONAL = "announce_provisional"
    OPEN_ADDITIONS = "open_additions"
    ANNOUNCE_ADDITIONS = "announce_additions"
    FIX_FINAL = "fix_final"
    ANNOUNCE_FINAL = "announce_final"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRule:
    """When an act is due: in which state, after which announcement; and what it records.

    `marks` is the instant that it sets. `step` begins; it ends on the same day if `is_one_day`.
    `after` is the step that must be over before, and is recorded as finished by it.
    """

    state: RollState
    reaches: RollState
    marks: str
    event: str
    step: str
    is_one_day: bool = False
    after: str = ""
    needs: str = ""
    is_counted: bool = False


RULES: Mapping[StageAct, StageRule] = {
    StageAct.FIX_PROVISIONAL: StageRule(
        state=RollState.DRAFT,
        reaches=RollState.PROVISIONAL,
        marks="provisional_fixed_at",
        event="roll.provisional_fixed",
        step="provisional_roll_fixed",
        is_one_day=True,
    ),
    StageAct.ANNOUNCE_PROVISIONAL: StageRule(
        state=RollState.PROVISIONAL,
        reaches=RollState.ANNOUNCED,
        marks="provisional_announced_at",
        event="roll.provisional_announced",
        step="provisional_roll_announced",
    ),
    StageAct.OPEN_ADDITIONS: StageRule(
        state=RollState.ANNOUNCED,
        reaches=RollState.ANNOUNCED,
        marks="supplement_opened_at",
        event="roll.additions_opened",
        step="additions_recorded",
        after="provisional_roll_announced",
    ),
    StageAct.ANNOUNCE_ADDITIONS: StageRule(
        state=RollState.ANNOUNCED,
        reaches=RollState.SUPPLEMENTED,
        marks="supplement_announced_at",
        event="roll.additions_announced",
        step="additions_announced",
        after="additions_recorded",
        needs="supplement_opened_at",
        is_counted=True,
    ),
    StageAct.FIX_FINAL: StageRule(
        state=RollState.SUPPLEMENTED,
        reaches=RollState.FINAL,
        marks="final_fixed_at",
        event="roll.final_fixed",
        step="final_roll_fixed",
        is_one_day=True,
        after="additions_announced",
    ),
    StageAct.ANNOUNCE_FINAL: StageRule(
        state=RollState.FINAL,
        reaches=RollState.FINAL,
        marks="final_announced_at",
        event="roll.final_announced",
        step="final_roll_announced",
    ),
}


def find_next_act(roll: Roll) -> StageAct | None:
    """The act that is due in the roll's state; None when only the lock is left, or nothing."""
    for act, rule in RULES.items():
        if rule.state == roll.state and getattr(roll, rule.marks) is None:
            return act
    return None


@transaction.atomic
def carry_out(
    *, actor: Actor, now: datetime, roll_uuid: UUID, expected_version: int, act: StageAct
) -> Roll:
    """Carry out the act that is due.

    Allowed: who sits in the committee.
    Requires: the act that the roll's state leads to; the announcement before it at its end;
    nothing open that the pack lets stop a list which is fixed.
    Effects: the roll's state and instant; when a list is fixed it is numbered, and what accepted
    imports kept is erased; the step of the timetable is recorded, and the one before it as
    finished. One event `roll.…`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    roll, context = lock_roll(roll_uuid=roll_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_open(roll, context)
    rule = RULES[act]
    today = context.local_date(now)
    _require_due(roll, act)
    _require_over(context, rule, today)
    if rule.is_one_day:
        require_ready(context, roll)

    setattr(roll, rule.marks, now)
    roll.state = rule.reaches
    if rule.is_one_day:
        number_entries(roll)
        # What a fixed list holds can no longer be undone as a file, and is not kept twice.
        forget_accepted_imports(now=now, roll_pk=roll.pk)
    save_roll(roll, ["state", rule.marks])
    _record_steps(context, rule, actor=actor, now=now, today=today)

    totals = count_totals(roll)
    append(
        event=rule.event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll:{roll.uuid}",
        article=context.article_of(rule.step),
        data={
            "total": totals.total,
            "men": totals.men,
            "women": totals.women,
            "struck": totals.struck,
            **({"added": totals.added} if rule.is_counted else {}),
        },
    )
    return roll


def require_ready(context: VillageElection, roll: Roll) -> None:
    """Refuse to fix or lock a list while something is open that the pack lets stop it.

    Raises: RuleViolationError naming the first of them.
    """
    for obstacle in list_obstacles(context, roll):
        if obstacle.is_blocking:
            raise RuleViolationError(
                f"roll.{RollCheck(obstacle.check).value.replace('_', '-')}",
                Text(
                    "Belum dapat ditetapkan. Masih ada: {title} ({count}). Selesaikan lebih "
                    "dahulu; daftarnya ada di halaman ini.",
                    title=obstacle.title,
                    count=obstacle.count,
                ),
                article=obstacle.article,
            )
    if not roll.entries.filter(is_removed=False).exists():
        raise RuleViolationError(
            "roll.empty",
            Text("Daftar pemilih masih kosong. Impor atau catat pemilih lebih dahulu."),
            article=context.article_of("provisional_roll_fixed"),
        )


def finish_step(
    context: VillageElection, step_id: str, *, actor: Actor, now: datetime, finished_on: date
) -> None:
    """Record the last day of a step that was begun and not finished; else nothing.

    Allowed: the calling service, which has authorised its act; inside its transaction.
    """
    fact = StageFact.objects.filter(election=context.election, step_id=step_id).first()
    if fact is None or fact.started_on is None or fact.finished_on is not None:
        return
    _record(
        context,
        step_id,
        actor=actor,
        now=now,
        started_on=fact.started_on,
        finished_on=max(fact.started_on, finished_on),
    )


def _require_due(roll: Roll, act: StageAct) -> None:
    rule = RULES[act]
    is_due = roll.state == rule.state and getattr(roll, rule.marks) is None
    if not is_due or (rule.needs and getattr(roll, rule.needs) is None):
        raise ConflictError(
            "roll.not-due",
            Text(
                "Langkah ini tidak sesuai dengan keadaan daftar sekarang: {state}. Muat ulang "
                "halaman tahapan.",
                state=str(RollState(roll.state).label),
            ),
        )


def _require_over(context: VillageElection, rule: StageRule, today: date) -> None:
    """Law: Permendagri 112/2014 gives each announcement its days; citizens may use all of them."""
    step = context.find_step(rule.after) if rule.after else None
    if step is not None and today <= step.end_date:
        raise RuleViolationError(
            "roll.announcement-runs",
            Text(
                "“{step}” berlangsung sampai {end}. Warga berhak memakai seluruh waktunya; "
                "langkah berikutnya paling cepat sehari sesudahnya.",
                step=step.name,
                end=step.end_date,
            ),
            article=step.article,
        )


def _record_steps(
    context: VillageElection, rule: StageRule, *, actor: Actor, now: datetime, today: date
) -> None:
    if rule.step == "provisional_roll_fixed":
        finish_step(context, DOOR_TO_DOOR, actor=actor, now=now, finished_on=today)
    before = context.find_step(rule.after) if rule.after else None
    if before is not None:
        finish_step(context, before.id, actor=actor, now=now, finished_on=before.end_date)
    if context.find_step(rule.step) is not None:
        _record(
            context,
            rule.step,
            actor=actor,
            now=now,
            started_on=today,
            finished_on=today if rule.is_one_day else None,
        )


def _record(
    context: VillageElection,
    step_id: str,
    *,
    actor: Actor,
    now: datetime,
    started_on: date,
    finished_on: date | None,
) -> None:
    """Record one step; the election's version moves with each, so it is read anew."""
    election = get_village_election_by_uuid(context.election.uuid).election
    record_step(
        actor=actor,
        now=now,
        election_uuid=election.uuid,
        expected_version=election.version,
        step_id=step_id,
        started_on=started_on,
        finished_on=finished_on,
    )
