"""The oath of a station's officers, on the record with place, time and who administered it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import OfficerState, StationOath, StationOfficer
from pilkades.apps.officers.services.locks import lock_team, save_officer, save_team
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.officers_rules import OfficerRules
from pilkades.text import Text


@transaction.atomic
def record_oath(
    *,
    actor: Actor,
    now: datetime,
    team_uuid: UUID,
    expected_version: int,
    taken_at: datetime,
    place: str,
    administered_by: str,
    administered_as: str,
    officer_uuids: list[UUID],
) -> StationOath:
    """Record that appointed officers took their oath; those who came later take it again alone.

    Allowed: who sits in the committee.
    Requires: officers of this team who are appointed and not sworn; a moment that has passed.
    Effects: the oath and who took it. `officer.oath_taken`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    team, context = lock_team(team_uuid=team_uuid, expected_version=expected_version)

    require_seat(actor, context)

    rules = OfficerRules.from_pack(context.pack)
    officers = list(
        StationOfficer.objects.filter(team=team, uuid__in=officer_uuids, oath__isnull=True)
    )
    _require_appointed(officers, officer_uuids, rules)
    if taken_at > now:
        raise MalformedInputError(
            "officer.oath-date", Text("Waktu sumpah belum tiba. Periksa tanggal dan jamnya.")
        )

    oath = StationOath.objects.create(
        team=team,
        taken_at=taken_at,
        place=place,
        administered_by=administered_by,
        administered_as=administered_as,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )
    for officer in officers:
        officer.oath = oath
        save_officer(officer, fields=["oath"])
    save_team(team, fields=[])

    append_sealed(
        event="officer.oath_taken",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"station_team:{team.uuid}",
        article=rules.oath_article,
        data={"station": team.station.number, "officers": len(officers)},
        sealed={"place": place, "administered_by": administered_by},
    )
    return oath


def _require_appointed(
    officers: list[StationOfficer], asked: list[UUID], rules: OfficerRules
) -> None:
    if not asked or len(officers) != len(set(asked)):
        raise MalformedInputError(
            "officer.oath-people",
            Text("Pilih petugas yang mengucapkan sumpah; yang sudah disumpah tidak dipilih lagi."),
        )
    if any(item.state != OfficerState.APPOINTED for item in officers):
        raise RuleViolationError(
            "officer.oath-before-decree",
            Text("Sumpah diambil sesudah pengangkatan. Tetapkan dahulu SK-nya."),
            article=rules.oath_article,
        )
