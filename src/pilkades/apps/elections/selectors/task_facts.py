"""The picture of a village's election that its task list is computed from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q

from pilkades.apps.elections.models import (
    Announcement,
    CouncilReport,
    Deliberation,
    Drawing,
    Election,
    ElectionCommittee,
    ScorePublication,
    SetupProof,
)
from pilkades.apps.elections.selectors.candidates import UNDECIDED
from pilkades.apps.elections.selectors.paths import PathState, get_path_state
from pilkades.apps.elections.selectors.progress import ElectionProgress, assess_election
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.law.application import ApplicationState


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """What the task list depends on, as plain values."""

    progress: ElectionProgress
    today: date
    path: PathState
    notice_article: str = ""
    committee: ElectionCommittee | None = None
    announced: dict[str, Announcement] = field(default_factory=dict)
    received_count: int = 0
    draft_count: int = 0
    undecided_count: int = 0
    completing_count: int = 0
    open_complaints: int = 0
    complaint_article: str = ""
    determined_count: int = 0
    numbered_count: int = 0
    scores: ScorePublication | None = None
    deliberation: Deliberation | None = None
    drawing: Drawing | None = None
    proof: SetupProof | None = None
    proof_signed_count: int = 0
    proof_line_count: int = 0
    reports: tuple[CouncilReport, ...] = ()


def read_task_facts(context: VillageElection, *, now: datetime) -> TaskFacts:
    """The picture of one election; nine queries beyond the context."""
    election = _read_election(context)
    path = get_path_state(context, now=now)
    states = [item.state for item in path.files]
    proof = (
        election.setup_proofs.filter(voided_at__isnull=True)
        .select_related("locked_by")
        .annotate(
            lines=Count("signatures"),
            signed=Count("signatures", filter=Q(signatures__signed_at__isnull=False)),
        )
        .first()
    )
    return TaskFacts(
        progress=assess_election(context.timetable, today=context.local_date(now)),
        today=context.local_date(now),
        path=path,
        notice_article=context.pack.rule("notice.candidate_fee_allowed").article,
        committee=getattr(election, "committee", None),
        announced={
            item.kind: item
            for item in election.announcements.filter(withdrawn_at__isnull=True).select_related(
                "published_by"
            )
        },
        received_count=sum(item.received_at is not None for item in path.files),
        draft_count=_count(states, {ApplicationState.DRAFT, ApplicationState.SUBMITTED}),
        undecided_count=_count(states, UNDECIDED),
        completing_count=_count(states, {ApplicationState.NEEDS_COMPLETION}),
        open_complaints=election.open_complaints,  # type: ignore[attr-defined]
        complaint_article=context.candidacy_rules.article,
        determined_count=_count(states, {ApplicationState.DETERMINED}),
        numbered_count=_count(states, {ApplicationState.NUMBERED}),
        scores=getattr(election, "score_publication", None),
        deliberation=path.deliberation,
        drawing=election.drawings.filter(cancelled_at__isnull=True)
        .select_related("closed_by")
        .first(),
        proof=proof,
        proof_signed_count=proof.signed if proof else 0,
        proof_line_count=proof.lines if proof else 0,
        reports=tuple(
            election.council_reports.select_related("submitted_by", "heard_by", "forwarded_by")
        ),
    )


def _read_election(context: VillageElection) -> Election:
    """The election with what there is once of it, and the number of open complaints."""
    return (
        Election.objects.select_related("committee__formed_by", "score_publication__published_by")
        .annotate(
            open_complaints=Count(
                "candidacies__complaints", filter=Q(candidacies__complaints__outcome="")
            )
        )
        .get(pk=context.election.pk)
    )


def _count(states: Iterable[str], wanted: Collection[str]) -> int:
    return sum(state in wanted for state in states)
