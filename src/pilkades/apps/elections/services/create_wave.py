"""Opens a wave: one poll date and one rule pack for the villages that will vote on that day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.access import DESK_ROLES
from pilkades.apps.elections.selectors.poll_dates import check_poll_date, refuse_errors
from pilkades.apps.elections.selectors.timetables import PackKey
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.services.change_villages import add_villages
from pilkades.apps.elections.services.deadlines import refresh_deadlines
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.regions.models import Regency
from pilkades.apps.regulations.selectors import (
    build_pack,
    get_adopted_version,
    list_approvals,
    list_shas,
)
from pilkades.errors import ConflictError
from pilkades.law.provisions import is_simulation_only
from pilkades.text import Text


@transaction.atomic
def create_wave(
    *,
    actor: Actor,
    now: datetime,
    regency_code: str,
    name: str,
    poll_date: date,
    pack_uuid: UUID,
    village_codes: Collection[str] = (),
    is_simulation: bool = False,
) -> Wave:
    """Make a wave, with villages or still without.

    Allowed: the regency desk of this regency.
    Requires: an adopted pack, a poll date the pack allows, villages of this regency that may vote
    and are in no other open wave of the same kind.
    Effects: the wave, a simulation where the pack lets it be nothing else; one election per
    village, deadlines in the inboxes. `wave.created`, `wave.villages_changed`.
    Raises: PermissionDenied, RuleViolationError, ConflictError, `PackVersion.DoesNotExist`.
    """
    # The regency's row is the lock under which waves are counted and names compared.
    regency = (
        Regency.objects.select_for_update(of=("self",))
        .select_related("province")
        .get(code=regency_code)
    )

    require_role(actor, DESK_ROLES, regency_code)

    version = get_adopted_version(region_code=regency_code, pack_uuid=pack_uuid)
    key = PackKey(list_shas(version), list_approvals(regency_code))
    # Nobody can declare in earnest what has no legal basis, or what a made-up pack rules.
    is_simulation = is_simulation or is_simulation_only(pack=build_pack(key.shas, key.approvals))
    findings = check_poll_date(
        key=key,
        regency_code=regency_code,
        poll_date=poll_date,
        today=get_local_date(now, regency),
        counts_as_wave=not is_simulation,
    )
    refuse_errors(findings)
    _refuse_double_name(regency_code, name.strip())

    wave = Wave.objects.create(
        regency=regency,
        name=name.strip(),
        poll_date=poll_date,
        pack=version,
        is_simulation=is_simulation,
        created_by_id=actor.user_id,
        created_at=now,
    )

    append_sealed(
        event="wave.created",
        actor=actor,
        at=now,
        region_code=regency_code,
        subject=f"wave:{wave.uuid}",
        data={
            "poll_date": poll_date.isoformat(),
            "pack_sha256": version.sha256,
            "is_simulation": is_simulation,
        },
        sealed={"name": wave.name},
    )
    if village_codes:
        add_villages(wave=wave, actor=actor, now=now, village_codes=village_codes)
        refresh_deadlines(wave=wave, now=now)
    return wave


def _refuse_double_name(regency_code: str, name: str) -> None:
    if Wave.objects.filter(regency_id=regency_code, name__iexact=name).exists():
        raise ConflictError(
            "wave.name-taken",
            Text(
                "Gelombang bernama “{name}” sudah ada di kabupaten/kota ini. Pakai nama lain, "
                "misalnya dengan tahun atau nomor gelombang. Isian lain tidak hilang.",
                name=name,
            ),
        )
