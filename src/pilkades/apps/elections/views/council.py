"""Reports to the BPD, the deliberation on a single candidate, complaints, announcements."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.design.stored_texts import thaw_text, thaw_texts
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.candidacy_sheets import list_complaint_rows
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.village import (
    DRAFTED_TITLES,
    AnnouncementForm,
    AnswerForm,
    ConfirmForm,
    DeliberationForm,
    ForwardForm,
    HearForm,
    ReportForm,
)
from pilkades.apps.elections.models import (
    AnnouncementKind,
    CandidateComplaint,
    ComplaintOutcome,
    CouncilReport,
    Deliberation,
    DeliberationOutcome,
    ReportKind,
)
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.complaints import list_complaints
from pilkades.apps.elections.selectors.notices import build_public_notice
from pilkades.apps.elections.selectors.village_access import (
    COUNCIL_ROLES,
    FILE_ROLES,
    is_council,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.announce import DRAFTED_KINDS, publish_announcement
from pilkades.apps.elections.services.complaints import answer_complaint
from pilkades.apps.elections.services.council_reports import (
    forward_report,
    hear_report,
    submit_report,
)
from pilkades.apps.elections.services.deliberate import (
    confirm_deliberation,
    find_side,
    record_deliberation,
    require_other_side,
    withdraw_deliberation,
)
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.uploads import DOCUMENT_MAX_BYTES
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_sheets import list_announcement_rows, list_report_rows
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.timetable import Standing, TimetableStep

Row = TypeVar("Row")

# --- Reports -----------------------------------------------------------------------------------


@signed_in
@require_safe
def reports(request: HttpRequest, village_code: str) -> HttpResponse:
    """Reports with their clocks: submitted, heard, passed on."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    rows = context.election.council_reports.select_related(
        "submitted_by", "heard_by", "forwarded_by"
    )
    found = [(row, _is_late(row, context)) for row in rows]
    if is_download(request):
        return page_response(filename=f"laporan-{village_code}", sheets=[list_report_rows(found)])
    values = {
        "reports": found,
        "submission": _find_certain(context, "report_to_council"),
        "forwarding": _find_certain(context, "report_to_regency")
        or _find_certain(context, "void_report"),
        "is_committee": is_seated(actor, context),
        "is_council": is_council(actor, village_code),
    }
    return render_village(request, "elections/village/reports.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, village_code: str) -> HttpResponse:
    """The committee hands its report over."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    form = ReportForm(request.POST or None, request.FILES or None)
    page = _page(
        "reports",
        village_code,
        title=_("Serahkan laporan kepada BPD"),
        submit=_("Serahkan laporan"),
        success=_("Laporan diserahkan. BPD menerima pemberitahuan."),
        article=context.article_of("report_to_council"),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: submit_report(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
            kind=ReportKind(form.cleaned_data["kind"]),
            reference=form.cleaned_data["reference"],
            summary=form.cleaned_data["summary"],
            paper=form.cleaned_data["paper"].read(DOCUMENT_MAX_BYTES + 1)
            if form.cleaned_data["paper"]
            else b"",
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def hear(request: HttpRequest, village_code: str, report_uuid: UUID) -> HttpResponse:
    """The BPD records that it heard the report."""
    context = find_village(request, village_code)
    require_role(get_request_actor(request), COUNCIL_ROLES, village_code)
    report = _get(context.election.council_reports.filter(uuid=report_uuid).first())
    form = HearForm(request.POST or None, initial={"version": report.version})
    page = _page(
        "reports",
        village_code,
        title=_("Catat bahwa BPD mendengar laporan %(number)s") % {"number": report.reference},
        submit=_("Catat"),
        success=_("Dicatat. Laporan dapat diteruskan lewat camat."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: hear_report(
            actor=get_request_actor(request),
            now=get_request_now(request),
            report_uuid=report_uuid,
            expected_version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
        ),
        goal=page.back,
        version=report.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, village_code: str, report_uuid: UUID) -> HttpResponse:
    """The BPD passes the report on by the camat."""
    context = find_village(request, village_code)
    require_role(get_request_actor(request), COUNCIL_ROLES, village_code)
    report = _get(context.election.council_reports.filter(uuid=report_uuid).first())
    form = ForwardForm(request.POST or None, initial={"version": report.version})
    page = _page(
        "reports",
        village_code,
        title=_("Teruskan laporan %(number)s lewat camat") % {"number": report.reference},
        submit=_("Teruskan laporan"),
        success=_("Laporan diteruskan. Camat dan kabupaten/kota menerima pemberitahuan."),
        article=context.article_of("report_to_regency"),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: forward_report(
            actor=get_request_actor(request),
            now=get_request_now(request),
            report_uuid=report_uuid,
            expected_version=form.cleaned_data["version"],
            reference=form.cleaned_data["reference"],
        ),
        goal=page.back,
        version=report.version,
    )


# --- The deliberation --------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def deliberation(request: HttpRequest, village_code: str) -> HttpResponse:
    """The minutes: written by one side, confirmed by the other."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    found = (
        context.election.deliberations.filter(withdrawn_at__isnull=True)
        .select_related("recorded_by", "confirmed_by")
        .first()
    )
    form = DeliberationForm(request.POST or None)
    page = _page(
        "deliberation",
        village_code,
        title=_("Musyawarah calon tunggal"),
        submit=_("Simpan berita acara"),
        success=_("Berita acara ditulis. Pihak lain mengesahkannya."),
        consequence=_("Berita acara berlaku setelah disahkan pihak lain: BPD atau panitia."),
        article=context.article_of("single_deliberation"),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_deliberation(
            actor=actor,
            now=get_request_now(request),
            election_pk=context.election.pk,
            held_on=form.cleaned_data["held_on"],
            place=form.cleaned_data["place"],
            committee_present=form.cleaned_data["committee_present"],
            council_present=form.cleaned_data["council_present"],
            outcome=DeliberationOutcome(form.cleaned_data["outcome"]),
            minutes=form.cleaned_data["minutes"],
        ),
        goal=reverse("elections:village-deliberation", args=[village_code]),
        template="elections/village/deliberation.html",
        values={
            "found": found,
            "may_confirm": found is not None
            and found.confirmed_at is None
            and (
                is_council(actor, village_code)
                if found.recorded_for == "committee"
                else is_seated(actor, context)
            ),
            "may_write": is_seated(actor, context) or is_council(actor, village_code),
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
def confirm_minutes(request: HttpRequest, village_code: str) -> HttpResponse:
    """The other side confirms the minutes."""
    return _close_minutes(
        request,
        village_code,
        title=_("Sahkan berita acara musyawarah"),
        success=_("Berita acara disahkan kedua pihak."),
        service=confirm_deliberation,
        permit=require_other_side,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw_minutes(request: HttpRequest, village_code: str) -> HttpResponse:
    """Minutes that the other side does not confirm as they are."""
    return _close_minutes(
        request,
        village_code,
        title=_("Tarik berita acara musyawarah"),
        success=_("Berita acara ditarik; tulis yang baru."),
        service=withdraw_deliberation,
        permit=lambda actor, context, _found: find_side(actor, context),
    )


# --- Complaints --------------------------------------------------------------------------------


@signed_in
@require_safe
def complaints(request: HttpRequest, village_code: str) -> HttpResponse:
    """What the public said about applicants."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    if not has_role(actor, FILE_ROLES, village_code):
        raise PermissionDenied
    found = list_complaints(context)
    if is_download(request):
        sheet = list_complaint_rows(found)
        return page_response(filename=f"masukan-{village_code}", sheets=[sheet])
    values = {
        "complaints": [
            {"item": item, "timeliness": thaw_text(item.timeliness_text)} for item in found
        ],
        "may_act": is_seated(actor, context),
    }
    return render_village(request, "elections/village/complaints.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, village_code: str, complaint_uuid: UUID) -> HttpResponse:
    """Read one complaint and answer it."""
    context = find_village(request, village_code)
    if not has_role(get_request_actor(request), FILE_ROLES, village_code):
        raise PermissionDenied
    found: CandidateComplaint = _get(list_complaints(context).filter(uuid=complaint_uuid).first())
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    page = _page(
        "complaints",
        village_code,
        title=_("Masukan %(ticket)s") % {"ticket": found.ticket},
        submit=_("Simpan jawaban"),
        success=_("Jawaban dicatat."),
        consequence=_("Jawaban tidak dapat diubah. Akibatnya bagi berkas diputuskan tersendiri."),
        article=found.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: answer_complaint(
            actor=get_request_actor(request),
            now=get_request_now(request),
            complaint_uuid=complaint_uuid,
            expected_version=form.cleaned_data["version"],
            outcome=ComplaintOutcome(form.cleaned_data["outcome"]),
            answer=form.cleaned_data["answer"],
        ),
        goal=page.back,
        template="elections/village/complaint.html",
        values={
            "complaint": found,
            "timeliness": thaw_text(found.timeliness_text),
            "may_act": is_seated(get_request_actor(request), context),
        },
        version=found.version,
    )


# --- Announcements -----------------------------------------------------------------------------


@signed_in
@require_safe
def announcements(request: HttpRequest, village_code: str) -> HttpResponse:
    """What was announced, and what the committee announces by itself."""
    context = find_village(request, village_code)
    published = context.election.announcements.filter(withdrawn_at__isnull=True).select_related(
        "published_by"
    )
    if is_download(request):
        sheet = list_announcement_rows(published)
        return page_response(filename=f"pengumuman-{village_code}", sheets=[sheet])
    done = {item.kind for item in published}
    values = {
        "published": [
            {"item": item, "sentences": thaw_texts(item.sentences)} for item in published
        ],
        "drafts": [
            (kind.value, DRAFTED_TITLES[kind])
            for kind in DRAFTED_KINDS
            if kind is AnnouncementKind.OTHER or kind.value not in done
        ],
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "elections/village/announcements.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, village_code: str, kind: str) -> HttpResponse:
    """Look at an announcement and publish it."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    if kind not in DRAFTED_KINDS:
        raise Http404
    chosen = AnnouncementKind(kind)
    is_own = chosen is AnnouncementKind.OTHER
    is_post = request.method == "POST"
    form_class = AnnouncementForm if is_own else ConfirmForm
    form = form_class(request.POST if is_post else None)
    page = _page(
        "announcements",
        village_code,
        title=str(DRAFTED_TITLES[chosen]),
        submit=_("Terbitkan pengumuman"),
        success=_("Pengumuman terbit di halaman publik desa."),
        consequence=_("Pengumuman langsung dapat dibaca semua orang."),
    )
    notice = build_public_notice(context) if chosen is AnnouncementKind.NOTICE else None
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: publish_announcement(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
            kind=chosen,
            title=form.cleaned_data.get("title", ""),
            body=form.cleaned_data.get("body", ""),
        ),
        goal=page.back,
        values={"notice": notice},
    )


def _close_minutes(
    request: HttpRequest,
    village_code: str,
    *,
    title: str,
    success: str,
    service: Callable[..., object],
    permit: Callable[[Actor, VillageElection, Deliberation], object],
) -> HttpResponse:
    context = find_village(request, village_code)
    found: Deliberation = _get(
        context.election.deliberations.filter(
            withdrawn_at__isnull=True, confirmed_at__isnull=True
        ).first()
    )
    permit(get_request_actor(request), context, found)
    is_post = request.method == "POST"
    form = VersionedForm(request.POST if is_post else None, initial={"version": found.version})
    page = _page(
        "deliberation",
        village_code,
        title=title,
        submit=title,
        success=success,
        article=found.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: service(
            actor=get_request_actor(request),
            now=get_request_now(request),
            deliberation_uuid=found.uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        version=found.version,
    )


def _page(
    where: str,
    village_code: str,
    *,
    title: str,
    submit: str,
    success: str,
    consequence: str = "",
    article: str = "",
) -> ActPage:
    return ActPage(
        title=title,
        submit=submit,
        success=success,
        consequence=consequence,
        article=article,
        back=reverse(f"elections:village-{where}", args=[village_code]),
    )


def _find_certain(context: VillageElection, step_id: str) -> TimetableStep | None:
    """A step that takes place; one that fell away sets nobody a day."""
    step = context.find_step(step_id)
    return step if step is not None and step.standing is Standing.CERTAIN else None


def _is_late(report: CouncilReport, context: VillageElection) -> bool:
    """Whether the report came after the last day of its clock, on the village's calendar."""
    due = report.submission_due_date
    return due is not None and context.local_date(report.submitted_at) > due


def _get(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
