"""Showing what is masked of an officer or an agent, one look at a time, with the look on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.officers.models import CandidateAgent, StationOfficer


@dataclass(frozen=True, slots=True)
class Revealed:
    """What one look shows; `repr` shows nothing."""

    nik: str
    phone: str
    address: str = ""

    def __repr__(self) -> str:
        return "Revealed(…)"


@transaction.atomic
def reveal_officer(*, actor: Actor, now: datetime, officer_uuid: UUID) -> Revealed:
    """Show NIK, address and phone of an officer once.

    Allowed: the committee of the village, the inspectorate.
    Effects: none on the officer; `officer.revealed`, which the audit trail watches.
    Raises: PermissionDenied, `StationOfficer.DoesNotExist`.
    """
    officer = StationOfficer.objects.select_related("election").get(uuid=officer_uuid)
    village_code = officer.election.village_id

    require_role(actor, UNMASK_ROLES, village_code)

    append(
        event="officer.revealed",
        actor=actor,
        at=now,
        region_code=village_code,
        subject=f"officer:{officer.uuid}",
        data={"fields": ["nik", "address", "phone"]},
    )
    return Revealed(nik=officer.nik, phone=officer.phone, address=officer.address)


@transaction.atomic
def reveal_agent(*, actor: Actor, now: datetime, agent_uuid: UUID) -> Revealed:
    """Show NIK and phone of an agent once.

    Allowed: the committee of the village, the inspectorate.
    Effects: none on the agent; `agent.revealed`, which the audit trail watches.
    Raises: PermissionDenied, `CandidateAgent.DoesNotExist`.
    """
    agent = CandidateAgent.objects.select_related("election").get(uuid=agent_uuid)
    village_code = agent.election.village_id

    require_role(actor, UNMASK_ROLES, village_code)

    append(
        event="agent.revealed",
        actor=actor,
        at=now,
        region_code=village_code,
        subject=f"agent:{agent.uuid}",
        data={"fields": ["nik", "phone"]},
    )
    return Revealed(nik=agent.nik, phone=agent.phone)
