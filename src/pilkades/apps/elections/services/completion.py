"""What is missing is asked for with a day, and brought by then."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.models import Candidacy, CandidacyDecision
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
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.application import ApplicationEvent
from pilkades.law.windows import find_next_end, read_completion_window, require_in_time
from pilkades.text import Text


@transaction.atomic
def request_completion(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    reason: str,
) -> Candidacy:
    """Ask the applicant for what is missing, until the end of the completion.

    Allowed: who sits in the committee of the village.
    Requires: a file under examination, a completion still to end, words that say what is missing.
    Effects: state and last day; the applicant sees both. `candidacy.completion_requested`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    require_seat(actor, context)

    require_running(context)
    if not reason.strip():
        raise MalformedInputError(
            "completion.reason", Text("Tulis apa yang harus dilengkapi bakal calon.")
        )
    due_date, article = get_completion_due(context, on_date=context.local_date(now))
    candidacy.state = next_state(
        context=context,
        candidacy=candidacy,
        event=ApplicationEvent.REQUEST_COMPLETION,
        by="panitia",
    )

    candidacy.completion_due_date = due_date
    save_file(candidacy, fields=["state", "completion_due_date"])
    salt, commitment = commit_to(reason)
    CandidacyDecision.objects.create(
        candidacy=candidacy,
        event=ApplicationEvent.REQUEST_COMPLETION,
        reason=reason,
        reason_salt=salt,
        article=article,
        proposed_by_id=actor.user_id,
        proposed_at=now,
        confirmed_at=now,
    )

    append_file_event(
        event="candidacy.completion_requested",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=article,
        data={"due_date": due_date.isoformat(), "reason_commitment": commitment},
    )
    return candidacy


def authorise_completion(actor: Actor, candidacy: Candidacy, context: VillageElection) -> None:
    """The applicant hands the file back, or the committee at the desk.

    Raises: PermissionDenied.
    """
    if not is_own_file(actor, candidacy) and not is_seated(actor, context):
        raise PermissionDenied


@transaction.atomic
def complete_file(
    *, actor: Actor, now: datetime, candidacy_uuid: UUID, expected_version: int
) -> Candidacy:
    """Say that the file is complete; the examiners judge it anew.

    Allowed: the applicant; the committee at the desk, when the applicant brings the papers.
    Requires: a file that was to be completed, not after the last day.
    Effects: state, and a new round of findings. `candidacy.completed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_completion(actor, candidacy, context)

    require_running(context)
    window = read_completion_window(pack=context.pack)
    candidacy.state = next_state(
        context=context, candidacy=candidacy, event=ApplicationEvent.COMPLETE, by="calon"
    )
    if candidacy.completion_due_date is not None:
        require_in_time(
            window=window,
            due_date=candidacy.completion_due_date,
            on_date=context.local_date(now),
        )

    candidacy.check_round += 1
    save_file(candidacy, fields=["state", "check_round"])

    append_file_event(
        event="candidacy.completed",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        article=window.article,
        data={"round": candidacy.check_round},
    )
    return candidacy


def get_completion_due(context: VillageElection, *, on_date: date) -> tuple[date, str]:
    """The last day of the completion that ends next, with its article.

    Raises: RuleViolationError `completion.steps` where no completion is left.
    """
    window = read_completion_window(pack=context.pack)
    step = find_next_end(window=window, steps=context.timetable.steps, on_date=on_date)
    if step is None:
        raise RuleViolationError(
            window.rule_id,
            Text(
                "Masa pelengkapan berkas sudah lewat. Berkas diputuskan sebagaimana adanya: "
                "memenuhi atau tidak memenuhi syarat."
            ),
            article=window.article,
        )
    return step.end_date, step.article
