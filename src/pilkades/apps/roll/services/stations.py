"""Stations in their venues, and the desks and boxes in a station."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.models import PollingStation, StationKind, Venue
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.roll.models import RollEntry, StationTerritory
from pilkades.apps.roll.services.venues import (
    begin_act,
    delete_unused,
    get_load_article,
    refuse_stale,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.station_loads import StationLoadRules
from pilkades.text import Text

STATIONS_AT_ONCE_MAX = 40
NUMBER_MAX = 999


@transaction.atomic
def add_stations(
    *,
    actor: Actor,
    now: datetime,
    venue_uuid: UUID,
    kind: StationKind = StationKind.STATION,
    count: int = 1,
    parent_uuid: UUID | None = None,
) -> list[PollingStation]:
    """Add stations to a venue, or desks and boxes to a station; numbers go on from the highest.

    Allowed: who sits in the committee.
    Requires: an election that runs; for desks and boxes their station, of the same venue.
    Effects: the stations. `station.added`.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    venue = Venue.objects.get(uuid=venue_uuid)
    context = begin_act(actor, now, venue.election_id, adds_only=True)

    parent = _find_parent(venue, kind, parent_uuid)
    if not 1 <= count <= STATIONS_AT_ONCE_MAX:
        text = Text("Isi 1 sampai {most} sekaligus.", most=STATIONS_AT_ONCE_MAX)
        raise MalformedInputError("station.count", text)

    return _add(actor, now, context, venue=venue, kind=kind, count=count, parent=parent)


@transaction.atomic
def add_hamlet_boxes(*, actor: Actor, now: datetime, station_uuid: UUID) -> list[PollingStation]:
    """Give the only station of a village one box for every hamlet.

    Allowed: who sits in the committee.
    Requires: an election that runs; a pack that allows it; one station, without boxes; hamlets.
    Effects: the boxes, each with its hamlet as territory. `station.added`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    station = PollingStation.objects.select_related("venue").get(uuid=station_uuid)
    context = begin_act(actor, now, station.election_id, adds_only=True)

    hamlets = list(list_hamlets(context.village_code))
    _check_hamlet_boxes(context, station, hamlets)

    boxes = _add(
        actor,
        now,
        context,
        venue=station.venue,
        kind=StationKind.BOX,
        count=len(hamlets),
        parent=station,
    )
    StationTerritory.objects.bulk_create(
        StationTerritory(station=box, hamlet=hamlet)
        for box, hamlet in zip(boxes, hamlets, strict=True)
    )
    return boxes


@transaction.atomic
def change_station(
    *,
    actor: Actor,
    now: datetime,
    station_uuid: UUID,
    expected_version: int,
    number: int,
    venue_uuid: UUID,
) -> PollingStation:
    """Another number for a station, or another venue; its desks and boxes go along.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; the station as it was seen; a free number.
    Effects: both. `station.changed`. Its voters stay with it.
    Raises: PermissionDenied, MalformedInputError, ConflictError, RuleViolationError.
    """
    station = PollingStation.objects.get(uuid=station_uuid)
    context = begin_act(actor, now, station.election_id)
    station.refresh_from_db()

    if station.version != expected_version:
        raise refuse_stale()
    venue = _find_venue(context, venue_uuid)
    if station.parent_id is not None and venue.pk != station.venue_id:
        text = Text("Meja atau kotak berada di tempat TPS-nya; pindahkan TPS-nya.")
        raise MalformedInputError("station.venue", text)
    _check_number(station, number)

    before = station.number
    station.number, station.venue = number, venue
    station.version += 1
    station.save()
    station.parts.update(venue=venue)

    append(
        event="station.changed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"station:{station.uuid}",
        article=get_load_article(context),
        data={
            "kind": station.kind,
            "number": number,
            "number_before": before,
            "venue": str(venue.uuid),
        },
    )
    return station


@transaction.atomic
def remove_station(*, actor: Actor, now: datetime, station_uuid: UUID) -> None:
    """Take away a station, desk or box without voters.

    Allowed: who sits in the committee.
    Requires: a roll that is not locked; no voters, and nothing else that hangs on it.
    Effects: it is gone. `station.removed`. Struck voters lose it, since they vote nowhere.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    station = PollingStation.objects.get(uuid=station_uuid)
    context = begin_act(actor, now, station.election_id)

    here = RollEntry.objects.filter(station=station)
    if voters := here.filter(is_removed=False).count():
        text = Text(
            "{station} masih berisi {voters} pemilih. Pindahkan mereka lebih dahulu.",
            station=str(station),
            voters=voters,
        )
        raise ConflictError("station.voters", text)
    here.update(station=None)
    uuid, kind, number = station.uuid, station.kind, station.number
    text = Text(
        "{station} masih dipakai: ada meja, kotak, petugas, atau perlengkapan yang tercatat di "
        "sana.",
        station=str(station),
    )
    delete_unused(station, text)

    append(
        event="station.removed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"station:{uuid}",
        article=get_load_article(context),
        data={"kind": kind, "number": number},
    )


