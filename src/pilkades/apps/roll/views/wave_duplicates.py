"""Pairs between the villages of a wave: the desk reads both sides, asks and decides."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import may_run_desk
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.duplicates import AskForm, DifferentForm
from pilkades.apps.roll.models import DuplicatePair
from pilkades.apps.roll.selectors.duplicates import (
    build_sheet,
    find_next_open,
    list_wave_pairs,
)
from pilkades.apps.roll.services.duplicate_search import JOB
from pilkades.apps.roll.services.duplicates import ask_village, decide_across
from pilkades.apps.roll.views.duplicate_tables import build_pairs_table, list_reasons

READ_ROLES = (Role.REGENCY_DESK, Role.AUDITOR)
"""Names and birth dates of voters are for those who clear the rolls, and for the inspectorate."""


@signed_in
@require_safe
def index(request: HttpRequest, wave_uuid: UUID) -> HttpResponseBase:
    """All pairs between two villages of the wave."""
    wave = _find_wave(request, wave_uuid)
    pairs = list_wave_pairs(wave)
    table = build_pairs_table(
        request,
        pairs,
        show=lambda uuid: reverse("roll:wave-duplicate", args=[wave_uuid, uuid]),
        has_villages=True,
    )
    download = table_response(request=request, table=table, filename="ganda-antardesa")
    if download:
        return download
    values = {
        "table": table,
        "open_count": pairs.filter(decision="").count(),
        "following": find_next_open(pairs),
    }
    return _render(request, "roll/duplicates/wave.html", wave, values)


@signed_in
@require_POST
def search(request: HttpRequest, wave_uuid: UUID) -> HttpResponseBase:
    """Start the search through all rolls of the wave."""
    wave = _find_wave(request, wave_uuid)
    actor = get_request_actor(request)
    if not may_run_desk(actor, wave.regency_id):
        raise PermissionDenied
    job = start_job(
        kind=JOB,
        actor=actor,
        now=get_request_now(request),
        region_code=wave.regency_id,
        params={"wave": str(wave.uuid)},
        back=reverse("roll:wave-duplicates", args=[wave_uuid]),
    )
    return redirect("jobs:show", job.uuid)


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, wave_uuid: UUID, pair_uuid: UUID) -> HttpResponseBase:
    """Both rows; a POST says that they are different people."""
    wave = _find_wave(request, wave_uuid)
    pair = _find_pair(wave, pair_uuid)
    form = DifferentForm(request.POST or None, initial={"version": pair.version})
    status = 200
    if request.method == "POST":
        status = try_service(
            form,
            lambda: decide_across(
                actor=get_request_actor(request),
                now=get_request_now(request),
                pair_uuid=pair_uuid,
                expected_version=form.cleaned_data["version"],
                note=form.cleaned_data["note"],
            ),
        )
        if status == 302:
            messages.success(request, _("Jawaban disimpan dan tidak ditanyakan lagi."))
            following = find_next_open(list_wave_pairs(wave))
            if following is None:
                return redirect("roll:wave-duplicates", wave_uuid)
            return redirect("roll:wave-duplicate", wave_uuid, following)
        form.renew_version(pair.version)
    return _render_pair(request, wave, pair, form=form, status=status)


@signed_in
@require_POST
def ask(request: HttpRequest, wave_uuid: UUID, pair_uuid: UUID) -> HttpResponseBase:
    """Ask one of the two villages about its voter."""
    wave = _find_wave(request, wave_uuid)
    pair = _find_pair(wave, pair_uuid)
    form = AskForm(request.POST)
    status = try_service(
        form,
        lambda: ask_village(
            actor=get_request_actor(request),
            now=get_request_now(request),
            pair_uuid=pair_uuid,
            expected_version=form.cleaned_data["version"],
            entry_uuid=form.cleaned_data["entry"],
            question=form.cleaned_data["question"],
        ),
    )
    if status == 302:
        messages.success(request, _("Pertanyaan dikirim ke ruang kerja panitia desa."))
        return redirect("roll:wave-duplicate", wave_uuid, pair_uuid)
    different = DifferentForm(initial={"version": pair.version})
    return _render_pair(request, wave, pair, form=different, asked=form, status=status)


def _render_pair(
    request: HttpRequest,
    wave: Wave,
    pair: DuplicatePair,
    *,
    form: DifferentForm,
    asked: AskForm | None = None,
    status: int,
) -> HttpResponseBase:
    said = {statement.entry_id: statement for statement in pair.statements.all()}
    may_act = may_run_desk(get_request_actor(request), wave.regency_id) and pair.is_open
    sides = []
    for entry in (pair.left, pair.right):
        initial = {"version": pair.version, "entry": entry.uuid}
        is_this = asked is not None and str(asked["entry"].value()) == str(entry.uuid)
        ask_form = asked if is_this else AskForm(initial=initial, auto_id=f"id_{entry.pk}_%s")
        sides.append({"entry": entry, "said": said.get(entry.pk), "form": ask_form})
    values = {
        "sheet": build_sheet(pair, reads=lambda entry: True),
        "pair": pair,
        "reasons": list_reasons(pair),
        "form": form,
        "sides": sides,
        "may_act": may_act,
    }
    return _render(request, "roll/duplicates/wave_pair.html", wave, values, status=status)


def _render(
    request: HttpRequest, template: str, wave: Wave, values: dict[str, object], *, status: int = 200
) -> HttpResponseBase:
    actor = get_request_actor(request)
    frame = {
        "wave": wave,
        "region_name": describe_region(wave.regency_id),
        "may_run": may_run_desk(actor, wave.regency_id),
    }
    return render(request, template, {**frame, **values}, status=status)


def _find_wave(request: HttpRequest, wave_uuid: UUID) -> Wave:
    """The wave for those who may read voters of all its villages."""
    wave, _region = find_wave(request, wave_uuid)
    if not has_role(get_request_actor(request), READ_ROLES, wave.regency_id):
        raise PermissionDenied
    return wave


def _find_pair(wave: Wave, pair_uuid: UUID) -> DuplicatePair:
    found = list_wave_pairs(wave).filter(uuid=pair_uuid).first()
    if found is None:
        raise Http404
    return found
