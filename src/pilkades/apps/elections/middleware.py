"""The clock of a simulated election: its pages stand at its moment, whoever opens them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from pilkades.apps.elections.selectors.moments import (
    Moment,
    find_actor_moment,
    find_candidacy_moment,
    find_election_moment,
    find_village_moment,
    find_wave_moment,
)

FINDERS: Mapping[str, Callable[[Any], Moment | None]] = {
    "village_code": find_village_moment,
    "election_uuid": find_election_moment,
    "candidacy_uuid": find_candidacy_moment,
    "wave_uuid": find_wave_moment,
}
"""Parts of an address that name an election, the most telling first."""


class SimulatedClockMiddleware:
    """Sets `request.now` and `request.simulated_moment` where an address names a rehearsal.

    In the demo a signed-in persona carries the moment of their place to the other pages too, so
    that the inbox agrees with the board. Sessions and guesses at passwords keep real time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> None:
        """Move the clock before the view reads it."""
        moment = _find_moment(request, kwargs)
        if moment is not None:
            request.now = moment.at  # type: ignore[attr-defined]
            request.simulated_moment = moment  # type: ignore[attr-defined]


def _find_moment(request: HttpRequest, kwargs: Mapping[str, Any]) -> Moment | None:
    for name, find in FINDERS.items():
        if name in kwargs:
            return find(kwargs[name])
    actor = getattr(request, "actor", None)
    if not settings.PILKADES_DEMO or actor is None or not _is_page_of_work(request):
        return None
    return find_actor_moment(actor) if actor.is_signed_in else None


def _is_page_of_work(request: HttpRequest) -> bool:
    """Signing in and out happens in real time, also in the demo."""
    match = request.resolver_match
    name = match.view_name if match else ""
    return not name.startswith(("account_", "mfa_", "accounts:", "design:"))
