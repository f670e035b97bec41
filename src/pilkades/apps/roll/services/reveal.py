"""Showing NIK, KK and telephone number of one voter, with the look on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.elections.selectors.village_elections import get_village_election_by_uuid
from pilkades.apps.roll.models import RollEntry


@dataclass(frozen=True, slots=True)
class RevealedVoter:
    """What one look shows."""

    nik: str
    kk: str
    phone: str


@transaction.atomic
def reveal_entry(*, actor: Actor, now: datetime, entry_uuid: UUID) -> RevealedVoter:
    """Show the numbers of one voter once.

    Allowed: the committee of the village, the inspectorate.
    Effects: none on the entry; `roll.entry_revealed`, which the audit trail watches.
    Raises: PermissionDenied, `RollEntry.DoesNotExist`.
    """
    entry = RollEntry.objects.select_related("roll__election").get(uuid=entry_uuid)
    context = get_village_election_by_uuid(entry.roll.election.uuid)

    require_role(actor, UNMASK_ROLES, context.village_code)

    append(
        event="roll.entry_revealed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"roll_entry:{entry.uuid}",
        data={"fields": ["nik", "kk", "phone"]},
    )
    return RevealedVoter(nik=entry.nik, kk=entry.kk, phone=entry.phone)
