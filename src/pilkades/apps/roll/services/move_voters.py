"""An RT, a family or one voter moved to another station by hand."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import lock_village_election
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.selectors.allocation import Ground
from pilkades.apps.roll.selectors.moves import MoveEffect, Picked, describe_move
from pilkades.apps.roll.services.allocate import place_voters, rewrite_territories
from pilkades.apps.roll.services.change_records import clean_reason
from pilkades.apps.roll.services.rolls import lock_roll_of, require_open, save_roll
from pilkades.errors import ConflictError
from pilkades.text import Text


@transaction.atomic
def move_voters(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    picked: Picked,
    target_uuid: UUID,
    seen: str,
    reason: str,
) -> MoveEffect:
    """Send those who were picked to another station, where they stay when the village is divided.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; the totals as they were shown (`seen`); room at the
        station, where the pack refuses what is over its maximum.
    Effects: their station and a change for each. `roll.voters_moved`, once.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    roll = lock_roll_of(context, now=now)
    require_open(roll, context)
    ground = Ground(context)
    move = describe_move(ground, picked, target_uuid)
    if move.refusal is not None:
        raise move.refusal
    if move.seen != seen:
        raise ConflictError(
            "move.stale",
            Text("Jumlah pemilih sudah berubah sejak Anda melihatnya. Periksa lagi, lalu simpan."),
        )
    cleaned = clean_reason(reason)

    event = append_sealed(
        event="roll.voters_moved",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll:{roll.uuid}",
        article=ground.rules.article,
        data={
            "what": str(picked.what.value),
            "moved": len(move.rows),
            "kind": move.target.kind,
            "number": move.target.number,
        },
        sealed={"reason": cleaned},
    )
    place_voters(
        ground,
        {move.target.pk: [row.pk for row in move.rows]},
        actor=actor,
        now=now,
        event=event,
        reason=cleaned,
        is_by_hand=True,
    )
    rewrite_territories(context)
    save_roll(roll, [])
    return move
