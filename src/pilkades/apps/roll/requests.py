"""What an address of the roll names, for those who may open it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.regulations.requests import get_request_actor
from pilkades.apps.roll.models import Roll, RollEntry
from pilkades.apps.roll.selectors.access import may_read_entries
from pilkades.apps.roll.selectors.entries import find_entry
from pilkades.apps.roll.selectors.rolls import find_roll


def find_roll_village(
    request: HttpRequest, village_code: str
) -> tuple[VillageElection, Roll | None]:
    """The election and its roll for those who may read entries.

    Raises: Http404 where there is no election; PermissionDenied for everybody else.
    """
    context = find_village(request, village_code)
    if not may_read_entries(get_request_actor(request), village_code):
        raise PermissionDenied
    return context, find_roll(context)


def find_begun_roll(request: HttpRequest, village_code: str) -> tuple[VillageElection, Roll]:
    """As `find_roll_village`, for pages that need a roll that somebody has begun."""
    context, roll = find_roll_village(request, village_code)
    if roll is None:
        raise Http404
    return context, roll


def find_roll_entry(
    request: HttpRequest, village_code: str, entry_uuid: UUID
) -> tuple[VillageElection, RollEntry]:
    """One entry of this village's roll; an entry of another village does not exist here."""
    context, _ = find_roll_village(request, village_code)
    entry = find_entry(context, entry_uuid)
    if entry is None:
        raise Http404
    return context, entry
