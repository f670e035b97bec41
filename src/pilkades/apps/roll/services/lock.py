"""The lock of the DPT by two people: one proposes what is written, another confirms the same.

What is locked is a digest of every entry. If one changes between proposal and confirmation, the
confirmation refuses and the proposal must be made again.
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import Roll, RollState
from pilkades.apps.roll.selectors.digest import compute_digest
from pilkades.apps.roll.selectors.totals import count_totals
from pilkades.apps.roll.services.change_records import clean_reason
from pilkades.apps.roll.services.rolls import LOCK_STEP, lock_roll, require_open, save_roll
from pilkades.apps.roll.services.stages import finish_step, require_ready
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text

ANNOUNCED_STEP = "final_roll_announced"


@transaction.atomic
def propose_lock(*, actor: Actor, now: datetime, roll_uuid: UUID, expected_version: int) -> Roll:
    """Say that the DPT is right as it stands, as the first of two.

    Allowed: who sits in the committee.
    Requires: a DPT that is fixed, no proposal that waits, nothing open that stops it.
    Effects: the digest that the second person must find again; `roll.lock_proposed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    roll, context = lock_roll(roll_uuid=roll_uuid, expected_version=expected_version)

    require_seat(actor, context)

    _require_final(roll, context)
    if roll.lock_proposed_at is not None:
        raise ConflictError(
            "roll.lock-proposed",
            Text("Penguncian sudah diusulkan dan menunggu orang kedua, atau tarik usulan itu."),
        )
    require_ready(context, roll)

    roll.lock_salt = secrets.token_hex(32)
    roll.lock_digest = compute_digest(roll)
    roll.lock_proposed_by_id, roll.lock_proposed_at = actor.user_id, now
    save_roll(roll, ["lock_salt", "lock_digest", "lock_proposed_by", "lock_proposed_at"])

    _append("roll.lock_proposed", roll, context, actor, now)
    return roll


@transaction.atomic
def withdraw_lock(
    *, actor: Actor, now: datetime, roll_uuid: UUID, expected_version: int, reason: str
) -> Roll:
    """Take back a proposal, one's own or another's.

    Allowed: who sits in the committee.
    Requires: a proposal that waits; a reason.
    Effects: no proposal waits any more; `roll.lock_withdrawn`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    roll, context = lock_roll(roll_uuid=roll_uuid, expected_version=expected_version)

    require_seat(actor, context)

    _require_final(roll, context)
    _require_proposed(roll)
    cleaned, digest = clean_reason(reason), roll.lock_digest

    roll.lock_salt = roll.lock_digest = ""
    roll.lock_proposed_by, roll.lock_proposed_at = None, None
    save_roll(roll, ["lock_salt", "lock_digest", "lock_proposed_by", "lock_proposed_at"])

    append_sealed(
        event="roll.lock_withdrawn",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll:{roll.uuid}",
        article=context.article_of(LOCK_STEP),
        data={"sha256": digest},
        sealed={"reason": cleaned},
    )
    return roll


@transaction.atomic
def confirm_lock(
    *, actor: Actor, now: datetime, roll_uuid: UUID, expected_version: int, digest: str
) -> Roll:
    """Lock the DPT, as the second of two.

    Allowed: who sits in the committee and is not the one who proposed.
    Requires: the proposal as it was seen (`digest`), the same content, still nothing open.
    Effects: the roll is locked for good, in services and database; `roll.locked`. The announcement
    of the DPT is recorded as finished where its days are over.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    roll, context = lock_roll(roll_uuid=roll_uuid, expected_version=expected_version)

    require_seat(actor, context)

    _require_final(roll, context)
    _require_proposed(roll)
    if roll.lock_proposed_by_id == actor.user_id:
        raise RuleViolationError(
            "two-people",
            Text("Anda sendiri yang mengusulkan. Penguncian disahkan oleh anggota panitia lain."),
            article=context.article_of(LOCK_STEP),
        )
    if digest != roll.lock_digest or compute_digest(roll) != roll.lock_digest:
        raise ConflictError(
            "roll.changed-since-proposal",
            Text(
                "Isi daftar berubah sejak penguncian diusulkan, jadi belum dikunci. Tarik usulan "
                "itu, periksa perubahannya, lalu usulkan lagi."
            ),
        )
    require_ready(context, roll)

    roll.state = RollState.LOCKED
    roll.locked_by_id, roll.locked_at = actor.user_id, now
    save_roll(roll, ["state", "locked_by", "locked_at"])
    _finish_announcement(context, actor, now)

    _append("roll.locked", roll, context, actor, now)
    return roll


def _finish_announcement(context: VillageElection, actor: Actor, now: datetime) -> None:
    step, today = context.find_step(ANNOUNCED_STEP), context.local_date(now)
    if step is not None and step.end_date <= today:
        finish_step(context, ANNOUNCED_STEP, actor=actor, now=now, finished_on=step.end_date)


def _require_final(roll: Roll, context: VillageElection) -> None:
    require_open(roll, context)
    if roll.state != RollState.FINAL:
        raise RuleViolationError(
            "roll.not-final",
            Text("Yang dikunci adalah DPT. Tetapkan DPT lebih dahulu."),
            article=context.article_of(LOCK_STEP),
        )


def _require_proposed(roll: Roll) -> None:
    if roll.lock_proposed_at is None:
        raise ConflictError(
            "roll.no-proposal",
            Text("Tidak ada usulan penguncian yang menunggu. Mungkin sudah ditarik."),
        )


def _append(event: str, roll: Roll, context: VillageElection, actor: Actor, now: datetime) -> None:
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll:{roll.uuid}",
        article=context.article_of(LOCK_STEP),
        data={"total": count_totals(roll).total, "sha256": roll.lock_digest},
    )
