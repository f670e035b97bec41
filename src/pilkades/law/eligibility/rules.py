"""The requirements for candidates and voters as a rule pack lists them.

`[[eligibility]]` holds one requirement each, `[[document]]` the papers that prove them. The tests
that a requirement may name are a closed list (`ConditionKind`); a regency that asks for something
else uses `declared` and words its own question, so that no code is needed. Implements UU 6/2014
art 33 as amended and Permendagri 112/2014 art 10 and 21; leaves out how a paper is judged genuine.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pilkades.law.ages import LeapBirthday
from pilkades.law.eligibility.facts import Education, Office
from pilkades.law.pack import Entry, RulePack, Status

RESIDENCE_RULING = "Putusan MK 128/PUU-XIII/2015"


class Subject(StrEnum):
    """Whom a requirement is about."""

    CANDIDATE = "candidate"
    VOTER = "voter"


class ConditionKind(StrEnum):
    """What a requirement tests (jenis syarat)."""

    CITIZEN = "citizen"
    EDUCATION_MIN = "education_min"
    AGE_MIN = "age_min"
    AGE_MIN_OR_MARRIED = "age_min_or_married"
    NOT_IN_PRISON = "not_in_prison"
    NO_SERIOUS_CONVICTION = "no_serious_conviction"
    RIGHT_NOT_REVOKED = "right_not_revoked"
    HEALTHY = "healthy"
    TERMS_MAX = "terms_max"
    RELEASED = "released"
    RESIDENCE = "residence"
    NOT_INCAPACITATED = "not_incapacitated"
    NOT_MILITARY = "not_military"
    DECLARED = "declared"


class CountedOn(StrEnum):
    """The day on which an age or a span is counted."""

    REGISTRATION = "registration"
    REGISTRATION_END = "registration_end"
    ROLL = "roll"
    POLL = "poll"


class Due(StrEnum):
    """When a requirement must be met at the latest."""

    REGISTRATION = "registration"
    DETERMINATION = "determination"


class Exclusion(StrEnum):
    """Whether a group is kept out: settled one way, the other, or not settled."""

    EXCLUDED = "excluded"
    ALLOWED = "allowed"
    UNDECIDED = "undecided"


class When(StrEnum):
    """When a document is asked for: whenever the requirement applies, or for its exception."""

    ALWAYS = "always"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One requirement of the pack (syarat) with the parameters of its test."""

    id: str
    subject: Subject
    name: str
    test: ConditionKind
    article: str
    status: Status
    due: Due
    counted_on: CountedOn
    years: int
    months: int
    level: Education
    after_release_years: int
    terms_max: int
    is_inter_term_counted: bool
    transition_terms_max: int | None
    transition_before_date: date | None
    office: Office | None
    exclusion: Exclusion
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper of the candidate file (berkas) and the requirements it proves.

    Documents of one `group` replace each other: any of them is enough.
    """

    id: str
    name: str
    proves: tuple[str, ...]
    group: str
    when: When
    issued_by: str
    article: str
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRules:
    """The requirements of one pack, in the order in which the checklist shows them."""

    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    leap_birthday: LeapBirthday

    @classmethod
    def from_pack(cls, pack: RulePack) -> "EligibilityRules":
        """Read the tables `eligibility` and `document` and the field `age.leap_birthday`."""
        return cls(
            conditions=tuple(_read_condition(entry) for entry in pack.table("eligibility")),
            documents=tuple(_read_document(entry) for entry in pack.table("document")),
            leap_birthday=LeapBirthday(pack.text("age.leap_birthday")),
        )

    def list_conditions(self, *, subject: Subject) -> tuple[Condition, ...]:
        return tuple(item for item in self.conditions if item.subject is subject)

    def list_documents(self, *, condition_id: str) -> tuple[Document, ...]:
        return tuple(item for item in self.documents if condition_id in item.proves)


def _read_condition(entry: Entry) -> Condition:
    return Condition(
        id=entry.id,
        subject=Subject(entry.text("subject")),
        name=entry.text("name"),
        test=ConditionKind(entry.text("test")),
        article=entry.article,
        status=entry.status,
        due=Due(entry.text("due")),
        counted_on=CountedOn(entry.text("counted_on")),
        years=entry.integer("years") if entry.has("years") else 0,
        months=entry.integer("months") if entry.has("months") else 0,
        level=Education(entry.text("level")) if entry.has("level") else Education.NONE,
        after_release_years=(
            entry.integer("after_release_years") if entry.has("after_release_years") else 0
        ),
        terms_max=entry.integer("terms_max") if entry.has("terms_max") else 0,
        is_inter_term_counted=entry.boolean("inter_term_counts"),
        transition_terms_max=(
            entry.integer("transition_terms_max") if entry.has("transition_terms_max") else None
        ),
        transition_before_date=(
            entry.day("transition_before") if entry.has("transition_before") else None
        ),
        office=Office(entry.text("office")) if entry.has("office") else None,
        exclusion=Exclusion(entry.text("exclusion")),
        question=entry.text("question") if entry.has("question") else "",
    )


def _read_document(entry: Entry) -> Document:
    return Document(
        id=entry.id,
        name=entry.text("name"),
        proves=entry.texts("proves"),
        group=entry.text("group") if entry.has("group") else entry.id,
        when=When(entry.text("when")),
        issued_by=entry.text("issued_by") if entry.has("issued_by") else "",
        article=entry.article,
        status=entry.status,
    )
