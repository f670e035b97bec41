"""The teams of a village: all stations, one station, and everything that stands in the way."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilkades.apps.accounts.services import require_role
from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.officers.requests import find_team
from pilkades.apps.officers.selectors.access import CONFLICT_ROLES, may_read_conflicts
from pilkades.apps.officers.selectors.standing import Examiner, JudgedFinding, Standing
from pilkades.apps.officers.selectors.teams import (
    TeamView,
    find_open_decree,
    list_team_views,
)
from pilkades.apps.officers.sheets import describe_conflict
from pilkades.apps.officers.words import name_seat, name_station
from pilkades.apps.regulations.requests import get_request_actor, signed_in
from pilkades.law.officers_rules import OfficerRules, SeatKind


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Every station with the state of its team."""
    context = find_village(request, village_code)
    examiner = Examiner(context)
    views = list_team_views(context, examiner)
    table = _build_teams(request, village_code, views)
    download = table_response(request=request, table=table, filename=f"petugas-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "rules": examiner.rules,
        "has_stations": bool(views),
        "unclear": sum(len(view.unclear) for view in views),
        "decree": find_open_decree(context),
        "may_act": is_seated(get_request_actor(request), context),
        "may_read": may_read_conflicts(get_request_actor(request), village_code),
    }
    return render_village(request, "officers/index.html", context, values)


@signed_in
@require_safe
def team(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """One team: seat by seat, what is missing, what comes next."""
    context, view = find_team(request, village_code, station_uuid)
    substitutions = (
        view.team.substitutions.select_related("leaving", "entering", "recorded_by")
        if view.team
        else ()
    )
    values = {
        "view": view,
        "rules": view.rules,
        "may_act": is_seated(get_request_actor(request), context),
        "may_read": may_read_conflicts(get_request_actor(request), village_code),
        "substitutions": [
            (item, name_seat(view.rules, SeatKind(item.kind), item.number))
            for item in substitutions
        ],
        "oaths": view.team.oaths.all() if view.team else (),
    }
    return render_village(request, "officers/team.html", context, values)


@signed_in
@require_safe
def conflicts(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Everything that speaks against anybody, in plain words with its article."""
    context = find_village(request, village_code)
    require_role(get_request_actor(request), CONFLICT_ROLES, village_code)
    examiner = Examiner(context)
    judged = [s for view in list_team_views(context, examiner) for s in view.standings]
    found = [(standing, item) for standing in judged for item in standing.findings]
    rows = sorted(found, key=lambda row: (row[1].is_question, not row[1].is_block))
    table = _build_conflicts(request, village_code, rows, examiner.rules)
    download = table_response(request=request, table=table, filename=f"benturan-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "blocks": sum(len(standing.blocks) for standing in judged),
        "may_read": True,
    }
    return render_village(request, "officers/conflicts.html", context, values)


def _build_teams(request: HttpRequest, village_code: str, views: list[TeamView]) -> Table:
    columns = [
        Column(
            key="tps",
            title=_("TPS"),
            value="name",
            sort=lambda view: view.station.number,
            is_header=True,
            href=lambda view: reverse("officers:team", args=[village_code, view.station.uuid]),
        ),
        Column(key="tempat", title=_("Tempat"), value="station.venue.name"),
        Column(
            key="status",
            title=_("Status"),
            value=lambda view: view.state[1],
            kind="status",
            status=lambda view: view.state[0],
        ),
        Column(key="petugas", title=_("Petugas"), value="officer_count", kind="number"),
        Column(key="cadangan", title=_("Cadangan"), value="reserve_count", kind="number"),
        Column(
            key="terbuka",
            title=_("Benturan terbuka"),
            value=lambda view: len(view.unclear),
            kind="number",
            sort=lambda view: len(view.unclear),
        ),
    ]
    return build_table(
        caption=_("Tim petugas per TPS"), columns=columns, rows=views, query=request.GET
    )


def _build_conflicts(
    request: HttpRequest,
    village_code: str,
    rows: list[tuple[Standing, JudgedFinding]],
    rules: OfficerRules,
) -> Table:
    columns = [
        Column(
            key="nama",
            title=_("Nama"),
            value=lambda row: row[0].officer.full_name,
            is_header=True,
            href=lambda row: reverse("officers:officer", args=[village_code, row[0].officer.uuid]),
        ),
        Column(
            key="tps",
            title=_("TPS"),
            value=lambda row: name_station(row[0].officer.team.station),
        ),
        Column(
            key="kursi",
            title=_("Tugas"),
            value=lambda row: name_seat(
                rules, SeatKind(row[0].officer.kind), row[0].officer.number
            ),
        ),
        Column(
            key="akibat",
            title=_("Akibat"),
            value=lambda row: describe_conflict(row[1])[1],
            kind="status",
            status=lambda row: describe_conflict(row[1])[0],
        ),
        Column(key="benturan", title=_("Benturan"), value=lambda row: row[1].finding.text),
        Column(
            key="dasar",
            title=_("Dasar"),
            value=lambda row: row[1].finding.article,
            kind="article",
        ),
    ]
    choices = [
        ("bad", _("Menghalangi")),
        ("warn", _("Memperingatkan")),
        ("info", _("Belum dijawab")),
        ("ok", _("Diterima")),
    ]
    shown = Filter(
        key="jenis",
        title=_("Akibat"),
        options=choices,
        test=lambda row, chosen: describe_conflict(row[1])[0] == chosen,
    )
    return build_table(
        caption=_("Benturan petugas"),
        columns=columns,
        rows=rows,
        query=request.GET,
        filters=[shown],
    )
