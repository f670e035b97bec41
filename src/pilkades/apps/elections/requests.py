"""What an address names, for those who may open it: the one permission of a page, its export and
its counterpart in the API.

Whatever a stranger may not know of does not exist for them (404); a page whose existence is public
is refused (403).
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.models import (
    Candidacy,
    CandidateComplaint,
    Drawing,
    DrawingLot,
    Election,
    SetupProofSignature,
    Wave,
)
from pilkades.apps.elections.selectors.access import find_view_region
from pilkades.apps.elections.selectors.candidates import (
    ApplicantFile,
    find_own_candidacy,
    get_file,
)
from pilkades.apps.elections.selectors.complaints import list_complaints
from pilkades.apps.elections.selectors.village_access import (
    FILE_ROLES,
    may_see_file,
    may_see_workspace,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election,
)
from pilkades.apps.elections.selectors.waves import get_election, get_wave
from pilkades.apps.regulations.requests import get_request_actor, get_request_now


def find_any_village(village_code: str) -> VillageElection:
    """The election of a village, for pages that ask for permission themselves."""
    try:
        return get_village_election(village_code)
    except Election.DoesNotExist as error:
        raise Http404 from error


def find_village(request: HttpRequest, village_code: str) -> VillageElection:
    """The election of a village for those who may open its workspace.

    Raises: Http404 where there is no election; PermissionDenied for strangers.
    """
    context = find_any_village(village_code)
    if not may_see_workspace(get_request_actor(request), village_code):
        raise PermissionDenied
    return context


def find_examined_village(request: HttpRequest, village_code: str) -> VillageElection:
    """The election of a village for those who examine its applicants' files."""
    context = find_village(request, village_code)
    if not has_role(get_request_actor(request), FILE_ROLES, village_code):
        raise PermissionDenied
    return context


def find_for_attendee(request: HttpRequest, village_code: str) -> VillageElection:
    """Drawing and proof are open to the workspace and to the candidates whose numbers are drawn."""
    context = find_any_village(village_code)
    actor = get_request_actor(request)
    own = find_own_candidacy(user_id=actor.user_id, village_code=village_code)
    if may_see_workspace(actor, village_code) or (own is not None and own.is_standing):
        return context
    raise Http404


def find_file(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID
) -> tuple[ApplicantFile, VillageElection]:
    """One file for those who examine it and for the applicant; for others it does not exist."""
    context = find_any_village(village_code)
    try:
        file = get_file(candidacy_uuid, context, now=get_request_now(request))
    except Candidacy.DoesNotExist as error:
        raise Http404 from error
    if not may_see_file(get_request_actor(request), file.candidacy, village_code):
        raise Http404
    return file, context


def find_complaint(
    request: HttpRequest, village_code: str, complaint_uuid: UUID
) -> CandidateComplaint:
    """One complaint for those who examine the files."""
    context = find_examined_village(request, village_code)
    found = list_complaints(context).filter(uuid=complaint_uuid).first()
    if found is None:
        raise Http404
    return found


def find_open_drawing(context: VillageElection) -> Drawing:
    """The drawing in force of an election."""
    found = context.election.drawings.filter(cancelled_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def find_lot(context: VillageElection, lot_uuid: UUID) -> DrawingLot:
    """One lot of this election's drawings."""
    found = (
        DrawingLot.objects.filter(uuid=lot_uuid, drawing__election=context.election)
        .select_related("drawing", "candidacy")
        .first()
    )
    if found is None:
        raise Http404
    return found


def find_proof_line(context: VillageElection, signature_uuid: UUID) -> SetupProofSignature:
    """One line of signature of this election's proofs."""
    found = (
        SetupProofSignature.objects.filter(uuid=signature_uuid, proof__election=context.election)
        .select_related("proof", "candidacy")
        .first()
    )
    if found is None:
        raise Http404
    return found


def find_wave(request: HttpRequest, wave_uuid: UUID) -> tuple[Wave, str]:
    """A wave the visitor may look at, and how far; for strangers it does not exist."""
    try:
        wave = get_wave(wave_uuid)
    except Wave.DoesNotExist as error:
        raise Http404 from error
    region = find_view_region(get_request_actor(request), wave.regency_id)
    if region is None:
        raise Http404
    return wave, region


def find_election(request: HttpRequest, election_uuid: UUID) -> Election:
    """An election inside what the visitor may look at."""
    try:
        election = get_election(election_uuid)
    except Election.DoesNotExist as error:
        raise Http404 from error
    region = find_view_region(get_request_actor(request), election.wave.regency_id)
    if region is None or not f"{election.village_id}.".startswith(f"{region}."):
        raise Http404
    return election
