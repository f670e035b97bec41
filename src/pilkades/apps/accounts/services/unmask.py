"""Showing what was masked, one value at a time, and recording each showing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services.guard import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.vault.fields import EncryptedTextField


@transaction.atomic
def unmask(
    *,
    actor: Actor,
    roles: Iterable[Role],
    row: models.Model,
    field: str,
    subject: str,
    region_code: str,
    reason: str,
    now: datetime,
) -> str:
    """Return the plain value of an encrypted field, and write who saw it and why.

    Allowed: who holds one of `roles` in a region that covers this one.
    Requires: an encrypted field; a reason of the caller's own short list ("verifikasi", …), which
        stands in the ledger and so is never free text.
    Effects: one event per showing; the audit trail watches for many in a row.
    Raises: PermissionDenied; TypeError where the field is not encrypted.
    """
    require_role(actor, roles, region_code)

    if not isinstance(row._meta.get_field(field), EncryptedTextField):
        raise TypeError(f"{field} is not an encrypted field")
    value = str(getattr(row, field))

    append(
        event="vault.unmasked",
        actor=actor,
        at=now,
        region_code=region_code,
        subject=subject,
        data={"field": f"{row._meta.label_lower}.{field}", "reason": reason},
    )
    return value
