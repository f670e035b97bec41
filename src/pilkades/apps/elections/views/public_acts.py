"""What anybody may do without an account: speak about an applicant, check, recompute, read."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.addresses import get_network
from pilkades.apps.accounts.public_forms import TooManyFormsError, admit_form
from pilkades.apps.design.stored_texts import thaw_text, thaw_texts
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.forms.village import ComplaintForm
from pilkades.apps.elections.models import Candidacy, CandidateComplaint
from pilkades.apps.elections.public_sheets import list_public_lot_rows, list_public_score_rows
from pilkades.apps.elections.requests import find_any_village
from pilkades.apps.elections.selectors.complaints import PUBLIC_STATES, get_complaint_clock
from pilkades.apps.elections.selectors.drawings import (
    check_drawing,
    describe_drawing,
    find_drawing,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    get_village_election_by_uuid,
)
from pilkades.apps.elections.services.complaints import file_complaint
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_now


@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Say something about an applicant; name and contact are read by the committee only."""
    context = find_any_village(village_code)
    candidacy = Candidacy.objects.filter(
        uuid=candidacy_uuid,
        election=context.election,
        state__in=[state.value for state in PUBLIC_STATES],
    ).first()
    if candidacy is None:
        raise Http404
    form = ComplaintForm(request.POST or None)
    filed: list[CandidateComplaint] = []
    status = 200
    wait_seconds = 0
    if request.method == "POST":
        try:
            status = try_service(form, lambda: filed.append(_file(request, candidacy, form)))
        except TooManyFormsError as error:
            form.add_error(None, translate(error.text))
            status, wait_seconds = 429, error.wait_seconds
    values = {
        **_frame(context),
        "candidacy": candidacy,
        "form": form,
        "clock": get_complaint_clock(context),
        "filed": filed[0] if filed else None,
        "timeliness": thaw_text(filed[0].timeliness_text) if filed else None,
        # The answer shows the ticket itself: sending the page again would file a second complaint.
        "title": _("Masukan tentang %(name)s") % {"name": candidacy.full_name},
    }
    response = render(
        request, "elections/public/complain.html", values, status=200 if filed else status
    )
    if wait_seconds:
        response["Retry-After"] = str(wait_seconds)
    return response


def _file(request: HttpRequest, candidacy: Candidacy, form: ComplaintForm) -> CandidateComplaint:
    """File it unless its place or its words have to wait; only what is stored counts."""
    words = form.cleaned_data["content"]
    count = admit_form(
        form=f"complaint:{candidacy.election.uuid}",
        network=get_network(request),
        words=f"{candidacy.uuid} {words}",
        now=timezone.now(),
    )
    complaint = file_complaint(
        now=get_request_now(request),
        candidacy_uuid=candidacy.uuid,
        complainant_name=form.cleaned_data["complainant_name"],
        contact=form.cleaned_data["contact"],
        content=words,
    )
    count()
    return complaint


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a receipt is genuine: number and moment, no name."""
    candidacy = (
        Candidacy.objects.filter(receipt_code=code.upper()).select_related("election").first()
    )
    if candidacy is None:
        raise Http404
    context = get_village_election_by_uuid(candidacy.election.uuid)
    values = {**_frame(context), "candidacy": candidacy}
    return render(request, "elections/public/receipt.html", values)


@require_safe
def scores(request: HttpRequest, village_code: str) -> HttpResponse:
    """The published sheets of the extra selection."""
    context = find_any_village(village_code)
    publication = getattr(context.election, "score_publication", None)
    if publication is None:
        raise Http404
    content = publication.content
    if is_download(request):
        sheet = list_public_score_rows(content["rows"])
        return page_response(filename=f"seleksi-{village_code}", sheets=[sheet])
    values = {
        **_frame(context),
        "publication": publication,
        "article": content["article"],
        "rows": [
            {
                **row,
                **_split_applicant(row["applicant"]),
                "why": thaw_text(row["why"]),
                "lines": [{**line, "why": thaw_text(line["why"])} for line in row["lines"]],
            }
            for row in content["rows"]
        ],
        "steps": [
            {"text": thaw_text(step["text"]), "article": step["article"]}
            for step in content["tie_steps"]
        ],
    }
    return render(request, "elections/public/scores.html", values)


def _split_applicant(applicant: str) -> dict[str, str]:
    """Number and name of an applicant, who stands in the sheets as "3. Dewi Mardiana"."""
    number, _dot, name = applicant.partition(". ")
    return {"registration_number": number, "name": name}


@require_safe
def drawing(request: HttpRequest, village_code: str) -> HttpResponse:
    """The drawing with everything needed to recompute it."""
    context = find_any_village(village_code)
    found = find_drawing(context.election)
    if found is None:
        raise Http404
    lots = sorted(found.lots.all(), key=lambda lot: (lot.number or 99, lot.position))
    if is_download(request):
        sheet = list_public_lot_rows(lots, is_closed=found.closed_at is not None)
        return page_response(filename=f"undian-{village_code}", sheets=[sheet])
    values = {
        **_frame(context),
        "drawing": found,
        "lots": lots,
        "why": thaw_texts(found.why),
        "checks": check_drawing(context, found),
        "data": describe_drawing(found),
    }
    return render(request, "elections/public/drawing.html", values)


def _frame(context: VillageElection) -> dict[str, Any]:
    return {
        "village": context.village,
        "election": context.election,
        "place": describe_village(context.village),
        "is_simulation": context.is_simulation,
        "zone": context.zone.key,
    }
