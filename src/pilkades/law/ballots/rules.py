"""The ballot section of a rule pack: an ordered list of condition, verdict and article.

Law: Permendagri 112/2014 Pasal 40 in the national pack; the regional rules that add to it and
contradict it are overlays. The order of the list is law: the first rule whose condition holds
decides. A rule may also say that the regulation is silent (`unruled`), so that the silence has an
article, a note and a place in the pack where a regency can fill it.
"""

from dataclasses import dataclass
from enum import StrEnum

from pilkades.law.ballots.conditions import Condition
from pilkades.law.ballots.predicates import PREDICATES
from pilkades.law.pack import Entry, RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, TableSpec
from pilkades.text import Text

TABLE = "ballot"
DECIDER_RULE = "ballot.unruled_decider"


class Verdict(StrEnum):
    """What the rules say of a ballot: sah, tidak sah, aturan tidak mengatur."""

    VALID = "valid"
    INVALID = "invalid"
    UNRULED = "unruled"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRule:
    """One rule of the list: when it applies, what it decides, where that is written."""

    id: str
    condition: Condition
    verdict: Verdict
    reason: str
    article: str
    reason_en: str = ""
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRules:
    """The rules of one pack in their order, and who decides where they are silent."""

    pack_id: str
    entries: tuple[BallotRule, ...]
    decider: str = "ketua KPPS bersama saksi calon"
    decider_article: str = ""

    @classmethod
    def from_pack(cls, pack: RulePack) -> "BallotRules":
        decider = pack.rule(DECIDER_RULE)
        return cls(
            pack_id=pack.id,
            entries=tuple(_read_entry(entry) for entry in pack.table(TABLE)),
            decider=pack.text(DECIDER_RULE),
            decider_article=decider.article,
        )


def _read_entry(entry: Entry) -> BallotRule:
    return BallotRule(
        id=entry.id,
        condition=Condition(
            all_of=entry.texts("all"), any_of=entry.texts("any"), none_of=entry.texts("none")
        ),
        verdict=Verdict(entry.text("verdict")),
        reason=entry.text("reason"),
        reason_en=entry.text("reason_en"),
        article=entry.article,
        status=entry.status,
    )


def _circumstances(name: str, help_text: Text) -> FieldSpec:
    return FieldSpec(
        name,
        FieldKind.CHOICES,
        help_text,
        required=False,
        default=(),
        choices=tuple(PREDICATES),
        may_be_empty=True,
    )


FIELDS = (
    FieldSpec(
        DECIDER_RULE,
        FieldKind.TEXT,
        Text("Siapa yang memutuskan surat suara yang tidak diatur, misalnya ketua KPPS dan saksi."),
    ),
)

ENTRY = TableSpec(
    TABLE,
    Text("Aturan sah dan tidak sah surat suara, dibaca berurutan; yang pertama cocok memutuskan."),
    (
        _circumstances("all", Text("Semua keadaan ini harus ada.")),
        _circumstances("any", Text("Paling sedikit satu dari keadaan ini harus ada.")),
        _circumstances("none", Text("Tidak satu pun dari keadaan ini boleh ada.")),
        FieldSpec(
            "verdict",
            FieldKind.CHOICE,
            Text("valid (sah), invalid (tidak sah) atau unruled (aturan tidak mengatur)."),
            choices=tuple(Verdict),
        ),
        FieldSpec(
            "reason", FieldKind.TEXT, Text("Alasan dalam satu kalimat, seperti dibacakan di TPS.")
        ),
        FieldSpec(
            "reason_en",
            FieldKind.TEXT,
            Text("Alasan dalam bahasa Inggris."),
            required=False,
            default="",
            may_be_empty=True,
        ),
    ),
)
