"""The committee's side of citizens' reports: read, open the document, answer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.documents.services import Sheet, SheetColumn, is_download, page_response
from pilkades.apps.elections.requests import find_examined_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.citizen import AnswerReportForm
from pilkades.apps.roll.models import CitizenReport, ReportOutcome
from pilkades.apps.roll.selectors.citizen import list_reports
from pilkades.apps.roll.services.citizen import answer_report
from pilkades.apps.vault.files import read_file


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """All reports, the open ones first."""
    context = find_examined_village(request, village_code)
    found = list(list_reports(context))
    if is_download(request):
        return page_response(filename=f"laporan-dpt-{village_code}", sheets=[_sheet(found)])
    values = {
        "reports": [{"item": item, "timeliness": thaw_text(item.timeliness_text)} for item in found]
    }
    return render_village(request, "roll/citizen/reports.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, village_code: str, report_uuid: UUID) -> HttpResponse:
    """Read one report and answer it."""
    context = find_examined_village(request, village_code)
    actor = get_request_actor(request)
    found = _find(context, report_uuid)
    form = AnswerReportForm(request.POST or None, initial={"version": found.version})
    back = reverse("roll:reports", args=[village_code])
    page = ActPage(
        title=_("Laporan %(ticket)s") % {"ticket": found.ticket},
        submit=_("Simpan jawaban"),
        success=_("Jawaban dicatat."),
        back=back,
        consequence=_("Jawaban tidak dapat diubah. Perbaiki data pemilihnya lebih dahulu."),
        article=found.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: answer_report(
            actor=actor,
            now=get_request_now(request),
            report_uuid=report_uuid,
            expected_version=form.cleaned_data["version"],
            outcome=ReportOutcome(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["answer"],
        ),
        goal=back,
        template="roll/citizen/report_file.html",
        values={
            "report": found,
            "timeliness": thaw_text(found.timeliness_text),
            "may_act": is_seated(actor, context),
        },
        version=found.version,
    )


@signed_in
@require_safe
def document(request: HttpRequest, village_code: str, report_uuid: UUID) -> HttpResponse:
    """The photo or scan that came with a report, as a download only."""
    found = _find(find_examined_village(request, village_code), report_uuid)
    if found.document is None:
        raise Http404
    file = read_file(found.document)
    response = HttpResponse(file.data, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _find(context: VillageElection, report_uuid: UUID) -> CitizenReport:
    found = list_reports(context).filter(uuid=report_uuid).first()
    if found is None:
        raise Http404
    return found


def _sheet(reports: list[CitizenReport]) -> Sheet:
    """Without names and words: those are read one by one."""
    return Sheet(
        title=_("Laporan warga"),
        columns=(
            SheetColumn(title=_("Kode")),
            SheetColumn(title=_("Tentang")),
            SheetColumn(title=_("Diterima")),
            SheetColumn(title=_("Hasil")),
        ),
        rows=[
            (r.ticket, r.get_kind_display(), r.submitted_at, r.get_outcome_display())
            for r in reports
        ],
    )
