"""The requirements for candidates and voters as a rule pack lists them.

`[[eligibility]]` holds one requirement of a candidate each, `[[document]]` the papers that prove
them. The tests that a requirement may name are a closed list (`ConditionKind`); a regency that asks
for something else uses `declared` and words its own question, so that no code is needed. The
requirements of voters are read from the rules `roll.*` by `voter_rules`. Implements UU 6/2014 art
33 as amended and Permendagri 112/2014; leaves out how a paper is judged genuine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilkades.law.ages import LeapBirthday
from pilkades.law.eligibility.facts import Education, Office
from pilkades.law.pack import Entry, RulePack, Status

RESIDENCE_RULING = "Putusan MK 128/PUU-XIII/2015"


class ConditionKind(StrEnum):
    """What a requirement tests (jenis syarat)."""

    CITIZEN = "citizen"
    EDUCATION_MIN = "education_min"
    AGE_MIN = "age_min"
    NOT_IN_PRISON = "not_in_prison"
    NO_SERIOUS_CONVICTION = "no_serious_conviction"
    RIGHT_NOT_REVOKED = "right_not_revoked"
    HEALTHY = "healthy"
    TERMS_MAX = "terms_max"
    RELEASED = "released"
    DECLARED = "declared"
    RESIDENCE = "residence"
    NOT_INCAPACITATED = "not_incapacitated"
    NOT_MILITARY = "not_military"


class CountedOn(StrEnum):
    """The day on which an age or a span is counted."""

    REGISTRATION = "registration"
    REGISTRATION_END = "registration_end"
    PROVISIONAL_ROLL = "provisional_roll_fixed"
    FINAL_ROLL = "final_roll_fixed"
    POLL = "poll"


class Due(StrEnum):
    """When a requirement must be met at the latest."""

    REGISTRATION = "registration"
    DETERMINATION = "determination"


class When(StrEnum):
    """When a document is asked for: whenever the requirement applies, or for its exception."""

    ALWAYS = "always"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One requirement of the pack (syarat) with the parameters of its test."""

    id: str
    name: str
    test: ConditionKind
    article: str
    status: Status
    due: Due = Due.REGISTRATION
    counted_on: CountedOn = CountedOn.REGISTRATION
    years: int = 0
    months: int = 0
    level: Education = Education.NONE
    after_release_years: int = 0
    terms_max: int = 0
    is_inter_term_counted: bool = True
    transition_terms_max: int | None = None
    transition_before_date: date | None = None
    office: Office | None = None
    is_marriage_enough: bool = False
    is_allowed: bool = True
    question: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper of the candidate file (berkas) and the requirements it proves.

    Documents of one `group` replace each other: any of them is enough.
    """

    id: str
    name: str
    proves: tuple[str, ...]
    group: str
    article: str
    status: Status
    when: When = When.ALWAYS
    issued_by: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRules:
    """The requirements of one pack, in the order in which the checklist shows them."""

    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    leap_birthday: LeapBirthday

    @classmethod
    def from_pack(cls, pack: RulePack) -> "EligibilityRules":
        """Read `[[eligibility]]`, `[[document]]`, and the rules `term.*` and `candidate.*`."""
        return cls(
            conditions=tuple(_read_conditions(pack)),
            documents=tuple(_read_document(entry) for entry in pack.table("document")),
            leap_birthday=LeapBirthday(pack.text("age.leap_birthday")),
        )

    def list_documents(self, *, condition_id: str) -> tuple[Document, ...]:
        """The documents that prove one requirement, in the order of the pack."""
        return tuple(item for item in self.documents if condition_id in item.proves)


def _read_conditions(pack: RulePack) -> Iterator[Condition]:
    for entry in pack.table("eligibility"):
        yield _read_condition(entry, pack)
    residence = pack.rule("candidate.village_residence_required")
    if residence.value:
        yield Condition(
            id=residence.id,
            name="Bertempat tinggal di desa",
            test=ConditionKind.RESIDENCE,
            article=RESIDENCE_RULING,
            status=Status.VERIFIED,
        )


def _read_condition(entry: Entry, pack: RulePack) -> Condition:
    is_transition = pack.boolean("term.two_terms_transition_applies")
    return Condition(
        id=entry.id,
        name=entry.text("name"),
        test=ConditionKind(entry.text("test")),
        article=entry.article,
        status=entry.status,
        due=Due(entry.text("due")),
        counted_on=CountedOn(entry.text("counted_on")),
        years=_integer(entry, "years"),
        level=Education(entry.text("level")) if entry.has("level") else Education.NONE,
        after_release_years=_integer(entry, "after_release_years"),
        terms_max=pack.integer("term.max_terms"),
        is_inter_term_counted=entry.boolean("inter_term_counts"),
        transition_terms_max=entry.values.get("transition_terms_max") if is_transition else None,
        transition_before_date=entry.values.get("transition_before") if is_transition else None,
        office=Office(entry.text("office")) if entry.has("office") else None,
        question=entry.text("question") if entry.has("question") else "",
        name_en=entry.text("name_en"),
    )


def _integer(entry: Entry, name: str) -> int:
    return entry.integer(name) if entry.has(name) else 0


def _read_document(entry: Entry) -> Document:
    return Document(
        id=entry.id,
        name=entry.text("name"),
        proves=entry.texts("proves"),
        group=entry.text("group") if entry.has("group") else entry.id,
        article=entry.article,
        status=entry.status,
        when=When(entry.text("when")),
        issued_by=entry.text("issued_by") if entry.has("issued_by") else "",
        name_en=entry.text("name_en"),
    )
