"""The timetable of one village: every date with its reason, and what really happened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.desk_sheets import list_postponement_rows, list_step_rows
from pilkades.apps.elections.forms.desk import ExtendForm, RecordForm, VersionedForm
from pilkades.apps.elections.models import Election
from pilkades.apps.elections.requests import find_election
from pilkades.apps.elections.selectors.access import may_record_step, may_run_desk
from pilkades.apps.elections.selectors.progress import (
    ElectionProgress,
    StepProgress,
    assess_election,
)
from pilkades.apps.elections.selectors.timetables import get_timetable
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.waves import get_election, get_local_date
from pilkades.apps.elections.services.record_stage import extend_step, record_step
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.timesteps import STAGES


@signed_in
@require_safe
def show(request: HttpRequest, election_uuid: UUID) -> HttpResponse:
    """All steps of a village, by stage."""
    election = find_election(request, election_uuid)
    progress = _assess(request, election)
    postponements = election.postponements.select_related("decided_by")
    if is_download(request):
        sheets = [list_step_rows(progress), list_postponement_rows(postponements)]
        return page_response(filename=f"jadwal-{name_village(election.village)}", sheets=sheets)
    actor = get_request_actor(request)
    stages = [
        (stage, [item for item in progress.steps if item.step.stage == stage]) for stage in STAGES
    ]
    context = {
        "election": election,
        "wave": election.wave,
        "progress": progress,
        "stages": stages,
        "findings": get_timetable(election).findings,
        "postponements": postponements,
        "may_run": may_run_desk(actor, election.wave.regency_id),
        "region_name": describe_village(election.village),
        "is_simulation": election.is_simulation,
    }
    return render(request, "elections/desk/village.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, election_uuid: UUID, step_id: str) -> HttpResponse:
    """One step: why these days, what was recorded, and the form to record it."""
    election = find_election(request, election_uuid)
    entry = _find_entry(_assess(request, election), step_id)
    initial: dict[str, Any] = {"version": election.version}
    if entry.fact:
        initial |= {
            "started_on": entry.fact.started_on,
            "finished_on": entry.fact.finished_on,
            "note": entry.fact.note,
        }
    form = RecordForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = try_service(
            form,
            lambda: record_step(
                actor=get_request_actor(request),
                now=get_request_now(request),
                election_uuid=election.uuid,
                expected_version=form.cleaned_data["version"],
                step_id=step_id,
                started_on=form.cleaned_data["started_on"],
                finished_on=form.cleaned_data["finished_on"],
                note=form.cleaned_data["note"],
            ),
        )
        if status == 302:
            messages.success(request, gettext("Pelaksanaan dicatat. Jadwal berikutnya mengikuti."))
            return redirect("elections:village-timetable", election.uuid)
    return _render_step(request, election_uuid, step_id, record_form=form, status=status)


@signed_in
@require_http_methods(["POST"])
def extend(request: HttpRequest, election_uuid: UUID, step_id: str) -> HttpResponse:
    """Let a step of this village last longer."""
    election = find_election(request, election_uuid)
    form = ExtendForm(request.POST)
    status = try_service(
        form,
        lambda: extend_step(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_uuid=election.uuid,
            expected_version=form.cleaned_data["version"],
            step_id=step_id,
            extended_to=form.cleaned_data["extended_to"],
            reference=form.cleaned_data["reference"],
        ),
    )
    if status == 302:
        messages.success(request, gettext("Perpanjangan dicatat. Jadwal berikutnya mengikuti."))
        return redirect("elections:village-timetable", election.uuid)
    return _render_step(request, election_uuid, step_id, extend_form=form, status=status)


def _render_step(
    request: HttpRequest,
    election_uuid: UUID,
    step_id: str,
    *,
    record_form: RecordForm | None = None,
    extend_form: ExtendForm | None = None,
    status: int,
) -> HttpResponse:
    """The page of a step; forms that were refused come back with their input."""
    election = get_election(election_uuid)
    entry = _find_entry(_assess(request, election), step_id)
    for form in (record_form, extend_form):
        if isinstance(form, VersionedForm) and form.is_bound:
            form.renew_version(election.version)
    actor = get_request_actor(request)
    initial = {"version": election.version}
    context = {
        "election": election,
        "wave": election.wave,
        "entry": entry,
        "record_form": record_form or RecordForm(initial=initial),
        "extend_form": extend_form or ExtendForm(initial=initial),
        "may_record": may_record_step(
            actor, owner=entry.step.owner, village_code=election.village_id
        ),
        "may_extend": may_run_desk(actor, election.wave.regency_id),
        "region_name": describe_village(election.village),
        "is_simulation": election.is_simulation,
    }
    return render(request, "elections/desk/step.html", context, status=status)


def _assess(request: HttpRequest, election: Election) -> ElectionProgress:
    today = get_local_date(get_request_now(request), election.wave.regency)
    return assess_election(get_timetable(election), today=today)


def _find_entry(progress: ElectionProgress, step_id: str) -> StepProgress:
    for entry in progress.steps:
        if entry.step.id == step_id:
            return entry
    raise Http404
