"""How applicants are scored when more than five are eligible, as a rule pack says it.

`[[score]]` lists what is scored (by brackets of a number, by a list of grades, or by the points of
a test), `[[score_tie]]` what separates equal scores at the last place. Weighted sums (Mukomuko
Perbup 25/2021), weights of 35/35/30 (Tegal) and an order of precedence (Seluma) are all written in
TOML without code. Implements Permendagri 112/2014 (extra selection); leaves out who the
examiners of a test are.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pilkades.law.pack import Entry, RulePack, Status, Value


class Method(StrEnum):
    """How the items of a sheet become one order."""

    SUM = "sum"
    PRECEDENCE = "precedence"


class ItemKind(StrEnum):
    """How a value of one item becomes points."""

    BRACKETS = "brackets"
    GRADES = "grades"
    POINTS = "points"


class Preference(StrEnum):
    """Which of two values stands ahead."""

    HIGHER = "higher"
    LOWER = "lower"


class TieBasis(StrEnum):
    """What a tie criterion looks at: the points of an item, or the value that was scored."""

    POINTS = "points"
    VALUE = "value"


class Terminal(StrEnum):
    """What ends a tie that no criterion separates (langkah akhir)."""

    DRAWING = "drawing"
    TEST = "test"
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Bracket:
    """One span of numbers and its points; a bound may be open (above, below) or closed."""

    points: Fraction
    low: Fraction | None
    is_low_included: bool
    high: Fraction | None
    is_high_included: bool

    def holds(self, value: Fraction) -> bool:
        """Say whether the value lies in the span."""
        if value == self.low and not self.is_low_included:
            return False
        if value == self.high and not self.is_high_included:
            return False
        is_below = self.low is not None and value < self.low
        is_above = self.high is not None and value > self.high
        return not is_below and not is_above


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreItem:
    """One thing that is scored (unsur penilaian), with its weight and the papers that prove it."""

    id: str
    name: str
    kind: ItemKind
    weight: Fraction
    unit: str
    brackets: tuple[Bracket, ...]
    grades: tuple[tuple[str, Fraction], ...]
    points_max: Fraction | None
    preference: Preference
    evidence: tuple[str, ...]
    article: str
    status: Status
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCriterion:
    """One step that separates equal scores at the last place, or the step that ends the tie."""

    id: str
    name: str
    item: str
    basis: TieBasis
    preference: Preference
    terminal: Terminal | None
    article: str
    status: Status
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRules:
    """Everything the extra selection needs from a pack."""

    method: Method
    places: int
    items: tuple[ScoreItem, ...]
    ties: tuple[TieCriterion, ...]
    article: str
    status: Status

    @classmethod
    def from_pack(cls, pack: RulePack) -> "ScoringRules":
        """Read `[[score]]`, `[[score_tie]]`, `scoring.method` and `candidates.max`."""
        rule = pack.rule("scoring.method")
        return cls(
            method=Method(pack.text("scoring.method")),
            places=pack.integer("candidates.max"),
            items=tuple(read_item(entry) for entry in pack.table("score")),
            ties=tuple(_read_tie(entry) for entry in pack.table("score_tie")),
            article=rule.article,
            status=rule.status,
        )


def read_item(entry: Entry) -> ScoreItem:
    """Read one entry of `[[score]]`; a percentage and a divisor become an exact fraction."""
    percent = entry.decimal("weight_percent")
    return ScoreItem(
        id=entry.id,
        name=entry.text("name"),
        kind=ItemKind(entry.text("kind")),
        weight=Fraction(percent) / 100,
        unit=entry.text("unit") if entry.has("unit") else "",
        brackets=tuple(_read_bracket(row) for row in entry.values.get("brackets") or ()),
        grades=tuple(
            (str(row["grade"]), Fraction(row["points"])) for row in entry.values.get("grades") or ()
        ),
        points_max=_fraction(entry.values.get("points_max")),
        preference=Preference(entry.text("prefer")),
        evidence=entry.texts("evidence") if entry.has("evidence") else (),
        article=entry.article,
        status=entry.status,
        name_en=entry.text("name_en"),
    )


def _read_bracket(row: Value) -> Bracket:
    above, at_least = row.get("above"), row.get("from")
    below, at_most = row.get("below"), row.get("to")
    return Bracket(
        points=Fraction(row["points"]),
        low=_fraction(at_least if above is None else above),
        is_low_included=above is None,
        high=_fraction(at_most if below is None else below),
        is_high_included=below is None,
    )


def _read_tie(entry: Entry) -> TieCriterion:
    return TieCriterion(
        id=entry.id,
        name=entry.text("name"),
        item=entry.text("item") if entry.has("item") else "",
        basis=TieBasis(entry.text("basis")),
        preference=Preference(entry.text("prefer")),
        terminal=Terminal(entry.text("terminal")) if entry.has("terminal") else None,
        article=entry.article,
        status=entry.status,
        name_en=entry.text("name_en"),
    )


def _fraction(value: int | Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
