"""Invitations: a random code for every voter, and what became of each letter."""

import secrets
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.invitation_codes import CODE_BYTES, write_code
from pilkades.apps.roll.models import Delivery, Invitation, Roll, RollEntry, RollState
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.text import Text

INVITATIONS_STEP = "invitations"
FIXED_STATES = (RollState.FINAL, RollState.LOCKED)
_BATCH = 1_000


@transaction.atomic
def issue_invitations(*, actor: Actor, now: datetime, election_uuid: UUID) -> int:
    """Give every voter of the fixed roll a code who has none yet; how many were new.

    Allowed: who sits in the committee.
    Requires: a final roll in which everybody has a station.
    Effects: the codes; `roll.invitations_issued` with their number.
    Raises: PermissionDenied, RuleViolationError.
    """
    context = get_village_election_by_uuid(election_uuid)
    roll = Roll.objects.select_for_update().get(election=context.election)

    require_seat(actor, context)

    voters = roll.entries.filter(is_removed=False)
    _require_fixed(context, roll)
    _require_placed(context, voters.filter(station=None).count())

    missing = voters.filter(invitation=None).values_list("pk", flat=True)
    made = Invitation.objects.bulk_create(
        (
            Invitation(entry_id=pk, code=write_code(secrets.token_bytes(CODE_BYTES)), issued_at=now)
            for pk in missing
        ),
        batch_size=_BATCH,
    )
    if not made:
        return 0

    append(
        event="roll.invitations_issued",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.article_of(INVITATIONS_STEP),
        data={"count": len(made)},
    )
    return len(made)


@transaction.atomic
def report_delivery(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected: Delivery,
    delivery: Delivery,
    receiver: str = "",
) -> Invitation:
    """Record what became of an invitation; a letter that came late may still be handed over.

    Allowed: who sits in the committee.
    Requires: what the actor saw before; a receiver where it was handed over.
    Effects: the delivery; `roll.invitation_reported`, whose it was is sealed.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("entry__roll__election")
        .get(entry__uuid=entry_uuid)
    )
    context = get_village_election_by_uuid(invitation.entry.roll.election.uuid)

    require_seat(actor, context)

    if invitation.delivery != expected:
        raise ConflictError(
            "invitation.stale",
            Text(
                "Undangan ini sudah dilaporkan orang lain: {delivery}. Laporan Anda belum "
                "disimpan.",
                delivery=str(invitation.get_delivery_display()),
            ),
        )
    if delivery is Delivery.OPEN or (delivery is Delivery.DELIVERED and not receiver.strip()):
        raise MalformedInputError(
            "invitation.delivery",
            Text("Pilih hasilnya; bila tersampaikan, tulis nama penerimanya."),
        )

    invitation.delivery, invitation.receiver = delivery.value, receiver.strip()
    invitation.reported_by_id, invitation.reported_at = actor.user_id, now
    invitation.save()

    append_sealed(
        event="roll.invitation_reported",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.article_of(INVITATIONS_STEP),
        sealed={"entry": str(entry_uuid), "delivery": delivery.value, "receiver": receiver.strip()},
    )
    return invitation


def get_invitation_key() -> Ed25519PrivateKey:
    """The installation's key, which signs its checkpoints under another purpose."""
    return Ed25519PrivateKey.from_private_bytes(get_signing_key().seed)


def find_by_code(context: VillageElection, code: str) -> RollEntry | None:
    """The voter of an invitation of this election, None where the code names nobody."""
    return RollEntry.objects.filter(
        invitation__code=code, roll__election=context.election, is_removed=False
    ).first()


def _require_fixed(context: VillageElection, roll: Roll) -> None:
    if roll.state in FIXED_STATES:
        return
    raise RuleViolationError(
        "invitation.roll",
        Text("Undangan dibuat sesudah DPT ditetapkan. Tetapkan DPT lebih dahulu."),
        article=context.article_of("final_roll_fixed"),
    )


def _require_placed(context: VillageElection, unplaced: int) -> None:
    if not unplaced:
        return
    raise RuleViolationError(
        "invitation.station",
        Text(
            "{count} pemilih belum punya TPS, sehingga undangannya belum dapat dibuat. Bagi "
            "pemilih ke TPS lebih dahulu.",
            count=unplaced,
        ),
        article=context.article_of("final_roll_fixed"),
    )
