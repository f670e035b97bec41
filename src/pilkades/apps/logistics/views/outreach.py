"""Sosialisasi: meetings, reach by hamlet, and the papers that explain the vote."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.documents.services import (
    PaperRecord,
    Sheet,
    SheetColumn,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.drawings import draw_reach
from pilkades.apps.logistics.forms.plans import MeetingForm, ReasonForm
from pilkades.apps.logistics.models import Meeting
from pilkades.apps.logistics.outreach_papers import (
    describe_instructions,
    describe_specimen,
    has_specimen,
    list_script,
)
from pilkades.apps.logistics.requests import find_meeting
from pilkades.apps.logistics.selectors.outreach import Reach, list_meetings, list_reach
from pilkades.apps.logistics.services.outreach import record_meeting, withdraw_meeting
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Reach by hamlet as bars and table, the meetings, and the papers."""
    context = find_village(request, village_code)
    reach = list_reach(context)
    meetings = list(list_meetings(context))
    if is_download(request):
        sheets = [_reach_sheet(reach), _meeting_sheet(meetings)]
        return page_response(filename=f"sosialisasi-{village_code}", sheets=sheets)
    values = {
        "reach": reach,
        "plot": draw_reach(reach) if reach else "",
        "meetings": meetings,
        "unreached": [row.name for row in reach if not row.meetings],
        "has_specimen": has_specimen(context),
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/outreach.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, village_code: str) -> HttpResponse:
    """Write down a meeting."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    now = get_request_now(request)
    form = MeetingForm(
        request.POST or None,
        hamlets=list(list_hamlets(village_code)),
        initial={"held_on": context.local_date(now)},
    )
    page = ActPage(
        title=_("Catat pertemuan"),
        submit=_("Simpan pertemuan"),
        success=_("Pertemuan dicatat."),
        back=reverse("logistics:outreach", args=[village_code]),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_meeting(
            actor=actor,
            now=now,
            election_pk=context.election.pk,
            place=form.cleaned_data["place"],
            held_on=form.cleaned_data["held_on"],
            hamlet_uuid=UUID(form.cleaned_data["hamlet"]) if form.cleaned_data["hamlet"] else None,
            attendees=form.cleaned_data["attendees"],
            households=form.cleaned_data["households"],
            topic=form.cleaned_data["topic"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def meeting_withdraw(request: HttpRequest, village_code: str, meeting_uuid: UUID) -> HttpResponse:
    """Take a meeting out of the count."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    meeting = find_meeting(context, meeting_uuid)
    form = ReasonForm(request.POST or None)
    page = ActPage(
        title=_("Tarik catatan pertemuan di %(place)s") % {"place": meeting.place},
        submit=_("Tarik catatan"),
        success=_("Catatan ditarik dan tidak dihitung lagi."),
        back=reverse("logistics:outreach", args=[village_code]),
        consequence=_("Catatan tetap terbaca bersama alasannya, tetapi tidak dihitung lagi."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: withdraw_meeting(
            actor=actor,
            now=get_request_now(request),
            meeting_uuid=meeting.uuid,
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def specimen(request: HttpRequest, village_code: str) -> HttpResponse:
    """The sample ballot, marked as one; it exists once numbers are drawn."""
    context = find_village(request, village_code)
    data = describe_specimen(context)
    if data is None:
        raise Http404
    pdf = render_pdf(
        template="logistics/specimen.typ",
        data=data,
        record=PaperRecord(identity=f"contoh surat suara {village_code}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"contoh-surat-suara-{village_code}")


@signed_in
@require_safe
def instructions(request: HttpRequest, village_code: str) -> HttpResponse:
    """How to vote, in six pictures."""
    context = find_village(request, village_code)
    pdf = render_pdf(
        template="logistics/instructions.typ",
        data=describe_instructions(context),
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=PaperRecord(identity=f"cara memilih {village_code}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"cara-memilih-{village_code}")


@signed_in
@require_safe
def script(request: HttpRequest, village_code: str) -> HttpResponse:
    """The text to be read aloud or recorded, with how long that takes."""
    context = find_village(request, village_code)
    sentences = list_script(context)
    words = sum(len(sentence.split()) for sentence in sentences)
    values = {"sentences": sentences, "seconds": words * 60 // READ_WORDS_PER_MINUTE}
    return render_village(request, "logistics/script.html", context, values)


READ_WORDS_PER_MINUTE = 110
"""A calm voice over a loudspeaker."""


def _reach_sheet(reach: Sequence[Reach]) -> Sheet:
    return Sheet(
        title=_("Jangkauan"),
        columns=[
            SheetColumn(title=_("Dusun"), width=24),
            _("Pemilih"),
            _("Rumah tangga"),
            _("Pertemuan"),
            _("Hadir"),
            _("Persen pemilih"),
            _("Persen rumah tangga"),
        ],
        rows=[
            [
                row.name,
                row.voters,
                row.households,
                row.meetings,
                row.attendees,
                row.percent,
                row.household_percent,
            ]
            for row in reach
        ],
    )


def _meeting_sheet(meetings: Sequence[Meeting]) -> Sheet:
    return Sheet(
        title=_("Pertemuan"),
        columns=[
            _("Tanggal"),
            SheetColumn(title=_("Tempat"), width=30),
            _("Dusun"),
            _("Hadir"),
            _("Rumah tangga"),
            SheetColumn(title=_("Pokok pembicaraan"), width=40),
            SheetColumn(title=_("Ditarik karena"), width=40),
        ],
        rows=[
            [
                item.held_on,
                item.place,
                item.hamlet.name if item.hamlet else _("Seluruh desa"),
                item.attendees,
                item.households,
                item.topic,
                item.withdrawn_reason,
            ]
            for item in meetings
        ],
    )
