"""`{% load village %}`: states of files and answers of the law in words and colours."""

from django import template

from pilkades.apps.design.texts import translate
from pilkades.apps.elections.forms.requirements import FORMS
from pilkades.apps.elections.selectors.candidates import ApplicantFile
from pilkades.law.application import (
    EVENT_NAMES,
    STATE_NAMES,
    ApplicationEvent,
    ApplicationState,
)
from pilkades.law.eligibility import Outcome
from pilkades.text import Text

register = template.Library()

_S = ApplicationState
STATE_KINDS = {
    _S.DRAFT: "idle",
    _S.SUBMITTED: "info",
    _S.RECEIVED: "info",
    _S.CHECKING: "info",
    _S.NEEDS_COMPLETION: "warn",
    _S.COMPLETED: "info",
    _S.ELIGIBLE: "ok",
    _S.INELIGIBLE: "bad",
    _S.NOT_SELECTED: "idle",
    _S.DETERMINED: "ok",
    _S.NUMBERED: "ok",
    _S.WITHDRAWN: "idle",
    _S.DIED: "idle",
    _S.DISQUALIFIED: "bad",
}
OUTCOMES = {
    Outcome.MET: ("ok", Text("Terpenuhi")),
    Outcome.NOT_MET: ("bad", Text("Tidak terpenuhi")),
    Outcome.NEEDS_DOCUMENT: ("warn", Text("Dokumen belum ada")),
    Outcome.NEEDS_DECISION: ("warn", Text("Belum dinilai")),
}


@register.filter
def keadaan_berkas(state: str) -> str:
    """The state of a file in words, with a capital."""
    return _capital(translate(STATE_NAMES[ApplicationState(state)]))


@register.filter
def jenis_berkas(state: str) -> str:
    """The kind of the status tag of a file's state."""
    return STATE_KINDS[ApplicationState(state)]


@register.filter
def nama_langkah(event: str) -> str:
    """What was decided, in words, with a capital."""
    return _capital(translate(EVENT_NAMES[ApplicationEvent(event)]))


@register.filter
def kata_syarat(outcome: str) -> str:
    """The answer to a requirement in words."""
    return translate(OUTCOMES[Outcome(outcome)][1])


@register.filter
def jenis_syarat(outcome: str) -> str:
    """The kind of the status tag of an answer."""
    return OUTCOMES[Outcome(outcome)][0]


@register.filter
def bisa_dijawab(requirement_id: str, file: ApplicantFile) -> bool:
    """Whether a requirement is answered by a form of its own."""
    conditions = file.context.eligibility_rules.conditions
    return any(item.id == requirement_id and item.test in FORMS for item in conditions)


def _capital(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"
