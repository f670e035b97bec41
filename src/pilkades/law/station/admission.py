"""Admission: may this person vote here, now?

Law: Permendagri 112/2014 on voters and voting, and the regional rules on
invitations, lost invitations, voters of other stations and unlisted voters. The questions are asked
in a fixed order, the ones that nobody may overrule first; the first that decides, decides.

Left out on purpose: the compare-and-swap that lets one person vote once; the roll does that, and
reports here that somebody has voted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from pilkades.law.station.rules import AdmissionRules, Document, Permission, StationRules
from pilkades.text import Text


class Invitation(StrEnum):
    """What the voter brings (undangan C6)."""

    OWN = "own"
    MISSING = "missing"
    SOMEBODY_ELSES = "somebody_elses"


class RollPlace(StrEnum):
    """Where the voter stands on the roll (tempat dalam DPT)."""

    HERE = "here"
    OTHER_STATION = "other_station"
    NOT_LISTED = "not_listed"


class VoterCategory(StrEnum):
    """Under which heading an admitted voter is counted in the statement (golongan pemilih)."""

    ROLL = "roll"
    ELSEWHERE = "elsewhere"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionFacts:
    """What the entry officer sees (keadaan pemilih di pintu masuk).

    `qualifies` is False for a listed voter who no longer may vote (annotation on the roll);
    `is_under_age_married` for a voter under 17 who is or was married and so has no KTP-el.
    """

    invitation: Invitation
    roll: RollPlace
    documents: frozenset[Document] = frozenset()
    document_matches: bool = True
    has_voted: bool = False
    qualifies: bool = True
    is_under_age_married: bool = False
    at: time = time(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionDecision:
    """Let in, refuse, or ask the chair (putusan penerimaan pemilih), and what is written down."""

    decision: Permission
    code: str
    reason: Text
    article: str
    form: Text
    decided_by: Text
    category: VoterCategory | None = None


_ATTENDANCE = Text("daftar hadir (C7)")
_INCIDENTS = Text("catatan kejadian khusus")
_ENTRY_OFFICER = Text("petugas pintu masuk")
_CHAIR = Text("ketua bersama saksi calon")


def decide_admission(*, rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision:
    """Decide about one person at the entrance.

    Law: fields `admission.*`, `roll.unlisted_voters_allowed`, `roll.under_age_document`. One vote
    per person comes before everything; a listed voter who no longer qualifies may not vote.
    """
    for question in _QUESTIONS:
        decision = question(rules, voter)
        if decision is not None:
            return decision
    return _admit(rules, "admission.admit", Text("Terdaftar di TPS ini."), VoterCategory.ROLL)


def _ask_has_voted(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    if not voter.has_voted:
        return None
    text = Text("Sudah tercatat memilih. Satu orang hanya memilih satu kali.")
    return _refuse(rules, "admission.has-voted", text, "roll.voter_age_min")


def _ask_qualifies(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    if voter.qualifies:
        return None
    text = Text("Terdaftar, tetapi sudah tidak memenuhi syarat menurut catatan pada DPT.")
    return _refuse(rules, "admission.not-qualified", text, "roll.voter_age_min")


def _ask_invitation_owner(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    """Law: nobody votes for somebody else; the paper is kept and the person voted on separately."""
    if voter.invitation is not Invitation.SOMEBODY_ELSES:
        return None
    text = Text("Undangan ini milik orang lain. Memilih tidak dapat diwakilkan.")
    return _refuse(rules, "admission.other-invitation", text, "admission.identity_documents")


def _ask_identity_matches(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    if not voter.documents or voter.document_matches:
        return None
    text = Text("Bukti diri tidak cocok dengan nama dalam DPT.")
    rule_id = "admission.identity_mismatch"
    if rules.admission.identity_mismatch is Permission.REFUSE:
        return _refuse(rules, "admission.mismatch", text, rule_id)
    return _ask_chair(rules, "admission.mismatch", text, rule_id, None)


def _ask_unlisted(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    """Law: field `roll.unlisted_voters_allowed` with its hours and documents."""
    if voter.roll is not RollPlace.NOT_LISTED:
        return None
    admission = rules.admission
    if not admission.unlisted_allowed:
        text = Text("Tidak terdaftar dalam DPT.")
        return _refuse(rules, "admission.not-listed", text, "roll.unlisted_voters_allowed")
    if not admission.unlisted_from <= voter.at <= admission.unlisted_until:
        text = Text(
            "Pemilih di luar DPT dilayani pukul {start} sampai {end}.",
            start=admission.unlisted_from.strftime("%H.%M"),
            end=admission.unlisted_until.strftime("%H.%M"),
        )
        return _refuse(rules, "admission.unlisted-hours", text, "roll.unlisted_voters_from")
    if admission.unlisted_documents.isdisjoint(voter.documents):
        text = Text("Pemilih di luar DPT harus menunjukkan bukti diri yang diterima.")
        return _refuse(rules, "admission.unlisted-identity", text, "admission.unlisted_documents")
    text = Text("Di luar DPT, tetapi dibolehkan aturan daerah pada jam ini.")
    return _admit(rules, "admission.unlisted", text, VoterCategory.UNLISTED)


def _ask_identity(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    """Law: fields on invitation and identity; a lost invitation may be replaced by a document."""
    admission = rules.admission
    accepted = _accepted(admission, voter)
    if voter.invitation is Invitation.OWN:
        if not admission.identity_required_with_invitation or accepted & voter.documents:
            return None
        rule_id = "admission.identity_required_with_invitation"
        text = Text("Bukti diri belum ditunjukkan. Pemilih boleh kembali dengan bukti diri.")
        return _refuse(rules, "admission.no-identity", text, rule_id)
    rule_id = "admission.lost_invitation_documents"
    if not admission.lost_invitation_documents:
        text = Text("Tanpa undangan tidak boleh memilih menurut aturan daerah.")
        return _refuse(rules, "admission.no-invitation", text, rule_id)
    if accepted & voter.documents:
        return None
    text = Text("Tanpa undangan, pemilih harus menunjukkan bukti diri yang diterima.")
    return _refuse(rules, "admission.no-invitation", text, rule_id)


def _ask_other_station(rules: StationRules, voter: AdmissionFacts) -> AdmissionDecision | None:
    """Law: field `admission.other_station`; asking means making sure that nobody votes twice."""
    if voter.roll is not RollPlace.OTHER_STATION:
        return None
    permission, rule_id = rules.admission.other_station, "admission.other_station"
    if permission is Permission.REFUSE:
        text = Text("Terdaftar di TPS lain. Tunjukkan TPS tempat ia terdaftar.")
        return _refuse(rules, "admission.other-station", text, rule_id)
    if permission is Permission.ASK:
        text = Text(
            "Terdaftar di TPS lain. Pastikan dulu kepada TPS asal bahwa ia belum memilih, lalu "
            "putuskan."
        )
        return _ask_chair(rules, "admission.other-station", text, rule_id, VoterCategory.ELSEWHERE)
    text = Text("Terdaftar di TPS lain; aturan daerah membolehkan memilih di sini.")
    return _admit(rules, "admission.other-station", text, VoterCategory.ELSEWHERE)


_Question = Callable[[StationRules, AdmissionFacts], AdmissionDecision | None]
_QUESTIONS: tuple[_Question, ...] = (
    _ask_has_voted,
    _ask_qualifies,
    _ask_invitation_owner,
    _ask_identity_matches,
    _ask_unlisted,
    _ask_identity,
    _ask_other_station,
)


def _accepted(admission: AdmissionRules, voter: AdmissionFacts) -> frozenset[Document]:
    """Documents that show who this voter is; a married voter under age has another one."""
    lost = voter.invitation is Invitation.MISSING
    accepted = admission.lost_invitation_documents if lost else admission.identity_documents
    return accepted | admission.under_age_documents if voter.is_under_age_married else accepted


def _admit(
    rules: StationRules, code: str, reason: Text, category: VoterCategory
) -> AdmissionDecision:
    return AdmissionDecision(
        decision=Permission.ADMIT,
        code=code,
        reason=reason,
        article=rules.article("admission.identity_documents"),
        form=_ATTENDANCE,
        decided_by=_ENTRY_OFFICER,
        category=category,
    )


def _refuse(rules: StationRules, code: str, reason: Text, rule_id: str) -> AdmissionDecision:
    return AdmissionDecision(
        decision=Permission.REFUSE,
        code=code,
        reason=reason,
        article=rules.article(rule_id),
        form=_INCIDENTS,
        decided_by=_ENTRY_OFFICER,
    )


def _ask_chair(
    rules: StationRules, code: str, reason: Text, rule_id: str, category: VoterCategory | None
) -> AdmissionDecision:
    return AdmissionDecision(
        decision=Permission.ASK,
        code=code,
        reason=reason,
        article=rules.article(rule_id),
        form=_INCIDENTS,
        decided_by=_CHAIR,
        category=category,
    )
