"""Desks and boxes inside one station: the voters of a station, divided once more.

A box stands for a hamlet, because equal votes may be decided by hamlets (Permendagri 112/2014
article 42); whoever lives in a hamlet without a box votes into the emptiest. Desks only share the
work: RTs go to them in order, filled evenly. No maximum applies inside a station.
"""

from collections.abc import Mapping, Sequence

from .facts import Block, Share


def divide_by_hamlet(
    *, blocks: Sequence[Block], box_of: Mapping[str, int], boxes: Sequence[int]
) -> tuple[Share, ...]:
    """Every RT into the box of its hamlet."""
    loads = dict.fromkeys(boxes, 0)
    shares: list[Share] = []
    homeless: list[Block] = []
    for block in blocks:
        if block.hamlet not in box_of:
            homeless.append(block)
            continue
        loads[box_of[block.hamlet]] += block.voters
        shares.append(Share(block.key, box_of[block.hamlet], block.households))
    for block in homeless:
        box = min(boxes, key=lambda box: (loads[box], boxes.index(box)))
        loads[box] += block.voters
        shares.append(Share(block.key, box, block.households))
    return tuple(shares)


def divide_evenly(*, blocks: Sequence[Block], desks: Sequence[int]) -> tuple[Share, ...]:
    """The families in the order of their RTs, as many voters to each desk."""
    total = sum(block.voters for block in blocks)
    shares: list[Share] = []
    placed = 0
    for block in blocks:
        own: dict[int, list[int]] = {}
        for index, household in enumerate(block.households):
            middle = placed + household.voters / 2
            desk = min(int(middle * len(desks) / total), len(desks) - 1)
            own.setdefault(desk, []).append(index)
            placed += household.voters
        shares.extend(
            Share(block.key, desks[desk], tuple(block.households[index] for index in indexes))
            for desk, indexes in own.items()
        )
    return tuple(shares)
