"""One requirement of a voter against the facts, before any paper is looked at.

Implements Permendagri 112/2014 on voters: age or marriage, residence before the provisional roll,
capacity, a right not revoked. Whether soldiers and police vote is a field of the pack. Leaves out
the roll itself.
"""

from collections.abc import Callable, Mapping

from pilkades.law.ages import add_months
from pilkades.law.eligibility.answers import (
    Answer,
    Outcome,
    Setting,
    answer_age,
    answer_right,
    find_day,
)
from pilkades.law.eligibility.facts import (
    VoterFacts,
)
from pilkades.law.eligibility.rules import (
    Condition,
    ConditionKind,
)
from pilkades.law.pack import Status
from pilkades.text import Text


def answer_voter(*, condition: Condition, facts: VoterFacts, setting: Setting) -> Answer:
    """ConditionKind one requirement of a voter.

    Law: Permendagri 112/2014 (who may vote); which day counts for age and residence is a
    field of the pack.
    """
    return _VOTER_TESTS[condition.test](condition, facts, setting)


def _age_or_marriage(condition: Condition, facts: VoterFacts, setting: Setting) -> Answer:
    by_age = answer_age(condition, facts, setting)
    if by_age.outcome is Outcome.MET or not condition.is_marriage_enough:
        return by_age
    if facts.is_ever_married is False:
        return by_age
    if facts.is_ever_married is None:
        text = Text("Belum cukup usia dan status perkawinan belum dicatat.")
        return Answer(Outcome.NEEDS_DECISION, text)
    text = Text(
        "Belum berusia {years} tahun, tetapi sudah atau pernah kawin.", years=condition.years
    )
    return Answer(Outcome.MET, text, is_exception=True)


def _voter_residence(condition: Condition, facts: VoterFacts, setting: Setting) -> Answer:
    on_date = find_day(condition, setting)
    if facts.resident_since_date is None:
        return Answer(Outcome.NEEDS_DECISION, Text("Mulai tinggal di desa belum dicatat."))
    enough_date = add_months(start_date=facts.resident_since_date, months=condition.months)
    text = Text(
        "Tinggal di desa sejak {since_date}; {months} bulan genap pada {enough_date}, "
        "dihitung pada {on_date}.",
        since_date=facts.resident_since_date,
        months=condition.months,
        enough_date=enough_date,
        on_date=on_date,
    )
    return Answer(Outcome.MET if enough_date <= on_date else Outcome.NOT_MET, text)


def _not_incapacitated(condition: Condition, facts: VoterFacts, setting: Setting) -> Answer:
    """Law: MK 135/PUU-XIII/2015; everybody is held able unless a doctor's letter says otherwise."""
    if facts.is_incapacitated:
        text = Text("Sedang terganggu jiwa atau ingatannya menurut surat keterangan dokter.")
        return Answer(Outcome.NOT_MET, text)
    return Answer(Outcome.MET, Text("Tanpa surat keterangan dokter, setiap orang dianggap mampu."))


def _not_military(condition: Condition, facts: VoterFacts, setting: Setting) -> Answer:
    """Law: unsettled; an exclusion that nobody has verified takes no vote away (ADR 0104)."""
    if condition.is_allowed or facts.is_military_or_police is False:
        return Answer(Outcome.MET, Text("Tidak dikecualikan sebagai anggota TNI/Polri."))
    if facts.is_military_or_police is None:
        return Answer(Outcome.NEEDS_DECISION, Text("Pekerjaan TNI/Polri belum dicatat."))
    if condition.status is Status.UNVERIFIED:
        text = Text(
            "Paket aturan mengecualikan anggota TNI/Polri, tetapi aturannya perlu verifikasi; "
            "mintalah keputusan sebelum mencoret."
        )
        return Answer(Outcome.NEEDS_DECISION, text)
    return Answer(Outcome.NOT_MET, Text("Anggota TNI/Polri tidak memilih menurut paket ini."))


_VoterTest = Callable[[Condition, VoterFacts, Setting], Answer]
_VOTER_TESTS: Mapping[ConditionKind, _VoterTest] = {
    ConditionKind.AGE_MIN: _age_or_marriage,
    ConditionKind.RESIDENCE: _voter_residence,
    ConditionKind.NOT_INCAPACITATED: _not_incapacitated,
    ConditionKind.RIGHT_NOT_REVOKED: answer_right,
    ConditionKind.NOT_MILITARY: _not_military,
}
