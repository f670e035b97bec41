"""The decree that appoints the teams: proposed by one, issued by whoever the pack says."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.documents import keep_document
from pilkades.apps.elections.services.marking import mark_step
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.apps.officers.models import (
    AppointmentDecree,
    DecreeState,
    OfficerState,
    StationOfficer,
    StationTeam,
)
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import (
    count_people,
    list_ready_teams,
    list_stations,
    list_team_views,
)
from pilkades.apps.officers.services.locks import save_team
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers_rules import Authority
from pilkades.ledger.leaf import Scalar
from pilkades.text import Text

FORMATION_STEP = "officers_formation"


@transaction.atomic
def propose_decree(*, actor: Actor, now: datetime, election_pk: int) -> AppointmentDecree:
    """Put every complete team without a decree into a proposal.

    Allowed: who sits in the committee.
    Requires: an election that runs; no other open proposal; at least one team in which nothing is
    missing, nobody is blocked and every warning has its reason.
    Effects: the proposal; its teams can no longer change. `officer.decree_proposed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    examiner = Examiner(context)
    views = list_team_views(context, examiner)
    ready = list_ready_teams(views)
    _require_no_open(context)
    if not ready:
        raise RuleViolationError(
            "officer.no-ready-team",
            Text(
                "Belum ada tim yang dapat diusulkan. Lengkapi kursinya, selesaikan halangan, dan "
                "tulis alasan atas peringatan."
            ),
            article=examiner.rules.appointment_article,
        )

    decree = AppointmentDecree.objects.create(
        election=context.election,
        authority=examiner.rules.authority.value,
        article=examiner.rules.appointment_article,
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    for view in ready:
        if view.team is not None:
            view.team.decree = decree
            save_team(view.team, fields=["decree"])

    append_sealed(
        event="officer.decree_proposed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"officer_decree:{decree.uuid}",
        article=decree.article,
        data={
            "stations": [view.station.number for view in ready],
            "officers": count_people(ready),
        },
        sealed={},
    )
    return decree


@transaction.atomic
def withdraw_decree(
    *, actor: Actor, now: datetime, decree_uuid: UUID, expected_version: int, reason: str
) -> AppointmentDecree:
    """Take a proposal back, so that its teams can change again.

    Allowed: who sits in the committee.
    Requires: a proposal that is not issued yet.
    Effects: the teams stand without a decree. `officer.decree_withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    decree, context = _lock(decree_uuid, expected_version)

    require_seat(actor, context)

    for team in decree.teams.all():
        team.decree = None
        save_team(team, fields=["decree"])
    decree.state = DecreeState.WITHDRAWN
    _save(decree, ["state"])

    append_sealed(
        event="officer.decree_withdrawn",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"officer_decree:{decree.uuid}",
        article=decree.article,
        sealed={"reason": reason},
    )
    return decree


