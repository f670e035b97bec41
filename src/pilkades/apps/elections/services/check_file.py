"""Several people judge the whole file; what they find together is the committee's finding."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.design.stored_texts import freeze_text
from pilkades.apps.elections.models import Candidacy, CandidacyDecision, FileCheck
from pilkades.apps.elections.selectors.candidates import ApplicantFile, get_file
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    label_person,
    lock_file,
    next_state,
    save_file,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.record_facts import get_condition
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.application import (
    ApplicationEvent,
    ApplicationState,
    Verification,
    decide_verification,
)
from pilkades.law.eligibility import Due, Outcome, Requirement
from pilkades.text import Text

JUDGEABLE = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
    }
)


@transaction.atomic
def check_file(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    is_eligible: bool,
    requirement_id: str = "",
    reason: str = "",
) -> Candidacy:
    """Give one examiner's finding on the whole file.

    Allowed: who sits in the committee of the village.
    Requires: a file under examination that this person has not judged in this round; "eligible"
    only where every requirement due by now is met; "ineligible" with requirement and reason.
    Effects: the finding; when enough people agree, the file's state and the decision.
    `candidacy.checked`, then `candidacy.found_eligible` or `candidacy.found_ineligible`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_running(context)
    _require_judgeable(candidacy, context)
    _require_another_person(candidacy, context, actor)
    file = get_file(candidacy.uuid, context, now=now)
    article = _judge(file, is_eligible, requirement_id, reason)

    _begin(candidacy, context)
    _save_check(candidacy, actor, now, is_eligible, requirement_id, article, reason)
    commitment = _decide(candidacy, context, now)
    save_file(candidacy, fields=["state"])

    append_file_event(
        event="candidacy.checked",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.article,
        sealed={
            "verdict": "eligible" if is_eligible else "ineligible",
            "requirement": "" if is_eligible else requirement_id,
            "article": article,
        },
    )
    if commitment:
        _append_finding(candidacy, context, actor, now, commitment)
    return candidacy


def require_met(file: ApplicantFile, *, until: Due) -> None:
    """Refuse where a requirement that is due by a moment is not met, naming the first one.

    Raises: RuleViolationError with the requirement's id and article.
    """
    due = {Due.REGISTRATION} if until is Due.REGISTRATION else set(Due)
    for line in file.checklist.requirements:
        if line.due in due and line.applies and line.outcome is not Outcome.MET:
            raise RuleViolationError(
                f"eligibility.{line.id}",
                Text(
                    "Syarat “{name}” belum terpenuhi: {reason}", name=line.name, reason=line.reason
                ),
                article=line.article,
            )


def _judge(file: ApplicantFile, is_eligible: bool, requirement_id: str, reason: str) -> str:
    """The article that the finding rests on."""
    if is_eligible:
        require_met(file, until=Due.REGISTRATION)
        return file.context.candidacy_rules.article
    if not reason.strip():
        raise MalformedInputError(
            "candidacy.reason",
            Text("Tulis alasan mengapa berkas ini tidak memenuhi syarat."),
        )
    return get_condition(file.context, requirement_id).article


def _require_judgeable(candidacy: Candidacy, context: VillageElection) -> None:
    if candidacy.state not in JUDGEABLE:
        raise RuleViolationError(
            "application.order",
            Text("Berkas belum diterima atau sudah diputuskan, sehingga tidak dinilai."),
            article=context.candidacy_rules.article,
        )


def list_verifications(candidacy: Candidacy) -> list[Verification]:
    """The findings of the running round, as the law reads them."""
    checks = candidacy.checks.filter(round=candidacy.check_round).select_related("checked_by")
    return [Verification(label_person(item.checked_by), item.is_eligible) for item in checks]


def _require_another_person(candidacy: Candidacy, context: VillageElection, actor: Actor) -> None:
    mine = candidacy.checks.filter(
        round=candidacy.check_round, checked_by_id=actor.user_id
    ).select_related("checked_by")
    again = [Verification(label_person(item.checked_by), item.is_eligible) for item in mine]
    verifications = [*list_verifications(candidacy), *again]
    decide_verification(rules=context.candidacy_rules, verifications=verifications)


def _begin(candidacy: Candidacy, context: VillageElection) -> None:
    if candidacy.state == ApplicationState.RECEIVED:
        candidacy.state = next_state(
            context=context,
            candidacy=candidacy,
            event=ApplicationEvent.START_CHECK,
            by="panitia",
        )


def _save_check(
    candidacy: Candidacy,
    actor: Actor,
    now: datetime,
    is_eligible: bool,
    requirement_id: str,
    article: str,
    reason: str,
) -> None:
    try:
        with transaction.atomic():
            FileCheck.objects.create(
                candidacy=candidacy,
                round=candidacy.check_round,
                is_eligible=is_eligible,
                requirement_id="" if is_eligible else requirement_id,
                article=article,
                reason=reason,
                checked_by_id=actor.user_id,
                checked_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "candidacy.checked-twice",
            Text("Penilaian Anda atas berkas ini sudah tercatat. Muat ulang halaman."),
        ) from error


def _decide(candidacy: Candidacy, context: VillageElection, now: datetime) -> str:
    """Record the common finding; returns the commitment to its reason, empty while it is open."""
    event = decide_verification(
        rules=context.candidacy_rules, verifications=list_verifications(candidacy)
    )
    if event is None:
        return ""
    candidacy.state = next_state(context=context, candidacy=candidacy, event=event, by="panitia")
    checks = list(candidacy.checks.filter(round=candidacy.check_round))
    reason, article, trace = _explain(checks, get_file(candidacy.uuid, context, now=now))
    salt, commitment = commit_to(reason)
    CandidacyDecision.objects.create(
        candidacy=candidacy,
        event=event,
        reason=reason,
        reason_salt=salt,
        article=article,
        trace=trace,
        proposed_by_id=checks[0].checked_by_id,
        proposed_at=checks[0].checked_at,
        confirmed_by_id=checks[-1].checked_by_id,
        confirmed_at=now,
    )
    return commitment


def _explain(
    checks: list[FileCheck], file: ApplicantFile
) -> tuple[str, str, list[dict[str, object]]]:
    refusals = [check for check in checks if not check.is_eligible]
    trace = [_trace_line(line) for line in file.checklist.requirements]
    if not refusals:
        article = file.context.candidacy_rules.article
        return "Semua syarat yang wajib dipenuhi saat pendaftaran terpenuhi.", article, trace
    reason = " ".join(dict.fromkeys(check.reason.strip() for check in refusals))
    return reason, refusals[0].article, trace


def _trace_line(line: Requirement) -> dict[str, object]:
    """Outcome and article of a requirement, without the reason, which may tell of the person."""
    return {
        "id": line.id,
        "outcome": line.outcome.value,
        "article": line.article,
        "name": freeze_text(Text("{name}", name=line.name)),
    }


def _append_finding(
    candidacy: Candidacy, context: VillageElection, actor: Actor, now: datetime, commitment: str
) -> None:
    is_good = candidacy.state == ApplicationState.ELIGIBLE
    article = candidacy.decisions.order_by("-pk").values_list("article", flat=True)[0]
    append_file_event(
        event="candidacy.found_eligible" if is_good else "candidacy.found_ineligible",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=context.candidacy_rules.article,
        data={"round": candidacy.check_round, "reason_commitment": commitment},
        sealed={"article": article},
    )
