"""What all pages of a village share: the election, who may see it, and pages for one act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import Election
from pilkades.apps.elections.selectors.village_access import may_see_workspace
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election,
)
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """The words of a page on which one act is decided."""

    title: str
    submit: str
    success: str
    back: str
    consequence: str = ""
    lead: str = ""
    article: str = ""


def find_village(request: HttpRequest, village_code: str) -> VillageElection:
    """The election of a village for those who may open its workspace.

    Raises: Http404 where there is no election; PermissionDenied for strangers.
    """
    context = find_any_village(village_code)
    if not may_see_workspace(get_request_actor(request), village_code):
        raise PermissionDenied
    return context


def find_any_village(village_code: str) -> VillageElection:
    """The election of a village, for pages that ask for permission themselves."""
    try:
        return get_village_election(village_code)
    except Election.DoesNotExist as error:
        raise Http404 from error


def render_village(
    request: HttpRequest,
    template: str,
    context: VillageElection,
    values: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the village: region strip, SIMULASI where it applies, navigation."""
    actor = get_request_actor(request)
    frame = {
        "village": context.village,
        "code": context.village_code,
        "election": context.election,
        "wave": context.election.wave,
        "zone": context.zone.key,
        "place": describe_village(context.village),
        "is_simulation": context.is_simulation,
        "actor": actor,
        "has_workspace": may_see_workspace(actor, context.village_code),
    }
    return render(request, template, {**frame, **values}, status=status)


def run_act(
    request: HttpRequest,
    context: VillageElection,
    page: ActPage,
    *,
    form: forms.Form,
    act: Callable[[], object],
    goal: str | Callable[[], str],
    template: str = "elections/village/act.html",
    values: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> HttpResponse:
    """Show the act, or do it: saved and on to `goal`, or shown again with every input kept.

    `version` is what stands now: after a conflict the form carries it, so that sending the input
    again is a decision of its own.
    """
    status = 200
    if request.method == "POST":
        status = try_service(form, act)
        if status == 302:
            messages.success(request, page.success)
            return redirect(goal if isinstance(goal, str) else goal())
        if version is not None and isinstance(form, VersionedForm):
            form.renew_version(version)
    shown = {"page": page, "form": form, **(values or {})}
    return render_village(request, template, context, shown, status=status)
