"""The budget (RAB): the bill of materials with the committee's prices."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.documents.services import (
    PaperRecord,
    Sheet,
    SheetColumn,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.forms.plans import PricesForm
from pilkades.apps.logistics.papers import describe_budget
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.supplies import (
    get_budget,
    list_duty_prices,
    list_own_prices,
)
from pilkades.apps.logistics.services.plans import set_prices
from pilkades.apps.logistics.words import KIND_WORDS
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.logistics import UNIT_NAMES, Kind
from pilkades.law.logistics_budget import Budget


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """The whole budget by kind, with what still has no price."""
    context = find_village(request, village_code)
    facts = LogisticsFacts(context)
    budget = get_budget(facts)
    if is_download(request):
        return page_response(filename=f"rab-{village_code}", sheets=[list_budget_sheet(budget)])
    values = {
        "facts": facts,
        "budget": budget,
        "groups": [
            {
                "title": KIND_WORDS[kind],
                "lines": [
                    {"line": line, "unit": UNIT_NAMES[line.material.unit]}
                    for line in budget.lines_of(kind)
                ],
                "total": budget.total_of(kind),
            }
            for kind in Kind
        ],
        "may_act": is_seated(get_request_actor(request), context),
        "article": context.article_of("budget"),
    }
    return render_village(request, "logistics/budget.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest, village_code: str) -> HttpResponse:
    """Unit prices in rupiah, one for every line."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    facts = LogisticsFacts(context)
    form = PricesForm(
        request.POST or None,
        bill=facts.bill,
        prices=list_own_prices(facts),
        duties=list_duty_prices(facts),
        initial={"version": facts.plan.version},
    )
    page = ActPage(
        title=_("Harga satuan"),
        submit=_("Simpan harga"),
        success=_("Harga disimpan; anggaran dihitung ulang."),
        back=reverse("logistics:budget", args=[village_code]),
        lead=_(
            "Rupiah penuh tanpa titik, menurut standar harga daerah. Yang dikosongkan tidak ikut "
            "dijumlahkan."
        ),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: set_prices(
            actor=actor,
            now=get_request_now(request),
            election_pk=context.election.pk,
            expected_version=form.cleaned_data["version"],
            prices=form.read_prices(),
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The budget as the paper that goes to the regent through the camat."""
    context = find_village(request, village_code)
    facts = LogisticsFacts(context)
    today = context.local_date(get_request_now(request))
    pdf = render_pdf(
        template="logistics/budget.typ",
        data=describe_budget(context, facts, get_budget(facts), on_date=today),
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=PaperRecord(identity=f"RAB {village_code}/{facts.plan.version}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"rab-{village_code}")


def list_budget_sheet(budget: Budget) -> Sheet:
    """The budget as a sheet; the last row is the sum of what has a price."""
    rows: list[list[object]] = [
        [
            translate(KIND_WORDS[line.material.kind]),
            translate_name(line.material.name),
            line.quantity,
            translate(UNIT_NAMES[line.material.unit]),
            line.price,
            line.amount,
        ]
        for line in budget.lines
    ]
    rows.append([_("Jumlah"), "", None, "", None, budget.total])
    return Sheet(
        title=_("RAB"),
        columns=[
            SheetColumn(title=_("Jenis"), width=14),
            SheetColumn(title=_("Uraian"), width=44),
            _("Banyaknya"),
            _("Satuan"),
            SheetColumn(title=_("Harga satuan (Rp)"), width=18),
            SheetColumn(title=_("Jumlah (Rp)"), width=18),
        ],
        rows=rows,
    )
