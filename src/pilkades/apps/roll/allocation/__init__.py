"""Which household votes at which station: a pure package, values in and values out.

Implements the division of a village by hamlet and RT under the maximum of its rule pack. What it
leaves out: names, addresses and every number that is personal. A household is known by a key that
means nothing outside, and by how many voters it has. No Django, no clock, no chance: the same
input gives the same division.

`solve.divide` is imported by whoever calls it: OR-Tools brings 120 MB that only this act needs.
"""

from .distance import RULE_OF_DISTANCE, Site, Spot, compute_walks, measure_metres
from .facts import Block, Division, Household, Problem, Refusal, Share, Target
from .fill import place_remaining
from .first_fit import divide_first_fit
from .parts import divide_by_hamlet, divide_evenly
from .shortage import find_refusal

__all__ = [
    "RULE_OF_DISTANCE",
    "Block",
    "Division",
    "Household",
    "Problem",
    "Refusal",
    "Share",
    "Site",
    "Spot",
    "Target",
    "compute_walks",
    "divide_by_hamlet",
    "divide_evenly",
    "divide_first_fit",
    "find_refusal",
    "measure_metres",
    "place_remaining",
]
