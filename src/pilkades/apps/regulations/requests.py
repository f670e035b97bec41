"""What a view takes from its request besides its input: who asks, and which moment it is."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from pilkades.apps.accounts.roles import Actor, Role, is_region_covered

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def get_request_actor(request: HttpRequest) -> Actor:
    """The person who asks, as the accounts middleware found them."""
    return cast(Actor, getattr(request, "actor"))  # noqa: B009


def get_request_now(request: HttpRequest) -> datetime:
    """The one moment of this request, as the clock middleware set it."""
    return cast(datetime, getattr(request, "now"))  # noqa: B009


def get_request_today(request: HttpRequest) -> date:
    """The day of this request in the zone of the installation."""
    return timezone.localdate(get_request_now(request))


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send a visitor to the sign-in page and back; what they may do is the service's question."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not get_request_actor(request).is_signed_in:
            return cast(HttpResponse, redirect_to_login(request.get_full_path()))
        return view(request, *args, **kwargs)

    return guarded


def find_region(actor: Actor, roles: tuple[Role, ...], *, asked: str = "") -> str | None:
    """The region in which the actor holds one of the roles: the one asked for, or their first.

    None where they hold none of them, or not in the region asked for.
    """
    held = [code for role, code in actor.roles if role in roles]
    if not asked:
        return held[0] if held else None
    return asked if any(is_region_covered(by=code, region_code=asked) for code in held) else None
