"""Applicants' files: lists, one file with its checklist, and the papers in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from pilkades.apps.elections.models import (
    Candidacy,
    CandidacyDocument,
    DocumentCheck,
    DocumentOutcome,
    Election,
)
from pilkades.apps.elections.selectors.applicant_facts import get_facts
from pilkades.apps.elections.selectors.registration import REGISTRATION_STEP
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.law.application import STANDING, ApplicationState
from pilkades.law.eligibility import (
    ApplicantFacts,
    Checklist,
    Document,
    KeyDates,
    check_applicant,
)

ROLL_STEPS = ("provisional_roll_fixed", "final_roll_fixed")
UNDECIDED = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One kind of document of a file: what the pack calls it, and what was handed in."""

    kind: str
    name: str
    is_missing: bool
    document: CandidacyDocument | None
    checks: tuple[DocumentCheck, ...]
    is_valid: bool


class ApplicantFile:
    """One file as the law and the examiners see it; `get_file` reads it with three queries."""

    def __init__(self, candidacy: Candidacy, context: VillageElection, *, now: datetime) -> None:
        self.candidacy = candidacy
        self.context = context
        self.now = now

    @cached_property
    def facts(self) -> ApplicantFacts:
        """The declared facts with the documents that enough people found valid."""
        return get_facts(self.candidacy, documents=self.valid_kinds)

    @cached_property
    def checklist(self) -> Checklist:
        """Every requirement of the law with its answer."""
        return check_applicant(
            rules=self.context.eligibility_rules, facts=self.facts, dates=self.key_dates
        )

    @cached_property
    def key_dates(self) -> KeyDates:
        """The days on which ages and spans are counted for this file."""
        provisional, final = (self._end_of(step_id) for step_id in ROLL_STEPS)
        return KeyDates(
            registration_date=self._registration_date(),
            registration_end_date=self._end_of(REGISTRATION_STEP),
            provisional_roll_date=provisional,
            final_roll_date=final,
            poll_date=self.context.timetable.poll_date,
        )

    def _end_of(self, step_id: str) -> date | None:
        step = self.context.find_step(step_id)
        return step.end_date if step else None

    def _registration_date(self) -> date:
        """A draft is judged as if it were handed in now, so that nobody comes in vain."""
        return self.context.local_date(self.candidacy.received_at or self.now)

    @cached_property
    def documents(self) -> Mapping[str, CandidacyDocument]:
        """The papers in force by kind."""
        return {item.kind: item for item in self.candidacy.documents_in_force}  # type: ignore[attr-defined]

    @cached_property
    def valid_kinds(self) -> frozenset[str]:
        """Kinds of papers that as many different people as the pack asks found valid."""
        needed = self.context.candidacy_rules.verifiers_min
        return frozenset(
            kind for kind, item in self.documents.items() if is_valid(item, needed=needed)
        )

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper that the checklist asks for, and whatever else was handed in."""
        asked: dict[str, Document] = {
            item.id: item for line in self.checklist.requirements for item in line.documents
        }
        missing = {item.id for item in self.checklist.list_missing()}
        known = {item.id: item.name for item in self.context.eligibility_rules.documents}
        kinds = [*asked, *(kind for kind in self.documents if kind not in asked)]
        return tuple(self._paper(kind, known.get(kind, kind), kind in missing) for kind in kinds)

    def _paper(self, kind: str, name: str, is_missing: bool) -> Paper:
        document = self.documents.get(kind)
        return Paper(
            kind=kind,
            name=name,
            is_missing=is_missing and document is None,
            document=document,
            checks=tuple(document.checks.all()) if document else (),
            is_valid=kind in self.valid_kinds,
        )


def is_valid(document: CandidacyDocument, *, needed: int) -> bool:
    """Whether enough different people found a paper valid and nobody doubted it."""
    outcomes = [check.outcome for check in document.checks.all()]
    return len(outcomes) >= needed and all(item == DocumentOutcome.VALID for item in outcomes)


def get_file(candidacy_uuid: UUID, context: VillageElection, *, now: datetime) -> ApplicantFile:
    """One file of this election with its papers and their checks; three queries.

    Raises: `Candidacy.DoesNotExist`.
    """
    rows = with_papers(Candidacy.objects.filter(election=context.election))
    candidacy = rows.select_related("user", "opened_by", "received_by").get(uuid=candidacy_uuid)
    candidacy.election = context.election
    return ApplicantFile(candidacy, context, now=now)


def list_files(context: VillageElection, *, now: datetime) -> list[ApplicantFile]:
    """All files of an election, in the order of registration; three queries."""
    rows = with_papers(context.election.candidacies.all()).order_by("registration_number", "pk")
    return [ApplicantFile(candidacy, context, now=now) for candidacy in rows]


def with_papers(rows: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """Files with the papers in force and the checks of each."""
    checks = Prefetch("checks", DocumentCheck.objects.select_related("checked_by"))
    papers = CandidacyDocument.objects.filter(replaced_at__isnull=True).prefetch_related(checks)
    return rows.prefetch_related(Prefetch("documents", papers, to_attr="documents_in_force"))


def find_own_candidacy(*, user_id: int, village_code: str) -> Candidacy | None:
    """The applicant's own latest file in a village."""
    return (
        Candidacy.objects.filter(user_id=user_id, election__village_id=village_code)
        .order_by("-pk")
        .first()
    )


def list_standing(election: Election) -> list[Candidacy]:
    """Determined candidates in the order of the ballot, before the drawing by registration."""
    rows = election.candidacies.filter(state__in=[state.value for state in STANDING])
    return sorted(rows, key=lambda row: (row.ballot_number or 0, row.registration_number or 0))


def list_by_state(election: Election, states: Iterable[ApplicationState]) -> Sequence[Candidacy]:
    """Files of an election in some states, by registration number."""
    return list(
        election.candidacies.filter(state__in=[state.value for state in states]).order_by(
            "registration_number"
        )
    )
