"""Pages for everybody: am I on the roll, where do I vote; report what is wrong, read the answer."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.addresses import get_network
from pilkades.apps.accounts.public_forms import TooManyFormsError, admit_form, admit_guess
from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.requests import find_any_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.regions.selectors import describe_village
from pilkades.apps.regulations.requests import get_request_now
from pilkades.apps.roll.forms.citizen import LookUpForm, ReportForm
from pilkades.apps.roll.models import CitizenReport, ReportKind, Roll, RollEntry
from pilkades.apps.roll.selectors.citizen import (
    PUBLIC_STATES,
    Found,
    describe_found,
    find_voter,
    get_roll_clock,
)
from pilkades.apps.roll.services.citizen import ReportInput, file_report
from pilkades.errors import RuleViolationError

SECRET_DIGITS = 4
"""The last digits of a NIK, which a guesser must try; those before are region and birth date."""
TOKEN_SECONDS = 3600
_SALT = "pilkades.roll.report"


@never_cache
@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest, village_code: str = "") -> HttpResponse:
    """The least that helps, after NIK and day of birth; what does not fit is never told apart."""
    context = find_any_village(village_code) if village_code else None
    form = LookUpForm(request.POST or None)
    found: Found | None = None
    is_answered, status, wait_seconds = False, 200, 0
    if request.method == "POST":
        try:
            if form.is_valid():
                found = _search(request, form, village_code)
                is_answered = True
                if found is not None:
                    # On a borrowed phone the number does not stay on the screen.
                    form = LookUpForm()
            else:
                status = 400
        except TooManyFormsError as error:
            form.add_error(None, translate(error.text))
            status, wait_seconds = 429, error.wait_seconds
    values = {
        **(_frame(context) if context else {}),
        "form": form,
        "found": found,
        "is_answered": is_answered,
        "token": signing.dumps(str(found.entry.uuid), salt=_SALT) if found else "",
        "is_public": context is None or _is_announced(context),
    }
    response = render(request, "roll/citizen/look_up.html", values, status=status)
    if wait_seconds:
        response["Retry-After"] = str(wait_seconds)
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, village_code: str) -> HttpResponse:
    """Report an error or object to an entry; comes from the own look-up with its token, or not."""
    context = find_any_village(village_code)
    if not _is_announced(context):
        raise Http404
    token = str(request.POST.get("token") or request.GET.get("token") or "")
    entry = _find_entry(context, token)
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        initial={"kind": ReportKind.WRONG_DATA if entry else ReportKind.NOT_LISTED},
    )
    filed: list[CitizenReport] = []
    status, wait_seconds = 200, 0
    if request.method == "POST":
        try:
            status = try_service(form, lambda: filed.append(_file(request, context, entry, form)))
        except TooManyFormsError as error:
            form.add_error(None, translate(error.text))
            status, wait_seconds = 429, error.wait_seconds
    values = {
        **_frame(context),
        "form": form,
        "entry": entry,
        "token": token if entry else "",
        "clock": _find_clock(context),
        "filed": filed[0] if filed else None,
        "timeliness": thaw_text(filed[0].timeliness_text) if filed else None,
    }
    response = render(request, "roll/citizen/report.html", values, status=200 if filed else status)
    if wait_seconds:
        response["Retry-After"] = str(wait_seconds)
    return response


@never_cache
@require_safe
def follow(request: HttpRequest, ticket: str) -> HttpResponse:
    """What has become of a report, for whoever holds its code."""
    found = (
        CitizenReport.objects.filter(ticket=ticket.upper())
        .select_related("roll__election__village")
        .first()
    )
    if found is None:
        raise Http404
    context = VillageElection(found.roll.election)
    values = {
        **_frame(context),
        "report": found,
        "timeliness": thaw_text(found.timeliness_text),
    }
    return render(request, "roll/citizen/follow.html", values)


def _search(request: HttpRequest, form: LookUpForm, village_code: str) -> Found | None:
    nik, birth_date = form.cleaned_data["nik"], form.cleaned_data["birth_date"]
    count_miss = admit_guess(
        form="roll-look-up",
        network=get_network(request),
        target=nik[:-SECRET_DIGITS],
        now=timezone.now(),
    )
    entry = find_voter(nik=nik, birth_date=birth_date, village_code=village_code)
    if entry is None:
        count_miss()
        return None
    return describe_found(entry)


def _file(
    request: HttpRequest, context: VillageElection, entry: RollEntry | None, form: ReportForm
) -> CitizenReport:
    """File it unless its place or its words have to wait; only what is stored counts."""
    words = form.cleaned_data["content"]
    count = admit_form(
        form=f"roll-report:{context.election.uuid}",
        network=get_network(request),
        words=words,
        now=timezone.now(),
    )
    document = form.cleaned_data["document"]
    filed = file_report(
        now=get_request_now(request),
        election_uuid=context.election.uuid,
        entry_uuid=entry.uuid if entry else None,
        given=ReportInput(
            kind=ReportKind(form.cleaned_data["kind"]),
            reporter_name=form.cleaned_data["reporter_name"],
            contact=form.cleaned_data["contact"],
            content=words,
            document=document.read() if document else b"",
        ),
    )
    count()
    return filed


def _find_entry(context: VillageElection, token: str) -> RollEntry | None:
    """The entry that the own look-up found; a token that is old or foreign names nobody."""
    try:
        uuid = UUID(signing.loads(token, salt=_SALT, max_age=TOKEN_SECONDS))
    except (signing.BadSignature, ValueError):
        return None
    return RollEntry.objects.filter(
        uuid=uuid, roll__election=context.election, is_removed=False
    ).first()


def _is_announced(context: VillageElection) -> bool:
    return Roll.objects.filter(election=context.election, state__in=PUBLIC_STATES).exists()


def _find_clock(context: VillageElection) -> Any:
    try:
        return get_roll_clock(context)
    except RuleViolationError:
        return None


def _frame(context: VillageElection) -> dict[str, Any]:
    return {
        "village": context.village,
        "code": context.village_code,
        "election": context.election,
        "place": describe_village(context.village),
        "is_simulation": context.is_simulation,
        "zone": context.zone.key,
    }
