"""The course of one village: its branch, a postponement, a void election."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.design.formats import active_language
from pilkades.apps.elections.forms.desk import (
    BranchForm,
    PostponeForm,
    ReasonForm,
    VersionedForm,
)
from pilkades.apps.elections.models import Election
from pilkades.apps.elections.requests import find_election
from pilkades.apps.elections.selectors.access import may_run_desk
from pilkades.apps.elections.selectors.timetables import get_pack_key
from pilkades.apps.elections.selectors.villages import RESTING_STATES
from pilkades.apps.elections.selectors.waves import get_election
from pilkades.apps.elections.services.change_course import (
    postpone_election,
    set_branches,
    void_election,
)
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.regulations.selectors import build_pack

Forms = dict[str, VersionedForm]


@signed_in
@require_safe
def show(request: HttpRequest, election_uuid: UUID) -> HttpResponse:
    """What can be decided about the course of this village, each with its consequence."""
    election = _find(request, election_uuid)
    return _render(request, election, _build_forms(election))


@signed_in
@require_POST
def act(request: HttpRequest, election_uuid: UUID, act: str) -> HttpResponse:
    """Take one of the decisions; `act` is jalur, tunda or batal."""
    election = _find(request, election_uuid)
    forms = _build_forms(election, request=request, only=act)
    if act not in forms:
        raise Http404
    status = try_service(forms[act], _choose_service(request, election, act, forms[act]))
    if status == 302:
        messages.success(request, gettext("Keputusan dicatat. Jadwal desa ini mengikuti."))
        return redirect("elections:village-timetable", election.uuid)
    election = get_election(election_uuid)
    forms[act].renew_version(election.version)
    return _render(request, election, forms, status=status)


def _choose_service(
    request: HttpRequest, election: Election, act: str, form: VersionedForm
) -> Callable[[], object]:
    def run() -> object:
        given = form.cleaned_data
        common = {
            "actor": get_request_actor(request),
            "now": get_request_now(request),
            "election_uuid": election.uuid,
            "expected_version": given["version"],
        }
        if act == "jalur":
            return set_branches(branches=given["branches"], article=given["article"], **common)
        words = {"reason": given["reason"], "reference": given["reference"]}
        if act == "tunda":
            return postpone_election(to_date=given["to_date"], **words, **common)
        return void_election(**words, **common)

    return run


def _render(
    request: HttpRequest, election: Election, forms: Forms, *, status: int = 200
) -> HttpResponse:
    context = {
        "election": election,
        "wave": election.wave,
        "branch_form": forms["jalur"],
        "postpone_form": forms["tunda"],
        "void_form": forms["batal"],
        "is_over": election.state in RESTING_STATES,
        "region_name": describe_village(election.village),
        "is_simulation": election.is_simulation,
    }
    return render(request, "elections/desk/course.html", context, status=status)


def _build_forms(
    election: Election, *, request: HttpRequest | None = None, only: str = ""
) -> Forms:
    def data(act: str) -> QueryDict | None:
        return request.POST if request is not None and act == only else None

    initial = {"version": election.version, "branches": election.branches}
    return {
        "jalur": BranchForm(
            data("jalur"), initial=initial, branches=_list_branches(election), prefix=None
        ),
        "tunda": PostponeForm(data("tunda"), initial=initial, auto_id="tunda_%s"),
        "batal": ReasonForm(data("batal"), initial=initial, auto_id="batal_%s"),
    }


def _list_branches(election: Election) -> list[tuple[str, str]]:
    key = get_pack_key(election.wave)
    name = "name_en" if active_language() == "en" else "name"
    pack = build_pack(key.shas, key.approvals)
    return [(entry.id, entry.text(name)) for entry in pack.table("branch")]


def _find(request: HttpRequest, election_uuid: UUID) -> Election:
    election = find_election(request, election_uuid)
    if not may_run_desk(get_request_actor(request), election.wave.regency_id):
        raise PermissionDenied
    return election
