"""Showing what is masked, one look at a time, with the look on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.elections.selectors.village_elections import get_village_election_by_uuid
from pilkades.apps.elections.services.candidacy_files import append_file_event


@dataclass(frozen=True, slots=True)
class Revealed:
    """What one look shows."""

    nik: str
    address: str
    phone: str


@transaction.atomic
def reveal_identity(*, actor: Actor, now: datetime, candidacy_uuid: UUID) -> Revealed:
    """Show NIK, address and phone of an applicant once.

    Allowed: the committee of the village, the inspectorate.
    Effects: none on the file; `candidacy.revealed`, which the audit trail watches.
    Raises: PermissionDenied, `Candidacy.DoesNotExist`.
    """
    candidacy = Candidacy.objects.select_related("election").get(uuid=candidacy_uuid)
    context = get_village_election_by_uuid(candidacy.election.uuid)

    require_role(actor, UNMASK_ROLES, context.village_code)

    append_file_event(
        event="candidacy.revealed",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        data={"fields": ["nik", "address", "phone"]},
    )
    return Revealed(nik=candidacy.nik, address=candidacy.address, phone=candidacy.phone)
