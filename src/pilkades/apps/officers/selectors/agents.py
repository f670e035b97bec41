"""Candidates' agents, by station and candidate."""

from uuid import UUID

from django.db.models import QuerySet

from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import AgentState, CandidateAgent
from pilkades.law.application import STANDING


def list_agents(context: VillageElection) -> QuerySet[CandidateAgent]:
    """Every agent, those replaced or withdrawn included, by station and ballot number."""
    return (
        CandidateAgent.objects.filter(election=context.election)
        .select_related("candidacy", "station", "replaced_by", "registered_by")
        .order_by("station__number", "candidacy__ballot_number", "-state", "pk")
    )


def list_active_agents(context: VillageElection, station_pk: int) -> list[CandidateAgent]:
    """Who watches at one station."""
    found = list_agents(context).filter(state=AgentState.ACTIVE, station_id=station_pk)
    return list(found.order_by("candidacy__ballot_number", "pk"))


def get_agent(context: VillageElection, agent_uuid: UUID) -> CandidateAgent:
    """One agent of this election; raises `CandidateAgent.DoesNotExist`."""
    return list_agents(context).get(uuid=agent_uuid)


def list_candidates(context: VillageElection) -> QuerySet[Candidacy]:
    """Determined candidates, who alone send agents."""
    return context.election.candidacies.filter(state__in=STANDING).order_by("ballot_number", "pk")


def count_missing(context: VillageElection, *, station_count: int) -> int:
    """How many places of one candidate at one station have no agent yet."""
    taken = (
        CandidateAgent.objects.filter(election=context.election, state=AgentState.ACTIVE)
        .values("candidacy_id", "station_id")
        .distinct()
        .count()
    )
    return max(0, list_candidates(context).count() * station_count - taken)
