"""What all acts in a drawing share: the locks, what is closed, the event."""

from datetime import datetime
from uuid import UUID

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import (
    Drawing,
    DrawingLot,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.errors import ConflictError
from pilkades.ledger.leaf import Datum
from pilkades.text import Text


def lock_drawing(drawing_uuid: UUID) -> tuple[Drawing, VillageElection]:
    """The drawing behind the lock of its election; raises `Drawing.DoesNotExist`."""
    election_pk = Drawing.objects.values_list("election_id", flat=True).get(uuid=drawing_uuid)
    context = lock_village_election(election_pk)
    return Drawing.objects.get(uuid=drawing_uuid), context


def lock_lot(lot_uuid: UUID) -> tuple[DrawingLot, VillageElection]:
    """One lot behind the lock of its election; raises `DrawingLot.DoesNotExist`."""
    drawing_uuid = DrawingLot.objects.values_list("drawing__uuid", flat=True).get(uuid=lot_uuid)
    drawing, context = lock_drawing(drawing_uuid)
    lot = DrawingLot.objects.select_related("candidacy").get(uuid=lot_uuid)
    lot.drawing = drawing
    return lot, context


def refuse_closed(drawing: Drawing) -> None:
    """Raises ConflictError where the drawing is over or was given up."""
    if drawing.closed_at is None and drawing.cancelled_at is None:
        return
    raise ConflictError(
        "drawing.closed",
        Text("Pengundian ini sudah ditutup atau dibatalkan dan tidak diubah lagi."),
    )


def require_fresh(drawing: Drawing, expected_version: int) -> None:
    """Raises ConflictError where the drawing moved on since it was read."""
    if drawing.version != expected_version:
        raise ConflictError(
            "drawing.stale",
            Text(
                "Pengundian sudah diubah petugas lain. Muat ulang halaman untuk melihat keadaan "
                "terbaru, lalu ulangi."
            ),
        )


def append_drawing_event(
    event: str,
    drawing: Drawing,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    *,
    data: dict[str, Datum],
) -> None:
    """The audit event of an act in a drawing; people stand in it by their position only."""
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"drawing:{drawing.uuid}",
        article=drawing.article,
        data=data,
    )
