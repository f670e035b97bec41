"""First fit: the division a careful person makes by hand, station after station.

The bench's peer, the first answer that the solver starts from, and what stands where the solver
finds none. RTs in the order of the list go to the nearest station with room for all of them; the
rest is taken apart, family by family, the largest first.
"""

from .facts import Block, Division, Household, Problem, Share, Target
from .shortage import find_refusal, refuse_by_families


def divide_first_fit(problem: Problem) -> Division:
    """A division without a search; None of its stations is over the maximum."""
    refusal = find_refusal(problem)
    if refusal is not None:
        return Division(refusal=refusal)
    room = {target.id: problem.room(target) for target in problem.targets}
    shares: list[Share] = []
    left_over: list[Block] = []
    for block in sorted(problem.blocks, key=lambda block: (-block.voters, block.key)):
        target = _find_first(problem, block, room, block.voters)
        if target is None:
            left_over.append(block)
            continue
        room[target.id] -= block.voters
        shares.append(Share(block.key, target.id, block.households))
    for block in left_over:
        found = _take_apart(problem, block, room)
        if found is None:
            return _divide_families(problem)
        shares.extend(found)
    return Division(shares=tuple(shares))


def _divide_families(problem: Problem) -> Division:
    """No RT is kept: the largest families first, which leaves the small ones for the gaps."""
    room = {target.id: problem.room(target) for target in problem.targets}
    shares: list[Share] = []
    places: dict[str, dict[int, list[Household]]] = {block.key: {} for block in problem.blocks}
    families = [(block, household) for block in problem.blocks for household in block.households]
    families.sort(key=lambda pair: (-pair[1].voters, pair[0].key, pair[1].key))
    for block, household in families:
        target = _find_first(problem, block, room, household.voters)
        if target is None:
            return Division(refusal=refuse_by_families(problem))
        room[target.id] -= household.voters
        places[block.key].setdefault(target.id, []).append(household)
    for key, found in places.items():
        shares.extend(Share(key, target, tuple(own)) for target, own in found.items())
    return Division(shares=tuple(shares))


def _take_apart(problem: Problem, block: Block, room: dict[int, int]) -> list[Share] | None:
    kept: dict[int, list[Household]] = {}
    left = dict(room)
    for household in sorted(block.households, key=lambda h: (-h.voters, h.key)):
        target = _find_first(problem, block, left, household.voters)
        if target is None:
            return None
        left[target.id] -= household.voters
        kept.setdefault(target.id, []).append(household)
    room.update(left)
    return [Share(block.key, target, tuple(own)) for target, own in kept.items()]


def _find_first(problem: Problem, block: Block, room: dict[int, int], voters: int) -> Target | None:
    fitting = [target for target in problem.targets if room[target.id] >= voters]
    return min(fitting, key=lambda target: (problem.walk(block, target), target.id), default=None)
