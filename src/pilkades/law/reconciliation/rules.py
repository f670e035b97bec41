"""The reconciliation section of a rule pack: which identities hold, and the numbers in them.

Law: Permendagri 112/2014 Pasal 39 (replacement ballots) and the fields of the statement of count;
the regency says which voters beyond the roll may be among the users and how many digit boxes the
paper has. An identity that a pack removes is not asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pilkades.law.findings import Severity
from pilkades.law.pack import RulePack, Status
from pilkades.law.packspec import FieldKind, FieldSpec, TableSpec
from pilkades.text import Text

TABLE = "identity"

IDENTITY_IDS: tuple[str, ...] = (
    "registered_total",
    "users_by_category",
    "users_within_registered",
    "users_equal_used",
    "users_equal_votes",
    "ballots_received",
    "candidates_equal_valid",
    "votes_total",
    "words_equal_digits",
    "marks_equal_digits",
    "replacements_within_users",
    "disabled_within_users",
    "votes_fit_boxes",
)
"""Permanent names; an identity that is dropped never gives its name to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRule:
    """One identity that the pack asks for: where it is written and how much a breach weighs."""

    id: str
    severity: Severity
    article: str
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationRules:
    """What the statements of one regency must satisfy (ketentuan kesesuaian angka)."""

    pack_id: str
    identities: Mapping[str, IdentityRule]
    voters_elsewhere_allowed: bool = True
    voters_unlisted_allowed: bool = False
    replacements_damaged_max: int = 1
    replacements_mistaken_max: int = 1
    digit_boxes: int = 3

    @classmethod
    def from_pack(cls, pack: RulePack) -> "ReconciliationRules":
        entries = {
            entry.id: IdentityRule(
                id=entry.id,
                severity=Severity(entry.text("severity")),
                article=entry.article,
                status=entry.status,
            )
            for entry in pack.table(TABLE)
        }
        return cls(
            pack_id=pack.id,
            identities=entries,
            voters_elsewhere_allowed=pack.text("admission.other_station") != "refuse",
            voters_unlisted_allowed=pack.boolean("roll.unlisted_voters_allowed"),
            replacements_damaged_max=pack.integer("replacement.damaged_max"),
            replacements_mistaken_max=pack.integer("replacement.mistaken_max"),
            digit_boxes=pack.integer("statement.digit_boxes"),
        )


FIELDS = (
    FieldSpec(
        "statement.digit_boxes",
        FieldKind.INTEGER,
        Text("Jumlah kotak angka untuk suara tiap calon pada sertifikat."),
        minimum=1,
        maximum=9,
    ),
)

ENTRY = TableSpec(
    TABLE,
    Text("Kesesuaian angka yang harus dipenuhi berita acara; id memilih salah satu yang dikenal."),
    (
        FieldSpec(
            "severity",
            FieldKind.CHOICE,
            Text("error (menghalangi penyegelan), warning (harus dijelaskan) atau info."),
            choices=tuple(Severity),
        ),
    ),
)
