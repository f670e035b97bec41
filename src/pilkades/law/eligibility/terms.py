"""How many terms as village head somebody has served, and whether one more is allowed.

Implements UU 6/2014 art 33 and 39 as amended by UU 3/2024 (two terms of eight years) and the
transition of its art 118. Leaves out how long a term lasts.
"""

from itertools import pairwise

from pilkades.errors import MalformedInputError
from pilkades.law.eligibility.answers import Answer, Outcome, Setting
from pilkades.law.eligibility.facts import ApplicantFacts, HeadTerm, TermKind
from pilkades.law.eligibility.rules import Condition
from pilkades.text import Text


def answer_terms(condition: Condition, facts: ApplicantFacts, setting: Setting) -> Answer:
    _require_orderly(facts.head_terms)
    counted = _counted(facts.head_terms, condition.is_inter_term_counted)
    served = len(counted)
    if served < condition.terms_max:
        text = Text(
            "Menjabat kepala desa {served} kali; paling banyak {terms_max} kali masa jabatan.",
            served=served,
            terms_max=condition.terms_max,
        )
        return Answer(Outcome.MET, text)
    if _is_in_transition(condition, counted):
        text = Text(
            "Menjabat {served} kali, semuanya dimulai sebelum {before_date}; masa peralihan "
            "memperbolehkan sampai {transition_max} kali.",
            served=served,
            before_date=condition.transition_before_date,
            transition_max=condition.transition_terms_max,
        )
        return Answer(Outcome.MET, text, is_exception=True)
    text = Text(
        "Sudah menjabat kepala desa {served} kali; paling banyak {terms_max} kali masa jabatan.",
        served=served,
        terms_max=condition.terms_max,
    )
    return Answer(Outcome.NOT_MET, text)


def count_terms(*, terms: tuple[HeadTerm, ...], is_inter_term_counted: bool) -> int:
    """How many terms somebody has served; one that has begun counts, an acting one does not.

    Law: UU 6/2014 as amended allows at most two terms, read as in a row or not; silent on terms
    broken off (ADR 0102). Pack field `inter_term_counts`.
    """
    return len(_counted(terms, is_inter_term_counted))


def _counted(terms: tuple[HeadTerm, ...], is_inter_term_counted: bool) -> tuple[HeadTerm, ...]:
    kinds = {TermKind.ELECTED}
    if is_inter_term_counted:
        kinds.add(TermKind.INTER_TERM)
    return tuple(term for term in terms if term.kind in kinds)


def _is_in_transition(condition: Condition, counted: tuple[HeadTerm, ...]) -> bool:
    """Law: UU 3/2024 art 118; all terms began before it came into force (ADR 0102)."""
    before = condition.transition_before_date
    most = condition.transition_terms_max
    if before is None or most is None:
        return False
    return len(counted) < most and all(term.start_date < before for term in counted)


def _require_orderly(terms: tuple[HeadTerm, ...]) -> None:
    ordered = sorted(terms, key=lambda term: term.start_date)
    is_good = all(term.end_date is None or term.start_date < term.end_date for term in ordered)
    for earlier, later in pairwise(ordered):
        is_good = is_good and earlier.end_date is not None
        is_good = is_good and (earlier.end_date or later.start_date) <= later.start_date
    if is_good:
        return
    raise MalformedInputError(
        "eligibility.terms",
        Text(
            "Masa jabatan kepala desa yang dicatat tumpang tindih atau berakhir sebelum dimulai. "
            "Periksa tanggal pada SK pengangkatan dan pemberhentian."
        ),
    )
