"""What is done to a sealed package: each act with two people, each alarm told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.inbox import notify_offices
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.logistics.models import Act, Handover, Package, ReturnLine, State
from pilkades.apps.logistics.selectors.custody import (
    get_opening,
    list_alarm_texts,
    list_returnable,
    read_facts,
)
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.logistics_custody import Alarm, CustodyAct, Scan, judge_scan
from pilkades.law.recipients import Matter
from pilkades.text import Text

_EVENTS = {
    CustodyAct.SEAL: "package.sealed",
    CustodyAct.HAND_OVER: "package.handed_over",
    CustodyAct.OPEN: "package.opened",
    CustodyAct.RETURN: "package.returned",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInput:
    """What the two people say."""

    act: CustodyAct
    giver: str
    taker: str
    place: str
    seals: tuple[str, ...] = ()
    is_intact: bool = True
    note: str = ""


@transaction.atomic
def record_scan(
    *, actor: Actor, now: datetime, package_uuid: UUID, expected_version: int, scan: ScanInput
) -> Handover:
    """Seal a package, hand it over, open it, or bring it back.

    Allowed: who sits in the committee of the village.
    Requires: two different names; the package as it was seen. Whoever scans second is told what the
    first one did. Also after the poll, and in an election that rests: the way back is recorded too.
    Effects: the act; where it says so an alarm, which the offices of the pack are told;
    `package.sealed|handed_over|opened|returned`, and `package.opened_early` or `package.alarmed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError,
    `Package.DoesNotExist`.
    """
    package, context = _lock_package(package_uuid)

    require_seat(actor, context)

    last = package.handovers.order_by("serial").last()
    opens_at, article = get_opening(context)
    facts = read_facts(package, last)
    custody = judge_scan(
        package=facts,
        scan=Scan(
            act=scan.act,
            giver=scan.giver,
            taker=scan.taker,
            seals=scan.seals,
            is_intact=scan.is_intact,
            at=now,
        ),
        opens_at=opens_at,
        article=article,
    )
    if package.version != expected_version:
        raise ConflictError(
            "package.stale",
            Text(
                "Paket ini baru saja dicatat orang lain. {last} Isian Anda belum disimpan dan "
                "masih ada di layar ini; simpan lagi hanya bila serah terimanya memang lain.",
                last=facts.last,
            ),
        )

    handover = _keep(package, actor, now, scan, custody.alarms, (last.serial if last else 0) + 1)
    package.state = State(custody.state.value)
    package.holder = " ".join(scan.taker.split())
    if scan.act is CustodyAct.SEAL or scan.seals:
        package.seals = list(scan.seals)
    package.alarms = list(dict.fromkeys([*package.alarms, *custody.alarms]))
    package.version += 1
    package.save(update_fields=["state", "holder", "seals", "alarms", "version"])

    _append_scan(package, handover, context, actor, now, scan)
    if custody.alarms:
        _raise_alarm(package, context, actor, now, custody.alarms, article)
    return handover


@transaction.atomic
def record_returns(
    *, actor: Actor, now: datetime, package_uuid: UUID, returned: Mapping[str, int]
) -> list[ReturnLine]:
    """Count what came back in a package after the poll.

    Allowed: who sits in the committee of the village.
    Requires: a package that came back and was not counted yet; never more than was sent.
    Effects: a line for every thing that had to come back; `package.counted`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, `Package.DoesNotExist`.
    """
    package, context = _lock_package(package_uuid)

    require_seat(actor, context)

    if package.state != State.RETURNED or package.returns.exists():
        raise ConflictError(
            "package.counted",
            Text(
                "Isi paket ini dihitung satu kali, setelah paketnya dicatat kembali. Muat ulang "
                "halaman paket untuk melihat keadaannya."
            ),
        )
    rows = list_returnable(context, package)
    for key, name, sent in rows:
        if not 0 <= returned.get(key, 0) <= sent:
            raise MalformedInputError(
                "package.returned",
                Text(
                    "{name} yang kembali tidak mungkin lebih dari yang dikirim ({sent}). Hitung "
                    "ulang.",
                    name=name,
                    sent=sent,
                ),
            )

    lines = ReturnLine.objects.bulk_create(
        ReturnLine(package=package, item_id=key, sent=sent, returned=returned.get(key, 0))
        for key, _name, sent in rows
    )

    append(
        event="package.counted",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"package:{package.uuid}",
        data={
            "number": package.number,
            "sent": sum(line.sent for line in lines),
            "returned": sum(line.returned for line in lines),
        },
    )
    return lines


def _lock_package(package_uuid: UUID) -> tuple[Package, VillageElection]:
    """The package behind the lock of its election: two phones write one after the other."""
    found = Package.objects.get(uuid=package_uuid)
    context = lock_village_election(found.election_id)
    return Package.objects.select_related("station").get(pk=found.pk), context


def _keep(
    package: Package,
    actor: Actor,
    now: datetime,
    scan: ScanInput,
    alarms: Sequence[Alarm],
    serial: int,
) -> Handover:
    return Handover.objects.create(
        package=package,
        serial=serial,
        act=Act(scan.act.value),
        giver=" ".join(scan.giver.split()),
        taker=" ".join(scan.taker.split()),
        place=scan.place.strip(),
        seals=list(scan.seals),
        is_intact=scan.is_intact,
        alarms=[alarm.value for alarm in alarms],
        note=scan.note.strip(),
        at=now,
        recorded_by_id=actor.user_id,
    )


def _append_scan(
    package: Package,
    handover: Handover,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    scan: ScanInput,
) -> None:
    append_sealed(
        event=_EVENTS[scan.act],
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"package:{package.uuid}",
        data={
            "number": package.number,
            "packing": package.packing,
            "station": package.station.number,
            "intact": scan.is_intact,
        },
        sealed={
            "giver": handover.giver,
            "taker": handover.taker,
            "place": handover.place,
            "seals": ", ".join(scan.seals),
            "note": handover.note,
        },
    )


def _raise_alarm(
    package: Package,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    alarms: Sequence[Alarm],
    article: str,
) -> None:
    is_early = Alarm.OPENED_EARLY in alarms
    append(
        event="package.opened_early" if is_early else "package.alarmed",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"package:{package.uuid}",
        article=article,
        data={
            "number": package.number,
            "station": package.station.number,
            "alarms": [alarm.value for alarm in alarms],
        },
    )
    notify_offices(
        pack=context.pack,
        election=context.election,
        matter=Matter.INCIDENT,
        subject=f"package:{package.uuid}",
        text=Text(
            "Desa {village}, TPS {station}, paket {number}: {alarms}",
            village=context.village.name,
            station=package.station.number,
            number=package.number,
            alarms=tuple(list_alarm_texts([alarm.value for alarm in alarms])),
        ),
        now=now,
        article=article,
    )
