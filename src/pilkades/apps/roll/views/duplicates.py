"""The duplicate search of one village: the list, the search as a job, two rows side by side."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.requests import find_examined_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.duplicates import AnswerForm, DecideForm
from pilkades.apps.roll.models import DuplicateDecision, DuplicatePair, RollEntry, VillageAnswer
from pilkades.apps.roll.selectors.duplicates import (
    build_sheet,
    find_next_open,
    list_village_pairs,
)
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.services.duplicate_search import JOB
from pilkades.apps.roll.services.duplicates import answer_for_own, decide_pair
from pilkades.apps.roll.views.duplicate_tables import build_pairs_table, list_reasons
from pilkades.errors import MalformedInputError
from pilkades.text import Text


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """All pairs that touch this village's roll."""
    context = find_examined_village(request, village_code)
    actor = get_request_actor(request)
    pairs = list_village_pairs(context)
    table = build_pairs_table(
        request, pairs, show=lambda uuid: reverse("roll:duplicate", args=[village_code, uuid])
    )
    download = table_response(request=request, table=table, filename=f"ganda-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "may_search": _may_search(actor, context),
        "has_roll": find_roll(context) is not None,
        "open_count": pairs.filter(decision="").count(),
        "following": find_next_open(pairs),
        "wave_url": _find_wave_url(actor, context),
    }
    return render_village(request, "roll/duplicates/index.html", context, values)


@signed_in
@require_POST
def search(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Start the search and go where its progress is shown."""
    context = find_examined_village(request, village_code)
    actor = get_request_actor(request)
    if not _may_search(actor, context):
        raise PermissionDenied
    job = start_job(
        kind=JOB,
        actor=actor,
        now=get_request_now(request),
        region_code=village_code,
        params={"election": str(context.election.uuid)},
        back=reverse("roll:duplicates", args=[village_code]),
    )
    return redirect("jobs:show", job.uuid)


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, village_code: str, pair_uuid: UUID) -> HttpResponseBase:
    """Two rows side by side, and the answer; then on to the next pair."""
    context = find_examined_village(request, village_code)
    actor = get_request_actor(request)
    pairs = list_village_pairs(context)
    pair = pairs.filter(uuid=pair_uuid).first()
    if pair is None:
        raise Http404
    form: VersionedForm = (AnswerForm if pair.is_across else DecideForm)(
        request.POST or None, initial={"version": pair.version}
    )
    status = 200
    if request.method == "POST":
        status = try_service(form, lambda: _act(request, context, pair, form))
        if status == 302:
            messages.success(request, _("Jawaban disimpan dan tidak ditanyakan lagi."))
            following = find_next_open(pairs.exclude(uuid=pair_uuid))
            if following is None:
                return redirect("roll:duplicates", village_code)
            return redirect("roll:duplicate", village_code, following)
        form.renew_version(pair.version)
    sees_all = has_role(actor, (Role.REGENCY_DESK, Role.AUDITOR), village_code)
    values = {
        "sheet": build_sheet(pair, reads=lambda e: sees_all or _is_own(e, context)),
        "form": form,
        "pair": pair,
        "reasons": list_reasons(pair),
        "statements": pair.statements.filter(entry__roll__election=context.election),
        "may_act": is_seated(actor, context) and pair.is_open,
        "back": reverse("roll:duplicates", args=[village_code]),
    }
    return render_village(request, "roll/duplicates/pair.html", context, values, status=status)


def _act(
    request: HttpRequest, context: VillageElection, pair: DuplicatePair, form: VersionedForm
) -> object:
    actor, now, given = get_request_actor(request), get_request_now(request), form.cleaned_data
    if pair.is_across:
        return answer_for_own(
            actor=actor,
            now=now,
            pair_uuid=pair.uuid,
            expected_version=given["version"],
            village_code=context.village_code,
            answer=VillageAnswer(given["answer"]),
            note=given["note"],
        )
    decision, removed = _read_answer(given["answer"])
    return decide_pair(
        actor=actor,
        now=now,
        pair_uuid=pair.uuid,
        expected_version=given["version"],
        decision=decision,
        removed_uuid=removed,
        note=given["note"],
    )


def _read_answer(answer: str) -> tuple[DuplicateDecision, UUID | None]:
    """The button that was pressed: different, or the entry that is struck."""
    if answer == DuplicateDecision.DIFFERENT:
        return DuplicateDecision.DIFFERENT, None
    try:
        return DuplicateDecision.SAME, UUID(answer)
    except ValueError as error:
        raise MalformedInputError("duplicate.decision", Text("Pilih jawabannya.")) from error


def _is_own(entry: RollEntry, context: VillageElection) -> bool:
    return entry.roll.election_id == context.election.pk


def _may_search(actor: Actor, context: VillageElection) -> bool:
    is_desk = has_role(actor, (Role.REGENCY_DESK,), context.village_code)
    return is_seated(actor, context) or is_desk


def _find_wave_url(actor: Actor, context: VillageElection) -> str:
    """Where the pairs of all villages are, for those who may read them."""
    wave = context.election.wave
    if not has_role(actor, (Role.REGENCY_DESK, Role.AUDITOR), wave.regency_id):
        return ""
    return reverse("roll:wave-duplicates", args=[wave.uuid])
