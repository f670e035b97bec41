"""The decree of appointment and the oath: proposed, issued, sworn, printed."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import pdf_response, table_response
from pilkades.apps.elections.forms.drawing import combine
from pilkades.apps.elections.forms.village import ConfirmForm
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.officers.forms.officers import ReasonForm
from pilkades.apps.officers.forms.papers import IssueForm, OathForm
from pilkades.apps.officers.models import AppointmentDecree, DecreeState
from pilkades.apps.officers.papers import (
    print_decree,
    print_oath_minutes,
    read_paper,
)
from pilkades.apps.officers.requests import find_decree, find_team
from pilkades.apps.officers.selectors.access import may_read_conflicts
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import (
    count_people,
    find_open_decree,
    list_ready_teams,
    list_team_views,
)
from pilkades.apps.officers.services.decree import (
    issue_decree,
    may_issue,
    propose_decree,
    withdraw_decree,
)
from pilkades.apps.officers.services.oath import record_oath
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file
from pilkades.law.officers_rules import Authority

DECREE_KINDS = {
    DecreeState.PROPOSED: "info",
    DecreeState.ISSUED: "ok",
    DecreeState.WITHDRAWN: "idle",
}


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """Which teams are ready, which proposal waits, which decrees are in force."""
    context = find_village(request, village_code)
    examiner = Examiner(context)
    views = list_team_views(context, examiner)
    ready = list_ready_teams(views)
    actor = get_request_actor(request)
    proposal = find_open_decree(context)
    table = _build_table(request, context)
    download = table_response(request=request, table=table, filename=f"sk-petugas-{village_code}")
    if isinstance(download, HttpResponse):
        return download
    waiting = [v for v in views if not (v.team and v.team.decree) and not v.is_ready]
    values = {
        "table": table,
        "rules": examiner.rules,
        "by_village_head": examiner.rules.authority is Authority.VILLAGE_HEAD,
        "ready": ready,
        "ready_people": count_people(ready),
        "waiting": waiting,
        "proposal": proposal,
        "may_issue": proposal is not None and may_issue(actor, context, proposal),
        "may_act": is_seated(actor, context),
        "may_read": may_read_conflicts(actor, village_code),
    }
    return render_village(request, "officers/decrees.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, village_code: str) -> HttpResponse:
    """Put the complete teams into a proposal."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    ready = list_ready_teams(list_team_views(context))
    page = _page(
        village_code,
        title=_("Usulkan pengangkatan petugas"),
        lead=_("%(count)s orang di %(stations)s.")
        % {"count": count_people(ready), "stations": ", ".join(view.name for view in ready)},
        submit=_("Usulkan pengangkatan"),
        success=_("Usulan dicatat. Orang lain menetapkannya."),
        consequence=_("Selama diusulkan, susunan tim ini tidak dapat diubah."),
    )
    return run_act(
        request,
        context,
        page,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        act=lambda: propose_decree(
            actor=actor, now=get_request_now(request), election_pk=context.election.pk
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, village_code: str, decree_uuid: UUID) -> HttpResponse:
    """Take the proposal back."""
    context, decree = find_decree(request, village_code, decree_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    form = ReasonForm(request.POST or None, initial={"version": decree.version})
    page = _page(
        village_code,
        title=_("Tarik usulan pengangkatan"),
        submit=_("Tarik usulan"),
        success=_("Usulan ditarik. Susunan tim dapat diubah lagi."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: withdraw_decree(
            actor=actor,
            now=get_request_now(request),
            decree_uuid=decree_uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
        version=decree.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, village_code: str, decree_uuid: UUID) -> HttpResponse:
    """Number, date and signer: the teams are appointed."""
    context, decree = find_decree(request, village_code, decree_uuid)
    actor = get_request_actor(request)
    if decree.state != DecreeState.PROPOSED and request.method == "GET":
        raise Http404
    form = IssueForm(
        request.POST or None, request.FILES or None, initial={"version": decree.version}
    )
    page = _page(
        village_code,
        title=_("Tetapkan SK petugas"),
        article=decree.article,
        submit=_("Tetapkan SK"),
        success=_("Petugas diangkat."),
        consequence=_(
            "Sesudah ditetapkan, susunan hanya berubah dengan penggantian petugas yang tercatat."
        ),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: issue_decree(
            actor=actor,
            now=get_request_now(request),
            decree_uuid=decree_uuid,
            expected_version=form.cleaned_data["version"],
            number=form.cleaned_data["number"],
            decree_date=form.cleaned_data["decree_date"],
            signer_name=form.cleaned_data["signer_name"],
            scan=form.read_scan(),
        ),
        goal=page.back,
        version=decree.version,
    )


@signed_in
@require_safe
def paper(request: HttpRequest, village_code: str, decree_uuid: UUID) -> HttpResponse:
    """The decree to be signed, a draft until its number is set."""
    context, decree = find_decree(request, village_code, decree_uuid)
    pdf = print_decree(context, decree, paper=read_paper(request))
    return pdf_response(pdf=pdf, filename=f"sk-petugas-{village_code}")


@signed_in
@require_safe
def scan(request: HttpRequest, village_code: str, decree_uuid: UUID) -> HttpResponse:
    """The signed decree as it was handed in, for who sits in the committee."""
    context, decree = find_decree(request, village_code, decree_uuid)
    require_seat(get_request_actor(request), context)
    if decree.file is None:
        raise Http404
    stored = read_file(decree.file)
    response = HttpResponse(stored.data, content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def oath(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """Who took the oath, when, where, before whom."""
    context, view = find_team(request, village_code, station_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    team = view.team
    if team is None or not (view.unsworn or request.method == "POST"):
        raise Http404
    local = get_request_now(request).astimezone(context.zone)
    form = OathForm(
        request.POST or None,
        unsworn=view.unsworn,
        initial={
            "version": team.version,
            "day": local.date(),
            "hour": local.time(),
            "place": view.station.venue.name,
        },
    )
    page = ActPage(
        title=_("Sumpah petugas %(station)s") % {"station": view.name},
        lead=view.rules.oath_text,
        article=view.rules.oath_article,
        submit=_("Catat sumpah"),
        success=_("Sumpah dicatat."),
        back=reverse("officers:team", args=[village_code, station_uuid]),
    )

    def act() -> object:
        data = form.cleaned_data
        return record_oath(
            actor=actor,
            now=get_request_now(request),
            team_uuid=team.uuid,
            expected_version=data["version"],
            taken_at=combine(data["day"], data["hour"], context.zone),
            place=data["place"],
            administered_by=data["administered_by"],
            administered_as=data["administered_as"],
            officer_uuids=[UUID(item) for item in data["officers"]],
        )

    return run_act(request, context, page, form=form, act=act, goal=page.back, version=team.version)


@signed_in
@require_safe
def oath_paper(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """The text of the oath, and the minutes: of the oath that is named, else to be filled in."""
    context, view = find_team(request, village_code, station_uuid)
    if view.team is None or not view.standings:
        raise Http404
    number = request.GET.get("sumpah", "")
    oaths = list(view.team.oaths.all())
    if number and number not in {str(item) for item in range(1, len(oaths) + 1)}:
        raise Http404
    taken = oaths[int(number) - 1] if number else None
    pdf = print_oath_minutes(context, view, taken, paper=read_paper(request))
    return pdf_response(pdf=pdf, filename=f"sumpah-{village_code}-{view.station.number:02d}")


def _page(village_code: str, **words: str) -> ActPage:
    return ActPage(back=reverse("officers:decrees", args=[village_code]), **words)


def _build_table(request: HttpRequest, context: VillageElection) -> Table:
    decrees = context.election.officer_decrees.select_related("proposed_by", "issued_by")
    code = context.village_code
    columns = [
        Column(
            key="nomor",
            title=_("Nomor SK"),
            value=lambda item: item.number or _("Rancangan"),
            is_header=True,
            href=lambda item: reverse("officers:decree-paper", args=[code, item.uuid]),
        ),
        Column(key="tanggal", title=_("Tanggal"), value="decree_date", kind="short_date"),
        Column(
            key="status",
            title=_("Status"),
            value=lambda item: item.get_state_display(),
            kind="status",
            status=_kind_of,
        ),
        Column(key="pengusul", title=_("Diusulkan"), value="proposed_by.full_name"),
        Column(
            key="penetap",
            title=_("Ditetapkan"),
            value=lambda item: item.signer_name,
        ),
    ]
    return build_table(
        caption=_("SK pengangkatan petugas"), columns=columns, rows=decrees, query=request.GET
    )


def _kind_of(decree: AppointmentDecree) -> str:
    return DECREE_KINDS[DecreeState(decree.state)]
