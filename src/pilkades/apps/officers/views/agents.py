"""Candidates' agents: the list, one agent, mandate and papers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.documents.services import pdf_response, table_response
from pilkades.apps.elections.forms.drawing import combine
from pilkades.apps.elections.models import PollingStation
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.officers.forms.officers import ReasonForm
from pilkades.apps.officers.forms.papers import (
    AgentOathForm,
    RegisterAgentForm,
    ReplaceAgentForm,
)
from pilkades.apps.officers.models import AgentState, CandidateAgent
from pilkades.apps.officers.papers import print_agent_list, print_mandate, read_paper
from pilkades.apps.officers.requests import find_agent
from pilkades.apps.officers.selectors.access import may_read_conflicts
from pilkades.apps.officers.selectors.agents import (
    count_missing,
    list_active_agents,
    list_agents,
    list_candidates,
)
from pilkades.apps.officers.selectors.teams import list_stations
from pilkades.apps.officers.services.agents import (
    record_agent_oath,
    register_agent,
    replace_agent,
    withdraw_agent,
)
from pilkades.apps.officers.services.reveal import Revealed, reveal_agent
from pilkades.apps.officers.words import name_station
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file
from pilkades.apps.vault.masking import mask_nik, mask_phone
from pilkades.law.officers_rules import OfficerRules

KINDS = {AgentState.ACTIVE: "ok", AgentState.REPLACED: "idle", AgentState.WITHDRAWN: "idle"}


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Every agent by station, and how many places are empty."""
    context = find_village(request, village_code)
    stations = list(list_stations(context))
    table = _build_table(request, context, stations)
    download = table_response(request=request, table=table, filename=f"saksi-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "stations": stations,
        "rules": OfficerRules.from_pack(context.pack),
        "candidates": list(list_candidates(context)),
        "missing": count_missing(context, station_count=len(stations)),
        "may_act": is_seated(get_request_actor(request), context),
        "may_read": may_read_conflicts(get_request_actor(request), village_code),
    }
    return render_village(request, "officers/agents.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, village_code: str) -> HttpResponse:
    """A new agent with the mandate."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    form = RegisterAgentForm(
        request.POST or None,
        request.FILES or None,
        candidacies=list(list_candidates(context)),
        stations=list(list_stations(context)),
    )
    rules = OfficerRules.from_pack(context.pack)
    page = ActPage(
        title=_("Daftarkan saksi"),
        article=rules.agent_article,
        submit=_("Daftarkan saksi"),
        success=_("Saksi didaftarkan."),
        back=reverse("officers:agents", args=[village_code]),
    )

    def act() -> object:
        return register_agent(
            actor=actor,
            now=get_request_now(request),
            election_pk=context.election.pk,
            candidacy_uuid=UUID(form.cleaned_data["candidacy"]),
            station_uuid=UUID(form.cleaned_data["station"]),
            agent=form.to_agent(),
        )

    return run_act(request, context, page, form=form, act=act, goal=page.back)


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """One agent."""
    context, agent = find_agent(request, village_code, agent_uuid)
    return _render_agent(request, context, agent)


@signed_in
@require_POST
def reveal(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """Show what is masked, once; the look is on record."""
    context, agent = find_agent(request, village_code, agent_uuid)
    shown = reveal_agent(
        actor=get_request_actor(request), now=get_request_now(request), agent_uuid=agent_uuid
    )
    # Shown in this very answer: kept in no session, it is gone with the page.
    response = _render_agent(request, context, agent, revealed=shown)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """Another person in the agent's place."""
    context, agent = _find_for_act(request, village_code, agent_uuid)
    form = ReplaceAgentForm(
        request.POST or None, request.FILES or None, initial={"version": agent.version}
    )
    page = _page(
        village_code,
        agent,
        title=_("Ganti saksi %(name)s"),
        submit=_("Catat penggantian"),
        success=_("Saksi diganti."),
    )

    def act() -> object:
        return replace_agent(
            **_who(request, agent, form.cleaned_data["version"]),
            reason=form.cleaned_data["reason"],
            successor=form.to_agent(),
        )

    goal = reverse("officers:agents", args=[village_code])
    return run_act(request, context, page, form=form, act=act, goal=goal, version=agent.version)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """The candidate has taken the agent away."""
    context, agent = _find_for_act(request, village_code, agent_uuid)
    form = ReasonForm(request.POST or None, initial={"version": agent.version})
    page = _page(
        village_code,
        agent,
        title=_("Catat penarikan saksi %(name)s"),
        submit=_("Catat penarikan"),
        success=_("Penarikan dicatat."),
        consequence=_("Tempatnya menjadi kosong. Nama dan alasannya tetap tercatat."),
    )

    def act() -> object:
        return withdraw_agent(
            **_who(request, agent, form.cleaned_data["version"]),
            reason=form.cleaned_data["reason"],
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=agent.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def oath(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """When, where and before whom the agent was sworn."""
    context, agent = _find_for_act(request, village_code, agent_uuid)
    rules = OfficerRules.from_pack(context.pack)
    local = get_request_now(request).astimezone(context.zone)
    form = AgentOathForm(
        request.POST or None,
        initial={"version": agent.version, "day": local.date(), "hour": local.time()},
    )
    page = _page(
        village_code,
        agent,
        title=_("Sumpah saksi %(name)s"),
        lead=rules.agent_oath_text,
        submit=_("Catat sumpah"),
        success=_("Sumpah dicatat."),
    )

    def act() -> object:
        data = form.cleaned_data
        return record_agent_oath(
            **_who(request, agent, data["version"]),
            sworn_at=combine(data["day"], data["hour"], context.zone),
            place=data["place"],
            before=data["before"],
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=agent.version
    )


@signed_in
@require_safe
def mandate_scan(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """The mandate as it was handed in, for who sits in the committee."""
    context, agent = find_agent(request, village_code, agent_uuid)
    require_seat(get_request_actor(request), context)
    if agent.mandate_file is None:
        raise Http404
    stored = read_file(agent.mandate_file)
    response = HttpResponse(stored.data, content_type=stored.media_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    return response


@signed_in
@require_safe
def mandate_paper(request: HttpRequest, village_code: str, agent_uuid: UUID) -> HttpResponse:
    """The mandate to be signed by the candidate."""
    context, agent = find_agent(request, village_code, agent_uuid)
    pdf = print_mandate(context, agent, paper=read_paper(request))
    return pdf_response(pdf=pdf, filename=f"mandat-{village_code}")


@signed_in
@require_safe
def list_paper(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """Who watches at one station, with lines for signatures."""
    context = find_village(request, village_code)
    station = list_stations(context).filter(uuid=station_uuid).first()
    if station is None:
        raise Http404
    agents = list_active_agents(context, station.pk)
    pdf = print_agent_list(
        context, station, agents, now=get_request_now(request), paper=read_paper(request)
    )
    return pdf_response(pdf=pdf, filename=f"saksi-{village_code}-{station.number:02d}")


def _find_for_act(
    request: HttpRequest, village_code: str, agent_uuid: UUID
) -> tuple[VillageElection, CandidateAgent]:
    context, agent = find_agent(request, village_code, agent_uuid)
    require_seat(get_request_actor(request), context)
    if not agent.is_active and request.method == "GET":
        raise Http404
    return context, agent


def _page(village_code: str, agent: CandidateAgent, *, title: str, **words: str) -> ActPage:
    return ActPage(
        title=title % {"name": agent.full_name},
        back=reverse("officers:agent", args=[village_code, agent.uuid]),
        **words,
    )


def _who(request: HttpRequest, agent: CandidateAgent, version: int) -> dict[str, Any]:
    return {
        "actor": get_request_actor(request),
        "now": get_request_now(request),
        "agent_uuid": agent.uuid,
        "expected_version": version,
    }


def _render_agent(
    request: HttpRequest,
    context: VillageElection,
    agent: CandidateAgent,
    *,
    revealed: Revealed | None = None,
) -> HttpResponse:
    actor = get_request_actor(request)
    seated = is_seated(actor, context)
    values = {
        "agent": agent,
        "station": name_station(agent.station),
        "kind": KINDS[AgentState(agent.state)],
        "masked_nik": mask_nik(agent.nik),
        "masked_phone": mask_phone(agent.phone) if agent.phone else "",
        "revealed": revealed,
        "may_reveal": has_role(actor, UNMASK_ROLES, context.village_code),
        "may_act": seated and agent.is_active,
        "is_seated": seated,
        "rules": OfficerRules.from_pack(context.pack),
    }
    return render_village(request, "officers/agent.html", context, values)


def _build_table(
    request: HttpRequest, context: VillageElection, stations: list[PollingStation]
) -> Table:
    code = context.village_code
    columns = [
        Column(
            key="tps",
            title=_("TPS"),
            value=lambda item: name_station(item.station),
            sort="station__number",
        ),
        Column(
            key="calon",
            title=_("Calon"),
            value=lambda item: f"{item.candidacy.ballot_number or ''} {item.candidacy.full_name}",
            sort="candidacy__ballot_number",
        ),
        Column(
            key="nama",
            title=_("Saksi"),
            value="full_name",
            sort="full_name",
            is_header=True,
            href=lambda item: reverse("officers:agent", args=[code, item.uuid]),
        ),
        Column(key="nik", title=_("NIK"), value=lambda item: mask_nik(item.nik)),
        Column(key="mandat", title=_("Surat mandat"), value="mandate_number"),
        Column(
            key="status",
            title=_("Status"),
            value=lambda item: item.get_state_display(),
            kind="status",
            status=lambda item: KINDS[AgentState(item.state)],
        ),
    ]
    filters = [
        Filter(
            key="tps",
            title=_("TPS"),
            options=[(str(item.number), name_station(item)) for item in stations],
            test="station__number",
        ),
        Filter(key="status", title=_("Status"), options=list(AgentState.choices), test="state"),
    ]
    return build_table(
        caption=_("Daftar saksi"),
        columns=columns,
        rows=list_agents(context),
        query=request.GET,
        filters=filters,
        search=["full_name"],
    )
