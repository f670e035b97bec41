"""A division loses nobody, takes nobody twice, keeps families together and never overfills."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilkades.apps.roll.allocation import (
    Block,
    Division,
    Household,
    Problem,
    Site,
    Spot,
    Target,
    compute_walks,
    divide_by_hamlet,
    divide_evenly,
    divide_first_fit,
    measure_metres,
    place_remaining,
)
from pilkades.apps.roll.allocation.solve import divide

HAMLETS = ("Krajan", "Lor", "Kidul")


def make_problem(
    sizes: list[list[int]], *, stations: int, voters_max: int, taken: tuple[int, ...] = ()
) -> Problem:
    """One RT for each list of household sizes, going round the hamlets."""
    blocks = tuple(
        Block(
            f"rt{number:02d}",
            HAMLETS[number % 3],
            tuple(Household(f"{number}-{place}", size) for place, size in enumerate(households)),
        )
        for number, households in enumerate(sizes)
    )
    sites = [Site(number + 1, HAMLETS[number % 3]) for number in range(stations)]
    targets = tuple(
        Target(number + 1, number, taken[number] if number < len(taken) else 0)
        for number in range(stations)
    )
    return Problem(blocks, targets, compute_walks(hamlets=HAMLETS, sites=sites), voters_max)


def check_laws(problem: Problem, division: Division) -> None:
    placed = [household.key for share in division.shares for household in share.households]
    known = [household.key for block in problem.blocks for household in block.households]
    assert sorted(placed) == sorted(known)
    loads = division.count_loads()
    for target in problem.targets:
        assert loads.get(target.id, 0) + target.taken <= problem.voters_max


villages = st.builds(
    make_problem,
    st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=12), min_size=1, max_size=9),
    stations=st.integers(1, 4),
    voters_max=st.integers(6, 80),
    taken=st.lists(st.integers(0, 6), max_size=4).map(tuple),
)


@given(villages)
@settings(max_examples=40, deadline=None)
def test_nobody_is_lost_nobody_stands_twice_and_no_station_is_over_the_maximum(
    problem: Problem,
) -> None:
    for division in (divide(problem), divide_first_fit(problem)):
        if division.refusal is None:
            check_laws(problem, division)
        else:
            assert not division.shares


@given(villages)
@settings(max_examples=40, deadline=None)
def test_a_refusal_names_a_number_of_stations_that_is_enough(problem: Problem) -> None:
    division = divide(problem)
    if division.refusal is None or division.refusal.code == "station_over_maximum":
        return
    count = division.refusal.stations_needed
    assert count * problem.voters_max >= problem.voters + sum(t.taken for t in problem.targets)


@given(villages)
@settings(max_examples=10, deadline=None)
def test_the_same_village_is_divided_the_same_way_again(problem: Problem) -> None:
    assert divide(problem) == divide(problem)


@given(villages, st.data())
@settings(max_examples=40, deadline=None)
def test_who_comes_later_joins_their_family_where_there_is_room(
    problem: Problem, data: st.DataObject
) -> None:
    keys = [h.key for block in problem.blocks for h in block.households]
    ids = [target.id for target in problem.targets]
    family_at = data.draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(ids)))
    problem = replace(problem, voters_max=1_000)

    division = place_remaining(problem, family_at=family_at, block_at={})

    check_laws(problem, division)
    places = division.get_places()
    assert all(places[key] == station for key, station in family_at.items())


def test_rts_that_fit_are_kept_whole_and_near() -> None:
    problem = make_problem([[2] * 5, [2] * 5, [2] * 5], stations=3, voters_max=12)

    division = divide(problem)

    assert division.list_split_blocks() == []
    assert {share.block: share.target for share in division.shares} == {
        "rt00": 1,
        "rt01": 2,
        "rt02": 3,
    }


def test_an_rt_above_the_maximum_is_split_between_families() -> None:
    problem = make_problem([[3] * 20], stations=2, voters_max=40)
    problem = replace(problem, walks=dict.fromkeys(problem.walks, 300))

    division = divide(problem)

    check_laws(problem, division)
    assert division.list_split_blocks() == ["rt00"]
    assert sorted(division.count_loads().values()) == [30, 30]


def test_stations_that_are_exactly_full_are_filled() -> None:
    problem = make_problem([[2] * 25, [2] * 25], stations=4, voters_max=25)
    assert divide(problem).refusal is not None, "families of two do not fill twenty-five"

    even = make_problem([[2] * 25, [5] * 10], stations=4, voters_max=25)
    check_laws(even, divide(even))
    assert divide(even).refusal is None


def test_too_few_stations_are_named_with_their_number() -> None:
    problem = make_problem([[2] * 100], stations=3, voters_max=50)

    refusal = divide(problem).refusal

    assert refusal is not None
    assert str(refusal.text).startswith("Butuh 4 TPS, baru ada 3: 200 pemilih")
    assert refusal.stations_needed == 4


def test_a_village_without_stations_is_told_how_many_it_needs() -> None:
    refusal = divide(make_problem([[2] * 100], stations=0, voters_max=50)).refusal

    assert refusal is not None
    assert refusal.stations_needed == 4


def test_one_kk_on_hundreds_of_rows_is_an_error_of_the_roll() -> None:
    refusal = divide(make_problem([[60]], stations=2, voters_max=50)).refusal

    assert refusal is not None
    assert refusal.code == "household_too_large"


def test_a_station_that_hands_overfilled_is_named() -> None:
    problem = make_problem([[2]], stations=2, voters_max=50, taken=(51,))
    refusal = divide(problem).refusal

    assert refusal is not None
    assert refusal.code == "station_over_maximum"


def test_who_comes_later_stays_in_the_rt_where_the_most_room_is() -> None:
    problem = make_problem([[2]], stations=3, voters_max=50, taken=(10, 40, 20))

    division = place_remaining(problem, family_at={}, block_at={"rt00": frozenset({2, 3})})

    assert division.get_places() == {"0-0": 3}


def test_boxes_follow_hamlets_and_strangers_take_the_emptiest() -> None:
    blocks = make_problem([[4], [2], [1]], stations=1, voters_max=50).blocks

    shares = divide_by_hamlet(blocks=blocks, box_of={"Krajan": 7, "Lor": 8}, boxes=[7, 8])

    assert {share.block: share.target for share in shares} == {"rt00": 7, "rt01": 8, "rt02": 8}


def test_desks_share_the_work_evenly_and_families_stand_at_one_desk() -> None:
    blocks = make_problem([[2] * 10, [3] * 10], stations=1, voters_max=50).blocks

    shares = divide_evenly(blocks=blocks, desks=[1, 2])

    loads = Division(shares=shares).count_loads()
    assert sum(loads.values()) == 50
    assert abs(loads[1] - loads[2]) <= 3


def test_the_great_circle_is_known() -> None:
    monas, borobudur = Spot(-6.1754, 106.8272), Spot(-7.6079, 110.2038)
    assert measure_metres(monas, borobudur) == pytest.approx(405_000, rel=0.01)
    assert measure_metres(monas, monas) == 0


def test_without_coordinates_the_own_hamlet_is_nearest_and_the_list_of_names_orders_the_rest() -> (
    None
):
    walks = compute_walks(hamlets=HAMLETS, sites=[Site(1, "Krajan"), Site(2)])

    assert [walks[hamlet, 1] for hamlet in HAMLETS] == [300, 1_000, 1_100]
    assert {walks[hamlet, 2] for hamlet in HAMLETS} == {1_000}


def test_a_hamlet_lies_in_the_middle_of_its_venues() -> None:
    sites = [
        Site(1, "Krajan", Spot(0, 110)),
        Site(2, "Krajan", Spot(0, 110.02)),
        Site(3, "Lor", Spot(0, 110.01)),
    ]
    walks = compute_walks(hamlets=["Krajan", "Lor"], sites=sites)

    assert walks["Krajan", 3] == 0
    assert walks["Krajan", 1] == walks["Krajan", 2] == pytest.approx(1_112, abs=2)
