"""The score sheet of one applicant: every item with its value, evidence, points and sum.

Implements Permendagri 112/2014 with the items of the pack. Exact arithmetic only: whole
numbers, decimals and fractions, never floating point. A value that no bracket or grade covers is
not guessed: the committee decides its points, and the sheet says so (ADR 0106).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pilkades.errors import MalformedInputError
from pilkades.law.pack import Status
from pilkades.law.scoring.rules import ItemKind, Method, Preference, ScoreItem, ScoringRules
from pilkades.text import Text

Number = int | Decimal | Fraction


class LineState(StrEnum):
    """How the points of a line came about."""

    SCORED = "scored"
    NO_EVIDENCE = "no_evidence"
    DECIDED = "decided"
    NEEDS_DECISION = "needs_decision"
    NOT_FILLED = "not_filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreInput:
    """What is known about one item: a number or a grade, and the papers that were checked.

    `decided_points` holds what the committee decided where the pack gives no points.
    """

    item: str
    value: Number | str | None = None
    evidence: frozenset[str] = frozenset()
    decided_points: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One line of the published sheet; `product` is points times weight."""

    item: str
    name: str
    value: Fraction | str | None
    points: Fraction | None
    weight: Fraction
    product: Fraction | None
    state: LineState
    article: str
    status: Status
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """The published sheet of one applicant (lembar penilaian); `total` is None while open.

    `ranks_by` is what is compared: the total, or the points item by item.
    """

    applicant: str
    lines: tuple[ScoreLine, ...]
    total: Fraction | None
    ranks_by: tuple[Fraction, ...]
    why: Text

    @property
    def is_complete(self) -> bool:
        return self.total is not None

    def find_line(self, *, item: str) -> ScoreLine | None:
        return next((line for line in self.lines if line.item == item), None)


def score_applicant(
    *, rules: ScoringRules, applicant: str, inputs: Sequence[ScoreInput]
) -> ScoreSheet:
    """Fill the sheet of one applicant by the pack.

    Law: Permendagri 112/2014 (experience, education, age and what the regency adds); items,
    weights and brackets are the pack's `[[score]]`. A value without its evidence earns nothing
    (ADR 0106).
    """
    given = _by_item(rules, inputs)
    lines = tuple(_score_line(item, given.get(item.id)) for item in rules.items)
    products = [line.product for line in lines if line.product is not None]
    if len(products) < len(lines) or not lines:
        return ScoreSheet(
            applicant=applicant,
            lines=lines,
            total=None,
            ranks_by=(),
            why=Text("Lembar penilaian {applicant} belum lengkap.", applicant=applicant),
        )
    total = sum(products, Fraction(0))
    is_sum = rules.method is Method.SUM
    return ScoreSheet(
        applicant=applicant,
        lines=lines,
        total=total,
        ranks_by=(total,) if is_sum else _precedence(rules, products),
        why=_tell_sum(lines, total) if is_sum else _tell_precedence(lines),
    )


def _precedence(rules: ScoringRules, products: Sequence[Fraction]) -> tuple[Fraction, ...]:
    return tuple(
        product if item.preference is Preference.HIGHER else -product
        for item, product in zip(rules.items, products, strict=True)
    )


def show_number(*, value: Fraction) -> str:
    """A number as it stands on the sheet: 12, 12,5 or 37 1/3."""
    whole, rest = divmod(value, 1)
    if rest == 0:
        return str(whole)
    denominator = rest.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator == 1:
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{decimal.normalize():f}".replace(".", ",")
    return f"{whole} {rest.numerator}/{rest.denominator}" if whole else f"{rest}"


def _by_item(rules: ScoringRules, inputs: Sequence[ScoreInput]) -> Mapping[str, ScoreInput]:
    given = {entry.item: entry for entry in inputs}
    known = {item.id for item in rules.items}
    if len(given) == len(inputs) and set(given) <= known:
        return given
    raise MalformedInputError(
        "scoring.items",
        Text(
            "Nilai yang diisi memuat unsur yang tidak ada dalam paket aturan atau unsur yang "
            "ditulis dua kali. Unsur yang dikenal: {known}.",
            known=", ".join(sorted(known)),
        ),
    )


