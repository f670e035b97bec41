"""What an address of this app names, for those who may open it."""

from uuid import UUID

from django.http import Http404, HttpRequest

from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.officers.models import (
    AppointmentDecree,
    CandidateAgent,
    OfficerAttendance,
    StationOfficer,
)
from pilkades.apps.officers.selectors.agents import get_agent
from pilkades.apps.officers.selectors.service import get_stay
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import TeamView, get_officer, get_team_view
from pilkades.law.officers_rules import SeatKind


def find_team(
    request: HttpRequest, village_code: str, station_uuid: UUID
) -> tuple[VillageElection, TeamView]:
    """The team of one station, for those who may open the workspace."""
    context = find_village(request, village_code)
    try:
        return context, get_team_view(context, station_uuid, Examiner(context))
    except PollingStation.DoesNotExist as error:
        raise Http404 from error


def find_officer(
    request: HttpRequest, village_code: str, officer_uuid: UUID
) -> tuple[VillageElection, StationOfficer]:
    """One officer of this village's election."""
    context = find_village(request, village_code)
    try:
        return context, get_officer(context, officer_uuid)
    except StationOfficer.DoesNotExist as error:
        raise Http404 from error


def find_agent(
    request: HttpRequest, village_code: str, agent_uuid: UUID
) -> tuple[VillageElection, CandidateAgent]:
    """One agent of this village's election."""
    context = find_village(request, village_code)
    try:
        return context, get_agent(context, agent_uuid)
    except CandidateAgent.DoesNotExist as error:
        raise Http404 from error


def find_stay(
    request: HttpRequest, village_code: str, stay_uuid: UUID
) -> tuple[VillageElection, OfficerAttendance]:
    """One stay of an officer of this village's election."""
    context = find_village(request, village_code)
    try:
        return context, get_stay(context, stay_uuid)
    except OfficerAttendance.DoesNotExist as error:
        raise Http404 from error


def find_decree(
    request: HttpRequest, village_code: str, decree_uuid: UUID
) -> tuple[VillageElection, AppointmentDecree]:
    """One decree of this village's election."""
    context = find_village(request, village_code)
    found = context.election.officer_decrees.filter(uuid=decree_uuid).first()
    if found is None:
        raise Http404
    return context, found


def read_seat(key: str) -> tuple[SeatKind, int]:
    """ "station-1" as a seat; anything else does not exist."""
    kind, _, number = key.partition("-")
    if kind not in tuple(SeatKind) or not number.isdecimal():
        raise Http404
    return SeatKind(kind), int(number)
