"""Puts the actor on every request, lazily: a page that asks nothing costs no query."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from pilkades.apps.accounts.selectors import get_actor


class ActorMiddleware:
    """Sets `request.actor`; `ANONYMOUS` where nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = getattr(request, "now", None)
        request.actor = SimpleLazyObject(lambda: get_actor(request.user, now=now))  # type: ignore[attr-defined]
        return self.get_response(request)
