"""Choosing language and theme; the gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.design.gallery import samples
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


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, for those who build pages; it exists in the demo only."""
    _require_demo()
    context = {
        "steps": samples.steps(),
        "tasks": samples.tasks(),
        "table": samples.table(request.GET),
        "moments": samples.moments(),
        "month": samples.month(),
        "why": samples.why(),
        "empty_form": samples.empty_form(),
        "refused_form": samples.refused_form(),
        "moment": samples.MOMENT,
        "poll_date": samples.MOMENT.date(),
        "choices": [("sah", "Suara sah"), ("tidak", "Suara tidak sah")],
    }
    return render(request, "design/gallery.html", context)


def gallery_confirmation(request: HttpRequest) -> HttpResponse:
    """The page behind the sample confirmation, where no script opens the dialog."""
    _require_demo()
    if request.method == "POST":
        return HttpResponseRedirect("/gaya/")
    return render(request, "design/gallery_confirmation.html")


def _require_demo() -> None:
    if not settings.PILKADES_DEMO:
        raise Http404


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=COOKIE_AGE_SECONDS, samesite="Lax", httponly=True)
