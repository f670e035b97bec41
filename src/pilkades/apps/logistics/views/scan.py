"""What a QR on a package opens, and the field for those whose camera does not read it.

The address in the QR is a page like any other: every phone's own camera opens it, no script needed.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.forms.custody import (
    NAMES_LIST,
    CodeForm,
    HandoverForm,
    OpenForm,
    ReturnForm,
    SealForm,
)
from pilkades.apps.logistics.models import Handover, Package
from pilkades.apps.logistics.requests import find_package_by_code
from pilkades.apps.logistics.selectors.custody import (
    describe_last,
    get_opening,
    list_names,
    list_packages,
)
from pilkades.apps.logistics.services.custody import ScanInput, record_scan
from pilkades.apps.logistics.views.packages import ACT_SLUGS, act_title, render_package
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.logistics_custody import CustodyAct

FORMS: dict[CustodyAct, type[SealForm]] = {
    CustodyAct.SEAL: SealForm,
    CustodyAct.HAND_OVER: HandoverForm,
    CustodyAct.OPEN: OpenForm,
    CustodyAct.RETURN: ReturnForm,
}


@signed_in
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, village_code: str) -> HttpResponse:
    """A field for the code of a package, without a camera."""
    context = find_village(request, village_code)
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            found = _find_code(context, form)
            if found is not None:
                return redirect("logistics:scan", found.code)
        status = 400
    return render_village(request, "logistics/find.html", context, {"form": form}, status=status)


@signed_in
@require_safe
def scan(request: HttpRequest, code: UUID) -> HttpResponse:
    """The package behind a QR."""
    package, context = find_package_by_code(request, code)
    return render_package(request, context, package, is_scan=True)


@signed_in
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, code: UUID, slug: str) -> HttpResponse:
    """Seal, hand over, open or bring back: two names, place, seals."""
    package, context = find_package_by_code(request, code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    chosen = next((item for item, name in ACT_SLUGS.items() if name == slug), None)
    if chosen is None:
        raise Http404
    last = package.handovers.order_by("serial").last()
    form = FORMS[chosen](
        request.POST or None, initial={"version": package.version, "giver": package.holder}
    )
    opens_at, article = get_opening(context)
    is_early = chosen is CustodyAct.OPEN and get_request_now(request) < opens_at
    page = ActPage(
        title=f"{act_title(chosen)} {package}",
        submit=act_title(chosen),
        success=_("Tercatat dengan dua nama."),
        back=reverse("logistics:scan", args=[package.code]),
        consequence=_(
            "Belum waktunya membuka paket. Bila tetap dibuka, tanda bahaya dicatat dan panitia "
            "tingkat atas diberi tahu."
        )
        if is_early
        else _("Catatan ini tidak dapat diubah atau dihapus."),
        article=article if chosen is CustodyAct.OPEN else "",
    )

    def save() -> Handover:
        handover = record_scan(
            actor=actor,
            now=get_request_now(request),
            package_uuid=package.uuid,
            expected_version=form.cleaned_data["version"],
            scan=_read_scan(form, chosen),
        )
        if handover.alarms:
            messages.error(request, _("Tanda bahaya dicatat. Lihat keterangannya pada paket."))
        return handover

    fresh = Package.objects.filter(pk=package.pk)
    return run_act(
        request,
        context,
        page,
        form=form,
        act=save,
        goal=page.back,
        template="logistics/scan_act.html",
        values={
            "package": package,
            "last": describe_last(last),
            "names": list_names(context, package),
            "names_list": NAMES_LIST,
        },
        version=fresh.values_list("version", flat=True).get(),
    )


def _find_code(context: VillageElection, form: forms.Form) -> Package | None:
    """The package of this village with this code, whole or begun; two that fit are none."""
    code = form.cleaned_data["code"]
    packages = list_packages(context)
    if isinstance(code, UUID):
        found = list(packages.filter(code=code))
    else:
        found = [item for item in packages if item.code.hex.startswith(code)]
    if len(found) == 1:
        return found[0]
    form.add_error(
        "code", _("Tidak ada paket desa ini dengan kode itu. Periksa huruf dan angkanya.")
    )
    return None


def _read_scan(form: forms.Form, chosen: CustodyAct) -> ScanInput:
    data = form.cleaned_data
    return ScanInput(
        act=chosen,
        giver=data["giver"],
        taker=data["taker"],
        place=data["place"],
        seals=data["seals"],
        is_intact=data.get("intact", "utuh") == "utuh",
        note=data["note"],
    )
