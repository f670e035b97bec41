"""What waits for the offices of whoever is signed in, and what alarms in their villages."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.desk_sheets import list_alarm_rows, list_inbox_rows
from pilkades.apps.elections.models import InboxItem, InboxKind, Wave, WaveStatus
from pilkades.apps.elections.selectors.access import find_view_region
from pilkades.apps.elections.selectors.alarms import Alarm, list_alarms
from pilkades.apps.elections.selectors.board import list_progress
from pilkades.apps.elections.selectors.inbox import has_inbox, list_inbox
from pilkades.apps.elections.selectors.waves import get_local_date, list_waves
from pilkades.apps.elections.services.inbox import finish_item
from pilkades.apps.regulations.requests import (
    get_request_actor,
    get_request_now,
    get_request_today,
    signed_in,
)

MAX_WAVES = 3


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Open matters first; `?selesai=1` shows what was seen to."""
    actor = get_request_actor(request)
    if not has_inbox(actor):
        raise PermissionDenied
    is_done = request.GET.get("selesai") == "1"
    today = get_request_today(request)
    items = list_inbox(actor, today=today, is_done=is_done)
    kind = request.GET.get("perihal", "")
    if kind in InboxKind.values:
        items = items.filter(kind=kind)
    alarms = [] if is_done else _list_alarms(request, actor)
    if is_download(request):
        sheets = [
            list_inbox_rows(items),
            *(list_alarm_rows(found, wave.regency, title=wave.name) for wave, found in alarms),
        ]
        return page_response(filename="kotak-masuk", sheets=sheets)
    context = {
        "items": list(items[:100]),
        "total": items.count(),
        "kinds": InboxKind.choices,
        "kind": kind,
        "is_done": is_done,
        "today": today,
        "alarms": alarms,
    }
    return render(request, "elections/desk/inbox.html", context)


@signed_in
@require_POST
def finish(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """Mark one matter as seen to."""
    try:
        finish_item(
            actor=get_request_actor(request), now=get_request_now(request), item_uuid=item_uuid
        )
    except (InboxItem.DoesNotExist, PermissionDenied) as error:
        # Whether a matter of somebody else's office exists is not for a stranger to know.
        raise Http404 from error
    messages.success(request, gettext("Ditandai selesai."))
    return redirect("elections:inbox")


def _list_alarms(request: HttpRequest, actor: Actor) -> list[tuple[Wave, list[Alarm]]]:
    """Alarms of the actor's villages in the waves that are still open."""
    found = []
    for wave in list_waves(actor).exclude(status=WaveStatus.CLOSED)[:MAX_WAVES]:
        region = find_view_region(actor, wave.regency_id)
        if region is not None:
            today = get_local_date(get_request_now(request), wave.regency)
            progress = list_progress(wave, today=today, region_code=region)
            found.append((wave, list_alarms(progress)))
    return [(wave, alarms) for wave, alarms in found if alarms]