def _score_line(item: ScoreItem, entry: ScoreInput | None) -> ScoreLine:
    value = None if entry is None else _exact(item, entry.value)
    if entry is None or value is None:
        text = Text("Nilai “{name}” belum diisi.", name=item.name)
        return _line(item, value, None, LineState.NOT_FILLED, text)
    missing = [name for name in item.evidence if name not in entry.evidence]
    if missing:
        text = Text(
            "{name}: tanpa bukti ({missing}) tidak mendapat nilai.",
            name=item.name,
            missing=", ".join(missing),
        )
        return _line(item, value, Fraction(0), LineState.NO_EVIDENCE, text)
    points = find_points(item=item, value=value)
    if points is not None:
        return _line(item, value, points, LineState.SCORED, _tell_points(item, value, points))
    if entry.decided_points is None:
        text = Text(
            "{name}: paket aturan tidak mengatur nilai untuk {value}. Panitia memutuskan dan "
            "mencatatnya dalam berita acara.",
            name=item.name,
            value=_show(value),
        )
        return _line(item, value, None, LineState.NEEDS_DECISION, text)
    decided = _as_fraction(entry.decided_points)
    text = Text(
        "{name}: {value} tidak diatur; panitia memutuskan {points}.",
        name=item.name,
        value=_show(value),
        points=show_number(value=decided),
    )
    return _line(item, value, decided, LineState.DECIDED, text)


def find_points(*, item: ScoreItem, value: Fraction | str) -> Fraction | None:
    """The points of a value; the first bracket that holds it counts, None where none does.

    Law: the brackets of the pack's `[[score]]`; a bound belongs to the bracket that says so.
    """
    if item.kind is ItemKind.GRADES:
        return dict(item.grades).get(str(value))
    number = _as_fraction(value)
    if item.kind is ItemKind.BRACKETS:
        return next((row.points for row in item.brackets if row.holds(number)), None)
    is_inside = number >= 0 and (item.points_max is None or number <= item.points_max)
    return number if is_inside else None


def _exact(item: ScoreItem, value: Number | str | None) -> Fraction | str | None:
    if value is None:
        return None
    if item.kind is ItemKind.GRADES:
        return str(value)
    return _as_fraction(value)


def _as_fraction(value: object) -> Fraction:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    raise MalformedInputError(
        "scoring.number",
        Text("“{value}” bukan bilangan bulat, desimal, atau pecahan yang tepat.", value=str(value)),
    )


def _line(
    item: ScoreItem,
    value: Fraction | str | None,
    points: Fraction | None,
    state: LineState,
    why: Text,
) -> ScoreLine:
    return ScoreLine(
        item=item.id,
        name=item.name,
        value=value,
        points=points,
        weight=item.weight,
        product=None if points is None else points * item.weight,
        state=state,
        article=item.article,
        status=item.status,
        why=why,
    )


def _show(value: Fraction | str) -> str:
    return value if isinstance(value, str) else show_number(value=value)


def _tell_points(item: ScoreItem, value: Fraction | str, points: Fraction) -> Text:
    return Text(
        "{name}: {value} {unit} mendapat {points}, bobot {weight} %, menjadi {product}.",
        name=item.name,
        value=_show(value),
        unit=item.unit,
        points=show_number(value=points),
        weight=show_number(value=item.weight * 100),
        product=show_number(value=points * item.weight),
    )


def _tell_sum(lines: Sequence[ScoreLine], total: Fraction) -> Text:
    products = [line.product for line in lines if line.product is not None]
    return Text(
        "{sum} = {total}.",
        sum=" + ".join(show_number(value=product) for product in products),
        total=show_number(value=total),
    )


def _tell_precedence(lines: Sequence[ScoreLine]) -> Text:
    parts = [f"{line.name} {show_number(value=line.points or Fraction(0))}" for line in lines]
    return Text("Dibandingkan berurutan: {parts}.", parts=", ".join(parts))
