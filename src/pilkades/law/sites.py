"""Whether a place can be a polling station: the standard of the pack and what the survey found.

Law: UU 8/2016 on persons with disabilities gives everybody a way in; Permendagri 112/2014 (TPS)
asks that the vote be secret and free. Which points are looked at, and which of them forbid a place,
is regional: the table `[[site_criterion]]`. The drawing of the room is judged by `sites_layout`,
whose findings weigh as much as the criterion that they belong to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pilkades.errors import RuleViolationError
from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, Section, TableSpec
from pilkades.text import Text

TABLE = "site_criterion"
SECRECY = "booth_secrecy"
PASSAGE = "wheelchair_path"


class Weight(StrEnum):
    """What it means that a point is not met: the place is refused, or a warning stands."""

    BLOCK = "block"
    WARN = "warn"


class SiteAnswer(StrEnum):
    """What the surveyor found (temuan)."""

    MET = "met"
    NOT_MET = "not_met"
    UNCHECKED = "unchecked"


class Verdict(StrEnum):
    """The result for a place (hasil survei)."""

    FIT = "fit"
    FIT_WITH_WARNINGS = "fit_with_warnings"
    INCOMPLETE = "incomplete"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCriterion:
    """One point of the survey (butir survei), a sentence that is true of a good place."""

    id: str
    name: str
    weight: Weight
    article: str
    status: Status = Status.UNVERIFIED
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def is_measured(self) -> bool:
        """Whether the surveyor writes a number instead of an answer."""
        return self.minimum is not None or self.maximum is not None


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The standard of the pack (standar tempat), in its order."""

    criteria: tuple[SiteCriterion, ...]

    @classmethod
    def from_pack(cls, pack: RulePack) -> "SiteRules":
        """Read the table `[[site_criterion]]`; a pack that is older than the table has none."""
        return cls(tuple(_read(entry) for entry in pack.table(TABLE)))

    def find(self, criterion_id: str) -> SiteCriterion | None:
        return next((item for item in self.criteria if item.id == criterion_id), None)


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One point with its answer, and why."""

    criterion: SiteCriterion
    answer: SiteAnswer
    why: Text

    @property
    def is_block(self) -> bool:
        return self.answer is SiteAnswer.NOT_MET and self.criterion.weight is Weight.BLOCK

    @property
    def is_warning(self) -> bool:
        return self.answer is SiteAnswer.NOT_MET and self.criterion.weight is Weight.WARN


@dataclass(frozen=True, slots=True)
class SiteJudgement:
    """The survey of one place, judged."""

    verdict: Verdict
    findings: tuple[SiteFinding, ...]

    @property
    def blocks(self) -> tuple[SiteFinding, ...]:
        return tuple(item for item in self.findings if item.is_block)

    @property
    def warnings(self) -> tuple[SiteFinding, ...]:
        return tuple(item for item in self.findings if item.is_warning)

    @property
    def unchecked(self) -> tuple[SiteFinding, ...]:
        return tuple(item for item in self.findings if item.answer is SiteAnswer.UNCHECKED)


def judge_site(
    *,
    rules: SiteRules,
    answers: Mapping[str, SiteAnswer],
    measures: Mapping[str, Decimal],
    drawn: Mapping[str, Sequence[Text]],
) -> SiteJudgement:
    """Judge a place by the standard of the pack.

    Law: Permendagri 112/2014 (TPS) and UU 8/2016; pack table `[[site_criterion]]`. What the drawing
    shows to be wrong (`drawn`, by criterion) is not met whatever was ticked. A point that nobody
    looked at leaves the survey incomplete; one blocking point refuses the place at once.
    """
    findings = tuple(
        _find(criterion, answers, measures, drawn.get(criterion.id, ()))
        for criterion in rules.criteria
    )
    return SiteJudgement(_weigh(findings), findings)


def require_fit(judgement: SiteJudgement) -> None:
    """Refuse to fix a place that the standard forbids, or that was not looked at as a whole.

    Law: as `judge_site`; warnings do not stop.

    Raises RuleViolationError: the id of the first blocking point, or `site.incomplete`.
    """
    if judgement.blocks:
        first = judgement.blocks[0]
        raise RuleViolationError(
            f"site.{first.criterion.id}",
            Text(
                "Tempat ini belum dapat ditetapkan. Belum memenuhi: {names}. Perbaiki keadaannya "
                "lalu survei ulang, atau pilih tempat lain.",
                names=tuple(item.criterion.name.rstrip(".") for item in judgement.blocks),
            ),
            article=first.criterion.article,
        )
    if judgement.verdict is Verdict.INCOMPLETE:
        open_points = judgement.unchecked
        raise RuleViolationError(
            "site.incomplete",
            Text(
                "Survei belum lengkap. Belum diperiksa: {names}.",
                names=tuple(item.criterion.name.rstrip(".") for item in open_points),
            ),
            article=open_points[0].criterion.article if open_points else "",
        )


def _find(
    criterion: SiteCriterion,
    answers: Mapping[str, SiteAnswer],
    measures: Mapping[str, Decimal],
    drawn: Sequence[Text],
) -> SiteFinding:
    if drawn:
        return SiteFinding(criterion, SiteAnswer.NOT_MET, drawn[0])
    if criterion.is_measured:
        return _find_measured(criterion, measures.get(criterion.id))
    answer = answers.get(criterion.id, SiteAnswer.UNCHECKED)
    return SiteFinding(criterion, answer, _ANSWER_TEXTS[answer])


def _find_measured(criterion: SiteCriterion, measured: Decimal | None) -> SiteFinding:
    if measured is None:
        return SiteFinding(criterion, SiteAnswer.UNCHECKED, _ANSWER_TEXTS[SiteAnswer.UNCHECKED])
    low, high = criterion.minimum, criterion.maximum
    is_met = (low is None or measured >= low) and (high is None or measured <= high)
    why = Text(
        "Terukur {measured} {unit}; {bounds}.",
        measured=measured,
        unit=criterion.unit,
        bounds=_name_bounds(criterion),
    )
    return SiteFinding(criterion, SiteAnswer.MET if is_met else SiteAnswer.NOT_MET, why)


def _name_bounds(criterion: SiteCriterion) -> Text:
    if criterion.minimum is not None and criterion.maximum is not None:
        return Text(
            "antara {low} dan {high} {unit}",
            low=criterion.minimum,
            high=criterion.maximum,
            unit=criterion.unit,
        )
    if criterion.minimum is not None:
        return Text("paling sedikit {low} {unit}", low=criterion.minimum, unit=criterion.unit)
    return Text("paling banyak {high} {unit}", high=criterion.maximum, unit=criterion.unit)


def _weigh(findings: Sequence[SiteFinding]) -> Verdict:
    if any(item.is_block for item in findings):
        return Verdict.UNFIT
    if not findings or any(item.answer is SiteAnswer.UNCHECKED for item in findings):
        return Verdict.INCOMPLETE
    if any(item.is_warning for item in findings):
        return Verdict.FIT_WITH_WARNINGS
    return Verdict.FIT


_ANSWER_TEXTS = {
    SiteAnswer.MET: Text("Memenuhi."),
    SiteAnswer.NOT_MET: Text("Tidak memenuhi."),
    SiteAnswer.UNCHECKED: Text("Belum diperiksa."),
}


def _read(entry: Entry) -> SiteCriterion:
    return SiteCriterion(
        id=entry.id,
        name=entry.text("name"),
        weight=Weight(entry.text("severity")),
        article=entry.article,
        status=entry.status,
        unit=entry.text("unit"),
        minimum=entry.decimal("minimum") if entry.has("minimum") else None,
        maximum=entry.decimal("maximum") if entry.has("maximum") else None,
    )


_BOUND = FieldKind.DECIMAL
SECTION = Section(
    name="sites",
    tables=(
        TableSpec(
            TABLE,
            Text("standar tempat pemungutan suara: butir yang diperiksa waktu survei"),
            (
                FieldSpec(
                    "name", FieldKind.TEXT, Text("Kalimat yang benar bagi tempat yang baik.")
                ),
                FieldSpec(
                    "name_en",
                    FieldKind.TEXT,
                    Text("Kalimatnya dalam bahasa Inggris."),
                    required=False,
                    default="",
                    may_be_empty=True,
                ),
                FieldSpec(
                    "severity",
                    FieldKind.CHOICE,
                    Text("block bila tempat ditolak, warn bila hanya diperingatkan."),
                    choices=tuple(item.value for item in Weight),
                ),
                FieldSpec(
                    "unit",
                    FieldKind.TEXT,
                    Text("Satuan bila butir ini diukur, misalnya m atau cm."),
                    required=False,
                    default="",
                    may_be_empty=True,
                ),
                FieldSpec(
                    "minimum", _BOUND, Text("Ukuran paling sedikit, bila diukur."), required=False
                ),
                FieldSpec(
                    "maximum", _BOUND, Text("Ukuran paling banyak, bila diukur."), required=False
                ),
            ),
        ),
    ),
)
