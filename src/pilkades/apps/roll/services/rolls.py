"""The roll itself: begun with the first act, taken for a write, refused when it is locked."""

from datetime import datetime
from uuid import UUID

from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.roll.models import Roll
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text

LOCK_STEP = "final_roll_fixed"


def get_or_create_roll(context: VillageElection, *, now: datetime) -> Roll:
    """The roll of an election; the first act on it makes it.

    Allowed: the calling service, which has authorised its act; inside its transaction.
    """
    roll, _ = Roll.objects.get_or_create(election=context.election, defaults={"created_at": now})
    return roll


def lock_roll(
    *, roll_uuid: UUID, expected_version: int | None = None
) -> tuple[Roll, VillageElection]:
    """The roll, taken for the rest of the transaction, with its election.

    Without `expected_version` the act does not depend on what its author saw of the whole roll.

    Raises: `Roll.DoesNotExist`, ConflictError.
    """
    roll = Roll.objects.select_for_update().get(uuid=roll_uuid)
    if expected_version is not None and roll.version != expected_version:
        raise ConflictError(
            "roll.stale",
            Text(
                "Daftar pemilih ini sudah diubah orang lain sejak Anda membukanya. Tidak ada yang "
                "disimpan. Periksa keadaan terbaru, lalu putuskan lagi."
            ),
        )
    return roll, get_village_election_by_uuid(_get_election_uuid(roll))


def lock_roll_of(context: VillageElection, *, now: datetime) -> Roll:
    """The roll of this election, made if need be and taken for the rest of the transaction."""
    roll = get_or_create_roll(context, now=now)
    return Roll.objects.select_for_update().get(pk=roll.pk)


def save_roll(roll: Roll, fields: list[str]) -> None:
    """Save the named fields with the next version."""
    roll.version += 1
    roll.save(update_fields=[*fields, "version"])


def require_open(roll: Roll, context: VillageElection) -> None:
    """Refuse to change who is on a locked roll, or anything of an election that is over.

    Law: Permendagri 112/2014 on the final roll: once fixed it is not changed, only annotated.

    Raises: RuleViolationError.
    """
    require_running(context)
    if roll.is_locked:
        raise RuleViolationError(
            "roll.locked",
            Text(
                "DPT sudah dikunci. Pemilih tidak dapat lagi ditambah, diperbaiki, atau dicoret; "
                "yang meninggal, pindah, atau menjadi TNI/Polri diberi catatan."
            ),
            article=context.article_of(LOCK_STEP),
        )


def _get_election_uuid(roll: Roll) -> UUID:
    return roll.election.uuid
