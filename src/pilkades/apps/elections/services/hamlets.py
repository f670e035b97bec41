"""Keeps the hamlets of a village in which an election is prepared."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.selectors.village_access import HAMLET_ROLES
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.regions.services import change_hamlet_name, create_hamlet


@transaction.atomic
def add_hamlet(*, actor: Actor, now: datetime, village_code: str, name: str) -> Hamlet:
    """Name one more hamlet of the village.

    Allowed: the village's committee, and the regency desk.
    Requires: a name that no hamlet of the village bears.
    Effects: the hamlet. `hamlet.added`; the name is a commitment, since somebody typed it.
    Raises: PermissionDenied, MalformedInputError, ConflictError.
    """
    require_role(actor, HAMLET_ROLES, village_code)

    hamlet = create_hamlet(village_code=village_code, name=name)

    append_sealed(
        event="hamlet.added",
        actor=actor,
        at=now,
        region_code=village_code,
        subject=f"hamlet:{hamlet.uuid}",
        sealed={"name": hamlet.name},
    )
    return hamlet


@transaction.atomic
def rename_hamlet(
    *, actor: Actor, now: datetime, hamlet_uuid: UUID, expected_name: str, name: str
) -> Hamlet:
    """Correct the name of a hamlet.

    Allowed: as `add_hamlet`.
    Requires: the name as the actor saw it.
    Effects: the new name. `hamlet.renamed`, with both names as commitments.
    Raises: PermissionDenied, MalformedInputError, ConflictError, `Hamlet.DoesNotExist`.
    """
    village_code = Hamlet.objects.values_list("village_id", flat=True).get(uuid=hamlet_uuid)

    require_role(actor, HAMLET_ROLES, village_code)

    hamlet = change_hamlet_name(uuid=hamlet_uuid, expected_name=expected_name, name=name)

    append_sealed(
        event="hamlet.renamed",
        actor=actor,
        at=now,
        region_code=village_code,
        subject=f"hamlet:{hamlet.uuid}",
        sealed={"name_before": expected_name, "name": hamlet.name},
    )
    return hamlet
