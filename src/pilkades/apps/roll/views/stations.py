"""The stations of a village: their voters against the maximum, and what is added and taken away."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.models import PollingStation, StationKind, Venue
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.stations import StationForm, StationsForm, VenueForm
from pilkades.apps.roll.plots import build_load_plot
from pilkades.apps.roll.selectors.access import may_read_entries
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.selectors.station_board import StationLoad, list_loads
from pilkades.apps.roll.selectors.stations import (
    NOBODY,
    count_all_voters,
    count_unplaced_voters,
    count_venue_voters,
)
from pilkades.apps.roll.services import stations, venues
from pilkades.law.pack import Status
from pilkades.law.station_loads import StationLoadRules, count_stations_needed

_TEMPLATE = "roll/stations/index.html"


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """All stations with their voters, the plot, and the venues."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    rules = StationLoadRules.from_pack(context.pack)
    loads = list_loads(context, rules.voters_max)
    roll = find_roll(context)
    may_add = is_seated(actor, context)
    may_act = may_add and not (roll and roll.is_locked)
    table = _build_station_table(request, village_code, loads, may_act=may_act)
    download = table_response(request=request, table=table, filename=f"tps-{village_code}")
    if download:
        return download
    everybody = count_all_voters(context.election)
    tops = [load for load in loads if load.voters_max is not None]
    values = {
        "table": table,
        "plot": build_load_plot(loads, rules.voters_max),
        "venues": _list_venues(context),
        "rules": rules,
        "is_unverified": context.pack.rule("station.voters_max").status != Status.VERIFIED,
        "everybody": everybody,
        "unplaced": count_unplaced_voters(context.election),
        "present": len(tops),
        "needed": count_stations_needed(voters=everybody.total, voters_max=rules.voters_max),
        "may_act": may_act,
        "may_add": may_add,
        "may_read": may_read_entries(actor, village_code),
        "may_box": may_add and _may_box(context, rules, tops),
        "only": tops[0].station if len(tops) == 1 else None,
    }
    return render_village(request, _TEMPLATE, context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def add_venue(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """One more venue."""
    context = _find_for_seat(request, village_code)
    form = VenueForm(request.POST or None)
    form.offer(list_hamlets(village_code))
    page = _page(context, _("Tambah tempat"), _("Simpan tempat"), _("Tempat disimpan."))
    return _run(
        request,
        context,
        page,
        form,
        lambda: venues.add_venue(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
            venue=form.read(),
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def change_venue(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponseBase:
    """A venue described anew."""
    context = _find_for_seat(request, village_code)
    venue = _find_venue(context, venue_uuid)
    names = ("name", "address", "hamlet", "latitude_degrees", "longitude_degrees", "version")
    form = VenueForm(request.POST or None, initial={name: getattr(venue, name) for name in names})
    form.offer(list_hamlets(village_code))
    page = _page(context, _("Ubah tempat"), _("Simpan tempat"), _("Tempat disimpan."))
    return _run(
        request,
        context,
        page,
        form,
        lambda: venues.change_venue(
            actor=get_request_actor(request),
            now=get_request_now(request),
            venue_uuid=venue_uuid,
            expected_version=form.cleaned_data["version"],
            venue=form.read(),
        ),
        remove=reverse("roll:venue-remove", args=[village_code, venue_uuid]),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def remove_venue(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponseBase:
    """A venue without stations is taken away."""
    context = _find_for_seat(request, village_code)
    venue = _find_venue(context, venue_uuid)
    title = _("Hapus tempat %(name)s?") % {"name": venue.name}
    page = _page(context, title, _("Hapus tempat"), _("Tempat dihapus."))
    return _run(
        request,
        context,
        page,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: venues.remove_venue(
            actor=get_request_actor(request),
            now=get_request_now(request),
            venue_uuid=venue_uuid,
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_stations(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Stations for a venue, or desks and boxes for a station."""
    context = _find_for_seat(request, village_code)
    places = Venue.objects.filter(election=context.election)
    if not places:
        raise Http404
    form = StationsForm(request.POST or None)
    known = PollingStation.objects.filter(election=context.election).select_related("venue")
    form.offer(places, known)
    page = _page(context, _("Tambah TPS"), _("Tambahkan"), _("Ditambahkan."))
    return _run(
        request,
        context,
        page,
        form,
        lambda: stations.add_stations(
            actor=get_request_actor(request),
            now=get_request_now(request),
            venue_uuid=UUID(form.cleaned_data["venue"]),
            kind=StationKind(form.cleaned_data["kind"]),
            count=form.cleaned_data["count"],
            parent_uuid=form.cleaned_data["parent"],
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_boxes(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponseBase:
    """One box per hamlet for the only station."""
    context = _find_for_seat(request, village_code)
    station = _find_station(context, station_uuid)
    rules = StationLoadRules.from_pack(context.pack)
    page = _page(
        context,
        _("Satu kotak per dusun"),
        _("Tambahkan kotak"),
        _("Kotak ditambahkan; bagi pemilih untuk mengisinya."),
        lead=", ".join(hamlet.name for hamlet in list_hamlets(village_code)),
        article=rules.box_article,
    )
    return _run(
        request,
        context,
        page,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: stations.add_hamlet_boxes(
            actor=get_request_actor(request),
            now=get_request_now(request),
            station_uuid=station.uuid,
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def change_station(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponseBase:
    """The number of a station and where it stands."""
    context = _find_for_seat(request, village_code)
    station = _find_station(context, station_uuid)
    initial = {
        "number": station.number,
        "venue": str(station.venue.uuid),
        "version": station.version,
    }
    form = StationForm(request.POST or None, initial=initial)
    form.offer(Venue.objects.filter(election=context.election))
    title = _("Ubah %(station)s") % {"station": station}
    page = _page(context, title, _("Simpan"), _("Perubahan disimpan."))
    return _run(
        request,
        context,
        page,
        form,
        lambda: stations.change_station(
            actor=get_request_actor(request),
            now=get_request_now(request),
            station_uuid=station_uuid,
            expected_version=form.cleaned_data["version"],
            number=form.cleaned_data["number"],
            venue_uuid=UUID(form.cleaned_data["venue"]),
        ),
        remove=reverse("roll:station-remove", args=[village_code, station_uuid]),
        version=station.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def remove_station(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponseBase:
    """A station without voters is taken away."""
    context = _find_for_seat(request, village_code)
    station = _find_station(context, station_uuid)
    title = _("Hapus %(station)s?") % {"station": station}
    page = _page(context, title, _("Hapus"), _("Dihapus."))
    return _run(
        request,
        context,
        page,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda: stations.remove_station(
            actor=get_request_actor(request),
            now=get_request_now(request),
            station_uuid=station_uuid,
        ),
    )


def _find_for_seat(request: HttpRequest, village_code: str) -> VillageElection:
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    return context


def _find_venue(context: VillageElection, venue_uuid: UUID) -> Venue:
    found = Venue.objects.filter(election=context.election, uuid=venue_uuid).first()
    if found is None:
        raise Http404
    return found


def _find_station(context: VillageElection, station_uuid: UUID) -> PollingStation:
    found = (
        PollingStation.objects.filter(election=context.election, uuid=station_uuid)
        .select_related("venue")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _page(
    context: VillageElection,
    title: str,
    submit: str,
    success: str,
    *,
    lead: str = "",
    article: str = "",
) -> ActPage:
    back = reverse("roll:stations", args=[context.village_code])
    return ActPage(
        title=title, submit=submit, success=success, back=back, lead=lead, article=article
    )


def _run(
    request: HttpRequest,
    context: VillageElection,
    page: ActPage,
    form: forms.Form,
    act: Callable[[], object],
    *,
    remove: str = "",
    version: int | None = None,
) -> HttpResponseBase:
    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=page.back,
        template="roll/stations/act.html",
        values={"remove": remove},
        version=version,
    )


def _may_box(context: VillageElection, rules: StationLoadRules, tops: list[StationLoad]) -> bool:
    if not rules.is_box_per_hamlet_allowed or len(tops) != 1:
        return False
    return not tops[0].station.parts.exists() and list_hamlets(context.village_code).exists()


def _list_venues(context: VillageElection) -> list[dict[str, Any]]:
    totals = count_venue_voters(context.election)
    rows = Venue.objects.filter(election=context.election).select_related("hamlet")
    return [{"venue": venue, "totals": totals.get(venue.pk, NOBODY)} for venue in rows]


def _build_station_table(
    request: HttpRequest, village_code: str, loads: list[StationLoad], *, may_act: bool
) -> Table:
    def link(load: StationLoad) -> str:
        return reverse("roll:station", args=[village_code, load.station.uuid]) if may_act else ""

    def name(load: StationLoad) -> str:
        return f"{load.station} {load.hamlet}".strip()

    columns = [
        Column(key="tps", title=_("TPS"), value=name, is_header=True, href=link),
        Column(key="tempat", title=_("Tempat"), value="station.venue.name"),
        Column(key="l", title=_("L"), value="totals.male", kind="number"),
        Column(key="p", title=_("P"), value="totals.female", kind="number"),
        Column(
            key="jumlah",
            title=_("Jumlah"),
            value="totals.total",
            kind="number",
            sort=lambda load: load.totals.total,
        ),
        Column(key="sisa", title=_("Sisa tempat"), value="room", kind="number"),
        Column(
            key="keadaan",
            title=_("Keadaan"),
            value="words",
            kind="status",
            status=lambda load: load.status,
        ),
    ]
    return build_table(caption=_("Pemilih per TPS"), columns=columns, rows=loads, query=request.GET)
