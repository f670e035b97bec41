"""The open page: what a phone may do on a network without HTTPS.

Plain HTTP over a hotspot can be read by everybody near it, so nobody signs in and nothing is
written there; public pages and the way to a trusted connection stay open.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilkades.apps.installation.selectors import find_phone_url, is_loopback_host

READING_METHODS = ("GET", "HEAD", "OPTIONS")


class OpenPageMiddleware:
    """On a laptop: refuses sign-in and writes over plain HTTP from other machines."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PILKADES_HTTPS_PORT or request.is_secure():
            return self.get_response(request)
        if is_loopback_host(request.get_host()):
            return self.get_response(request)
        if request.method in READING_METHODS and not request.path.startswith("/akun/"):
            return self.get_response(request)
        context = {"phone_url": find_phone_url(https_port=settings.PILKADES_HTTPS_PORT)}
        return render(request, "installation/needs_https.html", context, status=403)
