"""What the pages of the roll's acts share: totals, what is still open, and where it is settled."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.views.village_pages import ActPage, run_act
from pilkades.apps.roll.models import Roll
from pilkades.apps.roll.selectors.readiness import Obstacle, list_obstacles
from pilkades.apps.roll.selectors.totals import count_totals


def run_stage(
    request: HttpRequest,
    context: VillageElection,
    roll: Roll,
    page: ActPage,
    *,
    form: forms.Form,
    write: Callable[[Mapping[str, Any]], object],
    shows_obstacles: bool = False,
    values: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show one act of the committee with totals and what is open, or carry it out."""
    obstacles = list_obstacles(context, roll) if shows_obstacles else ()
    shown = {
        "roll": roll,
        "totals": count_totals(roll),
        "obstacles": describe_obstacles(obstacles, context.village_code),
        "shows_obstacles": shows_obstacles,
        **(values or {}),
    }
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: write(form.cleaned_data),
        goal=page.back,
        template="roll/act.html",
        values=shown,
        version=roll.version,
    )


def describe_obstacles(obstacles: tuple[Obstacle, ...], village_code: str) -> list[dict[str, Any]]:
    """Every obstacle with the page on which it is settled."""
    return [
        {"item": obstacle, "href": _find_page(obstacle, village_code)} for obstacle in obstacles
    ]


def _find_page(obstacle: Obstacle, village_code: str) -> str:
    if not obstacle.url_name:
        return reverse("roll:list", args=[village_code, obstacle.check.value])
    try:
        return reverse(obstacle.url_name, args=[village_code])
    except NoReverseMatch:
        return ""
