"""One requirement of a candidate against the facts, before any paper is looked at.

Implements UU 6/2014 art 33 as amended by UU 3/2024 and what regencies add; convictions and terms
have modules of their own. Documents are added by `checklist`.
"""

from collections.abc import Callable, Mapping

from pilkades.law.eligibility.answers import (
    Answer,
    Outcome,
    Setting,
    answer_age,
    answer_right,
    negate,
    tell,
)
from pilkades.law.eligibility.convictions import answer_convictions
from pilkades.law.eligibility.facts import (
    ApplicantFacts,
    Office,
)
from pilkades.law.eligibility.rules import (
    RESIDENCE_RULING,
    Condition,
    ConditionKind,
)
from pilkades.law.eligibility.terms import answer_terms
from pilkades.text import Text


def answer_applicant(*, condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    """ConditionKind one requirement of a candidate.

    Law: UU 6/2014 art 33 as amended by UU 3/2024; what is not established is never taken as met.
    """
    return _APPLICANT_TESTS[condition.test](condition, facts, setting)


def _citizen(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    return tell(
        facts.is_citizen,
        good=Text("Warga negara Indonesia."),
        bad=Text("Bukan warga negara Indonesia."),
        unknown=Text("Kewarganegaraan belum dicatat."),
    )


def _education_min(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    if facts.education is None:
        return Answer(Outcome.NEEDS_DECISION, Text("Pendidikan terakhir belum dicatat."))
    is_enough = facts.education.rank >= condition.level.rank
    return tell(
        is_enough,
        good=Text(
            "Pendidikan {level}; paling rendah {level_min} atau sederajat.",
            level=facts.education.value,
            level_min=condition.level.value,
        ),
        bad=Text(
            "Pendidikan {level}, padahal paling rendah {level_min} atau sederajat.",
            level=facts.education.value,
            level_min=condition.level.value,
        ),
        unknown=Text("Pendidikan terakhir belum dicatat."),
    )


def _not_in_prison(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    return tell(
        negate(facts.is_in_prison),
        good=Text("Tidak sedang menjalani pidana penjara."),
        bad=Text("Sedang menjalani pidana penjara."),
        unknown=Text("Belum dicatat apakah sedang menjalani pidana penjara."),
    )


def _healthy(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    return tell(
        facts.is_healthy,
        good=Text("Berbadan sehat menurut surat keterangan."),
        bad=Text("Dinyatakan tidak sehat menurut surat keterangan."),
        unknown=Text("Surat keterangan kesehatan belum dinilai."),
    )


def _released(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    if condition.office not in facts.offices:
        return Answer(Outcome.MET, Text("Tidak berlaku bagi pelamar ini."), applies=False)
    if condition.office in facts.releases:
        return Answer(Outcome.MET, _RELEASE_GRANTED[condition.office])
    return Answer(Outcome.NEEDS_DOCUMENT, _RELEASE_MISSING[condition.office])


_RELEASE_GRANTED: Mapping[Office, Text] = {
    Office.VILLAGE_HEAD: Text("Cuti kepala desa sudah diberikan."),
    Office.CIVIL_SERVANT: Text("Izin tertulis dari pejabat pembina kepegawaian sudah ada."),
    Office.VILLAGE_STAFF: Text("Surat pengunduran diri atau cuti perangkat desa sudah ada."),
    Office.VILLAGE_COUNCIL: Text("Surat pengunduran diri dari BPD sudah ada."),
    Office.MILITARY_POLICE: Text("Surat pemberhentian atau izin dari TNI/Polri sudah ada."),
    Office.COMMITTEE: Text("Surat pengunduran diri dari panitia sudah ada."),
}
_RELEASE_MISSING: Mapping[Office, Text] = {
    Office.VILLAGE_HEAD: Text("Kepala desa yang mencalonkan diri wajib cuti; surat belum ada."),
    Office.CIVIL_SERVANT: Text("Pegawai negeri memerlukan izin tertulis; surat belum ada."),
    Office.VILLAGE_STAFF: Text("Perangkat desa wajib mundur atau cuti; surat belum ada."),
    Office.VILLAGE_COUNCIL: Text("Anggota BPD wajib mengundurkan diri; surat belum ada."),
    Office.MILITARY_POLICE: Text("Anggota TNI/Polri memerlukan surat; surat belum ada."),
    Office.COMMITTEE: Text("Anggota panitia wajib mengundurkan diri; surat belum ada."),
}


def _candidate_residence(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    """Law: MK 128/PUU-XIII/2015; whatever a pack writes, residence keeps nobody out."""
    text = Text("Tempat tinggal bukan syarat calon menurut {ruling}.", ruling=RESIDENCE_RULING)
    return Answer(Outcome.MET, text, applies=False)


def _declared(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    return tell(
        facts.declared.get(condition.id),
        good=Text("Dinyatakan terpenuhi: {question}", question=condition.question),
        bad=Text("Dinyatakan tidak terpenuhi: {question}", question=condition.question),
        unknown=Text("Belum dijawab: {question}", question=condition.question),
    )


_ApplicantTest = Callable[[Condition, ApplicantFacts, Setting], Answer]
_APPLICANT_TESTS: Mapping[ConditionKind, _ApplicantTest] = {
    ConditionKind.CITIZEN: _citizen,
    ConditionKind.EDUCATION_MIN: _education_min,
    ConditionKind.AGE_MIN: answer_age,
    ConditionKind.NOT_IN_PRISON: _not_in_prison,
    ConditionKind.NO_SERIOUS_CONVICTION: answer_convictions,
    ConditionKind.RIGHT_NOT_REVOKED: answer_right,
    ConditionKind.HEALTHY: _healthy,
    ConditionKind.TERMS_MAX: answer_terms,
    ConditionKind.RELEASED: _released,
    ConditionKind.RESIDENCE: _candidate_residence,
    ConditionKind.DECLARED: _declared,
}
