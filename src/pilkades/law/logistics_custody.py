"""What a scan of a sealed package means, and what will be missing (rantai serah terima).

Law: silent. Permendagri 112/2014 asks that equipment reach the station in time and that ballots be
counted at the opening; how a package travels is practice. Decisions here: every handover names two
different people; a package that was opened before the opening of the station, or whose seal is
broken or bears another number, is recorded all the same and raises an alarm, since hiding what
happened would be worse than what happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.text import Text


class PackageState(StrEnum):
    """Where a package stands (keadaan paket)."""

    PREPARED = "prepared"
    SEALED = "sealed"
    UNDERWAY = "underway"
    OPENED = "opened"
    RETURNED = "returned"


class CustodyAct(StrEnum):
    """What is done to a package (tindakan)."""

    SEAL = "seal"
    HAND_OVER = "hand_over"
    OPEN = "open"
    RETURN = "return"


class Alarm(StrEnum):
    """What is wrong with a package (tanda bahaya)."""

    OPENED_EARLY = "opened_early"
    SEAL_BROKEN = "seal_broken"
    SEAL_DIFFERS = "seal_differs"
    CHAIN_GAP = "chain_gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFacts:
    """A package before the scan: its state, who holds it, its seals and what is known of the last.

    `last` says in one sentence what happened last, for whoever scans a second time.
    """

    state: PackageState
    holder: str
    seals: tuple[str, ...]
    last: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What two people say at a handover: who gave, who took, what the seals look like."""

    act: CustodyAct
    giver: str
    taker: str
    seals: tuple[str, ...]
    is_intact: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Custody:
    """The decision: where the package stands now, and every alarm."""

    state: PackageState
    alarms: tuple[Alarm, ...]


_FROM = {
    CustodyAct.SEAL: (PackageState.PREPARED,),
    CustodyAct.HAND_OVER: (PackageState.SEALED, PackageState.UNDERWAY),
    CustodyAct.OPEN: (PackageState.SEALED, PackageState.UNDERWAY),
    CustodyAct.RETURN: (PackageState.SEALED, PackageState.UNDERWAY, PackageState.OPENED),
}
_TO = {
    CustodyAct.SEAL: PackageState.SEALED,
    CustodyAct.HAND_OVER: PackageState.UNDERWAY,
    CustodyAct.OPEN: PackageState.OPENED,
    CustodyAct.RETURN: PackageState.RETURNED,
}
ALARM_TEXTS = {
    Alarm.OPENED_EARLY: Text("Paket dibuka sebelum jam pembukaan TPS."),
    Alarm.SEAL_BROKEN: Text("Segel rusak atau tidak utuh."),
    Alarm.SEAL_DIFFERS: Text("Nomor segel tidak sama dengan yang tercatat."),
    Alarm.CHAIN_GAP: Text("Yang menyerahkan bukan pemegang terakhir yang tercatat."),
}


def list_acts(state: PackageState) -> tuple[CustodyAct, ...]:
    """What can be done to a package in this state."""
    return tuple(act for act, states in _FROM.items() if state in states)


def judge_scan(*, package: PackageFacts, scan: Scan, opens_at: datetime, article: str) -> Custody:
    """Decide what a scan does to a package.

    Law: silent; two different names for each handover, and an opening before `opens_at`
    (the first hour that the pack's opening procedure allows) is an alarm and no refusal.

    Raises: ConflictError `custody.already-held`, `custody.state`; RuleViolationError
    `custody.two-names`; MalformedInputError `custody.no-seal`.
    """
    if not names_differ(scan.giver, scan.taker):
        raise RuleViolationError(
            "custody.two-names",
            Text(
                "Yang menyerahkan dan yang menerima harus dua orang yang berbeda; tercatat sama: "
                "{name}. Tulis nama orang kedua. Belum ada yang tersimpan.",
                name=scan.giver,
            ),
            article=article,
        )
    if scan.act is CustodyAct.HAND_OVER and is_same_name(scan.taker, package.holder):
        raise ConflictError(
            "custody.already-held",
            Text(
                "Paket ini sudah tercatat di tangan {holder}, sehingga tidak dicatat dua kali. "
                "{last}",
                holder=package.holder,
                last=package.last,
            ),
        )
    if package.state not in _FROM[scan.act]:
        raise ConflictError(
            "custody.state",
            Text(
                "Langkah ini tidak dapat lagi dicatat untuk paket ini. {last} Belum ada yang "
                "tersimpan; muat ulang halaman paket.",
                last=package.last,
            ),
        )
    if scan.act is CustodyAct.SEAL and not scan.seals:
        raise MalformedInputError("custody.no-seal", Text("Tulis paling sedikit satu nomor segel."))
    return Custody(_TO[scan.act], tuple(_list_alarms(package, scan, opens_at)))


def normalise_name(name: str) -> str:
    """A name for comparing: spaces and case do not make another person."""
    return " ".join(name.split()).casefold()


def is_same_name(one: str, other: str) -> bool:
    return bool(one.strip()) and normalise_name(one) == normalise_name(other)


def names_differ(giver: str, taker: str) -> bool:
    """Whether two different people are named; an empty name is nobody."""
    return bool(giver.strip() and taker.strip()) and not is_same_name(giver, taker)


def _list_alarms(package: PackageFacts, scan: Scan, opens_at: datetime) -> list[Alarm]:
    if scan.act is CustodyAct.SEAL:
        return []
    alarms = []
    if scan.act is CustodyAct.OPEN and scan.at < opens_at:
        alarms.append(Alarm.OPENED_EARLY)
    if package.state is not PackageState.OPENED:
        if not scan.is_intact:
            alarms.append(Alarm.SEAL_BROKEN)
        if _seal_set(scan.seals) != _seal_set(package.seals):
            alarms.append(Alarm.SEAL_DIFFERS)
    if package.holder and not is_same_name(scan.giver, package.holder):
        alarms.append(Alarm.CHAIN_GAP)
    return alarms


def _seal_set(seals: Sequence[str]) -> frozenset[str]:
    return frozenset(normalise_name(seal) for seal in seals)


class Supply(StrEnum):
    """How a thing stands (persediaan)."""

    COMPLETE = "complete"
    PROMISED = "promised"
    SHORT = "short"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came, or is promised for a day (penerimaan, pesanan)."""

    quantity: int
    expected_date: date
    has_arrived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What will be there on the day it is needed."""

    required: int
    received: int
    promised: int
    due_date: date | None
    supply: Supply

    @property
    def missing_now(self) -> int:
        return max(0, self.required - self.received)

    @property
    def missing_then(self) -> int:
        """What is still missing on the day, if every promise is kept."""
        return max(0, self.required - self.received - self.promised)


def forecast_supply(
    *, required: int, deliveries: Sequence[Delivery], due_date: date | None, today: date
) -> Forecast:
    """What is missing, and by when.

    Law: silent; the day is the first of the step that the pack names (`needed_by`). A promise
    counts only if it is for that day or before, and not once its own day has passed in vain.
    """
    received = sum(item.quantity for item in deliveries if item.has_arrived)
    promised = sum(
        item.quantity
        for item in deliveries
        if not item.has_arrived
        and item.expected_date >= today
        and (due_date is None or item.expected_date <= due_date)
    )
    if received >= required:
        supply = Supply.COMPLETE
    elif due_date is not None and today > due_date:
        supply = Supply.LATE
    elif received + promised >= required:
        supply = Supply.PROMISED
    else:
        supply = Supply.SHORT
    return Forecast(
        required=required,
        received=received,
        promised=promised,
        due_date=due_date,
        supply=supply,
    )
