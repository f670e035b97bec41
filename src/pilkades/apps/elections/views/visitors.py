"""The first page, and the public list of a wave's villages."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pilkades.apps.audit.selectors import find_latest_checkpoint
from pilkades.apps.design.navigation import NavLink, list_links
from pilkades.apps.design.tables import Column, Filter, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.models import Election, ElectionState, Wave
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.visitors import (
    list_news,
    list_public_waves,
    list_standing_villages,
    list_wave_elections,
)
from pilkades.apps.regions.forms import SearchForm
from pilkades.apps.regions.selectors import get_head_title
from pilkades.apps.regulations.requests import get_request_actor, get_request_now

WORK_PAGES = ("elections:village-home", "elections:desk", "elections:inbox", "oversight:trail")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the way to one's own village, the waves, the ledger; in the demo its people."""
    now = get_request_now(request)
    context = {
        "form": SearchForm(),
        "work_links": _list_work_links(request),
        "persona_title": _get_persona_title(request),
        "waves": list(list_public_waves()[:10]),
        "checkpoint": find_latest_checkpoint(),
        "standing": list_standing_villages(now=now) if settings.PILKADES_DEMO else [],
        "news": [] if settings.PILKADES_DEMO else list(list_news(now=now)),
    }
    return render(request, "elections/public/home.html", context)


@require_safe
def wave(request: HttpRequest, wave_uuid: UUID) -> HttpResponseBase:
    """The villages of one wave, each with its page."""
    found = list_public_waves().filter(uuid=wave_uuid).first()
    if found is None:
        raise Http404
    elections = list_wave_elections(found)
    table = build_table(
        caption=_("Desa dalam gelombang ini"),
        columns=[
            Column(
                key="desa",
                title=_("Desa"),
                value=lambda item: name_village(item.village),
                sort="village__search_name",
                href=_get_village_url,
                is_header=True,
            ),
            Column(
                key="kecamatan",
                title=_("Kecamatan"),
                value="village.district.name",
                sort="village__district__search_name",
            ),
            Column(
                key="pemungutan",
                title=_("Pemungutan suara"),
                value=lambda item: None if item.is_void else item.poll_date or found.poll_date,
                kind="date",
            ),
            Column(
                key="keadaan",
                title=_("Keadaan"),
                value=_name_state,
                kind="status",
                status=lambda item: "info" if _is_running(item) else "warn",
            ),
        ],
        rows=elections,
        query=request.GET,
        search=("village__search_name",),
        filters=[_filter_districts(found)],
        page_size=100,
    )
    if download := table_response(request=request, table=table, filename=f"desa-{found.name}"):
        return download
    context = {
        "wave": found,
        "table": table,
        "head_title": get_head_title(found.regency),
        "is_simulation": found.is_simulation,
    }
    return render(request, "elections/public/wave.html", context)


def _is_running(election: Any) -> bool:
    return election.state == ElectionState.ACTIVE and not election.is_void


def _name_state(election: Any) -> str:
    state = ElectionState.VOID if election.is_void else ElectionState(election.state)
    return str(state.label)


def _get_persona_title(request: HttpRequest) -> str:
    """What a persona of the demo can do; an empty title would be the head of the catalogue."""
    title = getattr(request.user, "persona_title", "")
    return gettext(title) if title else ""


def _list_work_links(request: HttpRequest) -> list[NavLink]:
    """Where somebody who is signed in goes on working, as the menu knows it."""
    if not get_request_actor(request).is_signed_in:
        return []
    urls = {reverse(name) for name in WORK_PAGES}
    return [link for link in list_links(request) if link.url in urls]


def _filter_districts(found: Wave) -> Filter:
    rows = found.elections.values_list("village__district_id", "village__district__name")
    return Filter(
        key="kecamatan",
        title=_("Kecamatan"),
        options=sorted(set(rows)),
        test="village__district_id",
    )


def _get_village_url(item: Election) -> str:
    return reverse("elections:public-village", args=[item.village_id])
