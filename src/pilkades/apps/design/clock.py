"""The clock of a request: real time, except in the demo, which may stand at a chosen moment."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


def now() -> datetime:
    """The moment this installation stands at; only entry points may ask.

    `PILKADES_NOW` (ISO 8601 with offset) is honoured in the demo alone: an election in earnest
    has no second clock.
    """
    chosen = getattr(settings, "PILKADES_NOW", None)
    if chosen and settings.PILKADES_DEMO:
        return parse_moment(chosen)
    return timezone.now()


def parse_moment(text: str) -> datetime:
    """Read an ISO 8601 moment; without an offset it is in the installation's own zone."""
    moment = datetime.fromisoformat(text)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class ClockMiddleware:
    """Gives every request the one moment, `request.now`, that its view passes to services."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = now()  # type: ignore[attr-defined]
        return self.get_response(request)
