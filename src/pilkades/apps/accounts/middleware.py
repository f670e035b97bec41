"""Who asks, whether they have been away too long, and whether their role needs a second factor."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext

from pilkades.apps.accounts.second_factor import has_second_factor, is_required_of_actor
from pilkades.apps.accounts.selectors import get_actor

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN_KEY = "seen_at"
SECOND_FACTOR_KEY = "has_second_factor"
# The time of the last request is stored no finer than this, so that reading pages costs no write.
SEEN_STEP_SECONDS = 60


class IdleSessionMiddleware:
    """Ends a session that nobody used for half an hour: the laptop stands in a village hall."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY not in request.session:
            return self.get_response(request)
        # The demo may hold its clock still; idleness is always real time.
        seen, now = request.session.get(SEEN_KEY), int(time.time())
        if seen is not None and now - seen > settings.PILKADES_IDLE_SECONDS:
            logout(request)
            if request.path.startswith("/api/"):
                return self.get_response(request)
            query = urlencode({"next": request.get_full_path(), "berakhir": "1"})
            return redirect(f"{_login_url()}?{query}")
        if seen is None or now - seen >= SEEN_STEP_SECONDS:
            request.session[SEEN_KEY] = now
        return self.get_response(request)


class ActorMiddleware:
    """Sets `request.actor`, lazily: a page that asks nothing costs no query."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = getattr(request, "now", None)
        request.actor = SimpleLazyObject(lambda: get_actor(request.user, now=now))  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads whoever holds a role on the installation's list to set up a second factor first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirect unless the page is one of signing in, or nothing is required."""
        if not settings.PILKADES_SECOND_FACTOR_ROLES or _is_open_page(request):
            return None
        if not request.user.is_authenticated or request.session.get(SECOND_FACTOR_KEY):
            return None
        if not is_required_of_actor(request.actor):  # type: ignore[attr-defined]
            return None
        if has_second_factor(request.user):
            request.session[SECOND_FACTOR_KEY] = True
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied
        messages.warning(
            request,
            gettext(
                "Peran Anda mewajibkan verifikasi dua langkah. Pasang dahulu di halaman ini; "
                "sesudah itu semua halaman terbuka lagi."
            ),
        )
        return redirect("mfa_index")


def _is_open_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name.startswith(("account_", "mfa_", "design:"))


def _login_url() -> str:
    return resolve_url(settings.LOGIN_URL)
