"""Examining one file: answers, papers, findings, completion, decisions by two people."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.texts import translate_name
from pilkades.apps.documents.responses import content_disposition
from pilkades.apps.elections.forms.candidates import (
    CompletionForm,
    JudgeForm,
    UploadForm,
    VerifyForm,
)
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.requirements import FORMS
from pilkades.apps.elections.models import (
    CandidacyDocument,
    DocumentOutcome,
)
from pilkades.apps.elections.requests import find_file
from pilkades.apps.elections.selectors.candidates import ApplicantFile
from pilkades.apps.elections.services.check_file import check_file
from pilkades.apps.elections.services.completion import (
    authorise_completion,
    complete_file,
    get_completion_due,
    request_completion,
)
from pilkades.apps.elections.services.file_documents import add_document, verify_document
from pilkades.apps.elections.services.record_facts import (
    authorise_change,
    get_condition,
    record_facts,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.files import file_url
from pilkades.apps.elections.views.village_pages import ActPage, run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file
from pilkades.errors import RuleViolationError
from pilkades.law.eligibility import Document


@signed_in
@require_http_methods(["GET", "POST"])
def requirement(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, requirement_id: str
) -> HttpResponse:
    """The question behind one requirement, with its article and reason."""
    file, context = find_file(request, village_code, candidacy_uuid)
    authorise_change(get_request_actor(request), file.candidacy, context)
    line = next((x for x in file.checklist.requirements if x.id == requirement_id), None)
    if line is None:
        raise Http404
    condition = get_condition(context, requirement_id)
    if condition.test not in FORMS:
        raise Http404
    form = FORMS[condition.test](
        request.POST or None,
        condition=condition,
        facts=file.facts,
        initial={"version": file.candidacy.version},
    )
    page = ActPage(
        title=translate_name(condition.name),
        submit=_("Simpan jawaban"),
        success=_("Jawaban disimpan."),
        back=file_url(file),
        article=condition.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_facts(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            requirement_id=requirement_id,
            changes=form.read_changes(),
        ),
        goal=page.back,
        values={"line": line, "file": file},
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def upload(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, kind: str
) -> HttpResponse:
    """Put one paper into the file."""
    file, context = find_file(request, village_code, candidacy_uuid)
    authorise_change(get_request_actor(request), file.candidacy, context)
    paper = _get_paper(file, kind)
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"version": file.candidacy.version}
    )
    page = ActPage(
        title=translate_name(paper.name),
        submit=_("Masukkan berkas"),
        success=_("Berkas tersimpan terkunci. Dua petugas yang berbeda memeriksanya."),
        back=file_url(file),
        lead=_("Diterbitkan oleh: %(issuer)s") % {"issuer": translate_name(paper.issued_by)}
        if paper.issued_by
        else "",
        article=paper.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: add_document(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            kind=kind,
            data=form.read_paper(),
        ),
        goal=page.back,
        version=file.candidacy.version,
    )


@signed_in
@require_safe
def document(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, document_uuid: UUID
) -> HttpResponse:
    """The paper itself, always as a download and never as a page."""
    file, _context = find_file(request, village_code, candidacy_uuid)
    found = _get_document(file, document_uuid)
    stored = read_file(found.file)
    response = HttpResponse(stored.data, content_type=stored.media_type)
    extension = stored.media_type.rpartition("/")[2].replace("jpeg", "jpg")
    response["Content-Disposition"] = content_disposition(
        filename=f"{found.kind}-{file.candidacy.registration_number or 'rancangan'}",
        extension=extension,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def verify(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, document_uuid: UUID
) -> HttpResponse:
    """One person's look at one paper."""
    file, context = find_file(request, village_code, candidacy_uuid)
    require_seat(get_request_actor(request), context)
    found = _get_document(file, document_uuid)
    paper = _get_paper(file, found.kind)
    form = VerifyForm(request.POST or None, initial={"version": file.candidacy.version})
    page = ActPage(
        title=_("Periksa: %(paper)s") % {"paper": translate_name(paper.name)},
        submit=_("Catat pemeriksaan"),
        success=_("Pemeriksaan Anda dicatat."),
        back=file_url(file),
        consequence=_(
            "Nama Anda tercatat sebagai pemeriksa. Petugas lain yang berbeda memeriksa berkas yang "
            "sama."
        ),
        article=context.candidacy_rules.verifiers_article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: verify_document(
            actor=get_request_actor(request),
            now=get_request_now(request),
            document_uuid=document_uuid,
            expected_version=form.cleaned_data["version"],
            outcome=DocumentOutcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
        ),
        goal=page.back,
        template="elections/village/verify.html",
        values={"file": file, "document": found, "paper": paper},
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """One person's finding on the whole file."""
    file, context = find_file(request, village_code, candidacy_uuid)
    require_seat(get_request_actor(request), context)
    lines = [line for line in file.checklist.requirements if line.applies]
    form = JudgeForm(
        request.POST or None,
        requirements=lines,
        initial={"version": file.candidacy.version},
    )
    page = ActPage(
        title=_("Nilai berkas %(name)s") % {"name": file.candidacy.full_name},
        submit=_("Catat penilaian"),
        success=_("Penilaian Anda dicatat."),
        back=file_url(file),
        consequence=_(
            "Bila dua pemeriksa sepakat, berkas diputuskan. Bila berbeda, rapat pleno memutuskan."
        ),
        article=context.candidacy_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: check_file(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            is_eligible=form.cleaned_data["is_eligible"] == "ya",
            requirement_id=form.cleaned_data["requirement"],
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
        values={"file": file, "lines": lines},
        template="elections/village/judge.html",
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Ask the applicant for what is missing."""
    file, context = find_file(request, village_code, candidacy_uuid)
    require_seat(get_request_actor(request), context)
    missing = "\n".join(f"- {translate_name(item.name)}" for item in file.checklist.list_missing())
    form = CompletionForm(
        request.POST or None,
        initial={"version": file.candidacy.version, "reason": missing},
    )
    try:
        due, article = get_completion_due(
            context, on_date=context.local_date(get_request_now(request))
        )
    except RuleViolationError as error:
        due, article = None, error.article
    page = ActPage(
        title=_("Minta pelengkapan"),
        submit=_("Minta pelengkapan"),
        success=_("Permintaan dicatat. Bakal calon melihatnya pada berkasnya."),
        back=file_url(file),
        article=article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: request_completion(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
        values={"due": due, "file": file},
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Say that the file is complete."""
    file, context = find_file(request, village_code, candidacy_uuid)
    authorise_completion(get_request_actor(request), file.candidacy, context)
    form = VersionedForm(request.POST or None, initial={"version": file.candidacy.version})
    page = ActPage(
        title=_("Serahkan berkas yang sudah dilengkapi"),
        submit=_("Serahkan berkas"),
        success=_("Berkas diserahkan. Panitia menilai kembali."),
        back=file_url(file),
        consequence=_("Setelah diserahkan, berkas tidak dapat Anda ubah lagi."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: complete_file(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        values={"missing": file.checklist.list_missing(), "file": file},
        version=file.candidacy.version,
    )


def _get_paper(file: ApplicantFile, kind: str) -> Document:
    for paper in file.context.eligibility_rules.documents:
        if paper.id == kind:
            return paper
    raise Http404


def _get_document(file: ApplicantFile, document_uuid: UUID) -> CandidacyDocument:
    try:
        return file.candidacy.documents.get(uuid=document_uuid)
    except CandidacyDocument.DoesNotExist as error:
        raise Http404 from error
