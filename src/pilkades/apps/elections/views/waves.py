"""The desk's home, a new wave, its overview, its villages."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.desk_sheets import (
    list_alarm_rows,
    list_choice_rows,
    list_progress_rows,
    list_wave_rows,
)
from pilkades.apps.elections.forms.desk import VersionedForm, WaveForm
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import (
    DESK_ROLES,
    DISTRICT_VIEW_ROLES,
    REGENCY_VIEW_ROLES,
    list_regency_codes,
    may_run_desk,
)
from pilkades.apps.elections.selectors.alarms import list_alarms
from pilkades.apps.elections.selectors.board import list_progress
from pilkades.apps.elections.selectors.decrees import (
    find_latest_decree,
    get_wave_timetable,
    is_decree_current,
)
from pilkades.apps.elections.selectors.villages import DistrictChoice, list_district_choices
from pilkades.apps.elections.selectors.waves import (
    get_head_words,
    get_local_date,
    get_wave,
    list_waves,
)
from pilkades.apps.elections.services.change_villages import change_villages
from pilkades.apps.elections.services.close_wave import close_wave
from pilkades.apps.elections.services.create_wave import create_wave
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.models import PackVersion
from pilkades.apps.regulations.requests import (
    find_region,
    get_request_actor,
    get_request_now,
    signed_in,
)
from pilkades.apps.regulations.selectors import get_rule_pack, list_usable_versions

VIEW_ROLES = (*REGENCY_VIEW_ROLES, *DISTRICT_VIEW_ROLES)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All waves the visitor may look at, the coming ones first."""
    actor = get_request_actor(request)
    if not list_regency_codes(actor):
        raise PermissionDenied
    desk_region = find_region(actor, DESK_ROLES)
    waves = list_waves(actor)
    if is_download(request):
        return page_response(filename="gelombang", sheets=[list_wave_rows(waves)])
    context = {
        "waves": waves,
        "may_create": desk_region is not None,
        "region_name": describe_region(find_region(actor, VIEW_ROLES) or ""),
    }
    return render(request, "elections/desk/home.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """First step of a wave: name, day and pack; villages come next."""
    actor, now = get_request_actor(request), get_request_now(request)
    region = find_region(actor, DESK_ROLES)
    if region is None:
        raise PermissionDenied
    versions = _list_packs(region)
    form = WaveForm(request.POST or None, versions=versions)
    status, made = 200, []
    if request.method == "POST":
        status = try_service(
            form,
            lambda: made.append(
                create_wave(
                    actor=actor,
                    now=now,
                    regency_code=region,
                    name=form.cleaned_data["name"],
                    poll_date=form.cleaned_data["poll_date"],
                    pack_uuid=UUID(form.cleaned_data["pack"]),
                    is_simulation=form.cleaned_data["is_simulation"],
                )
            ),
        )
    if made:
        return redirect("elections:wave-villages", made[0].uuid)
    context = {"form": form, "region_name": describe_region(region), "has_packs": bool(versions)}
    return render(request, "elections/desk/wave_create.html", context, status=status)


@signed_in
@require_safe
def show(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """One wave: what is next for the desk, what alarms, where everything is."""
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    progress = list_progress(wave, today=today, region_code=region)
    alarms = list_alarms(progress)
    if is_download(request):
        sheets = [list_progress_rows(progress), list_alarm_rows(alarms, wave.regency)]
        return page_response(filename=f"gelombang-{wave.name}", sheets=sheets)
    timetable, decree = get_wave_timetable(wave), find_latest_decree(wave)
    context = {
        "wave": wave,
        "region_name": describe_region(region),
        "head_title": get_head_words(wave),
        "village_count": len(progress),
        "alarms": alarms[:6],
        "late_villages": sum(item.late_count > 0 for item in progress),
        "problem_villages": sum(item.problem_count > 0 for item in progress),
        "done_steps": sum(stage.done_count for item in progress for stage in item.stages),
        "all_steps": sum(stage.step_count for item in progress for stage in item.stages),
        "days_left": (wave.poll_date - today).days,
        "decree": decree,
        "is_decree_current": is_decree_current(wave, decree, timetable),
        "findings": timetable.findings,
        "may_run": may_run_desk(get_request_actor(request), wave.regency_id),
        "close_form": VersionedForm(initial={"version": wave.version}),
        "is_over": wave.poll_date < today,
    }
    return render(request, "elections/desk/wave.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def villages(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Choose villages by district; what is not shown stays as it is."""
    wave, _ = find_wave(request, wave_uuid)
    if not may_run_desk(get_request_actor(request), wave.regency_id):
        raise PermissionDenied
    search = request.GET.get("cari", "").strip()[:60]
    district = request.GET.get("kecamatan", "")[:8]
    if is_download(request):
        sheet = list_choice_rows(_list_choices(wave, search, district))
        return page_response(filename=f"pilihan-desa-{wave.name}", sheets=[sheet])
    form = VersionedForm(request.POST or None, initial={"version": wave.version})
    status = 200
    picked: set[str] | None = None
    if request.method == "POST":
        shown = _list_choices(wave, search, district)
        picked = _read_picked(request, shown)
        status = try_service(
            form, lambda: _save_villages(request, wave, form, shown, picked or set())
        )
        if status == 302:
            return _after_villages(request, wave)
        wave = get_wave(wave_uuid)
        form.renew_version(wave.version)
    choices = _list_choices(wave, search, district)
    context = {
        "wave": wave,
        "form": form,
        "choices": choices,
        "picked": picked,
        "search": search,
        "district": district,
        "districts": _list_choices(wave, "", ""),
        "chosen_count": wave.elections.count(),
        "region_name": describe_region(wave.regency_id),
    }
    return render(request, "elections/desk/villages.html", context, status=status)


@signed_in
@require_POST
def close(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Close a wave whose elections are over."""
    wave, _ = find_wave(request, wave_uuid)
    form = VersionedForm(request.POST)
    if form.is_valid():
        close_wave(
            actor=get_request_actor(request),
            now=get_request_now(request),
            wave_uuid=wave.uuid,
            expected_version=form.cleaned_data["version"],
        )
        messages.success(request, gettext("Gelombang ditutup."))
    return redirect("elections:wave", wave.uuid)


def _list_packs(region: str) -> list[PackVersion]:
    return list(list_usable_versions(region))


def _list_choices(wave: Wave, search: str, district: str) -> list[DistrictChoice]:
    pack = get_rule_pack(wave.pack, region_code=wave.regency_id)
    return list_district_choices(wave=wave, pack=pack, search=search, district_code=district)


def _read_picked(request: HttpRequest, shown: list[DistrictChoice]) -> set[str]:
    """The villages ticked, or all that are shown and free where that button was pressed."""
    known = {
        choice.village.code
        for district in shown
        for choice in district.villages
        if not choice.busy_wave
    }
    act = request.POST.get("aksi", "")
    if act == "semua":
        return known
    picked = set(request.POST.getlist("desa"))
    if act.startswith("semua:"):
        return picked | {code for code in known if code.startswith(f"{act[6:]}.")}
    return picked


def _save_villages(
    request: HttpRequest,
    wave: Wave,
    form: VersionedForm,
    shown: list[DistrictChoice],
    picked: set[str],
) -> None:
    chosen = {
        choice.village.code
        for district in shown
        for choice in district.villages
        if choice.is_chosen
    }
    change_villages(
        actor=get_request_actor(request),
        now=get_request_now(request),
        wave_uuid=wave.uuid,
        expected_version=form.cleaned_data["version"],
        add=picked - chosen,
        remove=chosen - picked,
    )


def _after_villages(request: HttpRequest, wave: Wave) -> HttpResponse:
    messages.success(request, gettext("Pilihan desa tersimpan."))
    if request.POST.get("aksi") == "lanjut":
        return redirect("elections:wave-decree", wave.uuid)
    return redirect(request.get_full_path())
