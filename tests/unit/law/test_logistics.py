"""The bill of materials: rounded up station by station, and never a voter without a ballot."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.law.findings import Severity
from pilkades.law.logistics import (
    BALLOTS,
    Basis,
    Kind,
    Material,
    MaterialRules,
    Scope,
    StationFacts,
    Unit,
    VillageFacts,
    compute_amount,
    compute_bill,
    estimate_stations,
    explain_formula,
)
from pilkades.law.packcheck import read_pack_text
from pilkades.packfiles import list_packs, read_pack

RULES = {name: MaterialRules.from_pack(read_pack(name)) for name in list_packs()}
voters = st.integers(min_value=0, max_value=5_000)
stations = st.lists(voters, min_size=1, max_size=20).map(
    lambda counts: tuple(StationFacts(str(n), count) for n, count in enumerate(counts, start=1))
)
formulas = st.builds(
    Material,
    id=st.just("barang"),
    name=st.just("Barang"),
    kind=st.just(Kind.GOODS),
    unit=st.just(Unit.SHEET),
    scope=st.just(Scope.STATION),
    basis=st.just(Basis.VOTERS),
    each=st.integers(1, 5),
    per=st.integers(1, 400),
    fixed=st.integers(0, 5),
    minimum=st.integers(0, 5),
    spare_percent=st.decimals(0, 20, places=2),
)


def facts(found: tuple[StationFacts, ...]) -> VillageFacts:
    return VillageFacts(
        stations=found, venues=2, candidates=3, officers=7, security=2, committee=5, hamlets=4
    )


@pytest.mark.parametrize("name", list_packs())
@settings(deadline=None)
@given(found=stations)
def test_no_station_has_fewer_ballots_than_voters(
    name: str, found: tuple[StationFacts, ...]
) -> None:
    bill = compute_bill(rules=RULES[name], facts=facts(found))
    ballots = next(line for line in bill if line.material.id == BALLOTS)
    for station in found:
        amount = ballots.by_station[station.id]
        assert amount.quantity == station.voters
        assert amount.total * 100 >= station.voters * 102
    assert ballots.total == sum(amount.total for amount in ballots.by_station.values())


@settings(deadline=None)
@given(formula=formulas, count=voters)
def test_an_amount_is_enough_and_wastes_less_than_one_begun_unit(
    formula: Material, count: int
) -> None:
    amount = compute_amount(formula, count)
    assert (amount.quantity - formula.fixed) * formula.per >= count * formula.each or (
        amount.quantity == formula.minimum
    )
    if amount.quantity > max(formula.minimum, formula.fixed):
        assert (amount.quantity - formula.fixed - 1) * formula.per < count * formula.each
    assert amount.spare * 100 >= amount.quantity * formula.spare_percent
    assert (amount.spare - 1) * 100 < amount.quantity * formula.spare_percent


@settings(deadline=None)
@given(formula=formulas, count=voters, more=st.integers(0, 500))
def test_more_voters_never_need_less(formula: Material, count: int, more: int) -> None:
    assert compute_amount(formula, count + more).total >= compute_amount(formula, count).total


@settings(deadline=None)
@given(formula=formulas, found=stations)
def test_the_village_never_has_less_than_one_count_for_all_would_give(
    formula: Material, found: tuple[StationFacts, ...]
) -> None:
    rules = MaterialRules(materials=(replace(formula, minimum=0, fixed=0),))
    (line,) = compute_bill(rules=rules, facts=facts(found))
    together = compute_amount(rules.materials[0], sum(station.voters for station in found))
    assert line.total >= together.quantity


@settings(deadline=None)
@given(count=st.integers(1, 60_000), most=st.integers(1, 1_000))
def test_an_estimate_keeps_every_voter_and_the_packs_maximum(count: int, most: int) -> None:
    found = estimate_stations(voters=count, voters_max=most)
    assert sum(station.voters for station in found) == count
    assert all(0 < station.voters <= most for station in found)
    assert len(found) == -(-count // most)


def test_no_voters_need_no_station() -> None:
    assert estimate_stations(voters=0, voters_max=500) == ()


def test_the_national_ballots_of_a_station_of_412() -> None:
    rules = MaterialRules.from_pack(read_pack("nasional"))
    bill = compute_bill(rules=rules, facts=facts((StationFacts("1", 412),)))
    ballots = bill[0].by_station["1"]
    assert (ballots.quantity, ballots.spare, ballots.total) == (412, 9, 421)
    assert "412 pemilih" in str(ballots.why)
    assert "421" in str(ballots.why)
    assert "1 lembar untuk setiap 1 pemilih" in str(explain_formula(bill[0].material))


def test_what_stands_upon_another_thing_follows_it() -> None:
    rules = MaterialRules.from_pack(read_pack("nasional"))
    found = (StationFacts("1", 460), StationFacts("2", 90))
    bill = {line.material.id: line for line in compute_bill(rules=rules, facts=facts(found))}
    assert [bill["booths"].by_station[key].total for key in "12"] == [4, 2]
    assert bill["punch_sets"].total == bill["booths"].total
    assert bill["box_seals"].total == 4 * bill["ballot_boxes"].total
    assert (bill["chair_pay"].total, bill["member_pay"].total) == (2, 12)
    assert bill["committee_pay"].total == 5


HEADER = """\
[pack]
format = 1
id = "uji"
title = "Uji"
version = "1"
region_code = "35.05"
base = "nasional"
effective = 2026-01-01
"""
ROW = """
[[material]]
id = "{id}"
name = "Barang"
name_en = "Thing"
kind = "goods"
unit = "piece"
article = "Perbup Uji 1/2026"
status = "verified"
{more}
"""


def findings_of(**row: str) -> list[tuple[str, Severity]]:
    text = HEADER + ROW.format(**row)
    reading = read_pack_text(text.encode(), base=read_pack("nasional"))
    return [
        (item.code, item.severity) for item in reading.findings if item.code.startswith("material")
    ]


@pytest.mark.parametrize(
    "more",
    [
        'basis = "voters"\nper = 2',
        'basis = "stations"',
        'basis = "voters"\nscope = "village"',
    ],
)
def test_a_pack_that_could_leave_a_voter_without_a_ballot_is_refused(more: str) -> None:
    assert findings_of(id="ballots", more=more) == [("material.formula", Severity.ERROR)]


@pytest.mark.parametrize(
    "more",
    [
        'basis = "item"\nitem = "tidak_ada"',
        'basis = "committee"',
        'basis = "voters"\nspare_rule = "station.tidak_ada"',
    ],
)
def test_a_formula_that_cannot_be_counted_is_an_error(more: str) -> None:
    assert findings_of(id="barang", more=more) == [("material.formula", Severity.ERROR)]


def test_a_step_that_the_timetable_lacks_is_only_a_warning() -> None:
    more = 'basis = "voters"\nneeded_by = "tidak_ada"'
    assert findings_of(id="barang", more=more) == [("material.no-step", Severity.WARNING)]


def test_a_sound_row_of_a_regency_is_taken() -> None:
    assert findings_of(id="barang", more='basis = "voters"\nper = 3\nspare_percent = 2.5') == []


def test_an_older_pack_without_the_table_needs_nothing() -> None:
    pack = replace(read_pack("nasional"), tables={})
    assert MaterialRules.from_pack(pack).materials == ()


def test_the_spare_is_counted_exactly_and_not_in_floating_point() -> None:
    formula = Material(
        id="x",
        name="X",
        kind=Kind.GOODS,
        unit=Unit.SHEET,
        scope=Scope.STATION,
        basis=Basis.VOTERS,
        spare_percent=Decimal("0.1"),
    )
    assert compute_amount(formula, 1_000).spare == 1
    assert compute_amount(formula, 1_001).spare == 2
