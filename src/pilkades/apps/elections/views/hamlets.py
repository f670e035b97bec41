"""The hamlets of a village: listed for its workspace, kept by the committee and the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.accounts.services import require_role
from pilkades.apps.design.tables import Column, Table, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.forms.hamlets import HamletForm, RenameHamletForm
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.village_access import HAMLET_ROLES, may_keep_hamlets
from pilkades.apps.elections.services.hamlets import add_hamlet, rename_hamlet
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import (
    ActPage,
    render_village,
    run_act,
)
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.errors import ConflictError


@signed_in
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """All hamlets, and the form for one more."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    form = HamletForm(request.POST or None)
    status = 200
    if request.method == "POST":
        require_role(actor, HAMLET_ROLES, village_code)
        status = try_service(
            form,
            lambda: add_hamlet(
                actor=actor,
                now=get_request_now(request),
                village_code=village_code,
                name=form.cleaned_data["name"],
            ),
        )
        if status == 302:
            messages.success(request, _("Dusun ditambahkan."))
            return redirect("elections:village-hamlets", village_code)
    may_act = may_keep_hamlets(actor, village_code)
    table = _build_table(request, village_code, may_act=may_act)
    download = table_response(request=request, table=table, filename=f"dusun-{village_code}")
    if download:
        return download
    values = {"table": table, "form": form, "may_act": may_act}
    template = "elections/village/hamlets.html"
    return render_village(request, template, context, values, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, village_code: str, hamlet_uuid: UUID) -> HttpResponseBase:
    """Another name for a hamlet of this village."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_role(actor, HAMLET_ROLES, village_code)
    hamlet = list_hamlets(village_code).filter(uuid=hamlet_uuid).first()
    if hamlet is None:
        raise Http404
    form = RenameHamletForm(
        request.POST or None, initial={"name": hamlet.name, "expected_name": hamlet.name}
    )
    back = reverse("elections:village-hamlets", args=[village_code])
    page = ActPage(
        title=_("Ubah nama dusun %(name)s") % {"name": hamlet.name},
        submit=_("Ubah nama"),
        success=_("Nama dusun diubah."),
        back=back,
    )

    def act() -> object:
        try:
            return rename_hamlet(
                actor=actor,
                now=get_request_now(request),
                hamlet_uuid=hamlet_uuid,
                expected_name=form.cleaned_data["expected_name"],
                name=form.cleaned_data["name"],
            )
        except ConflictError:
            form.expect(hamlet.name)
            raise

    return run_act(request, context, page, form=form, act=act, goal=back)


def _build_table(request: HttpRequest, village_code: str, *, may_act: bool) -> Table:
    name = Column(
        key="nama",
        title=_("Dusun"),
        value="name",
        sort="name",
        is_header=True,
        href=lambda hamlet: (
            reverse("elections:village-hamlet", args=[village_code, hamlet.uuid]) if may_act else ""
        ),
    )
    return build_table(
        caption=_("Daftar dusun"),
        columns=[name],
        rows=list_hamlets(village_code),
        query=request.GET,
    )
