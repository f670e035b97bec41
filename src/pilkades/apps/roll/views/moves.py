"""The board of stations, the voters of an RT, and the move of one of them by hand.

Dragging a card and the plain form lead to the same page, which says the effect before anything is
changed.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.texts import translate
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.stations import MoveForm, TargetForm
from pilkades.apps.roll.models import RollEntry
from pilkades.apps.roll.requests import find_roll_village
from pilkades.apps.roll.selectors.access import may_read_entries
from pilkades.apps.roll.selectors.allocation import Ground
from pilkades.apps.roll.selectors.moves import (
    WHAT_TITLES,
    MoveEffect,
    Picked,
    What,
    describe_move,
    list_targets,
    pick_rows,
)
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.selectors.station_board import build_board, list_loads
from pilkades.apps.roll.selectors.stations import list_voters
from pilkades.apps.roll.services.move_voters import move_voters
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.law.station_loads import StationLoadRules

UNPLACED = "belum"


@signed_in
@require_safe
def board(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """The stations side by side, each with its RTs as cards."""
    context = find_village(request, village_code)
    rules = StationLoadRules.from_pack(context.pack)
    roll = find_roll(context)
    is_locked = roll is not None and roll.is_locked
    values = {
        "columns": build_board(context, rules.voters_max),
        "rules": rules,
        "may_read": may_read_entries(get_request_actor(request), village_code),
        "may_act": is_seated(get_request_actor(request), context) and not is_locked,
    }
    return render_village(request, "roll/stations/board.html", context, values)


@signed_in
@require_safe
def rt_voters(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """The families of one RT at one station, for those who may read entries."""
    context, roll = find_roll_village(request, village_code)
    picked = _read_picked(request.GET)
    ground = Ground(context)
    try:
        rows = pick_rows(ground, picked)
    except ConflictError as error:
        raise Http404 from error
    voters = list_voters(context.election).filter(pk__in=[row.pk for row in rows])
    entries = {entry.pk: entry for entry in voters.defer("nik", "kk", "phone")}
    families: dict[str, list[RollEntry]] = {}
    for row in rows:
        families.setdefault(row.family, []).append(entries[row.pk])
    actor = get_request_actor(request)
    values = {
        "families": list(families.values()),
        "picked": picked,
        "picked_name": _name_picked(context, picked),
        "query": request.GET.urlencode(),
        "may_read": True,
        "may_act": is_seated(actor, context) and not (roll and roll.is_locked),
    }
    return render_village(request, "roll/stations/rt.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Whom, where to, and what it changes; then the move itself."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    picked = _read_picked(request.GET)
    ground = Ground(context)
    target = _read_uuid(request.GET.get("ke", ""))
    effect, problem, status = _describe(ground, picked, target)
    seen = {"seen": effect.seen if effect else ""}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=seen)
    if request.method == "POST" and target is not None:
        status = try_service(
            form,
            lambda: move_voters(
                actor=actor,
                now=get_request_now(request),
                election_pk=context.election.pk,
                picked=picked,
                target_uuid=target,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"],
            ),
        )
        if status == 302:
            messages.success(request, _("Sudah dipindah dan tercatat."))
            return redirect("roll:board", village_code)
        # Shown again with the totals as they are now: sending it once more is a new decision.
        form.data = {**form.data.dict(), **seen}  # type: ignore[attr-defined]
    targets = TargetForm(initial={"ke": str(target or "")})
    loads = list_loads(context, ground.rules.voters_max)
    ids = {station.pk for station in list_targets(ground)}
    targets.offer(
        (str(load.station.uuid), f"{load.station} {load.hamlet} ({load.totals.total})")
        for load in loads
        if load.station.pk in ids
    )
    values = {
        "picked": picked,
        "what": WHAT_TITLES[picked.what],
        "picked_name": _name_picked(context, picked),
        "kept": [(key, value) for key, value in request.GET.items() if key != "ke"],
        "target_form": targets,
        "effect": effect,
        "changed": [c for c in effect.effect.stations if c.difference] if effect else [],
        "problem": problem,
        "form": form,
        "may_read": True,
        "rules": ground.rules,
        "back": reverse("roll:board", args=[village_code]),
    }
    return render_village(request, "roll/stations/move.html", context, values, status=status)


def _describe(
    ground: Ground, picked: Picked, target: UUID | None
) -> tuple[MoveEffect | None, str, int]:
    try:
        pick_rows(ground, picked)
        if target is None:
            return None, "", 200
        return describe_move(ground, picked, target), "", 200
    except (ConflictError, MalformedInputError) as error:
        return None, translate(error.text), 409 if isinstance(error, ConflictError) else 400


def _read_picked(query: QueryDict) -> Picked:
    """Whom the address names; an address that names nobody does not exist."""
    try:
        what = What(query.get("apa", ""))
    except ValueError as error:
        raise Http404 from error
    hamlet = query.get("dusun", "")
    if hamlet and _read_uuid(hamlet) is None:
        raise Http404
    source = query.get("dari", "")
    return Picked(
        what=what,
        entry_uuid=_read_uuid(query.get("orang", "")),
        hamlet=hamlet,
        rw=query.get("rw", ""),
        rt=query.get("rt", ""),
        station_uuid=_read_uuid(source),
        is_unplaced=source == UNPLACED,
    )


def _read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _name_picked(context: VillageElection, picked: Picked) -> str:
    """Who is picked, in words."""
    if picked.what != What.RT:
        if picked.entry_uuid is None:
            return ""
        entry = list_voters(context.election).filter(uuid=picked.entry_uuid).first()
        return entry.full_name if entry else ""
    hamlets = context.village.hamlets
    hamlet = hamlets.filter(pk=picked.hamlet).first() if picked.hamlet else None
    words = _("RT %(rt)s RW %(rw)s") % {"rt": picked.rt or "–", "rw": picked.rw or "–"}
    return f"{words}, {hamlet.name}" if hamlet else words
