"""Writes of oversight: that somebody took the trail away as a file."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.oversight.selectors import find_scope


@transaction.atomic
def record_export(*, actor: Actor, now: datetime, file_format: str, rows: int) -> None:
    """Note that the trail was downloaded; the file itself is made by the view.

    Allowed: whoever may read the trail.
    Effects: event audit.exported in the actor's region.
    Raises: PermissionDenied.
    """
    scope = find_scope(actor)
    if scope is None:
        raise PermissionDenied

    append(
        event="audit.exported",
        actor=actor,
        at=now,
        region_code=scope.regions[0],
        subject="audit:trail",
        data={"format": file_format, "rows": rows},
    )
