"""What is required, what came, what is promised, and what will be missing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from pilkades.apps.logistics.models import Delivery, UnitPrice
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.officers.selectors.service import get_pay_list
from pilkades.law.logistics import BillLine
from pilkades.law.logistics_budget import Budget, compute_budget
from pilkades.law.logistics_custody import Delivery as Arrival
from pilkades.law.logistics_custody import Forecast, Supply, forecast_supply

DUTY_ITEMS = {"chair_pay": "chair", "member_pay": "member", "security_pay": "security"}
"""Lines of the budget whose price stands in the officers' honorarium sheet, by duty."""


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """One thing with its forecast."""

    line: BillLine
    forecast: Forecast


def list_supplies(facts: LogisticsFacts, *, today: date) -> list[SupplyLine]:
    """Every thing of the bill, those that will be missing first, then by the day."""
    by_item: dict[str, list[Arrival]] = defaultdict(list)
    for row in Delivery.objects.filter(election=facts.election):
        by_item[row.item_id].append(
            Arrival(
                quantity=row.quantity,
                expected_date=row.expected_date,
                has_arrived=row.arrived_at is not None,
            )
        )
    lines = [
        SupplyLine(
            line,
            forecast_supply(
                required=line.total,
                deliveries=by_item[line.material.id],
                due_date=facts.due_date(line.material),
                today=today,
            ),
        )
        for line in facts.goods
    ]
    order = (Supply.LATE, Supply.SHORT, Supply.PROMISED, Supply.COMPLETE)
    return sorted(
        lines, key=lambda item: (order.index(item.forecast.supply), item.forecast.due_date)
    )


def get_budget(facts: LogisticsFacts) -> Budget:
    """The bill of materials with the committee's prices; officers' pay as their sheet has it."""
    prices = {**list_duty_prices(facts), **list_own_prices(facts)}
    return compute_budget(bill=facts.bill, prices=prices)


def list_own_prices(facts: LogisticsFacts) -> dict[str, int]:
    """The prices that the committee wrote for the budget."""
    rows = UnitPrice.objects.filter(plan__election=facts.election)
    return dict(rows.values_list("item_id", "price"))


def list_duty_prices(facts: LogisticsFacts) -> dict[str, int]:
    """Rates of the officers' honorarium sheet; a rate of nought was never set."""
    rates = get_pay_list(facts.context).rates
    return {item: rates[duty] for item, duty in DUTY_ITEMS.items() if rates.get(duty)}
