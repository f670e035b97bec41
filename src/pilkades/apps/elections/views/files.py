"""Applicants' files: the list, one file with its checklist, and reception with a receipt."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.accounts.roles import Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.documents.services import (
    PaperRecord,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.candidacy_sheets import list_file_rows, list_one_file_rows
from pilkades.apps.elections.forms.candidates import CorrectIdentityForm, OpenFileForm
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import Candidacy
from pilkades.apps.elections.requests import find_any_village, find_file, find_village
from pilkades.apps.elections.selectors.candidates import ApplicantFile, list_files
from pilkades.apps.elections.selectors.registration import get_registration_step
from pilkades.apps.elections.selectors.village_access import (
    FILE_ROLES,
    UNMASK_ROLES,
    is_committee,
    is_own_file,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.open_file import (
    authorise_correction,
    correct_identity,
    open_file,
)
from pilkades.apps.elections.services.receive_file import receive_file
from pilkades.apps.elections.services.reveal import Revealed, reveal_identity
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_papers import describe_receipt
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.masking import mask_nik
from pilkades.law.application import STATE_NAMES, ApplicationState, list_possible_events


def file_url(file: ApplicantFile) -> str:
    """The address of the page of a file."""
    code = file.context.village_code
    return reverse("elections:village-file", args=[code, file.candidacy.uuid])


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """All files of the election, in the order of registration."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    if not has_role(actor, FILE_ROLES, village_code):
        raise PermissionDenied
    files = list_files(context, now=get_request_now(request))
    if is_download(request):
        sheet = list_file_rows(files)
        return page_response(filename=f"bakal-calon-{village_code}", sheets=[sheet])
    values = {
        "files": files,
        "registration": get_registration_step(context, now=get_request_now(request)),
        "rules": context.registration_rules,
        "may_act": is_seated(actor, context),
    }
    return render_village(request, "elections/village/files.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, village_code: str) -> HttpResponse:
    """Open a draft, at the committee's desk or by the applicant."""
    context = find_any_village(village_code)
    actor = get_request_actor(request)
    at_desk = is_seated(actor, context)
    if not at_desk and not has_role(actor, (Role.CANDIDATE,), village_code):
        raise PermissionDenied
    form = OpenFileForm(request.POST or None)
    if not at_desk:
        del form.fields["username"]
    opened: list[Candidacy] = []
    back = reverse("elections:village-tasks", args=[village_code])
    page = ActPage(
        title=_("Buka berkas bakal calon"),
        lead=_("Salin dari KTP-el dan ijazah. Berkas menjadi rancangan sampai diterima panitia."),
        submit=_("Simpan rancangan"),
        success=_("Rancangan tersimpan. Lengkapi, lalu terima sebelum pendaftaran ditutup."),
        back=reverse("elections:village-files", args=[village_code]) if at_desk else back,
        article=context.registration_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: opened.append(
            open_file(
                actor=actor,
                now=get_request_now(request),
                election_pk=context.election.pk,
                identity=form.to_identity(),
                username=form.cleaned_data.get("username", ""),
            )
        ),
        goal=lambda: reverse("elections:village-file", args=[village_code, opened[0].uuid]),
    )


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """One file: identity, the checklist of the law, papers, checks, decisions."""
    file, context = find_file(request, village_code, candidacy_uuid)
    if is_download(request):
        sheets = list_one_file_rows(
            file,
            file.candidacy.decisions.all(),
            with_idle=is_committee(get_request_actor(request), village_code),
        )
        return page_response(filename=f"berkas-{candidacy_uuid}", sheets=sheets)
    return _render_file(request, file, context)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Put the identity right."""
    file, context = find_file(request, village_code, candidacy_uuid)
    authorise_correction(get_request_actor(request), file.candidacy, context)
    form = CorrectIdentityForm(
        request.POST or None, initial=CorrectIdentityForm.read_initial(file.candidacy)
    )
    page = ActPage(
        title=_("Perbaiki identitas"),
        lead=_("NIK diketik ulang karena tidak pernah ditampilkan di formulir."),
        submit=_("Simpan identitas"),
        success=_("Identitas diperbaiki."),
        back=file_url(file),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: correct_identity(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            identity=form.to_identity(),
        ),
        goal=page.back,
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Receive the draft: the moment counts, and the receipt is printed."""
    file, context = find_file(request, village_code, candidacy_uuid)
    require_seat(get_request_actor(request), context)
    form = VersionedForm(request.POST or None, initial={"version": file.candidacy.version})
    page = ActPage(
        title=_("Terima berkas %(name)s") % {"name": file.candidacy.full_name},
        submit=_("Terima berkas"),
        success=_("Berkas diterima. Cetak tanda terima untuk bakal calon."),
        back=file_url(file),
        consequence=_(
            "Jam penerimaan dan nomor pendaftaran dicatat sekarang dan tidak dapat diubah."
        ),
        article=context.registration_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: receive_file(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=reverse("elections:village-receipt", args=[village_code, candidacy_uuid]),
        template="elections/village/receive.html",
        values={"file": file},
        version=file.candidacy.version,
    )


@signed_in
@require_safe
def receipt(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """The receipt on the screen, or as a paper to be signed."""
    file, context = find_file(request, village_code, candidacy_uuid)
    if file.candidacy.received_at is None:
        raise Http404
    url = _receipt_url(request, file.candidacy)
    if request.GET.get("unduh") == "pdf":
        pdf = render_pdf(
            template="elections/receipt.typ",
            data=describe_receipt(context, file, now=get_request_now(request)),
            record=PaperRecord(identity=f"tanda terima {file.candidacy.receipt_code}", url=url),
            simulation=context.is_simulation,
        )
        return pdf_response(pdf=pdf, filename=f"tanda-terima-{file.candidacy.receipt_code}")
    return render_village(
        request, "elections/village/receipt.html", context, {"file": file, "url": url}
    )


@signed_in
@require_POST
def reveal(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Show what is masked, once; the look is on record."""
    file, context = find_file(request, village_code, candidacy_uuid)
    shown = reveal_identity(
        actor=get_request_actor(request),
        now=get_request_now(request),
        candidacy_uuid=candidacy_uuid,
    )
    # Shown in this very answer: kept in no session, it is gone with the page.
    response = _render_file(request, file, context, revealed=shown)
    response["Cache-Control"] = "no-store"
    return response


def _render_file(
    request: HttpRequest,
    file: ApplicantFile,
    context: VillageElection,
    *,
    revealed: Revealed | None = None,
) -> HttpResponse:
    values = {**_describe_file(request, file), "revealed": revealed}
    return render_village(request, "elections/village/file.html", context, values)


def _describe_file(request: HttpRequest, file: ApplicantFile) -> dict[str, Any]:
    actor, code = get_request_actor(request), file.context.village_code
    state = ApplicationState(file.candidacy.state)
    at_desk = is_seated(actor, file.context)
    rules = file.context.candidacy_rules
    return {
        "file": file,
        "candidacy": file.candidacy,
        "state": state,
        "state_name": STATE_NAMES[state],
        "masked_nik": mask_nik(file.candidacy.nik),
        "decisions": file.candidacy.decisions.select_related("proposed_by", "confirmed_by"),
        "checks": file.candidacy.checks.filter(round=file.candidacy.check_round).select_related(
            "checked_by"
        ),
        "events": list_possible_events(rules=rules, state=state, by="panitia"),
        "is_own": is_own_file(actor, file.candidacy),
        "may_act": at_desk,
        "may_reveal": has_role(actor, UNMASK_ROLES, code),
        "may_change": at_desk or file.candidacy.state in ("draft", "needs_completion"),
        "is_before_reception": state in (ApplicationState.DRAFT, ApplicationState.SUBMITTED),
        "is_judgeable": at_desk and state in JUDGEABLE_STATES,
    }


JUDGEABLE_STATES = frozenset(
    {
        ApplicationState.RECEIVED,
        ApplicationState.CHECKING,
        ApplicationState.NEEDS_COMPLETION,
        ApplicationState.COMPLETED,
    }
)


def _receipt_url(request: HttpRequest, candidacy: Candidacy) -> str:
    path = reverse("elections:public-receipt", args=[candidacy.receipt_code])
    return request.build_absolute_uri(path)
