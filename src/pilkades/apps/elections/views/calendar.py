"""The month of a wave, private calendar addresses, and the public one of each village."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.accounts.selectors import get_actor
from pilkades.apps.design.formats import active_language
from pilkades.apps.design.months import MonthEntry, build_month
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.desk_sheets import list_calendar_rows
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import find_view_region
from pilkades.apps.elections.selectors.board import list_progress
from pilkades.apps.elections.selectors.calendars import CalendarMark, list_holidays, mark_days
from pilkades.apps.elections.selectors.decrees import get_wave_timetable
from pilkades.apps.elections.selectors.feeds import find_feed, find_own_feed, get_feed_token
from pilkades.apps.elections.selectors.timetables import get_timetable
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.waves import find_current_election, get_local_date
from pilkades.apps.elections.services.feeds import renew_feed
from pilkades.apps.elections.words import get_state_kind, name_step
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.requests import (
    get_request_actor,
    get_request_now,
    signed_in,
)
from pilkades.icsfiles import write_timetable_ics
from pilkades.law.timetable import Timetable
from pilkades.text import Text

ICS_TYPE = "text/calendar; charset=utf-8"


@signed_in
@require_safe
def show(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """One month (`?bulan=2026-11`): which steps begin and end on which day, and where."""
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    first = _read_month(request.GET.get("bulan", ""), default=today)
    progress = list_progress(wave, today=today, region_code=region)
    marks = mark_days(progress, year=first.year, month=first.month)
    holidays = list_holidays(wave, year=first.year, month=first.month)
    if is_download(request):
        name = f"kalender-{wave.name}-{first:%Y-%m}"
        return page_response(filename=name, sheets=list_calendar_rows(marks, holidays))
    board_url = reverse("elections:wave-board", args=[wave.uuid])
    month = build_month(
        year=first.year,
        month=first.month,
        entries={
            day: [_entry(mark, total=len(progress), board_url=board_url) for mark in found]
            for day, found in marks.items()
        },
        today=today,
        holidays=holidays,
    )
    feed = find_own_feed(actor=get_request_actor(request), wave=wave)
    context = {
        "wave": wave,
        "month": month,
        "agenda": sorted(marks.items()),
        "previous": _shift(first, -1),
        "following": _shift(first, 1),
        "feed_url": _feed_url(request, feed.uuid, get_feed_token(feed)) if feed else "",
        "region_name": describe_region(region),
        "total": len(progress),
    }
    return render(request, "elections/desk/calendar.html", context)


@signed_in
@require_POST
def renew(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Make the private address of this wave's calendar, or a new one in place of the old."""
    wave, _ = find_wave(request, wave_uuid)
    renew_feed(actor=get_request_actor(request), now=get_request_now(request), wave_uuid=wave.uuid)
    messages.success(request, gettext("Alamat kalender baru dibuat. Alamat lama tidak berlaku."))
    return redirect("elections:wave-calendar", wave.uuid)


@require_safe
def private_feed(request: HttpRequest, feed_uuid: UUID, token: str) -> HttpResponse:
    """What a calendar programme fetches: only for a right address of somebody still in office."""
    feed = find_feed(feed_uuid=feed_uuid, token=token)
    if feed is None:
        raise Http404
    actor = get_actor(feed.user, now=get_request_now(request))
    if find_view_region(actor, feed.wave.regency_id) is None:
        raise Http404
    wave = feed.wave
    return _answer(
        request, get_wave_timetable(wave), name=wave.name, scope=f"wave:{wave.uuid}", wave=wave
    )


@require_safe
def public_feed(request: HttpRequest, village_code: str) -> HttpResponse:
    """The timetable of a village's current election, for anybody's calendar."""
    election = find_current_election(village_code)
    if election is None:
        raise Http404
    name = gettext("Pilkades {village}").format(village=name_village(election.village))
    return _answer(
        request,
        get_timetable(election).timetable,
        name=name,
        scope=f"election:{election.uuid}",
        wave=election.wave,
    )


def _answer(
    request: HttpRequest, timetable: Timetable, *, name: str, scope: str, wave: Wave
) -> HttpResponse:
    if wave.is_simulation:
        name = f"SIMULASI: {name}"
    # A calendar programme keeps no cookie, so its language stands in the address.
    asked = request.GET.get("bahasa", "")
    with override(asked if asked in dict(settings.LANGUAGES) else get_language()):
        data = write_timetable_ics(
            timetable=timetable,
            name=name,
            scope=scope,
            written_at=get_request_now(request),
            say=translate,
            language=active_language(),
        )
    response = HttpResponse(data, content_type=ICS_TYPE)
    response["Content-Disposition"] = 'inline; filename="jadwal.ics"'
    return response


def _entry(mark: CalendarMark, *, total: int, board_url: str) -> MonthEntry:
    name = name_step(mark.step)
    where = "" if mark.village_count == total else f" ({mark.village_count})"
    if mark.is_start and mark.is_end:
        title = Text("{step}{where}", step=name, where=where)
    elif mark.is_start:
        title = Text("Mulai: {step}{where}", step=name, where=where)
    else:
        title = Text("Selesai: {step}{where}", step=name, where=where)
    return MonthEntry(
        title=title,
        kind=get_state_kind(mark.state),
        href=f"{board_url}?tahap={mark.step.stage}",
    )


def _read_month(text: str, *, default: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return default.replace(day=1)


def _shift(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _feed_url(request: HttpRequest, feed_uuid: UUID, token: str) -> str:
    return request.build_absolute_uri(reverse("elections:feed", args=[feed_uuid, token]))
