"""Packages: made up, listed, printed, followed, and counted when they come back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, Filter, build_table
from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.documents.services import (
    PaperRecord,
    pdf_response,
    render_pdf,
    table_response,
)
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.forms.custody import CountReturnForm
from pilkades.apps.logistics.forms.plans import ConfirmForm
from pilkades.apps.logistics.models import Package, State
from pilkades.apps.logistics.papers import (
    describe_handover,
    describe_labels,
    describe_packing_lists,
)
from pilkades.apps.logistics.selectors.custody import (
    get_opening,
    list_alarm_texts,
    list_contents,
    list_handovers,
    list_packages,
    list_returnable,
    list_returns,
)
from pilkades.apps.logistics.services.custody import record_returns
from pilkades.apps.logistics.services.packages import prepare_packages
from pilkades.apps.logistics.words import STATE_KINDS
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.logistics_custody import CustodyAct, PackageState, list_acts


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """All packages with where they stand; alarms in red."""
    context = find_village(request, village_code)
    packages = list_packages(context)
    table = build_table(
        caption=_("Paket"),
        columns=[
            Column(
                key="nomor",
                title=_("Paket"),
                value=lambda row: str(row),
                sort="number",
                is_header=True,
                href=lambda row: reverse("logistics:package", args=[village_code, row.uuid]),
            ),
            Column(key="tps", title=_("TPS"), value="station", sort="station__number"),
            Column(key="isi", title=_("Isi"), value="get_packing_display", sort="packing"),
            Column(
                key="keadaan",
                title=_("Keadaan"),
                kind="status",
                value=_name_state,
                status=lambda row: "bad" if row.alarms else STATE_KINDS[row.state],
            ),
            Column(key="pemegang", title=_("Di tangan"), value="holder"),
        ],
        rows=packages,
        query=request.GET,
        filters=[Filter(key="hanya", title=_("Keadaan"), options=State.choices, test="state")],
    )
    download = table_response(request=request, table=table, filename=f"paket-{village_code}")
    if download:
        return download
    values = {
        "table": table,
        "count": packages.count(),
        "alarmed": [item for item in packages if item.alarms],
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/packages.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, village_code: str) -> HttpResponse:
    """Make up the packages of all stations."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    page = ActPage(
        title=_("Susun paket"),
        submit=_("Susun paket"),
        success=_("Paket disusun. Cetak daftar isi dan label segelnya."),
        back=reverse("logistics:packages", args=[village_code]),
        lead=_(
            "Setiap TPS mendapat sampai tiga paket: surat suara, formulir dan segel, perlengkapan. "
            "Isinya menurut kebutuhan yang dihitung hari ini."
        ),
        consequence=_("Paket yang sudah disegel tidak berubah lagi."),
    )
    return run_act(
        request,
        context,
        page,
        form=ConfirmForm.of(request),
        act=lambda: prepare_packages(
            actor=actor, now=get_request_now(request), election_pk=context.election.pk
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, package_uuid: UUID) -> HttpResponse:
    """One package: contents, everybody who held it, and what can be done now."""
    context = find_village(request, village_code)
    return render_package(request, context, _find(context, package_uuid))


def render_package(
    request: HttpRequest, context: VillageElection, package: Package, *, is_scan: bool = False
) -> HttpResponse:
    """The page of a package, whether it was clicked or scanned."""
    opens_at, article = get_opening(context)
    returns = {line.item_id: line for line in package.returns.all()}
    handovers = list_handovers(package)
    acts = list_acts(PackageState(package.state))
    values = {
        "package": package,
        "is_scan": is_scan,
        "state_kind": "bad" if package.alarms else STATE_KINDS[package.state],
        "alarms": list_alarm_texts(package.alarms),
        "contents": [
            {"name": name, "count": count, "line": returns.get(key)}
            for key, name, count in list_contents(context, package)
        ],
        "has_returns": bool(returns),
        "handovers": [
            {"item": item, "alarms": list_alarm_texts(item.alarms)} for item in handovers
        ],
        "last": handovers[-1] if handovers else None,
        "acts": [{"slug": ACT_SLUGS[act], "title": act_title(act)} for act in acts],
        "may_count": package.state == State.RETURNED and not returns,
        "opens_at": opens_at,
        "is_early": get_request_now(request) < opens_at,
        "article": article,
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/package.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, village_code: str, package_uuid: UUID) -> HttpResponse:
    """Count what came back in a package."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    package = _find(context, package_uuid)
    form = CountReturnForm(request.POST or None, rows=list_returnable(context, package))
    page = ActPage(
        title=_("Hitung isi paket %(number)s yang kembali") % {"number": str(package)},
        submit=_("Catat hitungan"),
        success=_("Isi yang kembali dicatat."),
        back=reverse("logistics:package", args=[village_code, package.uuid]),
        consequence=_("Hitungan dicatat satu kali dan tidak diubah."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_returns(
            actor=actor,
            now=get_request_now(request),
            package_uuid=package.uuid,
            returned=form.read_counts(),
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def returns(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """What came back after the poll, thing by thing, and which packages are still out."""
    context = find_village(request, village_code)
    table = build_table(
        caption=_("Barang yang kembali"),
        columns=[
            Column(
                key="paket",
                title=_("Paket"),
                value=lambda row: str(row.package),
                sort=lambda row: row.package.number,
                is_header=True,
                href=lambda row: reverse(
                    "logistics:package", args=[village_code, row.package.uuid]
                ),
            ),
            Column(key="tps", title=_("TPS"), value="package.station"),
            Column(
                key="barang",
                title=_("Barang"),
                value=lambda row: translate_name(row.name),
                sort=lambda row: row.name,
            ),
            Column(key="dikirim", title=_("Dikirim"), kind="number", value="sent"),
            Column(key="kembali", title=_("Kembali"), kind="number", value="returned"),
            Column(
                key="kurang",
                title=_("Kurang"),
                kind="number",
                value="missing",
                sort=lambda row: row.missing,
            ),
        ],
        rows=list_returns(context),
        query=request.GET,
    )
    download = table_response(request=request, table=table, filename=f"kembali-{village_code}")
    if download:
        return download
    packages = list(list_packages(context))
    values = {
        "table": table,
        "outstanding": [item for item in packages if item.state != State.RETURNED],
        "count": len(packages),
    }
    return render_village(request, "logistics/returns.html", context, values)


@signed_in
@require_safe
def packing_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The packing lists of all packages, a page for each, or of one (`?paket=`)."""
    context = find_village(request, village_code)
    packages = _choose(request, context)
    pdf = render_pdf(
        template="logistics/packing_lists.typ",
        data=describe_packing_lists(context, packages),
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=PaperRecord(identity=f"daftar isi paket {village_code}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"daftar-isi-paket-{village_code}")


@signed_in
@require_safe
def labels_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """Labels for the outside of the packages, with QR and a place for the seal numbers."""
    context = find_village(request, village_code)
    packages = _choose(request, context)
    pdf = render_pdf(
        template="logistics/labels.typ",
        data=describe_labels(context, packages, absolute=request.build_absolute_uri),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"label-paket-{village_code}")


@signed_in
@require_safe
def handover_paper(
    request: HttpRequest, village_code: str, package_uuid: UUID, serial: int
) -> HttpResponse:
    """The record of one handover, to be signed by both (berita acara serah terima)."""
    context = find_village(request, village_code)
    package = _find(context, package_uuid)
    handover = package.handovers.filter(serial=serial).first()
    if handover is None:
        raise Http404
    pdf = render_pdf(
        template="logistics/handover.typ",
        data=describe_handover(context, package, handover),
        paper="f4" if request.GET.get("kertas") == "f4" else "a4",
        record=PaperRecord(identity=f"serah terima {handover.uuid}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"serah-terima-{village_code}-{package}-{serial}")


ACT_SLUGS = {
    CustodyAct.SEAL: "segel",
    CustodyAct.HAND_OVER: "serahkan",
    CustodyAct.OPEN: "buka",
    CustodyAct.RETURN: "kembalikan",
}


def act_title(act: CustodyAct) -> str:
    """The verb on the button of an act."""
    return {
        CustodyAct.SEAL: _("Segel paket"),
        CustodyAct.HAND_OVER: _("Catat serah terima"),
        CustodyAct.OPEN: _("Buka paket"),
        CustodyAct.RETURN: _("Catat kembali"),
    }[act]


def _find(context: VillageElection, package_uuid: UUID) -> Package:
    found = list_packages(context).filter(uuid=package_uuid).first()
    if found is None:
        raise Http404
    return found


def _choose(request: HttpRequest, context: VillageElection) -> list[Package]:
    """All packages, or the one that the address names; none at all is no paper."""
    packages = list_packages(context)
    number = request.GET.get("paket", "")
    if number.isdecimal():
        packages = packages.filter(number=int(number[:6]))
    found = list(packages)
    if not found:
        raise Http404
    return found


def _name_state(package: Package) -> str:
    """The state in words; where there is an alarm, the alarms."""
    if package.alarms:
        return ", ".join(translate(text).rstrip(".") for text in list_alarm_texts(package.alarms))
    return str(package.get_state_display())
