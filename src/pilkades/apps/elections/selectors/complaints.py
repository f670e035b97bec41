"""Complaints of the public about applicants, and the clock that says whether one came in time."""

from datetime import date, datetime

from django.db.models import QuerySet

from pilkades.apps.elections.models import Candidacy, CandidateComplaint
from pilkades.apps.elections.selectors.registration import (
    REGISTRATION_STEP,
    list_registration_steps,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.errors import RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.calendar import Calendar
from pilkades.law.dispute_rules import Clock, DisputeRules, Matter
from pilkades.law.disputes import Classification, classify_objection
from pilkades.text import Text

PUBLIC_STATES = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
        ApplicationState.ELIGIBLE,
        ApplicationState.DETERMINED,
        ApplicationState.NUMBERED,
    }
)
"""Applicants about whom the public may speak: received, and neither refused nor gone."""


def classify_complaint(
    *, context: VillageElection, candidacy: Candidacy, filed_at: datetime
) -> Classification:
    """Whether a complaint comes in time for this applicant, counted from the end of the period in
    which the application was received."""
    clock = get_complaint_clock(context)
    return classify_objection(
        clock=clock,
        anchor_date=_find_anchor(context, candidacy),
        filed_at=filed_at,
        calendar=Calendar.from_pack(context.pack),
        zone=context.zone,
    )


def get_complaint_clock(context: VillageElection) -> Clock:
    """The pack's clock for the public on applicants.

    Raises: RuleViolationError where the pack has none.
    """
    clocks = DisputeRules.from_pack(context.pack).list_clocks(matter=Matter.CANDIDACY)
    for clock in clocks:
        if "warga" in clock.filed_by:
            return clock
    raise RuleViolationError(
        "complaint.clock",
        Text("Paket aturan pemilihan ini tidak mengatur masukan masyarakat atas bakal calon."),
        article=context.candidacy_rules.article,
    )


def list_complaints(context: VillageElection) -> QuerySet[CandidateComplaint]:
    """All complaints of an election, the open ones first."""
    return (
        CandidateComplaint.objects.filter(candidacy__election=context.election)
        .select_related("candidacy", "answered_by")
        .order_by("outcome", "submitted_at")
    )


def _find_anchor(context: VillageElection, candidacy: Candidacy) -> date:
    """The last day of the period in which this application came."""
    every = len(context.candidacy_rules.extensions)
    steps = list_registration_steps(context, extensions=every)
    day = context.local_date(candidacy.received_at) if candidacy.received_at else None
    began = [step for step in steps if day is not None and step.start_date <= day]
    chosen = began[-1] if began else context.find_step(REGISTRATION_STEP)
    return chosen.end_date if chosen else context.timetable.poll_date
