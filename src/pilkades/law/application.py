"""The life of one application for village head, as a literal table, and who may do what.

Implements the order of Permendagri 112/2014: registration, checking, completion,
determination, number; with withdrawal, death and disqualification at any stage that knows them.
Transitions stand in `ALLOWED` and nowhere else. Leaves out the requirements themselves
(`eligibility`) and how many candidates there must be (`candidacy`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pilkades.errors import RuleViolationError
from pilkades.law.candidacy_rules import CandidacyRules, Withdrawal
from pilkades.text import Text


class ApplicationState(StrEnum):
    """Where an application stands (keadaan berkas pencalonan)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    CHECKING = "checking"
    NEEDS_COMPLETION = "needs_completion"
    COMPLETED = "completed"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    NOT_SELECTED = "not_selected"
    DETERMINED = "determined"
    NUMBERED = "numbered"
    WITHDRAWN = "withdrawn"
    DIED = "died"
    DISQUALIFIED = "disqualified"


class ApplicationEvent(StrEnum):
    """What happens to an application."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    RETURN = "return"
    START_CHECK = "start_check"
    REQUEST_COMPLETION = "request_completion"
    COMPLETE = "complete"
    FIND_ELIGIBLE = "find_eligible"
    FIND_INELIGIBLE = "find_ineligible"
    REOPEN = "reopen"
    SELECT_OUT = "select_out"
    DETERMINE = "determine"
    GIVE_NUMBER = "give_number"
    WITHDRAW = "withdraw"
    RECORD_DEATH = "record_death"
    DISQUALIFY = "disqualify"


_S = ApplicationState
_E = ApplicationEvent
_BEFORE_CHECK = {_E.WITHDRAW: _S.WITHDRAWN, _E.RECORD_DEATH: _S.DIED}
_AFTER_DETERMINATION = {**_BEFORE_CHECK, _E.DISQUALIFY: _S.DISQUALIFIED}

ALLOWED: Mapping[ApplicationState, Mapping[ApplicationEvent, ApplicationState]] = {
    _S.DRAFT: {_E.SUBMIT: _S.SUBMITTED, **_BEFORE_CHECK},
    _S.SUBMITTED: {_E.RECEIVE: _S.RECEIVED, _E.RETURN: _S.DRAFT, **_BEFORE_CHECK},
    _S.RECEIVED: {_E.START_CHECK: _S.CHECKING, **_BEFORE_CHECK},
    _S.CHECKING: {
        _E.REQUEST_COMPLETION: _S.NEEDS_COMPLETION,
        _E.FIND_ELIGIBLE: _S.ELIGIBLE,
        _E.FIND_INELIGIBLE: _S.INELIGIBLE,
        **_BEFORE_CHECK,
    },
    _S.NEEDS_COMPLETION: {
        _E.COMPLETE: _S.COMPLETED,
        _E.FIND_INELIGIBLE: _S.INELIGIBLE,
        **_BEFORE_CHECK,
    },
    _S.COMPLETED: {
        _E.FIND_ELIGIBLE: _S.ELIGIBLE,
        _E.FIND_INELIGIBLE: _S.INELIGIBLE,
        **_BEFORE_CHECK,
    },
    _S.ELIGIBLE: {
        _E.DETERMINE: _S.DETERMINED,
        _E.SELECT_OUT: _S.NOT_SELECTED,
        _E.REOPEN: _S.CHECKING,
        **_BEFORE_CHECK,
    },
    _S.INELIGIBLE: {_E.REOPEN: _S.CHECKING},
    _S.NOT_SELECTED: {_E.REOPEN: _S.CHECKING},
    _S.DETERMINED: {_E.GIVE_NUMBER: _S.NUMBERED, **_AFTER_DETERMINATION},
    _S.NUMBERED: _AFTER_DETERMINATION,
    _S.WITHDRAWN: {},
    _S.DIED: {},
    _S.DISQUALIFIED: {},
}

WHO_MAY: Mapping[ApplicationEvent, frozenset[str]] = {
    _E.SUBMIT: frozenset({"calon"}),
    _E.RECEIVE: frozenset({"panitia"}),
    _E.RETURN: frozenset({"panitia"}),
    _E.START_CHECK: frozenset({"panitia"}),
    _E.REQUEST_COMPLETION: frozenset({"panitia"}),
    _E.COMPLETE: frozenset({"calon"}),
    _E.FIND_ELIGIBLE: frozenset({"panitia"}),
    _E.FIND_INELIGIBLE: frozenset({"panitia"}),
    _E.REOPEN: frozenset({"panitia"}),
    _E.SELECT_OUT: frozenset({"panitia"}),
    _E.DETERMINE: frozenset({"panitia"}),
    _E.GIVE_NUMBER: frozenset({"panitia"}),
    _E.WITHDRAW: frozenset({"calon"}),
    _E.RECORD_DEATH: frozenset({"panitia"}),
    _E.DISQUALIFY: frozenset({"panitia"}),
}
"""Owner words of the timetable; the shell knows which people they are."""

STATE_NAMES: Mapping[ApplicationState, Text] = {
    _S.DRAFT: Text("rancangan"),
    _S.SUBMITTED: Text("dikirim"),
    _S.RECEIVED: Text("diterima"),
    _S.CHECKING: Text("diteliti"),
    _S.NEEDS_COMPLETION: Text("perlu dilengkapi"),
    _S.COMPLETED: Text("sudah dilengkapi"),
    _S.ELIGIBLE: Text("memenuhi syarat"),
    _S.INELIGIBLE: Text("tidak memenuhi syarat"),
    _S.NOT_SELECTED: Text("tidak lolos seleksi tambahan"),
    _S.DETERMINED: Text("ditetapkan sebagai calon"),
    _S.NUMBERED: Text("bernomor urut"),
    _S.WITHDRAWN: Text("mengundurkan diri"),
    _S.DIED: Text("meninggal dunia"),
    _S.DISQUALIFIED: Text("dibatalkan sebagai calon"),
}
EVENT_NAMES: Mapping[ApplicationEvent, Text] = {
    _E.SUBMIT: Text("kirim berkas"),
    _E.RECEIVE: Text("terima berkas"),
    _E.RETURN: Text("kembalikan berkas"),
    _E.START_CHECK: Text("mulai penelitian"),
    _E.REQUEST_COMPLETION: Text("minta pelengkapan"),
    _E.COMPLETE: Text("lengkapi berkas"),
    _E.FIND_ELIGIBLE: Text("nyatakan memenuhi syarat"),
    _E.FIND_INELIGIBLE: Text("nyatakan tidak memenuhi syarat"),
    _E.REOPEN: Text("teliti kembali"),
    _E.SELECT_OUT: Text("nyatakan tidak lolos seleksi"),
    _E.DETERMINE: Text("tetapkan sebagai calon"),
    _E.GIVE_NUMBER: Text("catat nomor urut"),
    _E.WITHDRAW: Text("catat pengunduran diri"),
    _E.RECORD_DEATH: Text("catat meninggal dunia"),
    _E.DISQUALIFY: Text("batalkan sebagai calon"),
}

STANDING = frozenset({_S.DETERMINED, _S.NUMBERED})
"""States in which somebody is a candidate (calon) and stands on the ballot."""


@dataclass(frozen=True, slots=True)
class Verification:
    """One person's check of a file: who, and whether that person found it eligible."""

    person: str
    is_eligible: bool


