"""What if the wave voted on another day or by another pack; and setting it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.desk_sheets import list_change_rows
from pilkades.apps.elections.forms.desk import ApplyScheduleForm, ScheduleForm
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import may_run_desk
from pilkades.apps.elections.selectors.poll_dates import check_poll_date
from pilkades.apps.elections.selectors.timetables import PackKey
from pilkades.apps.elections.selectors.waves import get_local_date, get_wave
from pilkades.apps.elections.selectors.whatif import WhatIf, compare_schedule
from pilkades.apps.elections.services.change_schedule import change_schedule
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.models import PackVersion
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.regulations.selectors import (
    get_adopted_version,
    list_approvals,
    list_shas,
    list_usable_versions,
)
from pilkades.law.findings import Finding, has_errors


@signed_in
@require_safe
def show(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Old and new side by side; nothing is saved."""
    wave, _ = find_wave(request, wave_uuid)
    form = _build_form(request, wave)
    asked = form if form.is_bound and form.is_valid() else None
    if asked is not None and is_download(request):
        sheet = list_change_rows(_compare(wave, asked))
        return page_response(filename=f"andai-{wave.name}", sheets=[sheet])
    return _render(request, wave, form, asked=asked)


@signed_in
@require_POST
def apply(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Set what was looked at."""
    wave, _ = find_wave(request, wave_uuid)
    if not may_run_desk(get_request_actor(request), wave.regency_id):
        raise PermissionDenied
    form = ApplyScheduleForm(request.POST)
    status = try_service(
        form,
        lambda: change_schedule(
            actor=get_request_actor(request),
            now=get_request_now(request),
            wave_uuid=wave.uuid,
            expected_version=form.cleaned_data["version"],
            poll_date=form.cleaned_data["poll_date"],
            pack_uuid=form.cleaned_data["pack"],
        ),
    )
    if status == 302:
        messages.success(
            request, gettext("Jadwal baru berlaku. Terbitkan SK perubahan bila SK sudah ada.")
        )
        return redirect("elections:wave", wave.uuid)
    wave = get_wave(wave_uuid)
    form.renew_version(wave.version)
    chosen = ScheduleForm(request.POST, versions=_list_packs(wave))
    asked = chosen if chosen.is_valid() else None
    return _render(request, wave, chosen, asked=asked, apply_form=form, status=status)


def _render(
    request: HttpRequest,
    wave: Wave,
    form: ScheduleForm,
    *,
    asked: ScheduleForm | None,
    apply_form: ApplyScheduleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    comparison: WhatIf | None = None
    findings: tuple[Finding, ...] = ()
    if asked is not None:
        version = _get_version(wave, asked)
        poll_date = asked.cleaned_data["poll_date"]
        comparison = _compare(wave, asked)
        findings = _check(request, wave, form=asked, version=version)
        apply_form = apply_form or ApplyScheduleForm(
            initial={"poll_date": poll_date, "pack": version.uuid, "version": wave.version}
        )
    context = {
        "wave": wave,
        "form": form,
        "comparison": comparison,
        "findings": findings,
        "has_errors": has_errors(findings),
        "apply_form": apply_form,
        "may_run": may_run_desk(get_request_actor(request), wave.regency_id),
        "region_name": describe_region(wave.regency_id),
    }
    return render(request, "elections/desk/whatif.html", context, status=status)


def _get_version(wave: Wave, asked: ScheduleForm) -> PackVersion:
    return get_adopted_version(
        region_code=wave.regency_id, pack_uuid=UUID(asked.cleaned_data["pack"])
    )


def _compare(wave: Wave, asked: ScheduleForm) -> WhatIf:
    return compare_schedule(
        wave, poll_date=asked.cleaned_data["poll_date"], version=_get_version(wave, asked)
    )


def _build_form(request: HttpRequest, wave: Wave) -> ScheduleForm:
    versions = _list_packs(wave)
    is_asked = "pack" in request.GET
    initial = {"poll_date": wave.poll_date, "pack": str(wave.pack.uuid)}
    return ScheduleForm(request.GET if is_asked else None, initial=initial, versions=versions)


def _list_packs(wave: Wave) -> list[PackVersion]:
    """The packs in use now, and the wave's own even if it was superseded since."""
    versions = list(list_usable_versions(wave.regency_id))
    return versions if wave.pack in versions else [wave.pack, *versions]


def _check(
    request: HttpRequest, wave: Wave, *, form: ScheduleForm, version: PackVersion
) -> tuple[Finding, ...]:
    return check_poll_date(
        key=PackKey(list_shas(version), list_approvals(wave.regency_id)),
        regency_code=wave.regency_id,
        poll_date=form.cleaned_data["poll_date"],
        today=get_local_date(get_request_now(request), wave.regency),
        counts_as_wave=not wave.is_simulation,
        leaving_out=wave,
        has_begun=wave.elections.filter(stage_facts__isnull=False).exists(),
    )
