"""The decree of a wave: check, print the attachment, record the signed number."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.documents.papers import Paper
from pilkades.apps.documents.services import is_download, page_response, pdf_response
from pilkades.apps.elections.desk_sheets import list_decree_rows
from pilkades.apps.elections.forms.desk import DecreeForm
from pilkades.apps.elections.models import DecreedTimetable
from pilkades.apps.elections.papers import render_schedule
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import may_run_desk
from pilkades.apps.elections.selectors.decrees import (
    find_latest_decree,
    get_wave_timetable,
    is_decree_current,
)
from pilkades.apps.elections.selectors.waves import get_head_words, get_local_date, get_wave
from pilkades.apps.elections.services.decree_timetable import decree_timetable
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.findings import has_errors
from pilkades.law.pack import Status
from pilkades.law.timetable import Standing


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """The timetable as it will stand in the decree, and the form for its number."""
    wave, _ = find_wave(request, wave_uuid)
    actor, now = get_request_actor(request), get_request_now(request)
    may_run = may_run_desk(actor, wave.regency_id)
    today = get_local_date(now, wave.regency)
    if is_download(request):
        sheet = list_decree_rows(get_wave_timetable(wave), wave.regency)
        return page_response(filename=f"jadwal-{wave.name}", sheets=[sheet])
    form = DecreeForm(request.POST or None, initial={"version": wave.version, "decree_date": today})
    status = 200
    if request.method == "POST":
        if not may_run:
            raise PermissionDenied
        status = try_service(
            form,
            lambda: decree_timetable(
                actor=actor,
                now=now,
                wave_uuid=wave.uuid,
                expected_version=form.cleaned_data["version"],
                decree_number=form.cleaned_data["decree_number"],
                decree_date=form.cleaned_data["decree_date"],
            ),
        )
        if status == 302:
            messages.success(request, gettext("SK dicatat dan jadwal disimpan seperti terbit."))
            return redirect("elections:wave-decree", wave.uuid)
        wave = get_wave(wave_uuid)
        form.renew_version(wave.version)
    timetable, decree = get_wave_timetable(wave), find_latest_decree(wave)
    context = {
        "wave": wave,
        "form": form,
        "timetable": timetable,
        "steps": [s for s in timetable.steps if s.standing is not Standing.DROPPED],
        "unverified": [s for s in timetable.steps if s.status is not Status.VERIFIED],
        "has_errors": has_errors(timetable.findings),
        "decree": decree,
        "is_current": is_decree_current(wave, decree, timetable),
        "decrees": wave.decreed_timetables.select_related("published_by"),
        "village_count": wave.elections.count(),
        "may_run": may_run,
        "head_title": get_head_words(wave),
        "region_name": describe_region(wave.regency_id),
    }
    return render(request, "elections/desk/decree.html", context, status=status)


@signed_in
@require_safe
def draft(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """The attachment before it is signed, marked as a draft."""
    wave, _ = find_wave(request, wave_uuid)
    pdf = render_schedule(wave=wave, paper=_read_paper(request))
    return pdf_response(pdf=pdf, filename=f"rancangan-lampiran-{wave.name}")


@signed_in
@require_safe
def paper(request: HttpRequest, wave_uuid: UUID, decree_uuid: UUID) -> HttpResponse:
    """The attachment of one decree, from the copy that was kept."""
    wave, _ = find_wave(request, wave_uuid)
    decree = _get_decree(wave_uuid, decree_uuid)
    url = request.build_absolute_uri(request.path.replace(".pdf", ".json"))
    pdf = render_schedule(wave=wave, paper=_read_paper(request), decree=decree, url=url)
    return pdf_response(pdf=pdf, filename=f"lampiran-SK-{decree.decree_number}")


@require_safe
def content(request: HttpRequest, wave_uuid: UUID, decree_uuid: UUID) -> HttpResponse:
    """The canonical text whose digest is printed on the paper; public, as the decree is."""
    decree = _get_decree(wave_uuid, decree_uuid)
    response = HttpResponse(decree.content, content_type="application/json; charset=utf-8")
    response["X-Content-SHA256"] = decree.sha256
    return response


def _get_decree(wave_uuid: UUID, decree_uuid: UUID) -> DecreedTimetable:
    found = DecreedTimetable.objects.filter(uuid=decree_uuid, wave__uuid=wave_uuid).first()
    if found is None:
        raise Http404
    return found


def _read_paper(request: HttpRequest) -> Paper:
    return "f4" if request.GET.get("kertas") == "f4" else "a4"
