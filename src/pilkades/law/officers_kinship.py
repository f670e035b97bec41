"""From a word of kinship to its degree: how near a station officer stands to a candidate.

Implements the counting of degrees of the civil code: by blood one counts births up to the common
forebear and down again; by marriage the degree is that of the spouse. Leaves out which degree is
too near, which is a field of the rule pack and belongs to `officers`, and whether two people are
related at all, which only they can say.
"""

from dataclasses import dataclass
from enum import StrEnum

from pilkades.text import Text


class Tie(StrEnum):
    """By what two people belong to one family (hubungan keluarga)."""

    NONE = "none"
    BLOOD = "blood"
    MARRIAGE = "marriage"


class Relation(StrEnum):
    """What the officer is to the candidate, in the words of a form (hubungan)."""

    NONE = "none"
    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    UNCLE_AUNT = "uncle_aunt"
    NEPHEW_NIECE = "nephew_niece"
    GREAT_GRANDPARENT = "great_grandparent"
    GREAT_GRANDCHILD = "great_grandchild"
    COUSIN = "cousin"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    SPOUSE_OF_NEPHEW_NIECE = "spouse_of_nephew_niece"
    CHILDS_PARENT_IN_LAW = "childs_parent_in_law"


@dataclass(frozen=True, slots=True)
class Kinship:
    """The tie and its degree; 0 between spouses and between those who are not related."""

    tie: Tie
    degree: int


@dataclass(frozen=True, slots=True)
class _Path:
    """Births up from the officer to the common forebear and down to the candidate."""

    up: int
    down: int
    tie: Tie = Tie.BLOOD


_PATHS = {
    Relation.SPOUSE: _Path(0, 0, Tie.MARRIAGE),
    Relation.PARENT: _Path(0, 1),
    Relation.CHILD: _Path(1, 0),
    Relation.SIBLING: _Path(1, 1),
    Relation.GRANDPARENT: _Path(0, 2),
    Relation.GRANDCHILD: _Path(2, 0),
    Relation.UNCLE_AUNT: _Path(1, 2),
    Relation.NEPHEW_NIECE: _Path(2, 1),
    Relation.GREAT_GRANDPARENT: _Path(0, 3),
    Relation.GREAT_GRANDCHILD: _Path(3, 0),
    Relation.COUSIN: _Path(2, 2),
    Relation.STEP_PARENT: _Path(0, 1, Tie.MARRIAGE),
    Relation.STEP_CHILD: _Path(1, 0, Tie.MARRIAGE),
    Relation.PARENT_IN_LAW: _Path(0, 1, Tie.MARRIAGE),
    Relation.CHILD_IN_LAW: _Path(1, 0, Tie.MARRIAGE),
    Relation.SIBLING_IN_LAW: _Path(1, 1, Tie.MARRIAGE),
    Relation.SPOUSE_OF_NEPHEW_NIECE: _Path(2, 1, Tie.MARRIAGE),
}

RELATION_NAMES = {
    Relation.NONE: Text("tidak ada hubungan keluarga"),
    Relation.SPOUSE: Text("suami atau istri"),
    Relation.PARENT: Text("ayah atau ibu"),
    Relation.CHILD: Text("anak"),
    Relation.SIBLING: Text("kakak atau adik"),
    Relation.GRANDPARENT: Text("kakek atau nenek"),
    Relation.GRANDCHILD: Text("cucu"),
    Relation.UNCLE_AUNT: Text("paman atau bibi"),
    Relation.NEPHEW_NIECE: Text("keponakan"),
    Relation.GREAT_GRANDPARENT: Text("buyut (orang tua kakek atau nenek)"),
    Relation.GREAT_GRANDCHILD: Text("cicit"),
    Relation.COUSIN: Text("sepupu"),
    Relation.STEP_PARENT: Text("ayah tiri atau ibu tiri"),
    Relation.STEP_CHILD: Text("anak tiri"),
    Relation.PARENT_IN_LAW: Text("mertua"),
    Relation.CHILD_IN_LAW: Text("menantu"),
    Relation.SIBLING_IN_LAW: Text("ipar"),
    Relation.SPOUSE_OF_NEPHEW_NIECE: Text("suami atau istri keponakan"),
    Relation.CHILDS_PARENT_IN_LAW: Text("besan"),
}


def compute_kinship(*, relation: Relation) -> Kinship:
    """The tie and degree that a word of kinship stands for.

    Law: KUHPerdata art 290 to 297 (from memory, unverified): each birth is a degree, in the side
    line up to the common forebear and down again, so that cousins are of the fourth. Affinity
    joins a spouse with the blood relatives of the other, never the two families: parents of a
    married couple (besan) are not related. Spouses have no degree and are the nearest of all.
    Customary law knows nearer ties (adoption, clan); the pack is silent on them (ADR 0110).
    """
    path = _PATHS.get(relation)
    if path is None:
        return Kinship(Tie.NONE, 0)
    return Kinship(path.tie, path.up + path.down)
