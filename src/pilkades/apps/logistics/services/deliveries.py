"""What was ordered and what came."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import lock_village_election
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.logistics.models import Delivery
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.logistics import MaterialRules
from pilkades.text import Text


@transaction.atomic
def record_delivery(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    item_id: str,
    quantity: int,
    source: str,
    expected_date: date,
    has_arrived: bool,
) -> Delivery:
    """Write down goods that were promised for a day, or that have been counted on arrival.

    Allowed: who sits in the committee of the village.
    Requires: a thing that the pack knows, at least one of it.
    Effects: the delivery; `delivery.recorded`, the source as a commitment.
    Raises: PermissionDenied, MalformedInputError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    if MaterialRules.from_pack(context.pack).find(item_id) is None or quantity < 1:
        raise MalformedInputError(
            "logistics.unknown-item",
            Text("Barang “{item}” tidak ada dalam paket aturan.", item=item_id),
        )

    delivery = Delivery.objects.create(
        election=context.election,
        item_id=item_id,
        quantity=quantity,
        source=source.strip(),
        expected_date=expected_date,
        arrived_at=now if has_arrived else None,
        arrived_by_id=actor.user_id if has_arrived else None,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )

    append_sealed(
        event="delivery.recorded",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"delivery:{delivery.uuid}",
        data={"item": item_id, "quantity": quantity, "arrived": has_arrived},
        sealed={"source": delivery.source},
    )
    return delivery


@transaction.atomic
def confirm_arrival(*, actor: Actor, now: datetime, delivery_uuid: UUID) -> Delivery:
    """Say that promised goods have come and were counted.

    Allowed: who sits in the committee of the village.
    Requires: a delivery that is still awaited.
    Effects: it counts as received; `delivery.arrived`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, `Delivery.DoesNotExist`.
    """
    found = Delivery.objects.get(uuid=delivery_uuid)
    context = lock_village_election(found.election_id)
    delivery = Delivery.objects.select_related("arrived_by").get(pk=found.pk)

    require_seat(actor, context)

    require_running(context)
    if delivery.arrived_at is not None:
        raise ConflictError(
            "delivery.arrived",
            Text(
                "Barang ini sudah dicatat diterima oleh {name} pada {at}. Tidak dihitung dua kali.",
                name=str(delivery.arrived_by),
                at=delivery.arrived_at,
            ),
        )

    delivery.arrived_at, delivery.arrived_by_id = now, actor.user_id
    delivery.save(update_fields=["arrived_at", "arrived_by"])

    append(
        event="delivery.arrived",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"delivery:{delivery.uuid}",
        data={"item": delivery.item_id, "quantity": delivery.quantity},
    )
    return delivery