@transaction.atomic
def issue_decree(
    *,
    actor: Actor,
    now: datetime,
    decree_uuid: UUID,
    expected_version: int,
    number: str,
    decree_date: date,
    signer_name: str,
    scan: bytes = b"",
) -> AppointmentDecree:
    """Appoint the proposed teams by number and date of the signed decree.

    Allowed: the chair of the committee, where the pack says committee. The village head, where it
    says village head; without an account of the village head somebody of the committee records
    the signed paper, with its scan.
    Requires: another person than proposed it; a decree of today or earlier; teams against which
    nothing has come up since.
    Effects: every officer of its teams is appointed; with the last station the step of the
    timetable is done. `officer.decree_issued`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    decree, context = _lock(decree_uuid, expected_version)

    _authorise(actor, context, decree, has_scan=bool(scan))

    _require_second_person(actor, decree)
    _require_past(decree_date, context.local_date(now))
    _require_still_clear(context, decree)

    decree.state = DecreeState.ISSUED
    decree.number, decree.decree_date, decree.signer_name = number, decree_date, signer_name
    decree.issued_by_id, decree.issued_at = actor.user_id, now
    decree.file = keep_document(scan, name="SK petugas TPS") if scan else None
    _save(
        decree,
        ["state", "number", "decree_date", "signer_name", "issued_by", "issued_at", "file"],
    )
    stations, count = _appoint(decree)
    _mark_formation(context, actor, now, decree_date)

    append_sealed(
        event="officer.decree_issued",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"officer_decree:{decree.uuid}",
        article=decree.article,
        data={"stations": stations, "officers": count, "decree_date": decree_date.isoformat()},
        sealed={"number": number, "signer": signer_name},
    )
    return decree


def may_issue(actor: Actor, context: VillageElection, decree: AppointmentDecree) -> bool:
    """Whether the page of issuing opens for this actor."""
    try:
        _authorise(actor, context, decree, has_scan=True)
    except PermissionDenied:
        return False
    return actor.user_id != decree.proposed_by_id


def _lock(decree_uuid: UUID, expected_version: int) -> tuple[AppointmentDecree, VillageElection]:
    election_pk = AppointmentDecree.objects.values_list("election_id", flat=True).get(
        uuid=decree_uuid
    )
    context = lock_village_election(election_pk)
    decree = AppointmentDecree.objects.prefetch_related("teams__station").get(uuid=decree_uuid)
    if decree.version != expected_version or decree.state != DecreeState.PROPOSED:
        raise ConflictError(
            "officer.decree-stale",
            Text(
                "Usulan SK ini sudah ditetapkan, ditarik, atau diubah orang lain. Isian Anda belum "
                "disimpan. Muat ulang halaman SK."
            ),
        )
    return decree, context


def _save(decree: AppointmentDecree, fields: list[str]) -> None:
    decree.version += 1
    decree.save(update_fields=[*fields, "version"])


def _authorise(
    actor: Actor, context: VillageElection, decree: AppointmentDecree, *, has_scan: bool
) -> None:
    if decree.authority == Authority.COMMITTEE:
        require_chair(actor, context)
        return
    if has_role(actor, (Role.VILLAGE_HEAD,), context.village_code):
        return
    require_seat(actor, context)
    if not has_scan:
        raise MalformedInputError(
            "officer.decree-scan",
            Text(
                "SK ini ditandatangani kepala desa. Unggah pindaian SK yang sudah ditandatangani, "
                "atau minta kepala desa menetapkannya dengan akunnya sendiri."
            ),
        )


def _require_no_open(context: VillageElection) -> None:
    if context.election.officer_decrees.filter(state=DecreeState.PROPOSED).exists():
        raise ConflictError(
            "officer.decree-open",
            Text("Masih ada usulan SK yang menunggu. Tetapkan atau tarik usulan itu dahulu."),
        )


def _require_second_person(actor: Actor, decree: AppointmentDecree) -> None:
    if actor.user_id == decree.proposed_by_id:
        raise RuleViolationError(
            "officer.decree-second-person",
            Text(
                "Yang mengusulkan tidak menetapkan. Minta orang lain memeriksa dan menetapkan SK "
                "ini."
            ),
            article=decree.article,
        )


def _require_past(day: date, today: date) -> None:
    if day > today:
        raise MalformedInputError(
            "officer.decree-date",
            Text("Tanggal {day} belum tiba. Periksa tanggal pada surat keputusan.", day=day),
        )


def _require_still_clear(context: VillageElection, decree: AppointmentDecree) -> None:
    """A candidate or agent may have appeared between proposal and decree."""
    numbers = {team.station_id for team in decree.teams.all()}
    unclear = [
        view
        for view in list_team_views(context)
        if view.station.pk in numbers and not view.is_ready
    ]
    if unclear:
        raise RuleViolationError(
            "officer.decree-unclear",
            Text(
                "Sejak diusulkan muncul benturan atau kursi kosong di {stations}. Tarik usulan "
                "ini, perbaiki, lalu usulkan lagi.",
                stations=tuple(view.name for view in unclear),
            ),
            article=decree.article,
        )


def _appoint(decree: AppointmentDecree) -> tuple[list[Scalar], int]:
    teams: list[StationTeam] = list(decree.teams.all())
    officers = StationOfficer.objects.filter(team__in=teams, state=OfficerState.NAMED)
    count = 0
    for officer in officers:
        officer.state = OfficerState.APPOINTED
        officer.version += 1
        officer.save(update_fields=["state", "version"])
        count += 1
    for team in teams:
        save_team(team, fields=[])
    return [team.station.number for team in teams], count


def _mark_formation(
    context: VillageElection, actor: Actor, now: datetime, decree_date: date
) -> None:
    """The step ends when no station is left without an appointed team."""
    appointed = StationTeam.objects.filter(
        station__election=context.election, decree__state=DecreeState.ISSUED
    ).count()
    if appointed < list_stations(context).count():
        return
    mark_step(
        election=context.election,
        step_id=FORMATION_STEP,
        actor=actor,
        now=now,
        finished_on=decree_date,
    )
