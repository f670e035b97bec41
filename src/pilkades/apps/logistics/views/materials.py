"""The bill of materials with its sums, and what is there, promised and missing."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.formats import format_number
from pilkades.apps.design.tables import Column, Filter, build_table
from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.documents.services import (
    Sheet,
    SheetColumn,
    is_download,
    page_response,
    table_response,
)
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.forms.plans import ConfirmForm, DeliveryForm, EstimateForm
from pilkades.apps.logistics.models import Delivery
from pilkades.apps.logistics.requests import find_delivery
from pilkades.apps.logistics.selectors.facts import LogisticsFacts
from pilkades.apps.logistics.selectors.supplies import list_supplies
from pilkades.apps.logistics.services.deliveries import confirm_arrival, record_delivery
from pilkades.apps.logistics.services.plans import set_estimate
from pilkades.apps.logistics.words import (
    KIND_WORDS,
    PACKING_WORDS,
    SUPPLY_KINDS,
    SUPPLY_WORDS,
)
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.logistics import UNIT_NAMES, BillLine, explain_formula


@signed_in
@require_safe
def materials(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Everything that is needed, with the sum behind every number."""
    context = find_village(request, village_code)
    facts = LogisticsFacts(context)
    if is_download(request):
        return page_response(filename=f"kebutuhan-{village_code}", sheets=list_bill_sheets(facts))
    values = {
        "facts": facts,
        "rows": [_describe_line(facts, line) for line in facts.bill],
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/materials.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def estimate(request: HttpRequest, village_code: str) -> HttpResponse:
    """The number of voters that the budget reckons with before the roll is divided."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    plan = LogisticsFacts(context).plan
    form = EstimateForm(
        request.POST or None,
        initial={"version": plan.version, "voters": plan.estimated_voters},
    )
    page = ActPage(
        title=_("Perkiraan jumlah pemilih"),
        submit=_("Simpan perkiraan"),
        success=_("Perkiraan disimpan; kebutuhan dihitung ulang."),
        back=reverse("logistics:materials", args=[village_code]),
        article=context.article_of("budget"),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: set_estimate(
            actor=actor,
            now=get_request_now(request),
            election_pk=context.election.pk,
            expected_version=form.cleaned_data["version"],
            voters=form.cleaned_data["voters"],
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def supplies(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """What is required, received, promised, and what will be missing by when."""
    context = find_village(request, village_code)
    facts = LogisticsFacts(context)
    rows = list_supplies(facts, today=context.local_date(get_request_now(request)))
    table = build_table(
        caption=_("Persediaan barang"),
        columns=[
            Column(
                key="barang",
                title=_("Barang"),
                value=lambda row: translate_name(row.line.material.name),
                sort=lambda row: row.line.material.name,
                is_header=True,
            ),
            Column(key="perlu", title=_("Perlu"), kind="number", value="forecast.required"),
            Column(key="ada", title=_("Sudah ada"), kind="number", value="forecast.received"),
            Column(key="pesan", title=_("Dijanjikan"), kind="number", value="forecast.promised"),
            Column(
                key="kurang",
                title=_("Akan kurang"),
                kind="number",
                value="forecast.missing_then",
                sort=lambda row: row.forecast.missing_then,
            ),
            Column(
                key="sebelum",
                title=_("Harus ada"),
                kind="short_date",
                value="forecast.due_date",
                sort=lambda row: row.forecast.due_date,
            ),
            Column(
                key="keadaan",
                title=_("Keadaan"),
                kind="status",
                value=lambda row: translate(SUPPLY_WORDS[row.forecast.supply]),
                status=lambda row: SUPPLY_KINDS[row.forecast.supply],
            ),
        ],
        rows=rows,
        query=request.GET,
        filters=[
            Filter(
                key="hanya",
                title=_("Keadaan"),
                options=[(item.value, SUPPLY_WORDS[item]) for item in SUPPLY_WORDS],
                test="forecast.supply",
            )
        ],
    )
    download = table_response(request=request, table=table, filename=f"persediaan-{village_code}")
    if download:
        return download
    deliveries = Delivery.objects.filter(election=context.election).select_related("arrived_by")
    names = {item.id: item.name for item in facts.rules.materials}
    values = {
        "facts": facts,
        "table": table,
        "deliveries": [
            {"item": item, "name": names.get(item.item_id, item.item_id)} for item in deliveries
        ],
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/supplies.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def delivery_new(request: HttpRequest, village_code: str) -> HttpResponse:
    """Write down goods that came or are promised."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    now = get_request_now(request)
    form = DeliveryForm(
        request.POST or None,
        goods=LogisticsFacts(context).goods,
        initial={"expected_date": context.local_date(now)},
    )
    page = ActPage(
        title=_("Catat barang"),
        submit=_("Simpan"),
        success=_("Barang dicatat."),
        back=reverse("logistics:supplies", args=[village_code]),
        lead=_("Hitung dahulu, baru catat. Satu catatan untuk satu jenis barang."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_delivery(
            actor=actor,
            now=now,
            election_pk=context.election.pk,
            item_id=form.cleaned_data["item"],
            quantity=form.cleaned_data["quantity"],
            source=form.cleaned_data["source"],
            expected_date=form.cleaned_data["expected_date"],
            has_arrived=form.cleaned_data["has_arrived"] == "ya",
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def delivery_arrived(request: HttpRequest, village_code: str, delivery_uuid: UUID) -> HttpResponse:
    """Say that promised goods have come."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    delivery = find_delivery(context, delivery_uuid)
    material = LogisticsFacts(context).rules.find(delivery.item_id)
    name = translate_name(material.name) if material else delivery.item_id
    page = ActPage(
        title=_("Terima %(name)s") % {"name": name},
        submit=_("Catat sudah datang"),
        success=_("Barang dicatat sudah datang."),
        back=reverse("logistics:supplies", args=[village_code]),
        consequence=_("Anda menyatakan %(quantity)s sudah dihitung dan lengkap.")
        % {"quantity": format_number(delivery.quantity)},
    )
    return run_act(
        request,
        context,
        page,
        form=ConfirmForm.of(request),
        act=lambda: confirm_arrival(
            actor=actor, now=get_request_now(request), delivery_uuid=delivery.uuid
        ),
        goal=page.back,
    )


def list_bill_sheets(facts: LogisticsFacts) -> list[Sheet]:
    """The bill as a workbook: totals with their formulas, and every station in a column."""
    total = Sheet(
        title=_("Kebutuhan"),
        columns=[
            SheetColumn(title=_("Barang atau jasa"), width=40),
            _("Jenis"),
            _("Satuan"),
            _("Cadangan"),
            _("Jumlah"),
            SheetColumn(title=_("Harus ada"), width=14),
            SheetColumn(title=_("Rumus"), width=60),
            SheetColumn(title=_("Dasar"), width=40),
        ],
        rows=[
            [
                translate_name(line.material.name),
                translate(KIND_WORDS[line.material.kind]),
                translate(UNIT_NAMES[line.material.unit]),
                line.spare,
                line.total,
                facts.due_date(line.material),
                translate(explain_formula(line.material)),
                line.material.article,
            ]
            for line in facts.bill
        ],
    )
    by_station = Sheet(
        title=_("Per TPS"),
        columns=[
            SheetColumn(title=_("Barang"), width=40),
            *(SheetColumn(title=station.label, width=10) for station in facts.stations),
            _("Jumlah"),
        ],
        rows=[
            [
                translate_name(line.material.name),
                *(line.by_station[station.id].total for station in facts.stations),
                line.total,
            ]
            for line in facts.goods
            if line.by_station
        ],
    )
    return [total, by_station]


def _describe_line(facts: LogisticsFacts, line: BillLine) -> dict[str, object]:
    """A line for the page: what, how many, and every sum behind it."""
    return {
        "line": line,
        "unit": UNIT_NAMES[line.material.unit],
        "kind": KIND_WORDS[line.material.kind],
        "packing": PACKING_WORDS[line.material.packing],
        "due": facts.due_date(line.material),
        "formula": explain_formula(line.material),
        "sums": _list_sums(facts, line),
    }


def _list_sums(facts: LogisticsFacts, line: BillLine) -> Sequence[dict[str, object]]:
    if line.for_village is not None:
        return [{"place": _("Desa"), "why": line.for_village.why}]
    return [
        {"place": station.label, "why": line.by_station[station.id].why}
        for station in facts.stations
    ]
