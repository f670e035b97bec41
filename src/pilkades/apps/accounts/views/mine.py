"""One's own account: roles, password, second step."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilkades.apps.accounts.second_factor import has_second_factor, is_required_of_actor
from pilkades.apps.accounts.selectors import list_assignments_open
from pilkades.apps.regions.selectors import describe_regions


@require_safe
@login_required
def show_mine(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do where, and how my account is protected."""
    actor, now = request.actor, request.now  # type: ignore[attr-defined]
    assignments = list(list_assignments_open(now=now).filter(user=actor.user_id))
    regions = describe_regions(a.region_code for a in assignments)
    context = {
        "assignments": [(each, regions[each.region_code]) for each in assignments],
        "has_second_factor": has_second_factor(request.user),  # type: ignore[arg-type]
        "is_required": is_required_of_actor(actor),
    }
    return render(request, "accounts/mine.html", context)
