"""The public drawing: opened, attended, drawn, signed, closed; with commitments where wanted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.models import User
from pilkades.apps.documents.services import (
    PaperRecord,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.drawing import (
    ArrivalForm,
    AttendeeForm,
    LotForm,
    OpenDrawingForm,
    SignForm,
    combine,
)
from pilkades.apps.elections.forms.village import ConfirmForm, UnlockForm
from pilkades.apps.elections.models import (
    AttendeeCapacity,
    DrawingAttendee,
    DrawingMethod,
)
from pilkades.apps.elections.requests import (
    find_any_village,
    find_for_attendee,
    find_lot,
    find_open_drawing,
    find_village,
)
from pilkades.apps.elections.selectors.drawings import check_drawing, find_drawing
from pilkades.apps.elections.selectors.village_access import may_see_workspace
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services import drawing as services
from pilkades.apps.elections.services import drawing_attendance as attendance
from pilkades.apps.elections.services.seats import is_seated, require_chair, require_seat
from pilkades.apps.elections.services.signatures import require_own_line, require_signer
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_papers import describe_drawing_minutes
from pilkades.apps.elections.village_sheets import list_drawing_rows
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.errors import MalformedInputError
from pilkades.text import Text


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str) -> HttpResponse:
    """The drawing as it stands: who came, what was drawn, who signed."""
    context = find_for_attendee(request, village_code)
    actor = get_request_actor(request)
    drawing = find_drawing(context.election)
    lots = list(drawing.lots.all()) if drawing else []
    attendees = list(drawing.attendees.all()) if drawing else []
    if is_download(request):
        sheets = list_drawing_rows(lots, attendees)
        return page_response(filename=f"undian-{village_code}", sheets=sheets)
    values: dict[str, Any] = {
        "drawing": drawing,
        "lots": lots,
        "attendees": attendees,
        "checks": check_drawing(context, drawing) if drawing else (),
        "may_act": is_seated(actor, context),
        "is_open": drawing is not None and drawing.closed_at is None,
        "is_sealed_kind": drawing is not None and drawing.method == DrawingMethod.COMMITMENTS,
        "has_all_numbers": bool(lots) and all(lot.number for lot in lots),
        "rules": context.drawing_rules,
    }
    return render_village(request, "elections/village/drawing.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest, village_code: str) -> HttpResponse:
    """Open the drawing."""
    context = find_village(request, village_code)
    require_chair(get_request_actor(request), context)
    form = OpenDrawingForm(request.POST or None)
    page = drawing_page(
        village_code,
        title=_("Buka pengundian nomor urut"),
        submit=_("Buka pengundian"),
        success=_("Pengundian dibuka. Catat kehadiran menurut urutan datang."),
        consequence=_("Daftar calon dan urutannya tetap sejak pengundian dibuka."),
        article=context.drawing_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: services.open_drawing(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
            method=DrawingMethod(form.cleaned_data["method"]),
            place=form.cleaned_data["place"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest, village_code: str, lot_uuid: UUID) -> HttpResponse:
    """When a candidate came."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    lot = find_lot(context, lot_uuid)
    now = get_request_now(request)
    form = ArrivalForm(
        request.POST or None,
        initial={
            "arrived_at": (lot.arrived_at or now).astimezone(context.zone).time(),
            "proxy_name": lot.proxy_name,
        },
    )
    page = drawing_page(
        village_code,
        title=_("Kedatangan %(party)s") % {"party": lot.party},
        submit=_("Catat kedatangan"),
        success=_("Kedatangan dicatat."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: attendance.record_arrival(
            actor=get_request_actor(request),
            now=now,
            lot_uuid=lot_uuid,
            arrived_at=_moment(context, now, form.cleaned_data["arrived_at"]),
            proxy_name=form.cleaned_data["proxy_name"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def attendee(request: HttpRequest, village_code: str) -> HttpResponse:
    """Somebody else who is present."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    drawing = find_open_drawing(context)
    now = get_request_now(request)
    form = AttendeeForm(
        request.POST or None, initial={"arrived_at": now.astimezone(context.zone).time()}
    )
    page = drawing_page(
        village_code,
        title=_("Catat orang yang hadir"),
        submit=_("Catat kehadiran"),
        success=_("Kehadiran dicatat."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: attendance.add_attendee(
            actor=get_request_actor(request),
            now=now,
            drawing_uuid=drawing.uuid,
            full_name=form.cleaned_data["full_name"],
            capacity=AttendeeCapacity(form.cleaned_data["capacity"]),
            arrived_at=_moment(context, now, form.cleaned_data["arrived_at"]),
            user_id=_find_account(form.cleaned_data["username"]),
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, village_code: str, lot_uuid: UUID) -> HttpResponse:
    """Turn and number of one candidate."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    found = find_lot(context, lot_uuid)
    form = LotForm(request.POST or None, initial={"turn": found.turn, "number": found.number})
    page = drawing_page(
        village_code,
        title=_("Hasil undian %(party)s") % {"party": found.party},
        submit=_("Catat nomor"),
        success=_("Nomor dicatat. Mintalah tanda tangan calon."),
        consequence=_("Tanda tangan yang sudah ada untuk nomor lain gugur."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: services.record_lot(
            actor=get_request_actor(request),
            now=get_request_now(request),
            lot_uuid=lot_uuid,
            turn=form.cleaned_data["turn"],
            number=form.cleaned_data["number"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, village_code: str, lot_uuid: UUID, how: str) -> HttpResponse:
    """A candidate's signature: own account, seen on paper, seen on paper by the second officer."""
    context = find_for_attendee(request, village_code)
    found = find_lot(context, lot_uuid)
    require_signer(
        get_request_actor(request),
        context,
        signer_id=found.candidacy.user_id,
        is_own=how == "sendiri",
    )
    is_post = request.method == "POST"
    form = SignForm(request.POST if is_post else None, initial={"number": found.number})
    page = drawing_page(
        village_code,
        title=_("Tanda tangan %(party)s") % {"party": found.party},
        submit=_("Tanda tangani") if how == "sendiri" else _("Saya melihat tanda tangannya"),
        success=_("Tanda tangan dicatat."),
        consequence=_("Nomor urut %(number)s.") % {"number": found.number or "–"},
        article=context.drawing_rules.article,
    )

    def act() -> object:
        actor, now = get_request_actor(request), get_request_now(request)
        number = form.cleaned_data["number"]
        if how == "sendiri":
            return attendance.sign_lot(actor=actor, now=now, lot_uuid=lot_uuid, number=number)
        return attendance.sign_lot_on_paper(
            actor=actor,
            now=now,
            lot_uuid=lot_uuid,
            number=number,
            is_confirmation=how == "kertas-kedua",
        )

    return run_act(request, context, page, form=form, act=act, goal=page.back)


@signed_in
@require_http_methods(["GET", "POST"])
def sign_attendance(
    request: HttpRequest, village_code: str, attendee_uuid: UUID, how: str
) -> HttpResponse:
    """The signature of somebody else who is present."""
    context = find_any_village(village_code)
    found = DrawingAttendee.objects.filter(
        uuid=attendee_uuid, drawing__election=context.election
    ).first()
    actor = get_request_actor(request)
    is_own = found is not None and found.user_id == actor.user_id
    if found is None or not (is_own or may_see_workspace(actor, village_code)):
        raise Http404
    if how == "sendiri":
        require_own_line(actor, signer_id=found.user_id)
    else:
        require_seat(actor, context)
    page = drawing_page(
        village_code,
        title=_("Tanda tangan %(name)s") % {"name": found.full_name},
        submit=_("Tanda tangani") if how == "sendiri" else _("Saya melihat tanda tangannya"),
        success=_("Tanda tangan dicatat."),
    )
    return _confirm(
        request,
        context,
        page,
        lambda: attendance.sign_attendance(
            actor=actor,
            now=get_request_now(request),
            attendee_uuid=attendee_uuid,
            on_paper=how != "sendiri",
            is_confirmation=how == "kertas-kedua",
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, village_code: str) -> HttpResponse:
    """End the drawing."""
    return act_on_drawing(
        request,
        village_code,
        title=_("Tutup pengundian"),
        submit=_("Tutup pengundian"),
        success=_("Nomor urut ditetapkan dan diumumkan."),
        consequence=_("Setelah ditutup, nomor urut tidak dapat diubah lagi."),
        service=services.close_drawing,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, village_code: str) -> HttpResponse:
    """Give the drawing up so that it can be held again."""
    context = find_village(request, village_code)
    require_chair(get_request_actor(request), context)
    drawing = find_open_drawing(context)
    form = UnlockForm(request.POST or None, initial={"version": drawing.version})
    page = drawing_page(
        village_code,
        title=_("Batalkan dan ulangi pengundian"),
        submit=_("Batalkan pengundian"),
        success=_("Pengundian dibatalkan. Buka pengundian baru bila semua hadir."),
        consequence=_("Semua catatan pengundian ini tetap terbaca, tetapi tidak berlaku."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: services.cancel_drawing(
            actor=get_request_actor(request),
            now=get_request_now(request),
            drawing_uuid=drawing.uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
        version=drawing.version,
    )


@signed_in
@require_safe
def paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The minutes of the drawing; before the end as the sheet that is signed by hand."""
    context = find_village(request, village_code)
    drawing = find_drawing(context.election)
    if drawing is None:
        raise Http404
    pdf = render_pdf(
        template="elections/drawing_minutes.typ",
        data=describe_drawing_minutes(context, drawing),
        paper="f4",
        record=PaperRecord(identity=f"undian {village_code} {drawing.uuid}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"berita-acara-undian-{village_code}")


def act_on_drawing(
    request: HttpRequest,
    village_code: str,
    *,
    title: str,
    submit: str,
    success: str,
    consequence: str,
    service: Callable[..., object],
) -> HttpResponse:
    """An act of the chair on the whole drawing."""
    context = find_village(request, village_code)
    require_chair(get_request_actor(request), context)
    drawing = find_open_drawing(context)
    is_post = request.method == "POST"
    form = VersionedForm(request.POST if is_post else None, initial={"version": drawing.version})
    page = drawing_page(
        village_code,
        title=title,
        submit=submit,
        success=success,
        consequence=consequence,
        article=drawing.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: service(
            actor=get_request_actor(request),
            now=get_request_now(request),
            drawing_uuid=drawing.uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        version=drawing.version,
    )


def _confirm(
    request: HttpRequest, context: VillageElection, page: ActPage, act: Callable[[], object]
) -> HttpResponse:
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    return run_act(request, context, page, form=form, act=act, goal=page.back)


def drawing_page(
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
        back=reverse("elections:village-drawing", args=[village_code]),
    )


def _moment(context: VillageElection, now: datetime, hour: Any) -> datetime:
    return combine(context.local_date(now), hour, context.zone)


def _find_account(username: str) -> int | None:
    if not username.strip():
        return None
    found = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        raise MalformedInputError(
            "drawing.account",
            Text(
                "Akun “{username}” tidak ada. Kosongkan bila tidak punya akun.", username=username
            ),
        )
    return found.pk