def _add(
    actor: Actor,
    now: datetime,
    context: VillageElection,
    *,
    venue: Venue,
    kind: StationKind,
    count: int,
    parent: PollingStation | None,
) -> list[PollingStation]:
    numbers = PollingStation.objects.filter(election=context.election, kind=kind)
    highest = max(numbers.values_list("number", flat=True), default=0)
    if highest + count > NUMBER_MAX:
        text = Text("Nomor paling tinggi {most}.", most=NUMBER_MAX)
        raise MalformedInputError("station.number", text)
    made = [
        PollingStation.objects.create(
            election=context.election,
            venue=venue,
            parent=parent,
            kind=kind,
            number=highest + place + 1,
        )
        for place in range(count)
    ]
    append(
        event="station.added",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=get_load_article(context),
        data={
            "kind": str(kind.value),
            "count": count,
            "numbers": [station.number for station in made],
        },
    )
    return made


def _find_parent(
    venue: Venue, kind: StationKind, parent_uuid: UUID | None
) -> PollingStation | None:
    if kind == StationKind.STATION:
        return None
    stations = PollingStation.objects.filter(venue=venue, kind=StationKind.STATION)
    found = stations.filter(uuid=parent_uuid).first() if parent_uuid else None
    if found is None:
        text = Text("Pilih TPS tempat meja atau kotak itu berada.")
        raise MalformedInputError("station.parent", text)
    if found.parts.exclude(kind=kind).exists():
        text = Text("Satu TPS dibagi menurut meja atau menurut kotak, tidak keduanya.")
        raise ConflictError("station.parts", text)
    return found


def _find_venue(context: VillageElection, venue_uuid: UUID) -> Venue:
    found = Venue.objects.filter(election=context.election, uuid=venue_uuid).first()
    if found is None:
        raise MalformedInputError("station.venue", Text("Tempat itu tidak ada."))
    return found


def _check_number(station: PollingStation, number: int) -> None:
    if not 1 <= number <= NUMBER_MAX:
        text = Text("Nomor 1 sampai {most}.", most=NUMBER_MAX)
        raise MalformedInputError("station.number", text)
    others = PollingStation.objects.exclude(pk=station.pk)
    same = others.filter(election=station.election_id, kind=station.kind, number=number)
    if same.exists():
        raise ConflictError("station.number", Text("Nomor {number} sudah dipakai.", number=number))


def _check_hamlet_boxes(
    context: VillageElection, station: PollingStation, hamlets: Sequence[Hamlet]
) -> None:
    rules = StationLoadRules.from_pack(context.pack)
    if not rules.is_box_per_hamlet_allowed:
        text = Text("Peraturan kabupaten tidak membolehkan satu kotak per dusun.")
        raise RuleViolationError("station.box_per_hamlet", text, article=rules.box_article)
    stations = PollingStation.objects.filter(
        election=context.election, kind=StationKind.STATION
    ).count()
    if stations != 1 or station.kind != StationKind.STATION:
        text = Text("Satu kotak per dusun hanya untuk desa dengan satu TPS.")
        raise ConflictError("station.not-single", text)
    if station.parts.exists():
        raise ConflictError("station.parts", Text("TPS ini sudah dibagi; hapus bagiannya dulu."))
    if not hamlets:
        raise ConflictError("station.hamlets", Text("Dusun desa ini belum dicatat."))
