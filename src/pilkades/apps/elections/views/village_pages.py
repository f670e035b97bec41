"""What all pages of a village share: the election, who may see it, and pages for one act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.selectors.village_access import FILE_ROLES, may_see_workspace
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
)
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.workspace import list_links
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
        "may_see_files": has_role(actor, FILE_ROLES, context.village_code),
        "sections": list_links(request, actor=actor, village_code=context.village_code),
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
