"""The committee receives an application in time, and gives the applicant a receipt."""

import base64
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.registration import get_registration_window
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    lock_file,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.law.application import ApplicationEvent
from pilkades.law.registration import RegistrationReceipt, receive_application

RECEIPT_BYTES = 6


@transaction.atomic
def receive_file(
    *, actor: Actor, now: datetime, candidacy_uuid: UUID, expected_version: int
) -> tuple[Candidacy, RegistrationReceipt]:
    """Receive a draft as an application, with the moment and the next registration number.

    Allowed: who sits in the committee of the village.
    Requires: a draft, and a moment inside the registration or an extension that was decided; the
    handing-in by the applicant and the reception are one moment at the desk.
    Effects: number, receipt code, state; `candidacy.received`. A file that comes too late or too
    early stays the draft that it was.
    Raises: PermissionDenied, ConflictError, RuleViolationError (`registration.closes_at`, …).
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_running(context)
    receipt = receive_application(
        rules=context.registration_rules,
        window=get_registration_window(context, now=now),
        received_at=now,
    )
    for event, by in ((ApplicationEvent.SUBMIT, "calon"), (ApplicationEvent.RECEIVE, "panitia")):
        candidacy.state = next_state(context=context, candidacy=candidacy, event=event, by=by)

    candidacy.registration_number = _next_number(candidacy)
    candidacy.receipt_code = make_receipt_code(candidacy.uuid)
    candidacy.received_by_id = actor.user_id
    candidacy.received_at = now
    save_file(
        candidacy,
        fields=["state", "registration_number", "receipt_code", "received_by", "received_at"],
    )

    append_file_event(
        event="candidacy.received",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=receipt.article,
        data={"registration_number": candidacy.registration_number},
    )
    return candidacy, receipt


def make_receipt_code(candidacy_uuid: UUID) -> str:
    """Ten letters and digits that can be read out; they follow from the file's own name."""
    return base64.b32encode(candidacy_uuid.bytes[:RECEIPT_BYTES]).decode().rstrip("=")


def _next_number(candidacy: Candidacy) -> int:
    last = Candidacy.objects.filter(election_id=candidacy.election_id).aggregate(
        last=Max("registration_number")
    )["last"]
    return (last or 0) + 1
