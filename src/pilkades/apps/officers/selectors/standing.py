"""What speaks against each officer, judged by the law from what is known now.

Nothing of it is stored: a candidate may be determined, or an agent named, long after the decree,
and the conflict shows from that moment.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.committees import find_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import (
    AcceptedWarning,
    AgentState,
    CandidateAgent,
    OfficerState,
    StationOfficer,
    TieState,
)
from pilkades.apps.officers.words import name_station
from pilkades.law.application import ApplicationState
from pilkades.law.findings import Finding, Severity
from pilkades.law.officers import UNANSWERED, Kin, Membership, OfficerFacts, check_officer
from pilkades.law.officers_kinship import Relation
from pilkades.law.officers_rules import OfficerRules

NOT_STANDING = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.INELIGIBLE,
    ApplicationState.NOT_SELECTED,
    ApplicationState.WITHDRAWN,
    ApplicationState.DIED,
    ApplicationState.DISQUALIFIED,
)
FEMALE_DAY_OFFSET = 40


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """One conflict, and the reason in writing where a warning was accepted."""

    finding: Finding
    accepted: AcceptedWarning | None = None

    @property
    def is_block(self) -> bool:
        """Whether no reason lifts it; an open question is answered and not lifted either."""
        return self.finding.severity is Severity.ERROR

    @property
    def is_question(self) -> bool:
        return self.finding.code == UNANSWERED

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way of the decree."""
        return self.is_block or self.accepted is None


@dataclass(frozen=True, slots=True)
class Standing:
    """One officer with everything that speaks against the person."""

    officer: StationOfficer
    findings: tuple[JudgedFinding, ...]
    nik_disagrees: bool

    @property
    def blocks(self) -> list[JudgedFinding]:
        return [item for item in self.findings if item.is_block and not item.is_question]

    @property
    def questions(self) -> list[JudgedFinding]:
        return [item for item in self.findings if item.is_question]

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open: no block, every warning with its reason."""
        return not any(item.is_open for item in self.findings)

    @property
    def kind(self) -> str:
        """How a status tag shows it."""
        if self.blocks:
            return "bad"
        return "ok" if self.is_clear else "warn"


class Examiner:
    """Judges officers of one election; what all share is read once."""

    def __init__(self, context: VillageElection) -> None:
        self.context = context
        self.rules = OfficerRules.from_pack(context.pack)

    @cached_property
    def candidacies(self) -> list[Candidacy]:
        """Everybody who stands or may still stand."""
        found = self.context.election.candidacies.exclude(state__in=NOT_STANDING)
        return list(found.order_by("ballot_number", "registration_number", "pk"))

    @cached_property
    def _candidate_niks(self) -> frozenset[str]:
        return frozenset(item.nik for item in self.candidacies)

    @cached_property
    def _agent_niks(self) -> frozenset[str]:
        found = CandidateAgent.objects.filter(
            election=self.context.election, state=AgentState.ACTIVE
        )
        return frozenset(item.nik for item in found)

    @cached_property
    def _committee_names(self) -> dict[str, str]:
        committee = find_committee(self.context.election)
        members = committee.members.all() if committee else ()
        return {
            _plain_name(item.full_name): item.full_name
            for item in members
            if item.left_date is None
        }

    def judge_all(self, officers: Iterable[StationOfficer]) -> list[Standing]:
        """Standings of officers that were read with their kinships and accepted warnings."""
        return [self.judge(officer) for officer in officers]

    def judge(self, officer: StationOfficer) -> Standing:
        """The standing of one officer."""
        found = check_officer(rules=self.rules, facts=self.collect_facts(officer))
        accepted = {(item.code, item.sentence): item for item in officer.accepted_warnings.all()}
        return Standing(
            officer=officer,
            findings=tuple(
                JudgedFinding(item, accepted.get((item.code, str(item.text)))) for item in found
            ),
            nik_disagrees=_nik_disagrees(officer),
        )

    def collect_facts(self, officer: StationOfficer) -> OfficerFacts:
        """What the law judges, from the row and what stands around it."""
        relations = {item.candidacy_id: Relation(item.relation) for item in officer.kinships.all()}
        name = self._committee_names.get(_plain_name(officer.full_name), "")
        return OfficerFacts(
            birth_date=date.fromisoformat(officer.birth_date),
            poll_date=self.context.timetable.poll_date,
            lives_in_village=officer.lives_in_village,
            is_healthy=officer.is_healthy,
            kin=tuple(
                Kin(item.full_name, relations.get(item.pk))
                for item in self.candidacies
                if item.nik != officer.nik
            ),
            party=_membership(officer.party_state, officer.party_ended_date),
            campaign=_membership(officer.campaign_state, officer.campaign_ended_date),
            is_candidate=officer.nik in self._candidate_niks,
            is_agent=officer.nik in self._agent_niks,
            is_committee_member=officer.is_committee_member,
            same_name_in_committee=name,
        )


def find_other_station(*, context: VillageElection, nik: str, officer_pk: int = 0) -> str:
    """Where somebody with this NIK serves already; empty where nowhere."""
    found = (
        StationOfficer.objects.filter(election=context.election, nik_index=nik)
        .exclude(state=OfficerState.ENDED)
        .exclude(pk=officer_pk)
        .select_related("team__station")
        .first()
    )
    return name_station(found.team.station) if found else ""


def _membership(state: str, ended_date: date | None) -> Membership:
    if state == TieState.UNKNOWN:
        return Membership()
    return Membership(
        was_ever=state != TieState.NEVER, is_still=state == TieState.NOW, ended_date=ended_date
    )


def _plain_name(name: str) -> str:
    """A name without titles of respect, signs and capitals, good enough to ask a person."""
    words = re.findall(r"\w+", name.casefold())
    return " ".join(word for word in words if word not in {"pak", "bu", "bapak", "ibu", "mbak"})


def _nik_disagrees(officer: StationOfficer) -> bool:
    """Whether the digits of birth in a NIK say another day; shown, not refused."""
    born = date.fromisoformat(officer.birth_date)
    day = born.day + (FEMALE_DAY_OFFSET if officer.sex == "P" else 0)
    return officer.nik[6:12] != f"{day:02}{born:%m%y}"
