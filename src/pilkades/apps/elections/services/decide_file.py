"""Decisions on one file that two people make: plenary findings, withdrawal, death, and the like."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.models import Candidacy, CandidacyDecision
from pilkades.apps.elections.selectors.candidates import get_file
from pilkades.apps.elections.selectors.village_access import (
    is_own_file,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    lock_file,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.check_file import list_verifications, require_met
from pilkades.apps.elections.services.documents import keep_document
from pilkades.apps.elections.services.losses import follow_up_loss
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import (
    EVENT_NAMES,
    STANDING,
    WHO_MAY,
    ApplicationEvent,
    ApplicationState,
    decide_verification,
)
from pilkades.law.eligibility import Due
from pilkades.text import Text

FINDINGS = frozenset({ApplicationEvent.FIND_ELIGIBLE, ApplicationEvent.FIND_INELIGIBLE})
LOSSES = frozenset(
    {ApplicationEvent.WITHDRAW, ApplicationEvent.RECORD_DEATH, ApplicationEvent.DISQUALIFY}
)
PROPOSABLE = FINDINGS | LOSSES | {ApplicationEvent.REOPEN}


@transaction.atomic
def propose_decision(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    event: ApplicationEvent,
    reason: str,
    article: str,
    paper: bytes = b"",
) -> CandidacyDecision:
    """Put a decision on a file forward; it has no effect until a second person confirms it.

    Allowed: who sits in the committee; the applicant for the own withdrawal.
    Requires: an event that the law's table knows now; reason and article; a plenary finding only
    where the examiners differ.
    Effects: the open proposal. `candidacy.decision_proposed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_proposal(actor, candidacy, context, event)

    _require_words(reason, article)
    _require_possible(candidacy, context, event, now)

    salt, commitment = commit_to(reason)
    decision = _create(
        candidacy=candidacy,
        event=event,
        reason=reason,
        reason_salt=salt,
        article=article,
        file=keep_document(paper, name=str(EVENT_NAMES[event])) if paper else None,
        proposed_by_id=actor.user_id,
        proposed_at=now,
    )
    save_file(candidacy, fields=[])

    append_file_event(
        event="candidacy.decision_proposed",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        # What is only proposed may never come true, and a typed article may name a person.
        article=context.candidacy_rules.verifiers_article,
        data={"reason_commitment": commitment},
        sealed={"decision": event.value, "article": article.strip()},
    )
    return decision


@transaction.atomic
def confirm_decision(
    *, actor: Actor, now: datetime, decision_uuid: UUID, expected_version: int
) -> Candidacy:
    """Be the second person, and let the decision take effect.

    Allowed: who sits in the committee and did not put it forward.
    Requires: an open proposal that the law's table still knows.
    Effects: the file's state; after the loss of a determined candidate, what follows from the
    number left. `candidacy.decided`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    decision = CandidacyDecision.objects.select_related("candidacy").get(uuid=decision_uuid)
    candidacy, context = lock_file(
        candidacy_uuid=decision.candidacy.uuid, expected_version=expected_version
    )

    require_seat(actor, context)

    _require_open(decision)
    refuse_same_person(decision.proposed_by_id, actor, context)
    event = ApplicationEvent(decision.event)
    _require_possible(candidacy, context, event, now)
    was_standing = candidacy.state in STANDING

    candidacy.state = _after(candidacy, context, event)
    if event is ApplicationEvent.REOPEN:
        candidacy.check_round += 1
    save_file(candidacy, fields=["state", "check_round"])
    decision.confirmed_by_id, decision.confirmed_at = actor.user_id, now
    decision.save(update_fields=["confirmed_by", "confirmed_at"])

    append_file_event(
        event="candidacy.decided",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.verifiers_article,
        data={"decision": event.value, "state": candidacy.state},
    )
    if was_standing and event in LOSSES:
        follow_up_loss(context=context, actor=actor, now=now)
    return candidacy


@transaction.atomic
def withdraw_proposal(
    *, actor: Actor, now: datetime, decision_uuid: UUID, expected_version: int
) -> Candidacy:
    """Take an open proposal back.

    Allowed: who sits in the committee; the person who put it forward.
    Effects: the proposal stays readable and has no effect. `candidacy.proposal_withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    decision = CandidacyDecision.objects.select_related("candidacy").get(uuid=decision_uuid)
    candidacy, context = lock_file(
        candidacy_uuid=decision.candidacy.uuid, expected_version=expected_version
    )

    authorise_withdrawal(actor, decision, context)

    _require_open(decision)
    decision.withdrawn_at = now
    decision.save(update_fields=["withdrawn_at"])
    save_file(candidacy, fields=[])

    append_file_event(
        event="candidacy.proposal_withdrawn",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        sealed={"decision": decision.event},
    )
    return candidacy


