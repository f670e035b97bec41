"""Pages of a village for everybody: no sign-in, the least script, the same facts as data."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pilkades.apps.documents.papers import PaperRecord, render_pdf
from pilkades.apps.documents.responses import pdf_response
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.documents.spreadsheets import csv_response
from pilkades.apps.elections.models import AnnouncementKind, Candidacy, Election, ElectionState
from pilkades.apps.elections.public_paper import describe_notice
from pilkades.apps.elections.public_sheets import list_public_rows
from pilkades.apps.elections.selectors.progress import StepProgress, StepState
from pilkades.apps.elections.selectors.proof_readings import ALARM_TITLE, find_approved_photo
from pilkades.apps.elections.selectors.public import (
    PublicAnnouncement,
    PublicVillage,
    build_open_data,
    get_public_village,
)
from pilkades.apps.elections.selectors.village_elections import get_village_election
from pilkades.apps.elections.uploads import shrink_photo
from pilkades.apps.elections.words import name_step
from pilkades.apps.elections.workspace import list_public_links
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_now
from pilkades.apps.vault.files import read_file
from pilkades.law.application import STANDING

CSV_TABLES = {
    "tahapan": ("steps", ("id", "stage", "name", "from", "to", "state", "article")),
    "calon": ("candidates", ("number", "name", "photo_sha256", "disclosure")),
    "pengumuman": ("announcements", ("kind", "title", "article", "at", "text")),
}
TIMELINE_STATES = {
    StepState.DONE: "done",
    StepState.RUNNING: "current",
    StepState.DUE: "current",
    StepState.LATE: "late",
    StepState.PROBLEM: "problem",
}


@require_safe
def village(request: HttpRequest, village_code: str) -> HttpResponse:
    """The village's page: where the election stands, candidates, decisions, how to check."""
    page = _get_page(request, village_code)
    if is_download(request):
        return page_response(filename=f"desa-{village_code}", sheets=list_public_rows(page))
    url = request.build_absolute_uri(reverse("elections:public-village", args=[village_code]))
    context = {
        "page": page,
        "village": page.context.village,
        "place": describe_village(page.context.village),
        "is_simulation": page.context.is_simulation,
        "stages": _group_steps(page),
        "outcome": _find_outcome(page),
        "alarm_title": ALARM_TITLE,
        "alarm": page.reading.alarm if page.reading else (),
        "is_corrected": page.proof is not None and page.proof.serial > 1,
        "url": url,
        "share_text": _write_share_text(page),
        "links": list_public_links(village_code),
    }
    return render(request, "elections/public/village.html", context)


@require_safe
def data_json(request: HttpRequest, village_code: str) -> HttpResponse:
    """Open data of the page."""
    page = _get_page(request, village_code)
    response = JsonResponse(
        build_open_data(page), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def data_csv(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """The stages as a table for spreadsheets."""
    return _send_csv(request, village_code, "tahapan")


@require_safe
def data_table(request: HttpRequest, village_code: str, table: str) -> HttpResponseBase:
    """One list of the open data as a table: stages, candidates, announcements, committee."""
    return _send_csv(request, village_code, table)


def _send_csv(request: HttpRequest, village_code: str, table: str) -> HttpResponseBase:
    if table not in CSV_TABLES:
        raise Http404
    name, header = CSV_TABLES[table]
    found = build_open_data(_get_page(request, village_code))[name]
    rows = [[_flat(row[column]) for column in header] for row in found]
    return csv_response(filename=f"{table}-{village_code}", columns=header, rows=rows)


def _flat(value: Any) -> Any:
    """A list as one cell."""
    return " ".join(value) if isinstance(value, list) else value


@require_safe
def paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The page as a paper for the village's notice board."""
    page = _get_page(request, village_code)
    url = request.build_absolute_uri(reverse("elections:public-village", args=[village_code]))
    pdf = render_pdf(
        template="elections/public_notice.typ",
        data=describe_notice(page),
        record=PaperRecord(identity=f"desa {village_code}", url=url),
        simulation=page.context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"pengumuman-{village_code}")


@require_safe
def photo(request: HttpRequest, candidacy_uuid: UUID) -> HttpResponse:
    """The photo of a determined candidate; of anybody else there is none.

    While a proof is in force it is made from the photo that was approved, or there is none.
    """
    rows = Candidacy.objects.filter(uuid=candidacy_uuid, state__in=STANDING)
    candidate = rows.select_related("election").first()
    if candidate is None or candidate.photo_small is None:
        raise Http404
    approved = find_approved_photo(candidate)
    if approved is None:
        data = read_file(candidate.photo_small).data
    else:
        data = _read_approved(candidate, approved)
    response = HttpResponse(data, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=300"
    return response


def _read_approved(candidate: Candidacy, approved: str) -> bytes:
    large = read_file(candidate.photo).data if candidate.photo else b""
    if hashlib.sha256(large).hexdigest() != approved:
        raise Http404
    return shrink_photo(large)


def _get_page(request: HttpRequest, village_code: str) -> PublicVillage:
    try:
        context = get_village_election(village_code)
    except Election.DoesNotExist as error:
        raise Http404 from error
    return get_public_village(context, now=get_request_now(request))


def _find_outcome(page: PublicVillage) -> dict[str, Any] | None:
    """What ended or interrupted the election; None while it takes its course.

    An election without candidates is void by the committee's decision before the desk closes it.
    """
    state = page.context.election.state
    void = _find_announcement(page, AnnouncementKind.VOID)
    if state != ElectionState.VOID and void is None and state != ElectionState.POSTPONED:
        return None
    is_void = state == ElectionState.VOID or void is not None
    return {
        "is_void": is_void,
        "announcement": void if is_void else None,
        "reason": page.context.election.state_reason,
    }


def _find_announcement(page: PublicVillage, kind: str) -> PublicAnnouncement | None:
    return next((item for item in page.announcements if item.kind == kind), None)


def _group_steps(page: PublicVillage) -> list[dict[str, Any]]:
    """Stages with their steps as the timeline shows them; conditional ones apart."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in page.progress.steps:
        if item.state is not StepState.DROPPED:
            groups.setdefault(item.step.stage, []).append(_describe_step(item))
    return [{"stage": stage, "steps": steps} for stage, steps in groups.items()]


def _describe_step(item: StepProgress) -> dict[str, Any]:
    return {
        "title": name_step(item.step),
        "start_date": item.step.start_date,
        "end_date": item.step.end_date if item.step.end_date != item.step.start_date else None,
        "state": TIMELINE_STATES.get(item.state, "todo"),
        "article": item.step.article,
        "why": item.step.why,
        "is_conditional": item.state is StepState.CONDITIONAL,
    }


def _write_share_text(page: PublicVillage) -> str:
    lines = [
        gettext("Pemilihan kepala desa: %(place)s.")
        % {"place": describe_village(page.context.village)}
    ]
    if page.context.is_simulation:
        lines.insert(0, gettext("SIMULASI, bukan pemilihan sungguhan."))
    for candidate in page.candidates:
        if candidate.ballot_number:
            lines.append(f"{candidate.ballot_number}. {candidate.ballot_name}")
    return "\n".join(lines)
