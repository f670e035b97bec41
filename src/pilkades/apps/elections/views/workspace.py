"""The village's workspace: its task list, the record of plain steps, and the way there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.forms.desk import RecordForm
from pilkades.apps.elections.requests import find_any_village, find_village
from pilkades.apps.elections.selectors.access import OWNER_ROLES, may_record_step
from pilkades.apps.elections.selectors.candidates import find_own_candidacy
from pilkades.apps.elections.selectors.progress import assess_election
from pilkades.apps.elections.selectors.task_facts import read_task_facts
from pilkades.apps.elections.selectors.tasks import Task, TaskState, plan_tasks
from pilkades.apps.elections.selectors.village_access import (
    FILE_ROLES,
    is_committee,
    is_council,
    list_village_codes,
    may_see_workspace,
)
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.record_stage import record_step
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_sheets import list_task_rows
from pilkades.apps.elections.words import name_owner, name_step
from pilkades.apps.elections.workspace import get_step_pages
from pilkades.apps.regions.selectors import describe_regions
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in

PAGES = {
    "committee": "elections:village-committee",
    "announcements": "elections:village-announcements",
    "files": "elections:village-files",
    "complaints": "elections:village-complaints",
    "path": "elections:village-path",
    "scores": "elections:village-scores",
    "deliberation": "elections:village-deliberation",
    "drawing": "elections:village-drawing",
    "proof": "elections:village-proof",
    "reports": "elections:village-reports",
}

FILE_PAGES = ("files", "complaints")
"""Pages that open only to those who examine the files."""


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The workspace of the one village, or a choice where somebody works for several."""
    codes = list_village_codes(get_request_actor(request))
    if len(codes) == 1:
        return redirect("elections:village-tasks", codes[0])
    return render(
        request,
        "elections/village/choose.html",
        {"villages": sorted(describe_regions(codes).items())},
    )


@signed_in
@require_safe
def tasks(request: HttpRequest, village_code: str) -> HttpResponse:
    """What is next, whose it is, by when, under which article; what waits; what is done."""
    actor = get_request_actor(request)
    if not may_see_workspace(actor, village_code):
        return _to_own_file(request, village_code)
    context = find_village(request, village_code)
    planned = plan_tasks(read_task_facts(context, now=get_request_now(request)))
    shown = [_describe(task, context, actor) for task in planned]
    if is_download(request):
        return page_response(filename=f"tugas-{village_code}", sheets=[list_task_rows(shown)])
    values = {
        "next": next((item for item in shown if item["state"] == TaskState.NEXT), None),
        "todo": [item for item in shown if item["state"] == TaskState.TODO],
        "waiting": [item for item in shown if item["state"] == TaskState.WAITING],
        "done": [item for item in shown if item["state"] == TaskState.DONE],
        "is_committee": is_committee(actor, village_code),
        "is_council": is_council(actor, village_code),
    }
    return render_village(request, "elections/village/tasks.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, village_code: str, step_id: str) -> HttpResponse:
    """Record what happened in a step that has no page of its own."""
    context = find_village(request, village_code)
    actor, now = get_request_actor(request), get_request_now(request)
    progress = assess_election(context.timetable, today=context.local_date(now))
    entry = next((item for item in progress.steps if item.step.id == step_id), None)
    if entry is None:
        raise Http404
    if not may_record_step(actor, owner=entry.step.owner, village_code=village_code):
        raise PermissionDenied
    initial: dict[str, Any] = {"version": context.election.version}
    if entry.fact:
        initial |= {
            "started_on": entry.fact.started_on,
            "finished_on": entry.fact.finished_on,
            "note": entry.fact.note,
        }
    form = RecordForm(request.POST or None, initial=initial)
    page = ActPage(
        title=name_step(entry.step),
        submit=_("Catat pelaksanaan"),
        success=_("Pelaksanaan dicatat. Jadwal berikutnya mengikuti."),
        back=reverse("elections:village-tasks", args=[village_code]),
        consequence=_("Tahapan berikutnya di desa ini dihitung dari tanggal yang Anda catat."),
        article=entry.step.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_step(
            actor=actor,
            now=now,
            election_uuid=context.election.uuid,
            expected_version=form.cleaned_data["version"],
            step_id=step_id,
            started_on=form.cleaned_data["started_on"],
            finished_on=form.cleaned_data["finished_on"],
            note=form.cleaned_data["note"],
        ),
        goal=page.back,
        template="elections/village/step.html",
        values={
            "entry": entry,
            "may_act": may_record_step(actor, owner=entry.step.owner, village_code=village_code),
        },
        version=context.election.version,
    )


def _to_own_file(request: HttpRequest, village_code: str) -> HttpResponse:
    """An applicant has one page here: the own file."""
    actor = get_request_actor(request)
    candidacy = find_own_candidacy(user_id=actor.user_id, village_code=village_code)
    if candidacy is not None:
        return redirect("elections:village-file", village_code, candidacy.uuid)
    find_any_village(village_code)
    return redirect("elections:village-file-new", village_code)


def _describe(task: Task, context: VillageElection, actor: Actor) -> dict[str, Any]:
    """A task as the task list shows it."""
    code = context.village_code
    is_closed = task.page in FILE_PAGES and not has_role(actor, FILE_ROLES, code)
    href = reverse(PAGES[task.page], args=[code]) if task.page in PAGES and not is_closed else ""
    if task.page == "step":
        page = get_step_pages().get(task.step_id, "")
        href = (
            reverse(page, args=[code])
            if page
            else reverse("elections:village-plain-step", args=[code, task.step_id])
        )
    return {
        "title": task.title,
        "href": href,
        "owner": name_owner(task.owner, context.election.wave.regency),
        "is_mine": has_role(actor, OWNER_ROLES.get(task.owner, ()), code),
        "due": task.due,
        "article": task.article,
        "state": task.state,
        "is_late": task.is_late,
        "note": task.note,
        "done_by": task.done_by,
        "done_at": task.done_at,
        "why": task.why,
    }
