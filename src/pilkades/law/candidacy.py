"""What follows from the number of eligible candidates: the next act, whose it is, by when.

Implements UU 6/2014 art 34A as inserted by UU 3/2024 and the regional branches upon it: too few
leads to extensions, deliberation, the empty column or a void election; too many to an extra
selection. Dates are named by the step of the timetable. Leaves out who is eligible (`eligibility`,
`application`) and how an extra selection scores (`scoring`).
"""

from dataclasses import dataclass
from enum import StrEnum

from pilkades.errors import MalformedInputError
from pilkades.law.candidacy_rules import (
    DELIBERATION_STEP,
    DETERMINATION_STEP,
    SELECTION_STEP,
    VOID_STEPS,
    CandidacyRules,
    OneLeft,
    StepReference,
)
from pilkades.text import Text


class Act(StrEnum):
    """What has to be done next (langkah berikut)."""

    EXTEND_REGISTRATION = "extend_registration"
    DELIBERATE = "deliberate"
    DETERMINE = "determine"
    DETERMINE_WITH_EMPTY_COLUMN = "determine_with_empty_column"
    SELECT = "select"
    DECLARE_VOID = "declare_void"
    CONTINUE = "continue"
    POSTPONE = "postpone"


class Deliberation(StrEnum):
    """How committee and village council decided on a single candidate (musyawarah)."""

    CONSENSUS = "consensus"
    NO_CONSENSUS = "no_consensus"


@dataclass(frozen=True, slots=True)
class CandidacyPath:
    """The next act with its owner, the step that says by when, the article and the reason.

    `then` lists the steps that follow where the election ends here.
    """

    act: Act
    owner: str
    by_step: str
    article: str
    text: Text
    then: tuple[StepReference, ...] = ()


def decide_candidacy_path(
    *,
    rules: CandidacyRules,
    eligible_count: int,
    extensions_used: int,
    deliberation: Deliberation | None = None,
) -> CandidacyPath:
    """What follows from the number of eligible candidates after a check of the files.

    Law: UU 6/2014 art 34A as inserted by UU 3/2024 (15 and 10 days), regional rules for
    deliberation; `candidates.min`, `candidates.max` and `candidacy.extension_steps` are fields.
    The law speaks of one candidate; with none the extensions are the same, and as nothing can be
    put against an empty column, the election is void (ADR 0103).
    """
    _require_sensible(rules, eligible_count, extensions_used)
    if eligible_count > rules.candidates_max:
        return _path(
            rules,
            Act.SELECT,
            SELECTION_STEP,
            Text(
                "{count} bakal calon memenuhi syarat, paling banyak {most}. Lakukan seleksi "
                "tambahan dengan penilaian terbuka.",
                count=eligible_count,
                most=rules.candidates_max,
            ),
        )
    if eligible_count >= rules.candidates_min:
        return _path(
            rules,
            Act.DETERMINE,
            DETERMINATION_STEP,
            Text(
                "{count} bakal calon memenuhi syarat ({least} sampai {most}). Tetapkan calon dan "
                "undi nomor urut.",
                count=eligible_count,
                least=rules.candidates_min,
                most=rules.candidates_max,
            ),
        )
    if extensions_used < len(rules.extensions):
        return _extend(rules, eligible_count, extensions_used)
    if eligible_count == 0:
        text = Text("Tidak ada bakal calon yang memenuhi syarat sampai perpanjangan terakhir.")
        return _declare_void(rules, text)
    return _after_extensions(rules, eligible_count, deliberation)


def decide_after_loss(*, rules: CandidacyRules, standing_count: int) -> CandidacyPath:
    """What follows when a determined candidate dies, withdraws or is disqualified.

    Law: silent (ADR 0108). With enough candidates left the election goes on and the paper keeps
    its numbers; with one left the field `candidacy.one_left_after_determination` decides.
    """
    if standing_count < 0:
        raise _not_sensible()
    if standing_count == 0:
        text = Text("Tidak ada lagi calon setelah penetapan; pemilihan tidak dapat dilanjutkan.")
        return _declare_void(rules, text)
    if standing_count >= rules.candidates_min:
        return CandidacyPath(
            act=Act.CONTINUE,
            owner="panitia",
            by_step="",
            article=rules.one_left_article,
            text=Text(
                "Masih ada {count} calon. Pemilihan dilanjutkan; nomor urut tidak berubah.",
                count=standing_count,
            ),
        )
    acts = {
        OneLeft.EMPTY_COLUMN: Act.DETERMINE_WITH_EMPTY_COLUMN,
        OneLeft.POSTPONE: Act.POSTPONE,
        OneLeft.CONTINUE: Act.CONTINUE,
    }
    return CandidacyPath(
        act=acts[rules.one_left],
        owner="panitia",
        by_step="",
        article=rules.one_left_article,
        text=Text(
            "Tinggal {count} calon setelah penetapan, kurang dari {least}. Ikuti aturan paket "
            "untuk keadaan ini.",
            count=standing_count,
            least=rules.candidates_min,
        ),
    )


def _require_sensible(rules: CandidacyRules, eligible_count: int, extensions_used: int) -> None:
    if eligible_count >= 0 and 0 <= extensions_used <= len(rules.extensions):
        return
    raise _not_sensible()


def _not_sensible() -> MalformedInputError:
    text = Text(
        "Jumlah bakal calon atau perpanjangan tidak mungkin. Periksa kembali catatan pendaftaran."
    )
    return MalformedInputError("candidacy.count", text)


def _extend(rules: CandidacyRules, eligible_count: int, extensions_used: int) -> CandidacyPath:
    return _path(
        rules,
        Act.EXTEND_REGISTRATION,
        rules.extensions[extensions_used],
        Text(
            "Baru {count} bakal calon memenuhi syarat, paling sedikit {least}. Perpanjang "
            "pendaftaran untuk kali ke-{number}.",
            count=eligible_count,
            least=rules.candidates_min,
            number=extensions_used + 1,
        ),
    )


def _after_extensions(
    rules: CandidacyRules, eligible_count: int, deliberation: Deliberation | None
) -> CandidacyPath:
    if deliberation is None:
        return _path(
            rules,
            Act.DELIBERATE,
            DELIBERATION_STEP,
            Text(
                "Tetap {count} bakal calon setelah semua perpanjangan. Panitia dan BPD "
                "bermusyawarah tentang calon tunggal.",
                count=eligible_count,
            ),
        )
    if deliberation is Deliberation.CONSENSUS:
        return _path(
            rules,
            Act.DETERMINE_WITH_EMPTY_COLUMN,
            DETERMINATION_STEP,
            Text("Musyawarah mufakat: calon tunggal melawan kolom kosong."),
        )
    return _declare_void(rules, Text("Musyawarah tidak mufakat: pemilihan batal."))


def _declare_void(rules: CandidacyRules, text: Text) -> CandidacyPath:
    follow_up = tuple(rules.steps[step_id] for step_id in VOID_STEPS)
    first = follow_up[0]
    return CandidacyPath(
        act=Act.DECLARE_VOID,
        owner=first.owner,
        by_step=first.id,
        article=first.article,
        text=text,
        then=follow_up,
    )


def _path(rules: CandidacyRules, act: Act, step_id: str, text: Text) -> CandidacyPath:
    step = rules.steps[step_id]
    return CandidacyPath(
        act=act, owner=step.owner, by_step=step.id, article=step.article, text=text
    )
