"""Deciding on rule packs: upload and check, propose, adopt as a second person, confirm a value."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from pilkades.apps.design.texts import translate
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations import selectors, services
from pilkades.apps.regulations.forms import (
    AdoptForm,
    ApproveForm,
    ProposeForm,
    UploadForm,
    VersionForm,
)
from pilkades.apps.regulations.requests import (
    find_region,
    get_request_actor,
    get_request_now,
    signed_in,
)
from pilkades.apps.regulations.views.library import get_visible, show_rule
from pilkades.errors import MalformedInputError, PilkadesError


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; the answer shows every finding with its line, and saves nothing."""
    region = _get_region(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    preview, status = None, 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            preview = _try_preview(request, form, region)
            status = 200 if preview and not preview.has_errors else 400
    context = {
        "form": form,
        "preview": preview,
        "propose_form": ProposeForm(initial={"source": preview.source}) if preview else None,
        "region_code": region,
        "region_name": describe_region(region),
        "base_version": selectors.find_version_in_force(
            region_code=region, on=get_request_now(request).date()
        ),
    }
    return render(request, "regulations/upload.html", context, status=status)


@signed_in
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Save the file that was checked a moment ago as a proposal; it is checked once more."""
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return redirect("regulations:upload")
    row = services.propose_pack(
        actor=get_request_actor(request),
        now=get_request_now(request),
        region_code=_get_region(request),
        # Browsers send line ends as CR LF; the digest is over the file's own.
        data=form.cleaned_data["source"].replace("\r\n", "\n").encode(),
    )
    messages.success(
        request,
        gettext("Usulan tersimpan. Orang kedua dari panitia kabupaten/kota perlu menetapkannya."),
    )
    return redirect("regulations:version", row.uuid)


@signed_in
@require_POST
def adopt(request: HttpRequest, pack_uuid: UUID) -> HttpResponse:
    """Put a proposal in force, as a second person."""
    row = get_visible(request, pack_uuid)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Tanggal mulai berlaku belum terisi dengan benar."))
        return redirect("regulations:version", row.uuid)
    services.adopt_pack(
        actor=get_request_actor(request),
        now=get_request_now(request),
        pack_uuid=pack_uuid,
        expected_version=form.cleaned_data["version"],
        effective_date=form.cleaned_data["effective_date"],
    )
    messages.success(request, gettext("Paket aturan ditetapkan."))
    return redirect("regulations:version", row.uuid)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pack_uuid: UUID) -> HttpResponse:
    """Take a proposal back."""
    row = get_visible(request, pack_uuid)
    form = VersionForm(request.POST)
    if form.is_valid():
        services.withdraw_pack(
            actor=get_request_actor(request),
            now=get_request_now(request),
            pack_uuid=pack_uuid,
            expected_version=form.cleaned_data["version"],
        )
        messages.success(request, gettext("Usulan ditarik. Isinya tetap dapat dibaca."))
    return redirect("regulations:version", row.uuid)


@signed_in
@require_POST
def approve(request: HttpRequest, pack_uuid: UUID, slug: str) -> HttpResponse:
    """Confirm one value with the place where it was read."""
    row = get_visible(request, pack_uuid)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return show_rule(request, row, slug, form=form, status=400)
    try:
        services.approve_value(
            actor=get_request_actor(request),
            now=get_request_now(request),
            region_code=_get_region(request),
            pack_uuid=pack_uuid,
            slug=slug,
            seen_digest=form.cleaned_data["digest"],
            reference=form.cleaned_data["reference"],
        )
    except MalformedInputError as error:
        form.add_error("reference", translate(error.text))
        return show_rule(request, row, slug, form=form, status=400)
    messages.success(request, gettext("Nilai disahkan untuk kabupaten/kota ini."))
    return redirect("regulations:version-rule", row.uuid, slug)


def _get_region(request: HttpRequest) -> str:
    """The regency whose rules this person governs; the ministry's is the empty code."""
    region = find_region(get_request_actor(request), selectors.GOVERNING_ROLES)
    if region is None:
        raise PermissionDenied
    return region


def _try_preview(
    request: HttpRequest, form: UploadForm, region: str
) -> services.PackPreview | None:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    # One byte more than allowed is read, so that a huge file never fills the memory.
    data = file.read(services.MAX_BYTES + 1)
    try:
        return services.preview_pack(
            actor=get_request_actor(request), region_code=region, data=data
        )
    except PilkadesError as error:
        form.add_error("file", translate(error.text))
        return None
