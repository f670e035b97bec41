"""Which villages belong to a wave: adding and taking out while it is being prepared."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import Election, StageFact, Wave, WaveStatus
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.villages import (
    list_busy_elections,
    list_eligible_villages,
    name_village,
)
from pilkades.apps.elections.services.deadlines import refresh_deadlines
from pilkades.apps.elections.services.locking import advance_wave, lock_wave
from pilkades.apps.regulations.selectors import get_rule_pack
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text


@transaction.atomic
def change_villages(
    *,
    actor: Actor,
    now: datetime,
    wave_uuid: UUID,
    expected_version: int,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> Wave:
    """Add villages to a wave and take others out, in one act.

    Allowed: the regency desk.
    Requires: a wave that is not closed; to take out, a wave not yet decreed and a village in which
    nothing has been recorded.
    Effects: elections appear and disappear, deadlines follow. `wave.villages_changed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    wave = lock_wave(wave_uuid=wave_uuid, expected_version=expected_version)

    require_role(actor, DESK_ROLES, wave.regency_id)

    refuse_closed(wave)
    wanted = set(add) - set(wave.elections.values_list("village_id", flat=True))
    leaving = set(remove) - set(add)
    if not wanted and not leaving:
        return wave

    if leaving:
        _remove_villages(wave, leaving)
    advance_wave(wave, fields=[])
    add_villages(wave=wave, actor=actor, now=now, village_codes=wanted, removed=leaving)
    refresh_deadlines(wave=wave, now=now)
    return wave


def add_villages(
    *,
    wave: Wave,
    actor: Actor,
    now: datetime,
    village_codes: Collection[str],
    removed: Collection[str] = (),
) -> None:
    """Record elections for villages that may vote and are free, and append the change.

    Part of `create_wave` and `change_villages`, which have locked and authorised.
    Raises: RuleViolationError, ConflictError.
    """
    _refuse_ineligible(wave, village_codes)
    _refuse_busy(wave, village_codes)

    Election.objects.bulk_create(
        Election(wave=wave, village_id=code, is_simulation=wave.is_simulation, created_at=now)
        for code in sorted(village_codes)
    )

    added_codes: list[str | int | bool | None] = [*sorted(village_codes)]
    removed_codes: list[str | int | bool | None] = [*sorted(removed)]
    append(
        event="wave.villages_changed",
        actor=actor,
        at=now,
        region_code=wave.regency_id,
        subject=f"wave:{wave.uuid}",
        data={
            "added": added_codes,
            "removed": removed_codes,
            "added_count": len(village_codes),
            "removed_count": len(removed),
        },
    )


def refuse_closed(wave: Wave) -> None:
    """A closed wave is history; whoever changes it has an old page before them.

    Raises: ConflictError.
    """
    if wave.status == WaveStatus.CLOSED:
        raise ConflictError(
            "wave.closed",
            Text("Gelombang {name} sudah ditutup dan tidak dapat diubah lagi.", name=wave.name),
        )


def _refuse_ineligible(wave: Wave, village_codes: Collection[str]) -> None:
    pack = get_rule_pack(wave.pack, region_code=wave.regency_id)
    eligible = list_eligible_villages(pack=pack, regency_code=wave.regency_id)
    known = set(eligible.filter(code__in=village_codes).values_list("code", flat=True))
    strangers = sorted(set(village_codes) - known)
    if strangers:
        rule = pack.rule("election.village_kinds")
        raise RuleViolationError(
            rule.id,
            Text(
                "{codes} tidak dapat ikut: bukan desa di kabupaten/kota ini, atau jenisnya tidak "
                "menyelenggarakan pilkades menurut paket aturan. Tidak ada desa yang ditambahkan; "
                "hapus pilihan itu, lalu simpan lagi.",
                codes=", ".join(strangers[:5]),
            ),
            article=rule.article,
        )


def _refuse_busy(wave: Wave, village_codes: Collection[str]) -> None:
    busy = list_busy_elections(
        village_codes=village_codes, is_simulation=wave.is_simulation, leaving_out=wave
    ).first()
    if busy is not None:
        raise ConflictError(
            "wave.village-busy",
            Text(
                "{village} masih ikut gelombang “{wave}” yang belum selesai. Keluarkan dari sana "
                "lebih dahulu, atau hapus dari pilihan ini. Pilihan lain tidak hilang.",
                village=name_village(busy.village),
                wave=busy.wave.name,
            ),
        )


def _remove_villages(wave: Wave, village_codes: Collection[str]) -> None:
    if wave.status != WaveStatus.PLANNED:
        raise RuleViolationError(
            "wave.decreed",
            Text(
                "Jadwal gelombang ini sudah ditetapkan dengan SK, jadi desa tidak dapat "
                "dikeluarkan. Tunda atau batalkan pemilihannya dengan keputusan."
            ),
            article=f"SK {wave.decree_number}",
        )
    elections = wave.elections.filter(village_id__in=village_codes)
    # Steps that took place are history, whoever recorded them.
    recorded = StageFact.objects.filter(election__in=elections).select_related("election__village")
    first = recorded.first()
    if first is not None:
        raise _has_begun(name_village(first.election.village))
    try:
        elections.delete()
    except ProtectedError as error:
        raise _has_begun(", ".join(sorted(village_codes))) from error


def _has_begun(village: str) -> ConflictError:
    return ConflictError(
        "wave.village-has-begun",
        Text(
            "{village} tidak dapat dikeluarkan karena sudah ada kegiatan yang tercatat di sana. "
            "Tunda atau batalkan pemilihannya dengan keputusan.",
            village=village,
        ),
    )
