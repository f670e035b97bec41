"""The division by rule: asked for, computed as a job, looked at, accepted."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.allocation import RULE_OF_DISTANCE
from pilkades.apps.roll.forms.stations import AllocationForm
from pilkades.apps.roll.models import AllocationProposal, ProposalState
from pilkades.apps.roll.selectors.allocation import Ground, describe_plan, read_plan
from pilkades.apps.roll.selectors.stations import count_all_voters, count_unplaced_voters
from pilkades.apps.roll.services.allocate import JOB, accept_allocation
from pilkades.law.station_loads import StationLoadRules, count_stations_needed


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Whom to divide; the computing is a job that comes back to its proposal."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    form = AllocationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            job = start_job(
                kind=JOB,
                actor=actor,
                now=get_request_now(request),
                region_code=village_code,
                params={
                    "election_uuid": str(context.election.uuid),
                    "mode": form.cleaned_data["mode"],
                },
                back=reverse("roll:proposal", args=[village_code]),
            )
            return redirect("jobs:show", job.uuid)
        status = 400
    rules = StationLoadRules.from_pack(context.pack)
    everybody = count_all_voters(context.election)
    values = {
        "form": form,
        "may_read": True,
        "rules": rules,
        "distance": RULE_OF_DISTANCE,
        "everybody": everybody,
        "unplaced": count_unplaced_voters(context.election),
        "needed": count_stations_needed(voters=everybody.total, voters_max=rules.voters_max),
        "present": context.election.stations.filter(kind="station").count(),
        "proposal": _find_newest(context.election.pk),
    }
    return render_village(request, "roll/stations/ask.html", context, values, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def proposal(
    request: HttpRequest, village_code: str, proposal_uuid: UUID | None = None
) -> HttpResponseBase:
    """What the newest division, or one of them, would change; its acceptance."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    found = _find_newest(context.election.pk, proposal_uuid)
    if found is None and proposal_uuid is None:
        # Nothing was computed, or the job was stopped: ask again.
        return redirect("roll:allocation", village_code)
    if found is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = try_service(
            form,
            lambda: accept_allocation(
                actor=actor, now=get_request_now(request), proposal_uuid=found.uuid
            ),
        )
        if status == 302:
            messages.success(request, _("Pembagian diterima. Semua pemilih itu sudah dipindah."))
            return redirect("roll:stations", village_code)
    ground = Ground(context)
    is_open = found.state == ProposalState.OPEN
    values = {
        "proposal": found,
        "form": form,
        "may_read": True,
        "is_open": is_open,
        "is_stale": is_open and ground.digest(found.mode) != found.basis,
        "effect": describe_plan(ground, read_plan(found) if is_open else {}),
        "refusal": thaw_text(found.refusal) if found.refusal else None,
        "rules": ground.rules,
        "distance": RULE_OF_DISTANCE,
    }
    return render_village(request, "roll/stations/proposal.html", context, values, status=status)


def _find_newest(election_pk: int, uuid: UUID | None = None) -> AllocationProposal | None:
    proposals = AllocationProposal.objects.filter(roll__election_id=election_pk)
    return (proposals.filter(uuid=uuid) if uuid else proposals).first()