def refuse_same_person(first_id: int | None, actor: Actor, context: VillageElection) -> None:
    """The second pair of eyes belongs to somebody else.

    Raises: RuleViolationError `two-people`.
    """
    if first_id != actor.user_id:
        return
    raise RuleViolationError(
        "two-people",
        Text(
            "Langkah ini memerlukan orang kedua. Anda yang mengajukannya; mintalah anggota "
            "panitia yang lain untuk memeriksa dan mengesahkannya."
        ),
        article=context.candidacy_rules.verifiers_article,
    )


def authorise_withdrawal(
    actor: Actor, decision: CandidacyDecision, context: VillageElection
) -> None:
    """Who sits in the committee, and the person who put the proposal forward.

    Raises: PermissionDenied.
    """
    if not is_seated(actor, context) and decision.proposed_by_id != actor.user_id:
        raise PermissionDenied


def authorise_proposal(
    actor: Actor, candidacy: Candidacy, context: VillageElection, event: ApplicationEvent
) -> None:
    """Who sits in the committee; the applicant for the own withdrawal.

    Raises: PermissionDenied.
    """
    is_own_withdrawal = event is ApplicationEvent.WITHDRAW and is_own_file(actor, candidacy)
    if event not in PROPOSABLE:
        raise PermissionDenied
    if not is_own_withdrawal and not is_seated(actor, context):
        raise PermissionDenied


def _require_words(reason: str, article: str) -> None:
    if reason.strip() and article.strip():
        return
    raise MalformedInputError(
        "candidacy.reason", Text("Keputusan memerlukan alasan dan pasal. Lengkapi keduanya.")
    )


def _require_possible(
    candidacy: Candidacy, context: VillageElection, event: ApplicationEvent, now: datetime
) -> None:
    _after(candidacy, context, event)
    if event not in FINDINGS:
        return
    _require_difference(candidacy, context)
    if event is ApplicationEvent.FIND_ELIGIBLE:
        require_met(get_file(candidacy.uuid, context, now=now), until=Due.REGISTRATION)


def _after(
    candidacy: Candidacy, context: VillageElection, event: ApplicationEvent
) -> ApplicationState:
    """Recording a withdrawal at the desk is the applicant's act, on the applicant's letter."""
    (by,) = WHO_MAY[event]
    return next_state(context=context, candidacy=candidacy, event=event, by=by)


def _require_difference(candidacy: Candidacy, context: VillageElection) -> None:
    """A plenary decides only what the examiners could not (ADR 0109)."""
    rules = context.candidacy_rules
    verifications = list_verifications(candidacy)
    is_open = decide_verification(rules=rules, verifications=verifications) is None
    if is_open and len(verifications) >= rules.verifiers_min:
        return
    raise RuleViolationError(
        "candidacy.plenary",
        Text(
            "Rapat pleno memutuskan hanya bila {count} pemeriksa berbeda pendapat; tercatat "
            "{found} penilaian.",
            count=rules.verifiers_min,
            found=len(verifications),
        ),
        article=rules.verifiers_article,
    )


def _require_open(decision: CandidacyDecision) -> None:
    if decision.confirmed_at is None and decision.withdrawn_at is None:
        return
    raise ConflictError(
        "candidacy.proposal-closed",
        Text("Usulan ini sudah disahkan atau ditarik oleh orang lain. Muat ulang halaman."),
    )


def _create(**columns: object) -> CandidacyDecision:
    try:
        with transaction.atomic():
            return CandidacyDecision.objects.create(**columns)
    except IntegrityError as error:
        raise ConflictError(
            "candidacy.proposal-open",
            Text(
                "Sudah ada usulan keputusan yang menunggu untuk berkas ini. Selesaikan usulan itu "
                "lebih dahulu."
            ),
        ) from error
