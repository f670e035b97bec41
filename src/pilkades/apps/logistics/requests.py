"""What an address of the logistics names, for those who may open it; strangers find nothing."""

from uuid import UUID

from django.http import Http404, HttpRequest

from pilkades.apps.elections.models import Venue
from pilkades.apps.elections.selectors.village_access import may_see_workspace
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.logistics.models import Delivery, Meeting, Package
from pilkades.apps.regulations.requests import get_request_actor


def find_venue(context: VillageElection, venue_uuid: UUID) -> Venue:
    """One venue of this election with what its page shows."""
    rows = context.election.venues.select_related("hamlet", "layout")
    found = rows.prefetch_related("surveys", "photos", "stations").filter(uuid=venue_uuid).first()
    if found is None:
        raise Http404
    return found


def find_delivery(context: VillageElection, delivery_uuid: UUID) -> Delivery:
    """One delivery of this election."""
    found = Delivery.objects.filter(election=context.election, uuid=delivery_uuid).first()
    if found is None:
        raise Http404
    return found


def find_meeting(context: VillageElection, meeting_uuid: UUID) -> Meeting:
    """One meeting of this election."""
    found = Meeting.objects.filter(election=context.election, uuid=meeting_uuid).first()
    if found is None:
        raise Http404
    return found


def find_package_by_code(request: HttpRequest, code: UUID) -> tuple[Package, VillageElection]:
    """The package behind a QR, for those who may open the village's workspace.

    For anybody else who scans a lost package it does not exist.
    """
    found = Package.objects.select_related("election", "station__venue").filter(code=code).first()
    if found is None:
        raise Http404
    context = get_village_election_by_uuid(found.election.uuid)
    if not may_see_workspace(get_request_actor(request), context.village_code):
        raise Http404
    return found, context
