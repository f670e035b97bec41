"""The honorarium sheet: rates, payments, receipts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import pdf_response, table_response
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.officers.forms.papers import (
    PaymentForm,
    RatesForm,
)
from pilkades.apps.officers.papers import (
    print_honorarium,
    print_receipts,
    read_paper,
)
from pilkades.apps.officers.requests import find_officer
from pilkades.apps.officers.selectors.access import may_read_conflicts
from pilkades.apps.officers.selectors.service import (
    DUTIES,
    PayList,
    get_pay_list,
)
from pilkades.apps.officers.services.honorarium import record_payment, set_rates
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.errors import ConflictError
from pilkades.law.officers_rules import OfficerRules


@signed_in
@require_safe
def honorarium(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """The sheet: everybody in office, gross, tax, net, and who was paid."""
    context = find_village(request, village_code)
    pay_list = get_pay_list(context)
    may_act = is_seated(get_request_actor(request), context)
    table = _build_table(request, village_code, pay_list, may_act=may_act)
    download = table_response(request=request, table=table, filename=f"honor-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "list": pay_list,
        "rules": OfficerRules.from_pack(context.pack),
        "may_act": may_act,
        "may_read": may_read_conflicts(get_request_actor(request), village_code),
    }
    return render_village(request, "officers/honorarium.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def rates(request: HttpRequest, village_code: str) -> HttpResponse:
    """What each duty is paid, and the tax."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    pay_list = get_pay_list(context)
    form = RatesForm(request.POST or None, initial=RatesForm.initial_of(pay_list))
    page = _pay_page(
        village_code,
        title=_("Tarif honorarium"),
        article=OfficerRules.from_pack(context.pack).pay_article,
        submit=_("Simpan tarif"),
        success=_("Tarif disimpan."),
        consequence=_("Yang sudah dibayar tidak berubah."),
    )

    def act() -> object:
        data = form.cleaned_data
        try:
            return set_rates(
                actor=actor,
                now=get_request_now(request),
                election_pk=context.election.pk,
                expected_version=data["version"],
                rates={duty: data[duty] for duty in DUTIES},
                tax_percent=data["tax_percent"],
            )
        except ConflictError:
            form.renew(pay_list.sheet.version if pay_list.sheet else 0)
            raise

    return run_act(request, context, page, form=form, act=act, goal=page.back)


@signed_in
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """Record that the honorarium was handed over."""
    context, officer = find_officer(request, village_code, officer_uuid)
    actor, now = get_request_actor(request), get_request_now(request)
    require_seat(actor, context)
    pay_list = get_pay_list(context)
    line = next((item for item in pay_list.lines if item.officer.pk == officer.pk), None)
    if line is None:
        raise Http404
    form = PaymentForm(
        request.POST or None,
        initial={
            "version": pay_list.sheet.version if pay_list.sheet else 0,
            "paid_date": context.local_date(now),
        },
    )
    page = _pay_page(
        village_code,
        title=_("Bayar honorarium %(name)s") % {"name": officer.full_name},
        submit=_("Catat pembayaran"),
        success=_("Pembayaran dicatat dengan nomor kuitansi."),
        consequence=_("Jumlah pada kuitansi tidak dapat diubah lagi."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_payment(
            actor=actor,
            now=now,
            officer_uuid=officer_uuid,
            expected_version=form.cleaned_data["version"],
            paid_date=form.cleaned_data["paid_date"],
        ),
        goal=page.back,
        template="officers/pay.html",
        values={"line": None, "pay_line": line},
    )


@signed_in
@require_safe
def honorarium_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The sheet to be signed."""
    context = find_village(request, village_code)
    pdf = print_honorarium(
        context, get_pay_list(context), now=get_request_now(request), paper=read_paper(request)
    )
    return pdf_response(pdf=pdf, filename=f"honorarium-{village_code}")


@signed_in
@require_safe
def receipts_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """A receipt for everybody who was paid; for one alone where the address names it."""
    context = find_village(request, village_code)
    asked = request.GET.get("nomor", "")
    lines = [
        line
        for line in get_pay_list(context).lines
        if line.payment and asked in ("", str(line.payment.receipt_number))
    ]
    if not lines:
        raise Http404
    pdf = print_receipts(context, lines, paper=read_paper(request))
    return pdf_response(pdf=pdf, filename=f"kuitansi-{village_code}")


def _pay_page(village_code: str, **words: str) -> ActPage:
    return ActPage(back=reverse("officers:honorarium", args=[village_code]), **words)


def _build_table(
    request: HttpRequest, village_code: str, pay_list: PayList, *, may_act: bool
) -> Table:
    def link(line: Any) -> str:
        if line.payment:
            address = reverse("officers:receipts-paper", args=[village_code])
            return f"{address}?nomor={line.payment.receipt_number}"
        if may_act and line.pay.gross:
            return reverse("officers:pay", args=[village_code, line.officer.uuid])
        return ""

    def word(line: Any) -> str:
        if line.payment:
            return _("Kuitansi %(number)03d") % {"number": line.payment.receipt_number}
        return _("Belum dibayar")

    columns = [
        Column(key="tps", title=_("TPS"), value="station", sort="station"),
        Column(key="nama", title=_("Nama"), value="officer.full_name", is_header=True),
        Column(key="tugas", title=_("Tugas"), value="seat"),
        Column(key="bruto", title=_("Honorarium"), value="pay.gross", kind="money"),
        Column(key="pajak", title=_("Pajak"), value="pay.tax", kind="money"),
        Column(key="bersih", title=_("Diterima"), value="pay.net", kind="money"),
        Column(key="bayar", title=_("Pembayaran"), value=word, href=link),
    ]
    return build_table(
        caption=_("Daftar honorarium"),
        columns=columns,
        rows=pay_list.lines,
        query=request.GET,
    )
