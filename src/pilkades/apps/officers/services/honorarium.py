"""The honorarium sheet: rates and tax are set, payments are recorded and never changed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.sealed_events import append_sealed
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import HonorariumPayment, HonorariumSheet, StationOfficer
from pilkades.apps.officers.selectors.service import DUTIES, PayLine, get_pay_list
from pilkades.apps.officers.services.locks import append_officer_event
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.officers_rules import OfficerRules
from pilkades.text import Text

RATE_MAX = 99_999_999


@transaction.atomic
def set_rates(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    expected_version: int,
    rates: Mapping[str, int],
    tax_percent: Decimal,
) -> HonorariumSheet:
    """Set what each duty is paid, and the tax.

    Allowed: who sits in the committee.
    Requires: the sheet as the actor saw it (version 0 for none yet); rates from 0 to 99,999,999.
    Effects: the sheet; payments made before stay as they were. `officer.rates_set`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    context = lock_village_election(election_pk)
    sheet = HonorariumSheet.objects.filter(election=context.election).first()
    _require_fresh(sheet, expected_version)

    require_seat(actor, context)

    _require_rates(rates, tax_percent)

    sheet = sheet or HonorariumSheet(election=context.election, version=0)
    sheet.rates = {duty: rates[duty] for duty in DUTIES}
    sheet.tax_percent = tax_percent
    sheet.set_by_id, sheet.set_at = actor.user_id, now
    sheet.version += 1
    sheet.save()

    append_sealed(
        event="officer.rates_set",
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{context.election.uuid}",
        article=OfficerRules.from_pack(context.pack).pay_article,
        data={"rates": [sheet.rates[duty] for duty in DUTIES], "tax_percent": str(tax_percent)},
        sealed={},
    )
    return sheet


@transaction.atomic
def record_payment(
    *, actor: Actor, now: datetime, officer_uuid: UUID, expected_version: int, paid_date: date
) -> HonorariumPayment:
    """Record that an officer received the honorarium; the receipt gets the next number.

    Allowed: who sits in the committee.
    Requires: a sheet with a rate for the duty, as the actor saw it; an officer on the sheet who was
    not paid before; a day of today or earlier.
    Effects: the payment, frozen. `officer.paid`.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    officer = StationOfficer.objects.select_related("team__station").get(uuid=officer_uuid)
    context = lock_village_election(officer.election_id)
    pay_list = get_pay_list(context)
    _require_fresh(pay_list.sheet, expected_version)

    require_seat(actor, context)

    line = next((item for item in pay_list.lines if item.officer.pk == officer.pk), None)
    rules = OfficerRules.from_pack(context.pack)
    _require_payable(line, officer, rules)
    if paid_date > context.local_date(now):
        raise MalformedInputError(
            "honorarium.date", Text("Tanggal {day} belum tiba.", day=paid_date)
        )

    payment = _create(context, line, actor=actor, now=now, paid_date=paid_date)

    append_officer_event(
        event="officer.paid",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=rules.pay_article,
        data={"receipt": payment.receipt_number},
        sealed={"name": officer.full_name, "net": str(payment.net)},
    )
    return payment


def _create(
    context: VillageElection,
    line: PayLine | None,
    *,
    actor: Actor,
    now: datetime,
    paid_date: date,
) -> HonorariumPayment:
    if line is None:
        raise LookupError("a payment without its line")
    last = HonorariumPayment.objects.filter(election=context.election).aggregate(
        last=Max("receipt_number")
    )["last"]
    return HonorariumPayment.objects.create(
        officer=line.officer,
        election=context.election,
        receipt_number=(last or 0) + 1,
        gross=line.pay.gross,
        tax=line.pay.tax,
        net=line.pay.net,
        paid_date=paid_date,
        recorded_by_id=actor.user_id,
        recorded_at=now,
    )


def _require_fresh(sheet: HonorariumSheet | None, expected_version: int) -> None:
    if (sheet.version if sheet else 0) != expected_version:
        raise ConflictError(
            "honorarium.stale",
            Text(
                "Daftar honorarium baru saja diubah orang lain. Isian Anda belum disimpan dan "
                "masih ada di layar ini. Periksa angkanya, lalu simpan lagi."
            ),
        )


def _require_rates(rates: Mapping[str, int], tax_percent: Decimal) -> None:
    if set(rates) != set(DUTIES) or not all(0 <= item <= RATE_MAX for item in rates.values()):
        raise MalformedInputError(
            "honorarium.rate",
            Text("Tarif paling sedikit 0 dan paling banyak {most} rupiah.", most=RATE_MAX),
        )
    if not 0 <= tax_percent <= 100:
        raise MalformedInputError(
            "honorarium.tax", Text("Pajak paling sedikit 0 dan paling banyak 100 persen.")
        )


def _require_payable(line: PayLine | None, officer: StationOfficer, rules: OfficerRules) -> None:
    if line is None or not line.pay.gross:
        raise RuleViolationError(
            "honorarium.not-due",
            Text(
                "{name} tidak ada dalam daftar honorarium, atau tarif tugasnya belum ditetapkan.",
                name=officer.full_name,
            ),
            article=rules.pay_article,
        )
    if line.payment is not None:
        raise ConflictError(
            "honorarium.paid",
            Text(
                "Honorarium {name} sudah dicatat dengan kuitansi nomor {number}.",
                name=officer.full_name,
                number=line.payment.receipt_number,
            ),
        )
