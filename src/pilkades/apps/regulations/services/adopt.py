"""Adoption by a second person, and withdrawal of a proposal."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.regulations.models import PackStatus, PackVersion
from pilkades.apps.regulations.selectors.packs import may_govern
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text


@transaction.atomic
def adopt_pack(
    *,
    actor: Actor,
    now: datetime,
    pack_uuid: UUID,
    expected_version: int,
    effective_date: date,
) -> PackVersion:
    """Put a proposed pack in force from a day.

    Allowed: desk or head's office of the region (the ministry for the national pack).
    Requires: a proposal by somebody else that is still open.
    Effects: the pack is adopted; an earlier one is marked superseded from that day; waves keep
    the version they were made with. `pack.adopted`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    version = _lock(pack_uuid, expected_version)

    if not may_govern(actor, version.region_code):
        raise PermissionDenied

    _refuse_unless_open(version)
    if version.proposed_by_id == actor.user_id:
        raise _self_adoption()

    previous = _list_replaced(version)
    version.status = PackStatus.ADOPTED
    version.adopted_by_id = actor.user_id
    version.adopted_at = now
    version.effective_date = effective_date
    version.version += 1
    version.save()
    for older in previous:
        older.status = PackStatus.SUPERSEDED
        older.superseded_by = version
        older.save(update_fields=["status", "superseded_by"])

    append(
        event="pack.adopted",
        actor=actor,
        at=now,
        region_code=version.region_code,
        subject=f"pack:{version.uuid}",
        data={
            "pack": version.pack_id,
            "sha256": version.sha256,
            "effective_date": effective_date.isoformat(),
        },
    )
    return version


@transaction.atomic
def withdraw_pack(
    *, actor: Actor, now: datetime, pack_uuid: UUID, expected_version: int
) -> PackVersion:
    """Take an open proposal back.

    Allowed: desk or head's office of the region, the author included.
    Requires: a proposal that nobody has adopted.
    Effects: the proposal stays readable, marked withdrawn. `pack.withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    version = _lock(pack_uuid, expected_version)

    if not may_govern(actor, version.region_code):
        raise PermissionDenied

    _refuse_unless_open(version)

    version.status = PackStatus.WITHDRAWN
    version.version += 1
    version.save(update_fields=["status", "version"])

    append(
        event="pack.withdrawn",
        actor=actor,
        at=now,
        region_code=version.region_code,
        subject=f"pack:{version.uuid}",
        data={"pack": version.pack_id, "sha256": version.sha256},
    )
    return version


def _lock(pack_uuid: UUID, expected_version: int) -> PackVersion:
    version = PackVersion.objects.select_for_update().get(uuid=pack_uuid)
    if version.version != expected_version:
        raise ConflictError(
            "pack.stale",
            Text(
                "Paket {pack} sudah diubah orang lain; statusnya sekarang “{status}”. Muat ulang "
                "halaman untuk melihat keadaan terbaru.",
                pack=version.pack_id,
                status=str(PackStatus(version.status).label),
            ),
        )
    return version


def _refuse_unless_open(version: PackVersion) -> None:
    if version.status != PackStatus.DRAFT:
        raise ConflictError(
            "pack.closed",
            Text(
                "Usulan paket {pack} sudah selesai; statusnya “{status}”. Ajukan usulan baru bila "
                "perlu.",
                pack=version.pack_id,
                status=str(PackStatus(version.status).label),
            ),
        )


def _self_adoption() -> RuleViolationError:
    return RuleViolationError(
        "pack.self-adoption",
        Text(
            "Paket aturan ditetapkan oleh orang kedua. Anda yang mengusulkan paket ini, jadi "
            "mintalah rekan di panitia kabupaten atau kota untuk menetapkannya."
        ),
        article="Pengamanan sistem: persetujuan dua orang",
    )


def _list_replaced(version: PackVersion) -> list[PackVersion]:
    return list(
        PackVersion.objects.select_for_update().filter(
            region_code=version.region_code, status=PackStatus.ADOPTED
        )
    )
