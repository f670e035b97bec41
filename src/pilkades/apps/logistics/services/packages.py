"""Making up the packages of every station from the bill of materials."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import lock_village_election
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.logistics.models import Package, PackingKind, State
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text

LOGISTICS_STEP = "logistics"


@transaction.atomic
def prepare_packages(*, actor: Actor, now: datetime, election_pk: int) -> list[Package]:
    """Make up the packages of every station that lacks them, with their packing lists.

    Allowed: who sits in the committee of the village.
    Requires: stations with voters; a pack that lists what is packed. Packages that are already made
    up and not yet sealed get today's numbers; sealed ones stay as they are.
    Effects: packages with random codes; `packages.prepared`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    facts = LogisticsFacts(context)
    if facts.is_estimate or not facts.rules.materials:
        raise RuleViolationError(
            "logistics.no-stations",
            Text(
                "Paket disusun setelah pemilih dibagi ke TPS dan paket aturan memuat daftar "
                "kebutuhan. Bagi dahulu pemilih dalam daftar pemilih."
            ),
            article=context.article_of(LOGISTICS_STEP),
        )
    wanted = _list_contents(facts)
    existing = {
        (item.station_id, item.packing): item
        for item in Package.objects.filter(election=context.election)
    }
    made = [key for key in wanted if key not in existing]
    renewed = [
        item
        for key, item in existing.items()
        if item.state == State.PREPARED and wanted.get(key, item.contents) != item.contents
    ]
    if not made and not renewed:
        raise ConflictError(
            "packages.complete",
            Text("Semua paket sudah disusun dengan jumlah terbaru. Tidak ada yang berubah."),
        )

    packages = _create(context.election.pk, actor, now, {key: wanted[key] for key in made})
    for item in renewed:
        item.contents = wanted[item.station_id, item.packing]
        item.version += 1
        item.save(update_fields=["contents", "version"])

    append(
        event="packages.prepared",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=context.article_of(LOGISTICS_STEP),
        data={"made": len(packages), "renewed": len(renewed)},
    )
    return packages


def _list_contents(facts: LogisticsFacts) -> dict[tuple[int, str], dict[str, int]]:
    """What belongs into each package: (station, kind) to things and numbers."""
    wanted: dict[tuple[int, str], dict[str, int]] = {}
    for station in facts.real_stations:
        for packing in PackingKind.values:
            contents = {
                line.material.id: amount.total
                for line in facts.goods
                if line.material.packing == packing
                and (amount := line.by_station.get(str(station.pk))) is not None
                and amount.total
            }
            if contents:
                wanted[station.pk, packing] = contents
    return wanted


def _create(
    election_pk: int, actor: Actor, now: datetime, made: Mapping[tuple[int, str], dict[str, int]]
) -> list[Package]:
    last = (
        Package.objects.filter(election_id=election_pk)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return Package.objects.bulk_create(
        Package(
            election_id=election_pk,
            station_id=station_pk,
            packing=packing,
            number=number,
            contents=contents,
            prepared_by_id=actor.user_id,
            prepared_at=now,
        )
        for number, ((station_pk, packing), contents) in enumerate(
            made.items(), start=(last or 0) + 1
        )
    )
