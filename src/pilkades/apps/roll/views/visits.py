"""Coklit on the phone: a page for each RT, small and without script, three buttons a person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.design.texts import translate
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.outcomes import HTTP_STATUS
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.regions.models import Hamlet
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.entries import NewcomerForm, VisitForm, VisitVoterForm, read_uuid
from pilkades.apps.roll.models import Roll, RollEntry, VisitOutcome
from pilkades.apps.roll.requests import find_begun_roll, find_roll_entry, find_roll_village
from pilkades.apps.roll.selectors.visits import Area, list_areas, list_households
from pilkades.apps.roll.services.visits import (
    record_corrected_visit,
    record_newcomer,
    record_visit,
)
from pilkades.apps.roll.services.voters import Voter, read_voter
from pilkades.apps.roll.views.entry_acts import describe_voter


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """Every RT with its progress."""
    context, roll = find_roll_village(request, village_code)
    areas = list_areas(roll)
    values = {
        "roll": roll,
        "areas": [
            {"area": area, "query": _query(str(area.hamlet_id or ""), area.rw, area.rt)}
            for area in areas
        ],
        "total": sum(area.total for area in areas),
        "visited": sum(area.visited for area in areas),
        "may_read": True,
        "here": "visits",
    }
    return render_village(request, "roll/visits.html", context, values)


@signed_in
@require_safe
def area(request: HttpRequest, village_code: str) -> HttpResponse:
    """The households of one RT."""
    context, roll = find_begun_roll(request, village_code)
    hamlet = _find_hamlet(request.GET.get("dusun", ""), village_code)
    rw, rt = request.GET.get("rw", "")[:3], request.GET.get("rt", "")[:3]
    doors = list_households(roll, hamlet=hamlet, rw=rw, rt=rt, page=request.GET.get("hal"))
    for household in doors.households:
        for person in household.people:
            # One number for each form: whichever button is sent twice is recorded once.
            person.entry.nonce = uuid4()  # type: ignore[attr-defined]
    values = {
        "roll": roll,
        "hamlet": hamlet,
        "rw": rw,
        "rt": rt,
        "query": _query(str(hamlet.uuid) if hamlet else "", rw, rt),
        "doors": doors,
        "area": _find_area(roll, hamlet, rw, rt),
        "may_act": is_seated(get_request_actor(request), context) and not roll.is_locked,
        "may_read": True,
        "here": "visits",
    }
    response = render_village(request, "roll/visit_area.html", context, values)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def record(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """What was found, by one press; back to the same door."""
    _context, entry = find_roll_entry(request, village_code, entry_uuid)
    form = VisitForm(request.POST)
    if not form.is_valid() or form.cleaned_data["outcome"] not in VisitOutcome.values:
        messages.error(request, _("Isian tidak terbaca, jadi belum dicatat. Coba lagi."))
        return _back_to_door(request, village_code, entry)
    try:
        record_visit(
            actor=get_request_actor(request),
            now=get_request_now(request),
            entry_uuid=entry.uuid,
            expected_version=form.cleaned_data["version"],
            outcome=VisitOutcome(form.cleaned_data["outcome"]),
            nonce=form.cleaned_data["nonce"],
            note=form.cleaned_data["note"],
        )
    except tuple(HTTP_STATUS) as error:
        messages.error(request, translate(error.text))
    return _back_to_door(request, village_code, entry)


@signed_in
@require_safe
def not_found(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Why somebody was not found: three buttons and a note."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    require_seat(get_request_actor(request), context)
    values = {
        "roll": entry.roll,
        "entry": entry,
        "form": VisitForm(initial={"nonce": uuid4(), "version": entry.version}),
        "back": _door_url(request, village_code, entry),
        "number": request.GET.get("hal", "")[:4],
        "may_read": True,
        "here": "visits",
    }
    return render_village(request, "roll/visit_not_found.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Put right what the papers at the door show."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    known = read_voter(entry)
    form = VisitVoterForm(
        request.POST or None,
        village_code=village_code,
        known=known,
        initial={**describe_voter(known), "version": entry.version, "nonce": uuid4()},
    )
    page = ActPage(
        title=_("Perbaiki data %(name)s") % {"name": entry.full_name},
        submit=_("Simpan perbaikan"),
        success=_("Data diperbaiki dan coklit dicatat."),
        back=_door_url(request, village_code, entry),
    )
    act = _recording(
        record_corrected_visit,
        form,
        actor=actor,
        now=get_request_now(request),
        entry_uuid=entry.uuid,
    )
    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=entry.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def newcomer(request: HttpRequest, village_code: str) -> HttpResponse:
    """Somebody who lives there and stands nowhere."""
    context, _roll = find_roll_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    hamlet = _find_hamlet(request.GET.get("dusun", ""), village_code)
    place = Voter(
        full_name="",
        hamlet=hamlet,
        rw=request.GET.get("rw", "")[:3],
        rt=request.GET.get("rt", "")[:3],
    )
    form = NewcomerForm(
        request.POST or None,
        village_code=village_code,
        initial={**describe_voter(place), "nonce": uuid4()},
    )
    query = _query(str(hamlet.uuid) if hamlet else "", place.rw, place.rt)
    page = ActPage(
        title=_("Tambah pemilih di rumah ini"),
        submit=_("Tambah pemilih"),
        success=_("Pemilih baru ditambahkan dan coklit dicatat."),
        back=f"{reverse('roll:visit-area', args=[village_code])}?{query}",
    )
    act = _recording(
        record_newcomer,
        form,
        actor=actor,
        now=get_request_now(request),
        election_pk=context.election.pk,
    )
    return run_act(request, context, page, form=form, act=act, goal=page.back)


def _recording(
    service: Callable[..., object], form: VisitVoterForm | NewcomerForm, **values: Any
) -> Callable[[], object]:
    def act() -> object:
        data = form.cleaned_data
        if "version" in data:
            values["expected_version"] = data["version"]
        return service(voter=form.to_voter(), nonce=data["nonce"], **values)

    return act


def _query(hamlet_uuid: str, rw: str, rt: str) -> str:
    return urlencode({"dusun": hamlet_uuid, "rw": rw, "rt": rt})


def _find_area(roll: Roll, hamlet: Hamlet | None, rw: str, rt: str) -> Area | None:
    key = (hamlet.pk if hamlet else None, rw, rt)
    return next((a for a in list_areas(roll) if (a.hamlet_id, a.rw, a.rt) == key), None)


def _find_hamlet(written: str, village_code: str) -> Hamlet | None:
    uuid = read_uuid(written)
    return list_hamlets(village_code).filter(uuid=uuid).first() if uuid else None


def _door_url(request: HttpRequest, village_code: str, entry: RollEntry) -> str:
    query = _query(str(entry.hamlet.uuid) if entry.hamlet else "", entry.rw, entry.rt)
    number = request.POST.get("hal") or request.GET.get("hal", "")
    if number.isdigit():
        query += f"&hal={number[:4]}"
    return f"{reverse('roll:visit-area', args=[village_code])}?{query}#p{entry.pk}"


def _back_to_door(request: HttpRequest, village_code: str, entry: RollEntry) -> HttpResponse:
    return redirect(_door_url(request, village_code, entry))
