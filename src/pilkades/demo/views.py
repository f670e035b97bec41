"""The guide of the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilkades.demo.guide import find_example_voter, list_cards, list_tries


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """What can be tried, as whom, with one click; it exists in the demo only."""
    if not settings.PILKADES_DEMO:
        raise Http404
    values = {"tries": list_tries(), "cards": list_cards(), "voter": find_example_voter()}
    return render(request, "demo/guide.html", values)
