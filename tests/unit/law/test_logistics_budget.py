"""The budget: prices of the committee, and no line that is nought because nobody priced it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.logistics import Kind, MaterialRules, StationFacts, VillageFacts, compute_bill
from pilkades.law.logistics_budget import compute_budget
from pilkades.packfiles import read_pack

RULES = MaterialRules.from_pack(read_pack("nasional"))
IDS = [item.id for item in RULES.materials]
BILL = compute_bill(
    rules=RULES,
    facts=VillageFacts(
        stations=(StationFacts("1", 412), StationFacts("2", 388)),
        venues=2,
        candidates=3,
        officers=7,
        security=2,
        committee=5,
        hamlets=3,
    ),
)


def test_a_line_without_a_price_stays_open_and_is_not_nought() -> None:
    budget = compute_budget(bill=BILL, prices={"ballots": 500})
    ballots = budget.lines[0]
    assert ballots.amount == 500 * (421 + 396)
    assert "817 × Rp500 = Rp408500" in str(ballots.why)
    assert len(budget.open_lines) == len(BILL) - 1
    assert budget.lines[1].amount is None
    assert "belum diisi" in str(budget.lines[1].why)


def test_a_price_of_nought_is_a_price() -> None:
    budget = compute_budget(bill=BILL, prices={"ballots": 0})
    assert budget.lines[0].amount == 0
    assert "ballots" not in [line.material.id for line in budget.open_lines]


@settings(deadline=None)
@given(prices=st.dictionaries(st.sampled_from(IDS), st.integers(0, 10**9)))
def test_the_whole_is_the_sum_of_its_kinds(prices: dict[str, int]) -> None:
    budget = compute_budget(bill=BILL, prices=prices)
    assert budget.total == sum(budget.total_of(kind) for kind in Kind)
    assert {line.material.id for line in budget.open_lines} == set(IDS) - set(prices)
