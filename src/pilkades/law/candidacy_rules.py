"""What a rule pack says about candidacies: how many, extensions, checks, registration, drawing.

Implements UU 6/2014 art 34A as inserted by UU 3/2024 (two to five candidates, extensions of
registration) and Permendagri 112/2014 as data. Leaves out the requirements of a person
(`eligibility`) and the dates (`timetable`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from types import MappingProxyType

from pilkades.law.drawing import DrawingRules, MissingReveal, TurnOrder
from pilkades.law.findings import Finding, Severity
from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, Section
from pilkades.text import Text


class Withdrawal(StrEnum):
    """Whether a determined candidate may withdraw."""

    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"


class OneLeft(StrEnum):
    """What happens when only one candidate is left after the determination."""

    EMPTY_COLUMN = "empty_column"
    POSTPONE = "postpone"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class StepReference:
    """A step of the timetable that a decision points to: whose it is and where it is written."""

    id: str
    owner: str
    article: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidacyRules:
    """Everything decisions about candidacies need from a pack."""

    candidates_min: int
    candidates_max: int
    extensions: tuple[str, ...]
    steps: Mapping[str, StepReference]
    one_left: OneLeft
    one_left_article: str
    late_withdrawal: Withdrawal
    late_withdrawal_article: str
    verifiers_min: int
    verifiers_article: str
    article: str
    status: Status

    @classmethod
    def from_pack(cls, pack: RulePack) -> "CandidacyRules":
        """Read `candidates.*`, `candidacy.*` and the steps that decisions point to."""
        least = pack.rule("candidates.min")
        return cls(
            candidates_min=pack.integer("candidates.min"),
            candidates_max=pack.integer("candidates.max"),
            extensions=pack.texts("candidacy.extension_steps"),
            steps=MappingProxyType(
                {step.id: step for step in (_read_step(pack, name) for name in _steps(pack))}
            ),
            one_left=OneLeft(pack.text("candidacy.one_left_after_determination")),
            one_left_article=pack.rule("candidacy.one_left_after_determination").article,
            late_withdrawal=Withdrawal(pack.text("candidacy.withdrawal_after_determination")),
            late_withdrawal_article=pack.rule("candidacy.withdrawal_after_determination").article,
            verifiers_min=pack.integer("candidacy.verifiers_min"),
            verifiers_article=pack.rule("candidacy.verifiers_min").article,
            article=least.article,
            status=least.status,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRules:
    """The hours of registration: first minute of the first day, last minute of the last."""

    opens_at: time
    closes_at: time
    article: str
    status: Status

    @classmethod
    def from_pack(cls, pack: RulePack) -> "RegistrationRules":
        """Read `registration.opens_at` and `registration.closes_at`."""
        closing = pack.rule("registration.closes_at")
        return cls(
            opens_at=pack.clock_time("registration.opens_at"),
            closes_at=pack.clock_time("registration.closes_at"),
            article=closing.article,
            status=closing.status,
        )


def read_drawing_rules(*, pack: RulePack) -> DrawingRules:
    """The rules of the drawing of numbers.

    Law: Permendagri 112/2014; turn order and a missing opening are pack fields.
    """
    return DrawingRules(
        turn_order=TurnOrder(pack.text("drawing.turn_order")),
        missing_reveal=MissingReveal(pack.text("drawing.missing_reveal")),
        article=pack.rule("drawing.turn_order").article,
    )


DELIBERATION_STEP = "single_deliberation"
VOID_STEPS = ("void_report", "void_decision")
SELECTION_STEP = "extra_selection"
DETERMINATION_STEP = "determination"


def _steps(pack: RulePack) -> tuple[str, ...]:
    return (
        *pack.texts("candidacy.extension_steps"),
        DELIBERATION_STEP,
        *VOID_STEPS,
        SELECTION_STEP,
        DETERMINATION_STEP,
    )


def _read_step(pack: RulePack, step_id: str) -> StepReference:
    entry = pack.find_entry("step", step_id)
    if entry is None:
        return StepReference(id=step_id, owner="", article="", name="")
    return StepReference(
        id=step_id,
        owner=entry.text("owner"),
        article=entry.article,
        name=entry.text("name"),
    )


def check_candidacy(pack: RulePack) -> Iterator[Finding]:
    """Numbers that contradict each other, and steps that a decision would point to in vain."""
    least, most = pack.rule("candidates.min"), pack.rule("candidates.max")
    if least.value > most.value:
        text = Text(
            "Calon paling sedikit ({least}) lebih besar daripada paling banyak ({most}). Perbaiki.",
            least=least.value,
            most=most.value,
        )
        yield Finding("candidates.order", Severity.ERROR, text, most.id, pack.line_of(most))
    rule = pack.rule("candidacy.extension_steps")
    for step_id in _steps(pack):
        if pack.find_entry("step", step_id) is None:
            text = Text(
                "Jadwal tidak memuat tahapan “{step}” yang dibutuhkan pencalonan. Tambahkan "
                "[[step]] dengan id itu, atau hapus dari candidacy.extension_steps bila itu "
                "perpanjangan yang tidak ada.",
                step=step_id,
            )
            yield Finding(
                "candidacy.step_absent",
                Severity.ERROR,
                text,
                step_id,
                pack.line_of(rule),
                refers_to=step_id,
            )


def check_determination(pack: RulePack) -> Iterator[Finding]:
    """A determination that waits for nothing could fall before the extension that it needs."""
    steps = {entry.id: entry for entry in pack.table("step")}
    determination = steps.get(DETERMINATION_STEP)
    if determination is None:
        return
    before = _list_steps_before(DETERMINATION_STEP, steps)
    wanted = (*pack.texts("candidacy.extension_steps"), SELECTION_STEP, DELIBERATION_STEP)
    missing = [step_id for step_id in wanted if step_id in steps and step_id not in before]
    if missing:
        text = Text(
            "Penetapan calon tidak menunggu tahapan {steps}, sehingga jadwal tidak memberi tahu "
            "bila tahapan itu tidak muat. Tambahkan akhirnya pada anchor atau start_after.",
            steps=", ".join(missing),
        )
        yield Finding(
            "timetable.determination-unbound",
            Severity.WARNING,
            text,
            DETERMINATION_STEP,
            pack.line_of(determination),
            determination.article,
        )


def _list_steps_before(step_id: str, steps: Mapping[str, Entry]) -> set[str]:
    """All steps that end before this one begins, directly or through others, as the pack says."""
    before: dict[str, set[str]] = {name: set() for name in steps}
    for entry in steps.values():
        anchors, is_backward = entry.texts("anchor"), entry.text("direction") == "backward"
        earlier = (*entry.texts("start_after"), *(() if is_backward else anchors))
        later = (*entry.texts("finish_before"), *(anchors if is_backward else ()))
        before[entry.id].update(_step_of(written) for written in earlier)
        for written in later:
            before.setdefault(_step_of(written), set()).add(entry.id)
    found: set[str] = set()
    waiting = {step_id}
    while waiting:
        name = waiting.pop()
        waiting |= before.get(name, set()) - found
        found.add(name)
    return found


def _step_of(anchor: str) -> str:
    return anchor.partition(".")[0]


_K = FieldKind
SECTION = Section(
    name="candidacy",
    rules=(
        FieldSpec(
            "candidates.min", _K.INTEGER, Text("calon paling sedikit"), minimum=1, maximum=99
        ),
        FieldSpec("candidates.max", _K.INTEGER, Text("calon paling banyak"), minimum=1, maximum=99),
        FieldSpec(
            "candidacy.extension_steps",
            _K.TEXTS,
            Text("id tahapan perpanjangan pendaftaran, berurutan"),
            may_be_empty=True,
        ),
        FieldSpec(
            "candidacy.verifiers_min",
            _K.INTEGER,
            Text("berapa orang berbeda yang memeriksa satu berkas"),
            minimum=2,
            maximum=9,
        ),
        FieldSpec(
            "candidacy.withdrawal_after_determination",
            _K.CHOICE,
            Text("apakah calon yang sudah ditetapkan boleh mundur: forbidden atau allowed"),
            choices=tuple(Withdrawal),
        ),
        FieldSpec(
            "candidacy.one_left_after_determination",
            _K.CHOICE,
            Text("bila tinggal satu calon setelah penetapan: empty_column, postpone, continue"),
            choices=tuple(OneLeft),
        ),
        FieldSpec("registration.opens_at", _K.TIME, Text("jam pendaftaran dibuka")),
        FieldSpec("registration.closes_at", _K.TIME, Text("jam pendaftaran ditutup")),
        FieldSpec(
            "drawing.turn_order",
            _K.CHOICE,
            Text("urutan mengambil undian: arrival (kedatangan), drawn (diundi), free (bebas)"),
            choices=tuple(TurnOrder),
        ),
        FieldSpec(
            "drawing.missing_reveal",
            _K.CHOICE,
            Text("bila komitmen tidak dibuka: lots (undian biasa) atau repeat (diulang)"),
            choices=tuple(MissingReveal),
        ),
    ),
    checks=(check_candidacy, check_determination),
)
