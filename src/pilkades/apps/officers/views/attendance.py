"""Hours of officers: who came, who left, for how long."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.documents.services import pdf_response
from pilkades.apps.elections.forms.drawing import combine
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.officers.forms.papers import (
    CancelForm,
    MomentForm,
)
from pilkades.apps.officers.papers import (
    print_attendance,
    read_paper,
)
from pilkades.apps.officers.requests import find_officer, find_stay, find_team
from pilkades.apps.officers.selectors.service import (
    list_attendance_dates,
    list_days,
)
from pilkades.apps.officers.services.attendance import (
    cancel_stay,
    record_arrival,
    record_leaving,
)
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in


@signed_in
@require_safe
def attendance(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """Arrivals and leavings of one day, hours summed, with a warning when they are too many."""
    context, view = find_team(request, village_code, station_uuid)
    now = get_request_now(request)
    day = read_day(request, context, now)
    days = list_days(context, station_pk=view.station.pk, day=day, now=now)
    known = {day, context.timetable.poll_date}
    values = {
        "view": view,
        "day": day,
        "days": days,
        "dates": sorted(known | set(list_attendance_dates(context, station_pk=view.station.pk))),
        "rules": view.rules,
        "warnings": [item for item in days if item.warning],
        "may_act": is_seated(get_request_actor(request), context)
        and view.team is not None
        and view.team.is_appointed,
    }
    return render_village(request, "officers/attendance.html", context, values)


@signed_in
@require_safe
def attendance_paper(request: HttpRequest, village_code: str, station_uuid: UUID) -> HttpResponse:
    """The attendance sheet of a day, with what is known and lines for signatures."""
    context, view = find_team(request, village_code, station_uuid)
    now = get_request_now(request)
    day = read_day(request, context, now)
    days = list_days(context, station_pk=view.station.pk, day=day, now=now)
    pdf = print_attendance(context, view, days, day=day, paper=read_paper(request))
    return pdf_response(pdf=pdf, filename=f"hadir-{village_code}-{view.station.number:02d}")


@signed_in
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """When an officer came."""
    context, officer = find_officer(request, village_code, officer_uuid)
    actor, now = get_request_actor(request), get_request_now(request)
    require_seat(actor, context)
    form = MomentForm(request.POST or None, initial=_moment(context, now))
    page = _attendance_page(
        village_code,
        officer.team.station.uuid,
        title=_("%(name)s datang") % {"name": officer.full_name},
        submit=_("Catat datang"),
        success=_("Kedatangan dicatat."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_arrival(
            actor=actor,
            now=now,
            officer_uuid=officer_uuid,
            arrived_at=_combine(context, form.cleaned_data),
        ),
        goal=lambda: f"{page.back}?hari={form.cleaned_data['day']:%Y-%m-%d}",
    )


@signed_in
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, village_code: str, stay_uuid: UUID) -> HttpResponse:
    """When an officer went home."""
    context, stay = find_stay(request, village_code, stay_uuid)
    actor, now = get_request_actor(request), get_request_now(request)
    require_seat(actor, context)
    form = MomentForm(request.POST or None, initial=_moment(context, now))
    page = _attendance_page(
        village_code,
        stay.officer.team.station.uuid,
        title=_("%(name)s pulang") % {"name": stay.officer.full_name},
        submit=_("Catat pulang"),
        success=_("Kepulangan dicatat."),
    )
    arrived = stay.arrived_at.astimezone(context.zone).date()
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_leaving(
            actor=actor,
            now=now,
            stay_uuid=stay_uuid,
            left_at=_combine(context, form.cleaned_data),
        ),
        goal=f"{page.back}?hari={arrived:%Y-%m-%d}",
    )


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, village_code: str, stay_uuid: UUID) -> HttpResponse:
    """Cancel a stay that was written down wrongly."""
    context, stay = find_stay(request, village_code, stay_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    form = CancelForm(request.POST or None)
    page = _attendance_page(
        village_code,
        stay.officer.team.station.uuid,
        title=_("Batalkan catatan kehadiran %(name)s") % {"name": stay.officer.full_name},
        submit=_("Batalkan catatan"),
        success=_("Catatan kehadiran dibatalkan."),
        consequence=_("Jamnya tidak dihitung lagi. Catatan dan alasannya tetap tersimpan."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: cancel_stay(
            actor=actor,
            now=get_request_now(request),
            stay_uuid=stay_uuid,
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
    )


def read_day(request: HttpRequest, context: VillageElection, now: datetime) -> date:
    """The day that the address asks for; polling day once it has come, else today."""
    try:
        return date.fromisoformat(request.GET.get("hari", ""))
    except ValueError:
        return context.local_date(now)


def _moment(context: VillageElection, now: datetime) -> dict[str, Any]:
    local = now.astimezone(context.zone)
    return {"day": local.date(), "hour": local.time()}


def _combine(context: VillageElection, data: dict[str, Any]) -> datetime:
    return combine(data["day"], data["hour"], context.zone)


def _attendance_page(village_code: str, station_uuid: UUID, **words: str) -> ActPage:
    back = reverse("officers:attendance", args=[village_code, station_uuid])
    return ActPage(back=back, **words)