def advance_application(
    *, rules: CandidacyRules, state: ApplicationState, event: ApplicationEvent, by: str
) -> ApplicationState:
    """The state after an event, or a refusal that names what is possible.

    Law: Permendagri 112/2014. Whether a determined candidate may withdraw is silent in
    the law and a pack field, `candidacy.withdrawal_after_determination` (ADR 0108).
    """
    after = ALLOWED[state].get(event)
    if after is None:
        raise RuleViolationError(
            "application.order",
            Text(
                "Langkah “{event}” tidak dapat dilakukan pada berkas yang berstatus “{state}”. "
                "Yang dapat dilakukan: {possible}.",
                event=EVENT_NAMES[event],
                state=STATE_NAMES[state],
                possible=", ".join(str(EVENT_NAMES[item]) for item in ALLOWED[state]) or "-",
            ),
            article=rules.article,
        )
    if by not in WHO_MAY[event]:
        raise RuleViolationError(
            "application.who",
            Text(
                "Langkah “{event}” hanya dilakukan oleh {who}.",
                event=EVENT_NAMES[event],
                who=", ".join(sorted(WHO_MAY[event])),
            ),
            article=rules.article,
        )
    is_late = event is ApplicationEvent.WITHDRAW and state in STANDING
    if is_late and rules.late_withdrawal is Withdrawal.FORBIDDEN:
        raise RuleViolationError(
            "candidacy.withdrawal_after_determination",
            Text(
                "Calon yang sudah ditetapkan tidak dapat mengundurkan diri menurut paket aturan "
                "ini. Namanya tetap berada pada surat suara."
            ),
            article=rules.late_withdrawal_article,
        )
    return after


def list_possible_events(
    *, rules: CandidacyRules, state: ApplicationState, by: str
) -> tuple[ApplicationEvent, ...]:
    """What somebody may do with an application now, in the order of the table.

    Law: Permendagri 112/2014, by trying `advance_application` for every event.
    """
    possible: list[ApplicationEvent] = []
    for event in ALLOWED[state]:
        try:
            advance_application(rules=rules, state=state, event=event, by=by)
        except RuleViolationError:
            continue
        possible.append(event)
    return tuple(possible)


def decide_verification(
    *, rules: CandidacyRules, verifications: Sequence[Verification]
) -> ApplicationEvent | None:
    """What the checks of several people mean: eligible, ineligible, or None while open.

    Law: the committee decides together (Permendagri 112/2014); how many check is the field
    `candidacy.verifiers_min`. One person twice is a violation; when they differ, the committee
    decides in plenary, which this function leaves open (ADR 0109).
    """
    people = [item.person for item in verifications]
    doubled = sorted({person for person in people if people.count(person) > 1})
    if doubled:
        raise RuleViolationError(
            "candidacy.verifiers_min",
            Text(
                "Berkas diperiksa oleh {count} orang yang berbeda; {person} sudah memeriksa "
                "berkas ini. Mintalah anggota panitia yang lain.",
                count=rules.verifiers_min,
                person=doubled[0],
            ),
            article=rules.verifiers_article,
        )
    if len(people) < rules.verifiers_min:
        return None
    if all(item.is_eligible for item in verifications):
        return ApplicationEvent.FIND_ELIGIBLE
    if not any(item.is_eligible for item in verifications):
        return ApplicationEvent.FIND_INELIGIBLE
    return None
