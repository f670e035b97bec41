"""The requirements for voters as the rules `roll.*` of a pack say them.

Implements Permendagri 112/2014 on voters: 17 years or ever married, capable, a right not revoked,
resident for some months before the provisional roll. The numbers and papers are the pack's; the
list itself is the regulation's and therefore stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pilkades.law.ages import LeapBirthday
from pilkades.law.eligibility.rules import Condition, ConditionKind, CountedOn, Document, When
from pilkades.law.pack import RulePack

_PAPERS = {
    "ktp_el": "KTP-el",
    "population_certificate": "Surat keterangan kependudukan",
    "kk": "Kartu keluarga",
    "marriage_book": "Buku nikah atau akta perkawinan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterRules:
    """The requirements for voters (syarat pemilih) of one pack."""

    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    leap_birthday: LeapBirthday

    @classmethod
    def from_pack(cls, pack: RulePack) -> "VoterRules":
        """Read the rules `roll.*` that decide who may be on the roll."""
        return cls(
            conditions=(
                _age(pack),
                _residence(pack),
                _person(pack, ConditionKind.NOT_INCAPACITATED, "Tidak terganggu jiwa atau ingatan"),
                _person(pack, ConditionKind.RIGHT_NOT_REVOKED, "Hak pilih tidak dicabut"),
                _military(pack),
            ),
            documents=tuple(_documents(pack)),
            leap_birthday=LeapBirthday(pack.text("age.leap_birthday")),
        )

    def list_documents(self, *, condition_id: str) -> tuple[Document, ...]:
        """The documents that prove one requirement; those of one group replace each other."""
        return tuple(item for item in self.documents if condition_id in item.proves)


def _age(pack: RulePack) -> Condition:
    rule = pack.rule("roll.voter_age_min")
    return Condition(
        id=rule.id,
        name="Cukup umur atau sudah/pernah kawin",
        test=ConditionKind.AGE_MIN,
        article=rule.article,
        status=rule.status,
        counted_on=CountedOn(pack.text("roll.age_cutoff")),
        years=pack.integer(rule.id),
        is_marriage_enough=pack.boolean("roll.married_may_vote_under_age"),
    )


def _residence(pack: RulePack) -> Condition:
    rule = pack.rule("roll.residence_months")
    return Condition(
        id=rule.id,
        name="Bertempat tinggal di desa sebelum DPS ditetapkan",
        test=ConditionKind.RESIDENCE,
        article=rule.article,
        status=rule.status,
        counted_on=CountedOn.PROVISIONAL_ROLL,
        months=pack.integer(rule.id),
    )


def _person(pack: RulePack, test: ConditionKind, name: str) -> Condition:
    rule = pack.rule("roll.voter_age_min")
    return Condition(
        id=f"roll.{test.value}", name=name, test=test, article=rule.article, status=rule.status
    )


def _military(pack: RulePack) -> Condition:
    rule = pack.rule("roll.military_police_may_vote")
    return Condition(
        id=rule.id,
        name="Bukan anggota TNI/Polri",
        test=ConditionKind.NOT_MILITARY,
        article=rule.article,
        status=rule.status,
        is_allowed=pack.boolean(rule.id),
    )


def _documents(pack: RulePack) -> Iterator[Document]:
    residence = pack.rule("roll.residence_documents")
    for paper in pack.texts(residence.id):
        yield Document(
            id=paper,
            name=_PAPERS[paper],
            proves=("roll.residence_months",),
            group="residence",
            article=residence.article,
            status=residence.status,
        )
    marriage = pack.rule("roll.under_age_document")
    yield Document(
        id=pack.text(marriage.id),
        name=_PAPERS[pack.text(marriage.id)],
        proves=("roll.voter_age_min",),
        group="marriage",
        article=marriage.article,
        status=marriage.status,
        when=When.EXCEPTION,
    )
