"""Who may sit on a village's election committee, and how many.

Law: UU 6/2014 art 32(3) and (4): the committee is formed by the BPD, is independent and impartial,
and consists of village staff, community institutions and community leaders. How many members, and
whether their number is odd, is the regency's and therefore a field of the pack. Leaves out who
appoints them and when, which the timetable and the service know.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pilkades.errors import RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import RulePack
from pilkades.law.packspec import FieldKind, FieldSpec, Section
from pilkades.text import Text


class Position(StrEnum):
    """Office inside the committee (kedudukan dalam panitia)."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Element(StrEnum):
    """From which part of the village a member comes (unsur panitia)."""

    APPARATUS = "apparatus"
    INSTITUTION = "institution"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Seat:
    """One member as the law sees them: position and element, no name."""

    position: Position
    element: Element


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeRules:
    """What the pack says about the committee (panitia pemilihan kepala desa)."""

    members_min: int
    members_max: int
    must_be_odd: bool
    elements: frozenset[Element]
    size_article: str
    odd_article: str
    elements_article: str

    @classmethod
    def from_pack(cls, pack: RulePack) -> "CommitteeRules":
        """Read the rules `committee.…` of the pack."""
        return cls(
            members_min=pack.integer("committee.members_min"),
            members_max=pack.integer("committee.members_max"),
            must_be_odd=pack.boolean("committee.members_odd"),
            elements=frozenset(Element(name) for name in pack.texts("committee.elements")),
            size_article=pack.rule("committee.members_min").article,
            odd_article=pack.rule("committee.members_odd").article,
            elements_article=pack.rule("committee.elements").article,
        )


def check_committee(*, rules: CommitteeRules, seats: Sequence[Seat]) -> None:
    """Refuse a committee that the law does not know.

    Law: UU 6/2014 art 32(4); exactly one chair and one secretary, every element that the pack
    names at least once; pack fields `committee.members_min`, `committee.members_max`,
    `committee.members_odd`, `committee.elements`.

    Raises RuleViolationError: `committee.size`, `committee.odd`, `committee.positions`,
    `committee.elements`.
    """
    _require_size(rules, len(seats))
    _require_positions(rules, Counter(seat.position for seat in seats))
    missing = rules.elements - {seat.element for seat in seats}
    if missing:
        text = Text(
            "Panitia belum memuat semua unsur. Belum ada: {elements}. Tambahkan anggota dari "
            "unsur itu.",
            elements=_name_elements(missing),
        )
        raise RuleViolationError("committee.elements", text, article=rules.elements_article)


def _require_size(rules: CommitteeRules, count: int) -> None:
    if not rules.members_min <= count <= rules.members_max:
        text = Text(
            "Panitia beranggota {members_min} sampai {members_max} orang; tercatat {count}. "
            "Tambah atau kurangi nama dalam daftar.",
            members_min=rules.members_min,
            members_max=rules.members_max,
            count=count,
        )
        raise RuleViolationError("committee.size", text, article=rules.size_article)
    if rules.must_be_odd and count % 2 == 0:
        text = Text(
            "Jumlah anggota panitia harus ganjil; tercatat {count}. Tambah atau kurangi satu.",
            count=count,
        )
        raise RuleViolationError("committee.odd", text, article=rules.odd_article)


def _require_positions(rules: CommitteeRules, counts: Counter[Position]) -> None:
    if counts[Position.CHAIR] == 1 and counts[Position.SECRETARY] == 1:
        return
    text = Text(
        "Panitia mempunyai tepat satu ketua dan satu sekretaris; tercatat {chairs} ketua dan "
        "{secretaries} sekretaris.",
        chairs=counts[Position.CHAIR],
        secretaries=counts[Position.SECRETARY],
    )
    raise RuleViolationError("committee.positions", text, article=rules.elements_article)


_ELEMENT_NAMES = {
    Element.APPARATUS: Text("perangkat desa"),
    Element.INSTITUTION: Text("lembaga kemasyarakatan"),
    Element.COMMUNITY: Text("tokoh masyarakat"),
}


def _name_elements(elements: Iterable[Element]) -> tuple[Text, ...]:
    return tuple(_ELEMENT_NAMES[item] for item in Element if item in set(elements))


def _check_bounds(pack: RulePack) -> Iterable[Finding]:
    """A smallest number above the greatest, or no odd number between them."""
    low, high = pack.integer("committee.members_min"), pack.integer("committee.members_max")
    if low <= high and not (pack.boolean("committee.members_odd") and low == high and low % 2 == 0):
        return
    rule = pack.rule("committee.members_max")
    text = Text(
        "Tidak ada jumlah anggota panitia yang memenuhi: paling sedikit {low}, paling banyak "
        "{high}. Perbaiki salah satunya.",
        low=low,
        high=high,
    )
    yield Finding(
        "committee.bounds", Severity.ERROR, text, rule.id, pack.line_of(rule), rule.article
    )


SECTION = Section(
    name="committee",
    rules=(
        FieldSpec(
            "committee.members_min",
            FieldKind.INTEGER,
            Text("anggota panitia pemilihan desa paling sedikit, ketua dan sekretaris termasuk"),
            minimum=3,
            maximum=99,
        ),
        FieldSpec(
            "committee.members_max",
            FieldKind.INTEGER,
            Text("anggota panitia pemilihan desa paling banyak"),
            minimum=3,
            maximum=99,
        ),
        FieldSpec(
            "committee.members_odd",
            FieldKind.BOOLEAN,
            Text("true bila jumlah anggota panitia harus ganjil"),
        ),
        FieldSpec(
            "committee.elements",
            FieldKind.CHOICES,
            Text("unsur yang harus ada dalam panitia: apparatus, institution, community"),
            choices=tuple(Element),
        ),
    ),
    checks=(_check_bounds,),
)
