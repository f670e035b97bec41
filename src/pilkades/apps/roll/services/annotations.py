"""The one thing that may still be said of a voter after the lock: why they will not come."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.roll.models import ChangeKind, RollEntry
from pilkades.apps.roll.services.change_records import clean_reason, record_change
from pilkades.apps.roll.services.changes import lock_entry, require_standing
from pilkades.apps.roll.services.rolls import LOCK_STEP
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.text import Text


class Annotation(models.TextChoices):
    """Catatan sesudah DPT dikunci."""

    DIED = "died", _("Meninggal")
    MOVED = "moved", _("Pindah")
    MILITARY = "military", _("Menjadi TNI/Polri")
    OTHER = "other", _("Lain-lain")


@transaction.atomic
def annotate_entry(
    *,
    actor: Actor,
    now: datetime,
    entry_uuid: UUID,
    expected_version: int,
    annotation: str,
    reason: str,
) -> RollEntry:
    """Write a note at a voter of the locked roll, or take it back with an empty one.

    Law: Permendagri 112/2014 on the final roll: not changed any more; a note that somebody died or
    moved is no deletion, and whoever comes is judged at the station.
    Allowed: who sits in the committee.
    Requires: a locked roll, a standing entry, a reason.
    Effects: the note; `roll.entry_annotated`. The locked content stays.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    entry, roll, context = lock_entry(entry_uuid=entry_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_running(context)
    if not roll.is_locked:
        raise RuleViolationError(
            "roll.not-locked",
            Text("DPT belum dikunci. Perbaiki atau coret datanya, bukan diberi catatan."),
            article=context.article_of(LOCK_STEP),
        )
    require_standing(entry)
    if annotation not in {*Annotation.values, ""}:
        raise MalformedInputError("entry.annotation", Text("Pilih jenis catatan dari daftar."))
    cleaned, before = clean_reason(reason), entry.annotation

    entry.annotation, entry.annotation_reason = annotation, cleaned if annotation else ""
    entry.version += 1
    entry.save(update_fields=["annotation", "annotation_reason", "version"])

    record_change(
        entry=entry,
        kind=ChangeKind.ANNOTATED,
        before={"annotation": before},
        after={"annotation": annotation},
        reason=cleaned,
        actor=actor,
        now=now,
        context=context,
    )
    return entry
