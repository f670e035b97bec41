"""Choosing language and theme; the gallery of components."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pilkades.apps.design.preferences import COOKIE_AGE_SECONDS, THEME_COOKIE, THEMES


# Exempt because a stranger gains nothing by changing somebody's colours, and public pages stay
# free of a cookie for people who only read.
@csrf_exempt
@require_POST
def set_preferences(request: HttpRequest) -> HttpResponse:
    """Keep language or theme in a cookie and return to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    language, theme = request.POST.get("bahasa"), request.POST.get("warna")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, str(language))
    if theme in THEMES:
        _keep(response, THEME_COOKIE, str(theme))
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=COOKIE_AGE_SECONDS, samesite="Lax", httponly=True)
