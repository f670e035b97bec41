"""The page of one job: how far it is, the wish to stop it, and what it made."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.design.texts import translate
from pilkades.apps.jobs import live
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.jobs.registry import get_kind
from pilkades.apps.jobs.services import cancel_job, end_silent_jobs
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file


@signed_in
@require_safe
def show(request: HttpRequest, job_uuid: UUID) -> HttpResponse:
    """Progress with cancel; renews itself, and works without script by its own button."""
    job = _find(request, job_uuid)
    if job.state == JobState.RUNNING and live.is_silent(job.uuid):
        end_silent_jobs(now=get_request_now(request))
        job.refresh_from_db()
    progress = live.read_progress(job.uuid)
    values = {
        "job": job,
        "title": translate(get_kind(job.kind).title),
        "progress": progress,
        "note": translate(progress.note) if progress.note else "",
        "message": thaw_text(job.message) if job.message else None,
        "poll": reverse("jobs:progress", args=[job.uuid]),
        "back": _safe_back(request, job),
    }
    is_part = request.resolver_match is not None and request.resolver_match.url_name == "progress"
    response = render(request, "jobs/progress.html" if is_part else "jobs/show.html", values)
    if is_part and not job.is_open:
        # The part that renews itself is done: the page with the result takes its place.
        response["HX-Refresh"] = "true"
    return response


@signed_in
@require_POST
def cancel(request: HttpRequest, job_uuid: UUID) -> HttpResponse:
    """Ask the job to stop."""
    job = _find(request, job_uuid)
    cancel_job(actor=get_request_actor(request), now=get_request_now(request), job_uuid=job.uuid)
    return redirect("jobs:show", job.uuid)


@signed_in
@require_safe
def download(request: HttpRequest, job_uuid: UUID) -> HttpResponse:
    """The file that the job made, for whoever asked for it."""
    job = _find(request, job_uuid)
    if job.result_file is None:
        raise Http404
    file = read_file(job.result_file)
    response = HttpResponse(file.data, content_type=file.media_type)
    is_shown = file.media_type == "application/pdf"
    response["Content-Disposition"] = content_disposition_header(not is_shown, file.name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _find(request: HttpRequest, job_uuid: UUID) -> Job:
    """The job of whoever asks; the jobs of others do not exist."""
    user_id = get_request_actor(request).user_id
    job = Job.objects.filter(uuid=job_uuid, requested_by_id=user_id).first()
    if job is None:
        raise Http404
    return job


def _safe_back(request: HttpRequest, job: Job) -> str:
    is_own = url_has_allowed_host_and_scheme(job.back, allowed_hosts={request.get_host()})
    return job.back if is_own else ""
