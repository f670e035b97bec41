"""The values of a division: what has to be placed, where, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pilkades.text import Text


@dataclass(frozen=True, slots=True)
class Household:
    """One KK, or a voter whose KK is not known: they vote together. `key` is the caller's own."""

    key: str
    voters: int

    def __post_init__(self) -> None:
        """A household without voters has nothing to be placed."""
        if self.voters < 1:
            raise ValueError("a household has at least one voter")


@dataclass(frozen=True, slots=True)
class Block:
    """One RT with its households, neighbours beside each other; kept whole where possible."""

    key: str
    hamlet: str
    households: tuple[Household, ...]

    @property
    def voters(self) -> int:
        return sum(household.voters for household in self.households)

    def count_sizes(self) -> dict[int, int]:
        """How many households there are of each size."""
        sizes: dict[int, int] = {}
        for household in self.households:
            sizes[household.voters] = sizes.get(household.voters, 0) + 1
        return dict(sorted(sizes.items()))


@dataclass(frozen=True, slots=True)
class Target:
    """One station. `taken` voters are there already and stay; `venue` tells neighbours apart."""

    id: int
    venue: int
    taken: int = 0


@dataclass(frozen=True)
class Problem:
    """Everything a division depends on.

    `walks` gives the metres from a hamlet to a station; `voters_max` is the pack's.
    """

    blocks: tuple[Block, ...]
    targets: tuple[Target, ...]
    walks: Mapping[tuple[str, int], int]
    voters_max: int

    @cached_property
    def voters(self) -> int:
        """Voters to be placed."""
        return sum(block.voters for block in self.blocks)

    def room(self, target: Target) -> int:
        """How many more a station may take."""
        return max(0, self.voters_max - target.taken)

    def walk(self, block: Block, target: Target) -> int:
        return self.walks[block.hamlet, target.id]


@dataclass(frozen=True, slots=True)
class Share:
    """The households of one RT that vote at one station."""

    block: str
    target: int
    households: tuple[Household, ...]

    @property
    def voters(self) -> int:
        return sum(household.voters for household in self.households)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no division, and how many stations would be enough."""

    code: str
    text: Text
    stations_needed: int


@dataclass(frozen=True, slots=True)
class Division:
    """What came of it: the shares, or the reason why there are none."""

    shares: tuple[Share, ...] = ()
    refusal: Refusal | None = None

    def count_loads(self) -> dict[int, int]:
        """Voters placed per station."""
        loads: dict[int, int] = {}
        for share in self.shares:
            loads[share.target] = loads.get(share.target, 0) + share.voters
        return loads

    def list_split_blocks(self) -> list[str]:
        """The RTs whose households vote at more than one station."""
        seen: dict[str, int] = {}
        for share in self.shares:
            seen[share.block] = seen.get(share.block, 0) + 1
        return sorted(key for key, count in seen.items() if count > 1)

    def get_places(self) -> dict[str, int]:
        """The station of every household by its key."""
        return {
            household.key: share.target for share in self.shares for household in share.households
        }
