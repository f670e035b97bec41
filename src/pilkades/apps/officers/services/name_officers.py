"""The committee names officers for the seats of a station, corrects and removes them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import OfficerState, StationOfficer, StationTeam
from pilkades.apps.officers.selectors.standing import find_other_station
from pilkades.apps.officers.services.locks import (
    append_officer_event,
    lock_officer,
    lock_team,
    save_officer,
    save_team,
)
from pilkades.apps.officers.services.people import Person, check_person
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers import require_one_station
from pilkades.law.officers_rules import OfficerRules, SeatKind
from pilkades.text import Text

PERSON_COLUMNS = [
    "full_name",
    "nik",
    "nik_index",
    "sex",
    "birth_place",
    "birth_date",
    "address",
    "phone",
]


@transaction.atomic
def form_team(*, actor: Actor, now: datetime, station_uuid: UUID) -> StationTeam:
    """Open the team of a station, still without people; opening it again changes nothing.

    Allowed: who sits in the committee.
    Effects: the team. Its first event is that of the first officer.
    Raises: PermissionDenied, RuleViolationError, `PollingStation.DoesNotExist`.
    """
    station = PollingStation.objects.get(uuid=station_uuid)
    context = lock_village_election(station.election_id)

    require_seat(actor, context)

    require_running(context)

    team, _ = StationTeam.objects.select_related("station", "decree").get_or_create(
        station=station, defaults={"formed_by_id": actor.user_id, "formed_at": now}
    )
    return team


@transaction.atomic
def name_officer(
    *,
    actor: Actor,
    now: datetime,
    team_uuid: UUID,
    expected_version: int,
    kind: SeatKind,
    number: int,
    person: Person,
) -> StationOfficer:
    """Put a person into a free seat of a team that has no decree yet, or into its reserve.

    Allowed: who sits in the committee.
    Requires: the team as the actor saw it; a free seat that the pack knows; a person who serves
    at no other station.
    Effects: the officer, sealed. `officer.named`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    team, context = lock_team(team_uuid=team_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_running(context)
    rules = OfficerRules.from_pack(context.pack)
    require_before_decree(team, rules, kind)
    check_person(person, today=context.local_date(now))
    _require_seat_of_pack(rules, kind, number)
    require_one_station(
        rules=rules, other_station=find_other_station(context=context, nik=person.nik)
    )

    officer = create_officer(context, team, kind, number, person, actor=actor, now=now)
    save_team(team, fields=[])

    append_officer_event(
        event="officer.named",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=rules.appointment_article,
        sealed={"name": officer.full_name},
    )
    return officer


@transaction.atomic
def correct_officer(
    *,
    actor: Actor,
    now: datetime,
    officer_uuid: UUID,
    expected_version: int,
    person: Person,
) -> StationOfficer:
    """Put the identity of an officer right.

    Allowed: who sits in the committee.
    Requires: the officer as the actor saw it; a NIK that serves nowhere else; no decree yet, since
    an appointed person is substituted and not rewritten into another.
    Effects: the new identity. `officer.corrected`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    officer, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    rules = OfficerRules.from_pack(context.pack)
    require_before_decree(officer.team, rules, SeatKind(officer.kind))
    check_person(person, today=context.local_date(now))
    require_one_station(
        rules=rules,
        other_station=find_other_station(context=context, nik=person.nik, officer_pk=officer.pk),
    )

    before = officer.full_name
    _fill(officer, person)
    try:
        with transaction.atomic():
            save_officer(officer, fields=PERSON_COLUMNS)
    except IntegrityError as error:
        raise _someone_was_first() from error

    append_officer_event(
        event="officer.corrected",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=rules.appointment_article,
        sealed={"name_before": before, "name": officer.full_name},
    )
    return officer


@transaction.atomic
def remove_officer(
    *, actor: Actor, now: datetime, officer_uuid: UUID, expected_version: int, reason: str
) -> StationOfficer:
    """Take a named person out of the team again, or a reserve at any time.

    Allowed: who sits in the committee.
    Requires: no decree yet (afterwards a seat changes hands by substitution), or a reserve.
    Effects: the seat is free; the row stays with its reason. `officer.removed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    officer, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    rules = OfficerRules.from_pack(context.pack)
    require_before_decree(officer.team, rules, SeatKind(officer.kind))

    end_officer(officer, now=now, reason=reason)
    save_team(officer.team, fields=[])

    append_officer_event(
        event="officer.removed",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=rules.appointment_article,
        sealed={"name": officer.full_name, "reason": reason},
    )
    return officer


def create_officer(
    context: VillageElection,
    team: StationTeam,
    kind: SeatKind,
    number: int,
    person: Person,
    *,
    actor: Actor,
    now: datetime,
    state: OfficerState = OfficerState.NAMED,
) -> StationOfficer:
    """The row of a person in a seat; the database refuses a second person or a second seat."""
    officer = StationOfficer(
        election=context.election,
        team=team,
        kind=kind.value,
        number=number,
        state=state,
        named_by_id=actor.user_id,
        named_at=now,
    )
    _fill(officer, person)
    try:
        with transaction.atomic():
            officer.save()
    except IntegrityError as error:
        raise _someone_was_first() from error
    return officer


def end_officer(officer: StationOfficer, *, now: datetime, reason: str) -> None:
    """Free the seat of an officer; the row stays."""
    officer.state, officer.ended_at, officer.ended_reason = OfficerState.ENDED, now, reason
    save_officer(officer, fields=["state", "ended_at", "ended_reason"])


def require_before_decree(team: StationTeam, rules: OfficerRules, kind: SeatKind) -> None:
    """Refuse a change of a team that is in a decree; its reserve may still grow and shrink."""
    if team.decree is None or (team.is_appointed and kind is SeatKind.RESERVE):
        return
    text = (
        Text(
            "Tim ini sudah diangkat dengan SK. Perubahan dilakukan dengan penggantian petugas, "
            "supaya riwayatnya tercatat."
        )
        if team.is_appointed
        else Text(
            "Tim ini sedang diusulkan untuk diangkat. Tarik dahulu usulannya, ubah, lalu usulkan "
            "lagi."
        )
    )
    raise RuleViolationError("officer.in-decree", text, article=rules.appointment_article)


def _require_seat_of_pack(rules: OfficerRules, kind: SeatKind, number: int) -> None:
    if (kind, number) not in set(rules.list_seats()):
        raise MalformedInputError(
            "officer.seat",
            Text("Kursi ini tidak ada dalam susunan petugas menurut paket aturan."),
        )


def _fill(officer: StationOfficer, person: Person) -> None:
    officer.full_name = person.full_name
    officer.nik = person.nik
    officer.sex = person.sex
    officer.birth_place = person.birth_place
    officer.birth_date = person.birth_date.isoformat()
    officer.address = person.address
    officer.phone = person.phone


def _someone_was_first() -> ConflictError:
    return ConflictError(
        "officer.taken",
        Text(
            "Kursi ini atau orang ini baru saja diisi oleh anggota panitia lain. Isian Anda belum "
            "disimpan dan masih ada di layar ini. Periksa susunan terbaru."
        ),
    )
