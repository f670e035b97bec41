"""Hours on duty and honorarium, per officer and summed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import (
    HonorariumPayment,
    HonorariumSheet,
    OfficerAttendance,
    OfficerState,
    StationOfficer,
)
from pilkades.apps.officers.words import name_seat, name_station
from pilkades.law.findings import Finding
from pilkades.law.officers_pay import (
    Pay,
    Shift,
    check_hours,
    compute_pay,
    count_minutes,
    sum_pay,
)
from pilkades.law.officers_rules import OfficerRules, SeatKind

DUTIES = ("chair", "member", "security", "reserve")


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """One officer on one day: stays, minutes, and a warning where they are too many."""

    officer: StationOfficer
    seat: str
    stays: tuple[OfficerAttendance, ...]
    minutes: int
    warning: Finding | None

    @property
    def open_stay(self) -> OfficerAttendance | None:
        """The stay that has not ended."""
        return next((item for item in self.stays if item.left_at is None), None)

    @property
    def hours_text(self) -> str:
        """Hours and minutes as a clock counts them: "11.30"."""
        return f"{self.minutes // 60}.{self.minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class PayLine:
    """One line of the honorarium sheet."""

    officer: StationOfficer
    station: str
    seat: str
    pay: Pay
    payment: HonorariumPayment | None


@dataclass(frozen=True, slots=True)
class PayList:
    """The honorarium sheet with its sums."""

    sheet: HonorariumSheet | None
    rates: Mapping[str, int]
    tax_percent: Decimal
    lines: tuple[PayLine, ...]

    @property
    def total(self) -> Pay:
        return sum_pay([line.pay for line in self.lines])

    @property
    def paid(self) -> Pay:
        """What has been handed over so far."""
        return sum_pay([line.pay for line in self.lines if line.payment])

    @property
    def has_rates(self) -> bool:
        """Whether anything is paid at all."""
        return any(self.rates.values())


def list_attended(context: VillageElection, station_pk: int) -> QuerySet[StationOfficer]:
    """Officers of a station, those who left the team included if they were ever there."""
    stays = OfficerAttendance.objects.filter(cancelled_at__isnull=True)
    return (
        StationOfficer.objects.filter(election=context.election, team__station_id=station_pk)
        .select_related("team__station", "team__decree")
        .prefetch_related(Prefetch("attendances", stays, to_attr="counted_stays"))
        .order_by("-kind", "number", "pk")
    )


def list_days(
    context: VillageElection, *, station_pk: int, day: date, now: datetime
) -> list[OfficerDay]:
    """Who was there on a day, and for how long; who holds a seat stands there in any case."""
    rules = OfficerRules.from_pack(context.pack)
    days = [
        _build_day(context, rules, officer, day, now)
        for officer in list_attended(context, station_pk)
    ]
    return [item for item in days if item.stays or item.officer.is_serving]


def list_attendance_dates(context: VillageElection, *, station_pk: int) -> list[date]:
    """Every day of duty of a station, polling day first to be offered."""
    found = OfficerAttendance.objects.filter(
        officer__team__station_id=station_pk, cancelled_at__isnull=True
    ).values_list("arrived_at", flat=True)
    return sorted({item.astimezone(context.zone).date() for item in found})


def get_stay(context: VillageElection, stay_uuid: UUID) -> OfficerAttendance:
    """One stay of this election; raises `OfficerAttendance.DoesNotExist`."""
    return OfficerAttendance.objects.select_related("officer__team__station").get(
        uuid=stay_uuid, officer__election=context.election
    )


def suggest_rates(rules: OfficerRules) -> dict[str, int]:
    """What the pack says; zero where it leaves the rates to the committee."""
    seats = {
        "chair": rules.find_role(SeatKind.STATION, 1),
        "member": rules.find_role(SeatKind.STATION, 2),
        "security": rules.find_role(SeatKind.SECURITY, 1),
    }
    return {duty: role.honorarium if role else 0 for duty, role in seats.items()} | {"reserve": 0}


def get_pay_list(context: VillageElection) -> PayList:
    """The honorarium of everybody who was appointed and still serves, or was paid."""
    rules = OfficerRules.from_pack(context.pack)
    sheet = HonorariumSheet.objects.filter(election=context.election).first()
    rates = {**suggest_rates(rules), **(sheet.rates if sheet else {})}
    tax = sheet.tax_percent if sheet else rules.tax_percent
    payments = {
        item.officer_id: item
        for item in HonorariumPayment.objects.filter(election=context.election)
    }
    lines = _build_lines(context, rules, rates, tax, payments)
    return PayList(sheet=sheet, rates=rates, tax_percent=tax, lines=tuple(lines))


def find_duty(officer: StationOfficer) -> str:
    """Under which rate an officer is paid."""
    if officer.kind == SeatKind.STATION:
        return "chair" if officer.number == 1 else "member"
    return str(officer.kind)


def list_receipts(lines: Sequence[PayLine]) -> list[PayLine]:
    """Lines for which money was handed over."""
    return [line for line in lines if line.payment]


def _build_lines(
    context: VillageElection,
    rules: OfficerRules,
    rates: Mapping[str, int],
    tax: Decimal,
    payments: Mapping[int, HonorariumPayment],
) -> Iterable[PayLine]:
    officers = (
        StationOfficer.objects.filter(election=context.election)
        .select_related("team__station")
        .order_by("team__station__number", "-kind", "number", "pk")
    )
    for officer in officers:
        payment = payments.get(officer.pk)
        gross = rates[find_duty(officer)]
        is_due = officer.state == OfficerState.APPOINTED and (gross or not officer.is_reserve)
        if not payment and not is_due:
            continue
        pay = (
            Pay(payment.gross, payment.tax, payment.net)
            if payment
            else compute_pay(gross=gross, tax_percent=tax)
        )
        yield PayLine(
            officer=officer,
            station=name_station(officer.team.station),
            seat=name_seat(rules, SeatKind(officer.kind), officer.number),
            pay=pay,
            payment=payment,
        )


def _build_day(
    context: VillageElection,
    rules: OfficerRules,
    officer: StationOfficer,
    day: date,
    now: datetime,
) -> OfficerDay:
    counted: list[OfficerAttendance] = officer.counted_stays  # type: ignore[attr-defined]
    stays = tuple(
        item for item in counted if item.arrived_at.astimezone(context.zone).date() == day
    )
    minutes = count_minutes(shifts=[Shift(s.arrived_at, s.left_at) for s in stays], now=now)
    return OfficerDay(
        officer=officer,
        seat=name_seat(rules, SeatKind(officer.kind), officer.number),
        stays=stays,
        minutes=minutes,
        warning=check_hours(rules=rules, minutes=minutes),
    )
