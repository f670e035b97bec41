"""The division: a flow, made better station by station by constraint programming (OR-Tools).

First how many voters of each RT go to each station, never over the maximum. The cheapest flow
(SimpleMinCostFlow) has the shortest ways and splits RTs freely; a first fit splits few and lets
people walk. From the two cheapest of them CP-SAT goes on: it solves neighbouring stations a few at
a time to the best by all costs, and the better end is taken. Last, for the RTs that stay split,
which families make up those numbers: only the sizes of families matter.

One worker, a fixed seed and limits in deterministic time make the same input give the same division
on every machine. Costs are in metres walked by one voter, so that they can be weighed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from .facts import Block, Division, Household, Problem, Share, Target
from .first_fit import divide_first_fit
from .shortage import find_refusal

SPLIT_METRES = 60_000
"""An RT at one station more than needed is as bad as 60 voters walking a kilometre."""
ABOVE_SHARE_METRES = 400
"""Every voter above an even share of a station: as bad as walking 400 m."""
HIGHEST_METRES = 300
"""Every voter by which the fullest station is above the even share."""
ORDER_METRES = 40
"""At most this much for an RT out of the order of numbers among stations of one venue."""
NEIGHBOURS = 3
STARTS = 2
ROUNDS = 1
LIMIT = 0.015
"""Units of deterministic time for each set of neighbours."""
LIMIT_OF_FAMILIES = 1.0
SEED = 112

Numbers = dict[tuple[int, int], int]
"""How many voters of an RT (its place in the list) go to a station (its id); none are left out."""


def divide(problem: Problem) -> Division:
    """The best division found, or the reason why there is none."""
    refusal = find_refusal(problem)
    if refusal is not None:
        return Division(refusal=refusal)
    if not problem.blocks:
        return Division()
    costs = _Costs(problem)
    starts = [_solve_flow(problem, costs), *_list_fits(problem, costs)]
    starts.sort(key=costs.add_up)
    ends = [_improve(problem, costs, start) for start in starts[:STARTS]]
    numbers = min(ends, key=costs.add_up)
    shares = _choose_families(problem, numbers)
    return divide_first_fit(problem) if shares is None else Division(shares=shares)


class _Costs:
    """The stated costs of one problem, in metres."""

    def __init__(self, problem: Problem) -> None:
        taken = sum(target.taken for target in problem.targets)
        self.problem = problem
        self.even = -(-(problem.voters + taken) // len(problem.targets))
        ranks = _rank_in_venue(problem)
        self.walks = {
            (place, target.id): problem.walk(block, target)
            + round(ORDER_METRES * abs(ranks[target.id] - (place + 0.5) / len(problem.blocks)))
            for place, block in enumerate(problem.blocks)
            for target in problem.targets
        }

    def add_up(self, numbers: Numbers) -> int:
        """What a division costs altogether."""
        loads = {target.id: target.taken for target in self.problem.targets}
        for (_, target_id), voters in numbers.items():
            loads[target_id] += voters
        above = [max(0, load - self.even) for load in loads.values()]
        walked = sum(self.walks[pair] * voters for pair, voters in numbers.items())
        evenness = ABOVE_SHARE_METRES * sum(above) + HIGHEST_METRES * max(above)
        return SPLIT_METRES * len(numbers) + walked + evenness


def _solve_flow(problem: Problem, costs: _Costs) -> Numbers:
    """The cheapest way to carry every voter to a station, RTs taken apart at will."""
    flow = min_cost_flow.SimpleMinCostFlow()
    blocks = len(problem.blocks)
    sink = blocks + len(problem.targets)
    arcs: dict[int, tuple[int, int]] = {}
    for place, block in enumerate(problem.blocks):
        flow.set_node_supply(place, block.voters)
        for order, target in enumerate(problem.targets):
            pair = (place, target.id)
            arc = flow.add_arc_with_capacity_and_unit_cost(
                place, blocks + order, block.voters, costs.walks[pair]
            )
            arcs[arc] = pair
    for order, target in enumerate(problem.targets):
        room = problem.room(target)
        even = min(room, max(0, costs.even - target.taken))
        for capacity, cost in ((even, 0), (room - even, ABOVE_SHARE_METRES)):
            flow.add_arc_with_capacity_and_unit_cost(blocks + order, sink, capacity, cost)
    flow.set_node_supply(sink, -problem.voters)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow has no solution though there is room: {status}")
    return {pair: flow.flow(arc) for arc, pair in arcs.items() if flow.flow(arc)}


def _list_fits(problem: Problem, costs: _Costs) -> list[Numbers]:
    """First fits under lower and lower ceilings: the lower, the more even and the more split."""
    ceilings = {round(costs.even * percent / 100) for percent in (102, 105, 110, 120)}
    fits = [
        divide_first_fit(replace(problem, voters_max=ceiling))
        for ceiling in sorted({min(ceiling, problem.voters_max) for ceiling in ceilings})
    ]
    return [_read_numbers(problem, fit) for fit in fits if fit.refusal is None]


def _read_numbers(problem: Problem, division: Division) -> Numbers:
    places = {block.key: place for place, block in enumerate(problem.blocks)}
    return {(places[share.block], share.target): share.voters for share in division.shares}


def _improve(problem: Problem, costs: _Costs, numbers: Numbers) -> Numbers:
    best = costs.add_up(numbers)
    for _round in range(ROUNDS):
        before = best
        for target in problem.targets:
            near = _list_neighbours(problem, target)
            found = _solve_neighbours(problem, costs, numbers, near)
            cost = costs.add_up(found)
            if cost < best:
                best, numbers = cost, found
        if best == before:
            break
    return numbers


def _list_neighbours(problem: Problem, target: Target) -> tuple[Target, ...]:
    """The stations to which the ways of all hamlets differ least, itself the first."""
    hamlets = sorted({block.hamlet for block in problem.blocks})

    def differ(other: Target) -> tuple[int, int]:
        walks = problem.walks
        apart = sum(abs(walks[h, target.id] - walks[h, other.id]) for h in hamlets)
        return (-1 if other.id == target.id else apart), other.id

    return tuple(sorted(problem.targets, key=differ)[:NEIGHBOURS])


def _solve_neighbours(
    problem: Problem, costs: _Costs, numbers: Numbers, near: Sequence[Target]
) -> Numbers:
    """The same voters of the same RTs, divided among a few stations anew."""
    ids = [target.id for target in near]
    amounts: dict[int, int] = {}
    for (place, target_id), count in numbers.items():
        if target_id in ids:
            amounts[place] = amounts.get(place, 0) + count
    model = cp_model.CpModel()
    at: dict[tuple[int, int], cp_model.IntVar] = {}
    voters: dict[tuple[int, int], cp_model.IntVar] = {}
    for place, amount in sorted(amounts.items()):
        for target in near:
            pair = (place, target.id)
            at[pair] = model.new_bool_var("")
            voters[pair] = model.new_int_var(0, min(amount, problem.room(target)), "")
            model.add(voters[pair] <= amount * at[pair])
            model.add_hint(voters[pair], numbers.get(pair, 0))
            model.add_hint(at[pair], pair in numbers)
        model.add(sum(voters[place, target.id] for target in near) == amount)
    terms: list[cp_model.LinearExprT] = [SPLIT_METRES * var for var in at.values()]
    terms += [costs.walks[pair] * var for pair, var in voters.items()]
    terms += _add_loads(problem, costs, model, near, voters)
    model.minimize(sum(terms))
    solver = _make_solver(LIMIT)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return numbers
    kept = {pair: count for pair, count in numbers.items() if pair[1] not in ids}
    found = {pair: solver.value(var) for pair, var in voters.items()}
    return kept | {pair: count for pair, count in found.items() if count}


def _add_loads(
    problem: Problem,
    costs: _Costs,
    model: cp_model.CpModel,
    near: Sequence[Target],
    voters: Mapping[tuple[int, int], cp_model.IntVar],
) -> list[cp_model.LinearExprT]:
    highest = model.new_int_var(0, problem.voters_max, "")
    terms: list[cp_model.LinearExprT] = [HIGHEST_METRES * highest]
    for target in near:
        placed = sum(var for (_, target_id), var in voters.items() if target_id == target.id)
        model.add(placed <= problem.room(target))
        above = model.new_int_var(0, problem.voters_max, "")
        model.add(above >= placed + target.taken - costs.even)
        model.add(highest >= above)
        terms.append(ABOVE_SHARE_METRES * above)
    return terms


def _rank_in_venue(problem: Problem) -> dict[int, float]:
    """Where a station stands among those of its venue, from 0 to 1: breaks ties, keeps RTs in
    order."""
    ranks: dict[int, float] = {}
    for venue in {target.venue for target in problem.targets}:
        here = [target for target in problem.targets if target.venue == venue]
        for place, target in enumerate(here):
            ranks[target.id] = (place + 0.5) / len(here)
    return ranks


def _choose_families(problem: Problem, numbers: Numbers) -> tuple[Share, ...] | None:
    shares: list[Share] = []
    split: list[int] = []
    loads = {target.id: 0 for target in problem.targets}
    for place, block in enumerate(problem.blocks):
        here = [target for target in problem.targets if (place, target.id) in numbers]
        if len(here) > 1:
            split.append(place)
            continue
        loads[here[0].id] += block.voters
        shares.append(Share(block.key, here[0].id, block.households))
    if not split:
        return tuple(shares)
    for is_bound in (True, False):
        found = _solve_sizes(problem, numbers, split, loads, is_bound=is_bound)
        if found is not None:
            return (*shares, *found)
    return None


def _solve_sizes(
    problem: Problem,
    numbers: Numbers,
    split: list[int],
    loads: Mapping[int, int],
    *,
    is_bound: bool,
) -> list[Share] | None:
    """How many families of each size; `is_bound` to the stations of the first step."""
    model = cp_model.CpModel()
    counts: dict[tuple[int, int, int], cp_model.IntVar] = {}
    costs: list[cp_model.LinearExprT] = []
    for place in split:
        block = problem.blocks[place]
        allowed = [t for t in problem.targets if not is_bound or (place, t.id) in numbers]
        for size, number in block.count_sizes().items():
            for target in allowed:
                counts[place, target.id, size] = model.new_int_var(0, number, "")
            model.add(sum(counts[place, t.id, size] for t in allowed) == number)
        for target in allowed:
            placed = _count_voters(counts, place, target)
            planned = numbers.get((place, target.id), 0)
            away = model.new_int_var(0, block.voters, "")
            model.add(away >= placed - planned)
            model.add(away >= planned - placed)
            costs.append(away)
    for target in problem.targets:
        placed = sum(_count_voters(counts, place, target) for place in split)
        model.add(placed + loads[target.id] <= problem.room(target))
    model.minimize(sum(costs))
    solver = _make_solver(LIMIT_OF_FAMILIES)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    found = {key: solver.value(var) for key, var in counts.items()}
    return [
        share
        for place in split
        for share in _deal(problem.blocks[place], place, problem.targets, found)
    ]


def _count_voters(
    counts: Mapping[tuple[int, int, int], cp_model.IntVar], place: int, target: Target
) -> cp_model.LinearExprT:
    return sum(
        size * var for (at, where, size), var in counts.items() if (at, where) == (place, target.id)
    )


def _deal(
    block: Block,
    place: int,
    targets: tuple[Target, ...],
    counts: Mapping[tuple[int, int, int], int],
) -> list[Share]:
    """Neighbours stay together: each station takes the next families of the sizes it is due."""
    shares: list[Share] = []
    waiting = list(block.households)
    for target in targets:
        due = {
            size: number
            for (at, where, size), number in counts.items()
            if (at, where) == (place, target.id)
        }
        own: list[Household] = []
        kept: list[Household] = []
        for household in waiting:
            if due.get(household.voters, 0) > 0:
                due[household.voters] -= 1
                own.append(household)
            else:
                kept.append(household)
        waiting = kept
        if own:
            shares.append(Share(block.key, target.id, tuple(own)))
    return shares


def _make_solver(limit: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = limit
    return solver
