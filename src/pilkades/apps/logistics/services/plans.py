"""The committee's own part of the plan: an estimate of voters, and prices."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.logistics.models import LogisticsPlan, UnitPrice
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.logistics import MaterialRules
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

PRICE_MAX = 1_000_000_000


@transaction.atomic
def set_estimate(
    *, actor: Actor, now: datetime, election_pk: int, expected_version: int, voters: int
) -> LogisticsPlan:
    """Say how many voters the budget reckons with until the roll is divided among stations.

    Allowed: who sits in the committee of the village.
    Requires: the version that was seen.
    Effects: the estimate; `logistics.estimated`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    context, plan = _lock_plan(election_pk, expected_version)

    require_seat(actor, context)

    require_running(context)

    plan.estimated_voters = voters
    _save(plan)

    _append("logistics.estimated", plan, context, actor, now, {"voters": voters})
    return plan


@transaction.atomic
def set_prices(
    *,
    actor: Actor,
    now: datetime,
    election_pk: int,
    expected_version: int,
    prices: Mapping[str, int | None],
) -> LogisticsPlan:
    """Set unit prices in rupiah; None takes a price away and leaves the line open.

    Allowed: who sits in the committee of the village.
    Requires: the version that was seen; things that the pack knows.
    Effects: the prices; `logistics.prices_set` with how many changed.
    Raises: PermissionDenied, ConflictError, MalformedInputError, RuleViolationError.
    """
    context, plan = _lock_plan(election_pk, expected_version)

    require_seat(actor, context)

    require_running(context)
    _require_known(context, prices)
    before = dict(plan.prices.values_list("item_id", "price")) if plan.pk else {}
    changed = {item: price for item, price in prices.items() if before.get(item) != price}

    _save(plan)
    plan.prices.filter(item_id__in=changed).delete()
    UnitPrice.objects.bulk_create(
        UnitPrice(plan=plan, item_id=item, price=price, set_by_id=actor.user_id, set_at=now)
        for item, price in changed.items()
        if price is not None
    )

    _append("logistics.prices_set", plan, context, actor, now, {"changed": [*sorted(changed)]})
    return plan


def _lock_plan(election_pk: int, expected_version: int) -> tuple[VillageElection, LogisticsPlan]:
    """The plan behind the lock of its election; version 0 stands for none yet."""
    context = lock_village_election(election_pk)
    plan = LogisticsPlan.objects.filter(election=context.election).first()
    plan = plan or LogisticsPlan(election=context.election, version=0)
    if plan.version != expected_version:
        raise ConflictError(
            "logistics.stale",
            Text(
                "Rencana logistik sudah diubah orang lain sejak Anda membukanya. Isian Anda belum "
                "disimpan dan masih ada di layar ini. Periksa keadaan terbaru, lalu simpan lagi."
            ),
        )
    return context, plan


def _save(plan: LogisticsPlan) -> None:
    plan.version += 1
    plan.save()


def _require_known(context: VillageElection, prices: Mapping[str, int | None]) -> None:
    rules = MaterialRules.from_pack(context.pack)
    strange = [item for item in prices if rules.find(item) is None]
    if strange:
        raise MalformedInputError(
            "logistics.unknown-item",
            Text("Barang “{item}” tidak ada dalam paket aturan.", item=strange[0]),
        )
    for item, price in prices.items():
        if price is not None and not 0 <= price <= PRICE_MAX:
            raise MalformedInputError(
                "logistics.price",
                Text(
                    "Harga satuan “{item}” di luar kewajaran. Tulis rupiah penuh tanpa titik.",
                    item=item,
                ),
            )


def _append(
    event: str,
    plan: LogisticsPlan,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    data: Mapping[str, Datum],
) -> None:
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"election:{plan.election.uuid}",
        article=context.article_of("budget"),
        data=data,
    )
