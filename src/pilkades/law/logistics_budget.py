"""What an election costs: the bill of materials times the prices of the committee (RAB).

Law: UU 6/2014 as amended by UU 3/2024: the costs are borne by the regency's budget and no candidate
pays. Prices are the committee's or those of the regency's list of standard prices; no rule gives
them, so a line without a price stays open and is never taken as nought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilkades.law.logistics import BillLine, Kind, Material
from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of the budget; `price` and `amount` in rupiah, None until somebody set a price."""

    material: Material
    quantity: int
    price: int | None

    @property
    def amount(self) -> int | None:
        return None if self.price is None else self.price * self.quantity

    @property
    def why(self) -> Text:
        """The sum behind the amount."""
        if self.price is None:
            return Text("Harga satuan belum diisi, sehingga baris ini belum ikut dijumlahkan.")
        return Text(
            "{quantity} × Rp{price} = Rp{amount}.",
            quantity=self.quantity,
            price=self.price,
            amount=self.price * self.quantity,
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """The whole (rencana anggaran biaya): lines in the order of the pack."""

    lines: tuple[BudgetLine, ...]

    @property
    def total(self) -> int:
        """The sum of what has a price."""
        return sum(line.amount or 0 for line in self.lines)

    @property
    def open_lines(self) -> tuple[BudgetLine, ...]:
        """Lines that are needed and have no price yet."""
        return tuple(line for line in self.lines if line.price is None and line.quantity)

    def lines_of(self, kind: Kind) -> tuple[BudgetLine, ...]:
        return tuple(line for line in self.lines if line.material.kind is kind)

    def total_of(self, kind: Kind) -> int:
        return sum(line.amount or 0 for line in self.lines_of(kind))


def compute_budget(*, bill: Sequence[BillLine], prices: Mapping[str, int]) -> Budget:
    """Price the bill of materials; what has no price stays open.

    Law: UU 6/2014 as amended by UU 3/2024 (biaya pemilihan); silent on prices.
    """
    return Budget(
        tuple(BudgetLine(line.material, line.total, prices.get(line.material.id)) for line in bill)
    )
