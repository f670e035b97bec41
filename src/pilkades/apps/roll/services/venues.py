"""Venues: the halls, schools and fields where people vote; and what acts on places share."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import PollingStation, Venue
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.roll.services.rolls import lock_roll_of, require_open
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.station_loads import StationLoadRules
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueInput:
    """A venue as somebody describes it; degrees both or neither."""

    name: str
    address: str = ""
    hamlet: Hamlet | None = None
    latitude_degrees: float | None = None
    longitude_degrees: float | None = None


@transaction.atomic
def add_venue(*, actor: Actor, now: datetime, election_pk: int, venue: VenueInput) -> Venue:
    """Name one more place where people vote.

    Allowed: who sits in the committee.
    Requires: an election that runs; a name that no venue of it bears.
    Effects: the venue. `venue.added`; what was typed is a commitment.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    context = begin_act(actor, now, election_pk, adds_only=True)

    _check_venue(context, venue)

    made = Venue(election=context.election)
    _save_venue(made, venue)

    _append_venue("venue.added", actor, now, context, made)
    return made


@transaction.atomic
def change_venue(
    *, actor: Actor, now: datetime, venue_uuid: UUID, expected_version: int, venue: VenueInput
) -> Venue:
    """Describe a venue anew.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; the venue as it was seen.
    Effects: the new description. `venue.changed`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    found = Venue.objects.get(uuid=venue_uuid)
    context = begin_act(actor, now, found.election_id)
    found.refresh_from_db()

    if found.version != expected_version:
        raise refuse_stale()
    _check_venue(context, venue)

    found.version += 1
    _save_venue(found, venue)

    _append_venue("venue.changed", actor, now, context, found)
    return found


@transaction.atomic
def remove_venue(*, actor: Actor, now: datetime, venue_uuid: UUID) -> None:
    """Take away a venue in which there is no station.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; nothing that hangs on the venue.
    Effects: it is gone. `venue.removed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    found = Venue.objects.get(uuid=venue_uuid)
    context = begin_act(actor, now, found.election_id)

    uuid, name = found.uuid, found.name
    delete_unused(
        found, Text("Tempat {name} masih dipakai; pindahkan atau hapus TPS-nya.", name=name)
    )

    append_sealed(
        event="venue.removed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{uuid}",
        article=get_load_article(context),
        sealed={"name": name},
    )


def begin_act(
    actor: Actor, now: datetime, election_pk: int, *, adds_only: bool = False
) -> VillageElection:
    """Lock and authorise, the first two beats of every act here.

    What is only added, is added beside a locked roll too: its voters need a station (ADR 0112).
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    roll = lock_roll_of(context, now=now)
    if adds_only:
        require_running(context)
    else:
        require_open(roll, context)
    return context


def delete_unused(row: Venue | PollingStation, text: Text) -> None:
    try:
        row.delete()
    except ProtectedError as error:
        raise ConflictError("station.in-use", text) from error


def refuse_stale() -> ConflictError:
    return ConflictError(
        "station.stale",
        Text("Data ini sudah diubah orang lain. Periksa keadaan terbaru, lalu simpan lagi."),
    )


def get_load_article(context: VillageElection) -> str:
    return StationLoadRules.from_pack(context.pack).article


def _check_venue(context: VillageElection, venue: VenueInput) -> None:
    if not venue.name.strip():
        raise MalformedInputError("venue.name", Text("Tulis nama tempatnya."))
    if (venue.latitude_degrees is None) != (venue.longitude_degrees is None):
        text = Text("Isi lintang dan bujur keduanya, atau kosongkan keduanya.")
        raise MalformedInputError("venue.coordinates", text)
    if venue.hamlet is not None and venue.hamlet.village_id != context.village_code:
        raise MalformedInputError("venue.hamlet", Text("Dusun itu bukan dusun desa ini."))


def _save_venue(venue: Venue, given: VenueInput) -> None:
    venue.name, venue.address = " ".join(given.name.split()), " ".join(given.address.split())
    venue.hamlet = given.hamlet
    venue.latitude_degrees = given.latitude_degrees
    venue.longitude_degrees = given.longitude_degrees
    try:
        with transaction.atomic():
            venue.save()
    except IntegrityError as error:
        text = Text("Tempat bernama {name} sudah ada.", name=venue.name)
        raise ConflictError("venue.name", text) from error


def _append_venue(
    event: str, actor: Actor, now: datetime, context: VillageElection, venue: Venue
) -> None:
    place = f"{venue.address}\n{venue.latitude_degrees} {venue.longitude_degrees}"
    append_sealed(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"venue:{venue.uuid}",
        article=get_load_article(context),
        sealed={"name": venue.name, "place": place},
    )
