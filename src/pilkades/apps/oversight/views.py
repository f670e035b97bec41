"""The page of the audit trail."""

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.alerts import Alert
from pilkades.apps.audit.selectors import (
    MAX_ALERT_CANDIDATES,
    TrailCriteria,
    TrailEvent,
    list_alerted_ids,
    list_trail,
)
from pilkades.apps.design.formats import format_number
from pilkades.apps.design.tables import DOWNLOAD
from pilkades.apps.documents.services import table_response
from pilkades.apps.oversight.forms import TrailForm
from pilkades.apps.oversight.selectors import (
    Scope,
    ZoneBook,
    find_scope,
    with_account_names,
)
from pilkades.apps.oversight.services import record_export
from pilkades.apps.oversight.trail import (
    MAX_SHOWN_ROWS,
    PAGE_SIZE,
    TrailPaginator,
    build_export_table,
    build_trail_table,
    count_up_to,
    get_download_url,
)
from pilkades.apps.regions.selectors import describe_regions, search_regions

MAX_EXPORT_ROWS = 20_000


@login_required
@require_safe
def show_trail(request: HttpRequest) -> HttpResponseBase:
    """Who did what, when, where, under which article; `?unduh=xlsx|csv` gives the file."""
    actor = cast(Actor, getattr(request, "actor"))  # noqa: B009
    scope = find_scope(actor)
    if scope is None:
        raise PermissionDenied
    zones = ZoneBook()
    form = TrailForm(request.GET or None)
    events = with_account_names(_select(form, scope, zones))
    too_many = ""
    if request.GET.get(DOWNLOAD) and not form.errors:
        count = count_up_to(events, limit=MAX_EXPORT_ROWS)
        if count <= MAX_EXPORT_ROWS:
            return _export(request, actor, events, zones, count)
        too_many = _("Pilihan ini memuat lebih dari {limit} baris.").format(
            limit=format_number(MAX_EXPORT_ROWS)
        )
    paginator = TrailPaginator(events, PAGE_SIZE)
    context = {
        "form": form,
        "table": build_trail_table(paginator=paginator, query=request.GET, zones=zones),
        "shown_limit": MAX_SHOWN_ROWS if paginator.has_more else 0,
        "too_many": too_many,
        "alert_limit": MAX_ALERT_CANDIDATES if form.data.get("peringatan") else 0,
        "is_narrowed": any(form.data.get(name) for name in form.fields),
        "regions": sorted(describe_regions(scope.regions).values()),
        "xlsx_url": get_download_url(request.GET, "xlsx"),
        "csv_url": get_download_url(request.GET, "csv"),
    }
    return render(request, "oversight/trail.html", context, status=400 if form.errors else 200)


def _select(form: TrailForm, scope: Scope, zones: ZoneBook) -> QuerySet[TrailEvent]:
    """The events asked for; none while the form has a mistake, so that nothing is misread."""
    everything = TrailCriteria(
        visible_regions=scope.regions, sees_installation=scope.sees_installation
    )
    if not form.is_bound:
        return list_trail(everything)
    if not form.is_valid():
        return list_trail(everything).none()
    regions = _find_regions(form, scope)
    if form.errors:
        return list_trail(everything).none()
    since, until = form.get_period(_get_zone(scope, zones))
    asked = form.cleaned_data
    events = list_trail(
        TrailCriteria(
            visible_regions=scope.regions,
            sees_installation=scope.sees_installation,
            regions=regions,
            event=asked["peristiwa"],
            actor=asked["pelaku"],
            article=asked["pasal"],
            words=asked["kata"],
            since=since,
            until=until,
        )
    )
    if asked["peringatan"]:
        alert = Alert(asked["peringatan"])
        events = events.filter(pk__in=list_alerted_ids(events, alert=alert, zone_of=zones.zone_of))
    return events


def _find_regions(form: TrailForm, scope: Scope) -> tuple[str, ...]:
    """The regions of a name or code, inside those that may be seen."""
    asked = form.cleaned_data["wilayah"]
    if not asked:
        return ()
    found = {
        code
        for within in scope.regions
        for code, _name in search_regions(query=asked, within=within)
    }
    if not found:
        form.add_error(
            "wilayah", _("Wilayah ini tidak ditemukan. Periksa ejaannya, atau tulis kodenya.")
        )
    return tuple(found)


def _get_zone(scope: Scope, zones: ZoneBook) -> ZoneInfo:
    """The clock by which whoever watches these regions counts days."""
    return zones.zone_of(scope.regions[0])


def _export(
    request: HttpRequest,
    actor: Actor,
    events: QuerySet[TrailEvent],
    zones: ZoneBook,
    count: int,
) -> HttpResponseBase:
    table = build_export_table(events=events, query=request.GET, zones=zones)
    response = table_response(request=request, table=table, filename="jejak-audit")
    if response is None:
        raise PermissionDenied
    now = cast(datetime, getattr(request, "now"))  # noqa: B009
    record_export(actor=actor, now=now, file_format=request.GET[DOWNLOAD].upper(), rows=count)
    return response
