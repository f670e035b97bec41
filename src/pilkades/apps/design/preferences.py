"""Language and theme that a person chose, kept in two cookies and needing no script.

Indonesian is what everybody sees until they choose: many village phones run in English, so the
browser's `Accept-Language` says nothing about its owner.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

THEMES = ("otomatis", "terang", "gelap", "kontras")
THEME_COOKIE = "tampilan"
COOKIE_AGE_SECONDS = 365 * 24 * 3600


def get_language(request: HttpRequest) -> str:
    """The language of the cookie if we speak it, otherwise Indonesian."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def get_theme(request: HttpRequest) -> str:
    """The theme of the cookie if there is such a theme, otherwise what the device prefers."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


class LanguageMiddleware:
    """Activates the chosen language for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = get_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
