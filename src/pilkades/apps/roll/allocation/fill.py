"""Those who came later: placed without moving anybody who has a station.

A voter joins their family; else their RT, at that of its stations with most room; else the nearest
station with room. Families are not taken apart; the largest come first.
"""

from collections.abc import Mapping

from .facts import Block, Division, Household, Problem, Share, Target
from .shortage import find_refusal, refuse_by_families


def place_remaining(
    problem: Problem,
    *,
    family_at: Mapping[str, int],
    block_at: Mapping[str, frozenset[int]],
) -> Division:
    """Place the blocks' households beside those who are there.

    `problem.targets[].taken` counts everybody placed; `family_at` is the station of a household
    some of whose members have one, `block_at` the stations of an RT.
    """
    refusal = find_refusal(problem)
    if refusal is not None:
        return Division(refusal=refusal)
    room = {target.id: problem.room(target) for target in problem.targets}
    places: dict[tuple[str, int], list[Household]] = {}
    for block, household in _order(problem):
        target = _choose(problem, block, household, room, family_at, block_at)
        if target is None:
            return Division(refusal=refuse_by_families(problem))
        room[target] -= household.voters
        places.setdefault((block.key, target), []).append(household)
    shares = (Share(block, target, tuple(own)) for (block, target), own in places.items())
    return Division(shares=tuple(shares))


def _order(problem: Problem) -> list[tuple[Block, Household]]:
    pairs = [(block, household) for block in problem.blocks for household in block.households]
    return sorted(pairs, key=lambda pair: (-pair[1].voters, pair[0].key, pair[1].key))


def _choose(
    problem: Problem,
    block: Block,
    household: Household,
    room: Mapping[int, int],
    family_at: Mapping[str, int],
    block_at: Mapping[str, frozenset[int]],
) -> int | None:
    fitting = [target for target in problem.targets if room[target.id] >= household.voters]
    own = [target for target in fitting if target.id == family_at.get(household.key)]
    beside = [target for target in fitting if target.id in block_at.get(block.key, frozenset())]

    def rank(target: Target) -> tuple[int, int, int]:
        return problem.walk(block, target), -room[target.id], target.id

    if own:
        return own[0].id
    if beside:
        return min(beside, key=lambda target: (-room[target.id], target.id)).id
    return min(fitting, key=rank).id if fitting else None
