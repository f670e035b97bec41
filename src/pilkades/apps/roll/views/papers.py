"""What can be printed of a roll, and what became of the invitations."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import (
    PaperRecord,
    pdf_response,
    render_pdf,
    table_response,
)
from pilkades.apps.elections.requests import find_examined_village, find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.papers import DeliveryForm, PrintForm
from pilkades.apps.roll.models import UNDELIVERED, Delivery, Roll, RollEntry
from pilkades.apps.roll.papers.minutes import describe_minutes, find_moment
from pilkades.apps.roll.selectors.rolls import find_roll
from pilkades.apps.roll.services.invitations import FIXED_STATES, report_delivery
from pilkades.apps.roll.services.printing import PRINT_JOB


@signed_in
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """Every paper with one button for each size; the work runs on its own page."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    if request.method == "POST":
        if not is_seated(actor, context):
            raise PermissionDenied
        form = PrintForm(request.POST)
        if not form.is_valid():
            raise Http404
        job = start_job(
            kind=PRINT_JOB,
            actor=actor,
            now=get_request_now(request),
            region_code=village_code,
            params={
                "election": str(context.election.uuid),
                "kind": form.cleaned_data["kind"],
                "paper": form.cleaned_data["paper"],
            },
            back=reverse("roll:papers", args=[village_code]),
        )
        return redirect("jobs:show", job.uuid)
    roll = find_roll(context)
    values = {
        "roll": roll,
        "is_fixed": roll is not None and roll.state in FIXED_STATES,
        "may_act": is_seated(actor, context),
        "counts": _count(roll) if roll else None,
    }
    return render_village(request, "roll/papers/index.html", context, values)


@signed_in
@require_safe
def minutes(request: HttpRequest, village_code: str, kind: str) -> HttpResponse:
    """The minutes of the plenary that fixed this list."""
    context = find_village(request, village_code)
    roll = find_roll(context)
    fixed_at = find_moment(roll, kind) if roll else None
    if roll is None or fixed_at is None:
        raise Http404
    values = describe_minutes(context, roll, kind=kind, fixed_at=fixed_at)
    record = PaperRecord(identity=f"{village_code} pleno-{kind}", hash=roll.lock_digest)
    content = render_pdf(
        template="roll/minutes.typ",
        data=values,
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=record,
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=content, filename=f"pleno-{kind}-{village_code}.pdf")


@signed_in
@require_safe
def invitations(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Every voter with what became of the invitation; searched by name or number."""
    context = find_examined_village(request, village_code)
    roll = find_roll(context)
    if roll is None:
        raise Http404
    table = _build_table(request, context, roll)
    filename = f"undangan-{village_code}"
    download = table_response(request=request, table=table, filename=filename)
    if download:
        return download
    values = {"table": table, "counts": _count(roll), "query": request.GET.get("cari", "")}
    return render_village(request, "roll/papers/invitations.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def deliver(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Record what became of one invitation."""
    context = find_examined_village(request, village_code)
    entry = (
        RollEntry.objects.filter(
            uuid=entry_uuid, roll__election=context.election, invitation__isnull=False
        )
        .select_related("invitation", "station")
        .first()
    )
    if entry is None:
        raise Http404
    seen = entry.invitation
    form = DeliveryForm(
        request.POST or None,
        initial={"expected": seen.delivery, "delivery": seen.delivery, "receiver": seen.receiver},
    )
    back = reverse("roll:invitations", args=[village_code])
    page = ActPage(
        title=_("Undangan nomor %(number)s, %(name)s")
        % {"number": entry.number, "name": entry.full_name},
        submit=_("Catat hasilnya"),
        success=_("Hasil penyampaian dicatat."),
        back=back,
        article=context.article_of("invitations"),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: report_delivery(
            actor=get_request_actor(request),
            now=get_request_now(request),
            entry_uuid=entry_uuid,
            expected=Delivery(form.cleaned_data["expected"]),
            delivery=Delivery(form.cleaned_data["delivery"]),
            receiver=form.cleaned_data["receiver"],
        ),
        goal=back,
    )


def _count(roll: Roll) -> dict[str, int]:
    """Voters, invitations, handed over and returned; one query."""
    return roll.entries.filter(is_removed=False).aggregate(
        voters=Count("pk"),
        issued=Count("invitation"),
        delivered=Count("pk", filter=Q(invitation__delivery=Delivery.DELIVERED)),
        returned=Count("pk", filter=Q(invitation__delivery__in=UNDELIVERED)),
    )


def _build_table(request: HttpRequest, context: VillageElection, roll: Roll) -> Table:
    code = context.village_code
    rows = roll.entries.filter(is_removed=False, invitation__isnull=False).select_related(
        "invitation", "station"
    )
    asked = request.GET.get("cari", "").strip()
    if asked.isdecimal():
        rows = rows.filter(number=int(asked[:9]))
    elif asked:
        rows = rows.filter(full_name__icontains=asked)
    columns = [
        Column(
            key="no",
            title=_("No"),
            value="number",
            sort="number",
            is_header=True,
            href=lambda entry: reverse("roll:invitation", args=[code, entry.uuid]),
        ),
        Column(key="nama", title=_("Nama"), value="full_name", sort="full_name"),
        Column(key="tps", title=_("TPS"), value="station", sort="station__number"),
        Column(
            key="hasil",
            title=_("Hasil"),
            value=lambda entry: entry.invitation.get_delivery_display(),
            sort="invitation__delivery",
        ),
    ]
    return build_table(caption=_("Undangan"), columns=columns, rows=rows, query=request.GET)
