"""At the booth: who may help a voter, and when a ballot is replaced.

Law: Permendagri 112/2014 Pasal 39: a damaged ballot is replaced once, a mistaken vote is replaced
once. Blind and disabled voters may be helped by a person of their choice who keeps the secret; who
else may be helped and who may not help is regional.
"""

from dataclasses import dataclass
from enum import StrEnum

from pilkades.law.station.rules import Helper, Impairment, StationRules
from pilkades.text import Text


class ReplacementReason(StrEnum):
    """Why a voter asks for another ballot (alasan penggantian)."""

    DAMAGED = "damaged"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothDecision:
    """Yes or no at the booth (putusan di bilik), with what is signed and who decides."""

    is_allowed: bool
    code: str
    reason: Text
    article: str
    form: Text
    decided_by: Text


_CHAIR = Text("ketua")
_INCIDENTS = Text("catatan kejadian khusus")
_COMPANION = Text("surat pernyataan pendamping")
_RETURNED = Text("catatan surat suara yang dikembalikan")


def decide_helper(
    *, rules: StationRules, impairment: Impairment | None, helper: Helper
) -> BoothDecision:
    """May this person come into the booth with the voter?

    Law: fields `helper.voters`, `helper.barred`, `helper.statement_required`. The voter chooses;
    nobody is helped who does not ask for it.
    """
    if impairment is None or impairment not in rules.helped_voters:
        text = Text("Pemilih ini memilih sendiri di bilik; pendampingan tidak diatur untuknya.")
        return _refuse(rules, "helper.voter", text, "helper.voters")
    if helper in rules.helpers_barred:
        text = Text("Orang ini tidak boleh menjadi pendamping. Pemilih memilih orang lain.")
        return _refuse(rules, "helper.barred", text, "helper.barred")
    return BoothDecision(
        is_allowed=True,
        code="helper.allowed",
        reason=Text("Pemilih boleh didampingi orang pilihannya, yang menjaga kerahasiaan."),
        article=rules.article("helper.voters"),
        form=_COMPANION if rules.helper_statement_required else _INCIDENTS,
        decided_by=_CHAIR,
    )


def decide_replacement(
    *,
    rules: StationRules,
    reason: ReplacementReason,
    replaced_before: int,
    is_in_box: bool,
    ballots_left: int,
) -> BoothDecision:
    """May this voter have another ballot?

    Law: Permendagri 112/2014 Pasal 39: once for a damaged ballot, once for a mistaken vote, counted
    apart (`replaced_before` is for this reason only); fields `replacement.*`. A ballot that is in
    the box stays there: that follows from the secrecy of the vote, no article says it.
    """
    is_damaged = reason is ReplacementReason.DAMAGED
    most = rules.damaged_max if is_damaged else rules.mistaken_max
    rule_id = "replacement.damaged_max" if is_damaged else "replacement.mistaken_max"
    if is_in_box:
        text = Text("Surat suara sudah masuk kotak dan tidak dapat diganti.")
        return _refuse(rules, "replacement.in-box", text, rule_id)
    if replaced_before >= most:
        text = Text("Penggantian dengan alasan ini paling banyak {most} kali.", most=most)
        return _refuse(rules, "replacement.max", text, rule_id)
    if ballots_left <= 0:
        text = Text("Surat suara cadangan habis. Laporkan kepada panitia dan catat.")
        return _refuse(rules, "replacement.none-left", text, "station.spare_ballots_percent")
    return BoothDecision(
        is_allowed=True,
        code="replacement.allowed",
        reason=Text(
            "Surat suara lama diberi tanda silang, disimpan, dan diganti dengan yang baru."
        ),
        article=rules.article(rule_id),
        form=_RETURNED,
        decided_by=_CHAIR,
    )


def _refuse(rules: StationRules, code: str, reason: Text, rule_id: str) -> BoothDecision:
    return BoothDecision(
        is_allowed=False,
        code=code,
        reason=reason,
        article=rules.article(rule_id),
        form=_INCIDENTS,
        decided_by=_CHAIR,
    )
