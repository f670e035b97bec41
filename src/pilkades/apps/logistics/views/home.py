"""The overview of the logistics: what is there, what is missing, what is wrong."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.logistics.models import State
from pilkades.apps.logistics.selectors.custody import list_packages
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.outreach import list_reach
from pilkades.apps.logistics.selectors.sites import list_venues
from pilkades.apps.logistics.selectors.supplies import get_budget, list_supplies
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.logistics_custody import Supply


@signed_in
@require_safe
def home(request: HttpRequest, village_code: str) -> HttpResponse:
    """Five parts of the work, each with its state in figures."""
    context = find_village(request, village_code)
    facts = LogisticsFacts(context)
    supplies = list_supplies(facts, today=context.local_date(get_request_now(request)))
    venues = list_venues(context)
    packages = list(list_packages(context))
    reach = list_reach(context)
    values = {
        "facts": facts,
        "budget": get_budget(facts),
        "missing": [
            item for item in supplies if item.forecast.supply in (Supply.SHORT, Supply.LATE)
        ],
        "venues": venues,
        "venues_fixed": sum(1 for item in venues if item.is_approved),
        "packages": packages,
        "packages_underway": sum(1 for item in packages if item.state != State.PREPARED),
        "alarmed": [item for item in packages if item.alarms],
        "reach": reach,
        "attendees": sum(item.attendees for item in reach),
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/home.html", context, values)
