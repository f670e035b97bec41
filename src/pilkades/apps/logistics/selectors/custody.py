"""Packages with what is known of them, and the hour before which none may be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.logistics.models import Act, Handover, Package
from pilkades.law.logistics import MaterialRules
from pilkades.law.logistics_custody import ALARM_TEXTS, Alarm, PackageFacts, PackageState
from pilkades.law.station import Phase, StationRules
from pilkades.text import Text

ACT_TEXTS: Mapping[str, Text] = {
    Act.SEAL: Text("disegel"),
    Act.HAND_OVER: Text("diserahkan"),
    Act.OPEN: Text("dibuka"),
    Act.RETURN: Text("dikembalikan"),
}


def list_packages(context: VillageElection) -> QuerySet[Package]:
    """All packages of an election in the order of their numbers."""
    return (
        Package.objects.filter(election=context.election)
        .select_related("station", "station__venue")
        .order_by("number")
    )


def get_package(context: VillageElection, package_uuid: UUID) -> Package:
    """One package of this election; raises `Package.DoesNotExist`."""
    return list_packages(context).get(uuid=package_uuid)


def list_handovers(package: Package) -> list[Handover]:
    """What happened to a package, first things first."""
    return list(package.handovers.select_related("recorded_by").order_by("serial"))


def read_facts(package: Package, last: Handover | None) -> PackageFacts:
    """A package as the law reads it."""
    return PackageFacts(
        state=PackageState(package.state),
        holder=package.holder,
        seals=tuple(package.seals),
        last=describe_last(last),
    )


def describe_last(last: Handover | None) -> Text:
    """What happened last, in one sentence."""
    if last is None:
        return Text("Paket ini baru disusun dan belum pernah disegel.")
    return Text(
        "Terakhir: {act} oleh {giver} kepada {taker} di {place}, {at}.",
        act=ACT_TEXTS[last.act],
        giver=last.giver,
        taker=last.taker,
        place=last.place,
        at=last.at,
    )


def get_opening(context: VillageElection) -> tuple[datetime, str]:
    """The first instant at which a package may be opened, and where that is written.

    It is the earliest hour of the opening procedure on polling day; where the procedure names
    none, the hour at which stations open.
    """
    rules = StationRules.from_pack(context.pack)
    acts = [act for act in rules.acts_of(Phase.OPENING) if act.not_before is not None]
    first = min(acts, key=lambda act: act.not_before, default=None)  # type: ignore[arg-type,return-value]
    clock = first.not_before if first and first.not_before else rules.opens_at
    article = first.article if first else rules.article("station.opens_at")
    return (
        datetime.combine(context.timetable.poll_date, clock, tzinfo=context.zone),
        article,
    )


def list_alarm_texts(alarms: Sequence[str]) -> list[Text]:
    """The alarms of a package in words."""
    return [ALARM_TEXTS[Alarm(name)] for name in alarms]


def list_names(context: VillageElection, package: Package | None = None) -> list[str]:
    """Names that a handover form offers: the committee, and whoever held the package before."""
    committee = find_committee(context.election)
    members = (
        [m.full_name for m in committee.members.all() if m.left_date is None] if committee else []
    )
    if package is None:
        return members
    known = [name for item in package.handovers.all() for name in (item.giver, item.taker)]
    return list(dict.fromkeys([*members, *known]))


def list_contents(context: VillageElection, package: Package) -> list[tuple[str, str, int]]:
    """The packing list: id, name and number of every thing, in the order of the pack."""
    rules = MaterialRules.from_pack(context.pack)
    named = [(item.id, item.name) for item in rules.materials if item.id in package.contents]
    rest = [(key, key) for key in package.contents if key not in {pair[0] for pair in named}]
    return [(key, name, package.contents[key]) for key, name in [*named, *rest]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRow:
    """What came back of one thing in one package; None where the package was not counted yet."""

    package: Package
    name: str
    sent: int
    returned: int | None

    @property
    def missing(self) -> int | None:
        return None if self.returned is None else self.sent - self.returned


def list_returns(context: VillageElection) -> list[ReturnRow]:
    """Everything that must come back, package by package; what is missing stands first."""
    rows = [
        ReturnRow(package=package, name=name, sent=sent, returned=_find_returned(package, key))
        for package in list_packages(context).prefetch_related("returns")
        for key, name, sent in list_returnable(context, package)
    ]
    return sorted(rows, key=lambda row: (-(row.missing or 0), row.package.number))


def _find_returned(package: Package, item_id: str) -> int | None:
    return next((line.returned for line in package.returns.all() if line.item_id == item_id), None)


def list_returnable(context: VillageElection, package: Package) -> list[tuple[str, str, int]]:
    """Of the packing list, what must come back after the poll."""
    rules = MaterialRules.from_pack(context.pack)
    wanted = {item.id for item in rules.materials if item.is_returned}
    return [row for row in list_contents(context, package) if row[0] in wanted]
