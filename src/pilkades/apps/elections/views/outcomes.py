"""What becomes of a form: saved and on to the next page, or shown again with every input kept."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest

from pilkades.apps.design.texts import translate
from pilkades.apps.elections.models import Election, Wave
from pilkades.apps.elections.selectors.access import find_view_region
from pilkades.apps.elections.selectors.waves import get_election, get_wave
from pilkades.apps.regulations.requests import get_request_actor
from pilkades.errors import (
    ConflictError,
    MalformedInputError,
    PilkadesError,
    ProofRejectedError,
    RuleViolationError,
)

HTTP_STATUS: Mapping[type[PilkadesError], int] = {
    MalformedInputError: 400,
    ConflictError: 409,
    RuleViolationError: 422,
    ProofRejectedError: 422,
}


def try_service(form: forms.Form, act: Callable[[], object]) -> int:
    """Run one service for a bound form; 302 means saved, else the status of the page shown again.

    The refusal stands above the form in the words of the service, the input stays in its fields.
    """
    if not form.is_valid():
        return 400
    try:
        act()
    except tuple(HTTP_STATUS) as error:
        article = f" ({error.article})" if isinstance(error, RuleViolationError) else ""
        form.add_error(None, translate(error.text) + article)
        return next(code for kind, code in HTTP_STATUS.items() if isinstance(error, kind))
    return 302


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
