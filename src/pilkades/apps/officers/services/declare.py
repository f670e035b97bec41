"""What an officer declares: residence, health, party, campaign, kinship; and warnings accepted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.officers.models import (
    AcceptedWarning,
    KinshipDeclaration,
    StationOfficer,
    TieState,
)
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.services.locks import (
    append_officer_event,
    lock_officer,
    save_officer,
)
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.findings import Finding, Severity
from pilkades.law.officers_kinship import Relation
from pilkades.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers on the officer's declaration."""

    lives_in_village: bool
    is_healthy: bool
    is_committee_member: bool
    party_state: TieState
    campaign_state: TieState
    party_ended_date: date | None = None
    campaign_ended_date: date | None = None


ANSWER_COLUMNS = [
    "lives_in_village",
    "is_healthy",
    "is_committee_member",
    "party_state",
    "campaign_state",
    "party_ended_date",
    "campaign_ended_date",
]


@transaction.atomic
def record_answers(
    *, actor: Actor, now: datetime, officer_uuid: UUID, expected_version: int, answers: Answers
) -> StationOfficer:
    """Write down what the officer declared on the signed form.

    Allowed: who sits in the committee.
    Requires: the officer as the actor saw it; a date where something is said to have ended, and
    none in the future.
    Effects: the answers; conflicts are judged from them at once. `officer.answered`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    officer, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    today = context.local_date(now)
    _require_dates(answers.party_state, answers.party_ended_date, today)
    _require_dates(answers.campaign_state, answers.campaign_ended_date, today)

    for name in ANSWER_COLUMNS:
        setattr(officer, name, getattr(answers, name))
    if answers.party_state != TieState.PAST:
        officer.party_ended_date = None
    if answers.campaign_state != TieState.PAST:
        officer.campaign_ended_date = None
    save_officer(officer, fields=ANSWER_COLUMNS)

    written = {name: str(getattr(officer, name)) for name in ANSWER_COLUMNS}
    append_officer_event(
        event="officer.answered",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=Examiner(context).rules.appointment_article,
        sealed={"answers": json.dumps(written, sort_keys=True)},
    )
    return officer


@transaction.atomic
def declare_kinship(
    *,
    actor: Actor,
    now: datetime,
    officer_uuid: UUID,
    expected_version: int,
    relations: Mapping[int, Relation],
) -> StationOfficer:
    """Write down what the officer is to each candidate; "no relation" is an answer too.

    Allowed: who sits in the committee.
    Requires: the officer as the actor saw it; candidates of this election.
    Effects: one declaration for each candidate. `officer.kinship_declared`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    officer, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    examiner = Examiner(context)
    if not set(relations) <= {item.pk for item in examiner.candidacies}:
        raise MalformedInputError(
            "officer.kinship-candidate",
            Text("Daftar calon sudah berubah. Muat ulang halaman, lalu isi lagi."),
        )

    for candidacy_pk, relation in relations.items():
        KinshipDeclaration.objects.update_or_create(
            officer=officer,
            candidacy_id=candidacy_pk,
            defaults={
                "relation": relation.value,
                "recorded_by_id": actor.user_id,
                "recorded_at": now,
            },
        )
    save_officer(officer, fields=[])

    uuids = {item.pk: str(item.uuid) for item in examiner.candidacies}
    written = {uuids[pk]: relation.value for pk, relation in relations.items()}
    append_officer_event(
        event="officer.kinship_declared",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=examiner.rules.appointment_article,
        data={"candidates": len(relations)},
        sealed={"relations": json.dumps(written, sort_keys=True)},
    )
    return officer


@transaction.atomic
def accept_warning(
    *,
    actor: Actor,
    now: datetime,
    officer_uuid: UUID,
    expected_version: int,
    code: str,
    reason: str,
) -> StationOfficer:
    """Let an officer serve in spite of a warning, for a reason that is written down.

    Allowed: who sits in the committee.
    Requires: a warning that stands; a block has no reason that lifts it.
    Effects: the reason, bound to the sentence it was given for: should the facts change, the
    warning opens again. Warnings of one kind are accepted together. `officer.warning_accepted`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    officer, context = lock_officer(officer_uuid=officer_uuid, expected_version=expected_version)

    require_seat(actor, context)

    standing = Examiner(context).judge(officer)
    found = [item.finding for item in standing.findings if item.finding.code == code]
    _require_warnings(found)
    if not reason.strip():
        raise MalformedInputError(
            "officer.reason", Text("Tulis alasan mengapa orang ini tetap ditugaskan.")
        )

    AcceptedWarning.objects.bulk_create(
        AcceptedWarning(
            officer=officer,
            code=code,
            sentence=str(finding.text),
            reason=reason,
            accepted_by_id=actor.user_id,
            accepted_at=now,
        )
        for finding in found
    )
    save_officer(officer, fields=[])

    append_officer_event(
        event="officer.warning_accepted",
        officer=officer,
        context=context,
        actor=actor,
        now=now,
        article=found[0].article,
        sealed={"warning": " ".join(str(item.text) for item in found), "reason": reason},
    )
    return officer


def _require_warnings(found: list[Finding]) -> None:
    if not found:
        raise MalformedInputError(
            "officer.no-warning", Text("Peringatan ini tidak ada lagi. Muat ulang halaman.")
        )
    for finding in found:
        if finding.severity is Severity.ERROR:
            raise RuleViolationError(
                "officer.block-stands",
                Text(
                    "{sentence} Ini halangan, bukan peringatan, dan tidak dapat dikesampingkan "
                    "dengan alasan apa pun. Pilih orang lain.",
                    sentence=finding.text,
                ),
                article=finding.article,
            )


def _require_dates(state: TieState, ended: date | None, today: date) -> None:
    if state == TieState.PAST and (ended is None or ended > today):
        raise MalformedInputError(
            "officer.ended-date",
            Text("Isi tanggal berhenti, paling lambat hari ini, bila pernah dan sudah berhenti."),
        )
