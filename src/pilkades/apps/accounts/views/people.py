"""People and their roles, for those who give roles: the list, one person, ending and confirming."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.accounts import services
from pilkades.apps.accounts.forms.people import RevokeForm
from pilkades.apps.accounts.grants import list_grantable_roles, list_scopes, may_grant
from pilkades.apps.accounts.models import RoleAssignment, User
from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.second_factor import has_second_factor
from pilkades.apps.accounts.selectors import (
    State,
    count_waiting,
    list_assignments_within,
    list_people_within,
    may_manage_user,
)
from pilkades.apps.accounts.services.access import LIFETIME
from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.documents.services import Sheet, is_download, page_response, table_response
from pilkades.apps.installation.selectors import find_phone_url, is_loopback_host
from pilkades.apps.regions.selectors import annotate_region_names, describe_regions

STATUS = {State.WAITING: "warn", State.COMING: "info", State.IN_FORCE: "ok", State.ENDED: "idle"}


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment as the page of a person shows it."""

    assignment: RoleAssignment
    region: str
    state: State
    status: str
    may_confirm: bool
    may_revoke: bool


@require_safe
@login_required
def list_people(request: HttpRequest) -> HttpResponseBase:
    """Every role where I give roles, one row each; those that wait for a second person first."""
    actor, now = require_granter(request), get_now(request)
    rows = annotate_region_names(list_assignments_within(actor, now=now), code_field="region_code")
    table = _build_table(rows, request.GET)
    download = table_response(request=request, table=table, filename="orang-dan-peran")
    if download:
        return download
    context = {
        "table": table,
        "waiting": count_waiting(actor, now=now),
        "scopes": _describe_scopes(actor),
    }
    return render(request, "accounts/people.html", context)


@require_safe
@login_required
def show_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One person: roles where I give roles, and what I may do about them."""
    actor, now = require_granter(request), get_now(request)
    person = get_person(actor, uuid)
    assignments = list(list_assignments_within(actor, now=now).filter(user=person))
    regions = describe_regions(a.region_code for a in assignments)
    rows = [_show(a, actor, regions[a.region_code]) for a in assignments]
    if is_download(request):
        return page_response(filename=f"peran-{person.username}", sheets=[_list_role_rows(rows)])
    context = {
        "person": person,
        "rows": rows,
        "may_manage": may_manage_user(actor, person, now=now),
        "is_self": person.pk == actor.user_id,
        "has_second_factor": has_second_factor(person),
        "is_activated": person.has_usable_password(),
        "revoke_form": RevokeForm(),
    }
    return render(request, "accounts/person.html", context)


@require_POST
@login_required
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Be the second person who puts a role in force."""
    actor, now = require_granter(request), get_now(request)
    assignment = _get_assignment(actor, uuid, now)
    services.confirm_role(actor=actor, assignment=assignment, now=now)
    messages.success(request, gettext("Peran disetujui dan berlaku mulai sekarang."))
    return _to_person(assignment.user)


@require_POST
@login_required
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a role with a reason."""
    actor, now = require_granter(request), get_now(request)
    assignment = _get_assignment(actor, uuid, now)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Alasan pencabutan wajib diisi. Peran belum dicabut."))
        return _to_person(assignment.user)
    services.revoke_role(
        actor=actor, assignment=assignment, now=now, reason=form.cleaned_data["reason"]
    )
    messages.success(request, gettext("Peran dicabut."))
    return _to_person(assignment.user)


@never_cache
@require_POST
@login_required
def issue_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A fresh access link for a person; shown once."""
    actor, now = require_granter(request), get_now(request)
    person = get_person(actor, uuid)
    token = services.issue_access_link(actor=actor, user=person, now=now)
    return show_link(request, person, token)


@require_POST
@login_required
def set_active(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close an account or open it again."""
    actor, now = require_granter(request), get_now(request)
    person = get_person(actor, uuid)
    is_active = request.POST.get("aktif") == "ya"
    services.set_account_active(actor=actor, user=person, is_active=is_active, now=now)
    done = gettext("Akun diaktifkan kembali.") if is_active else gettext("Akun dinonaktifkan.")
    messages.success(request, done)
    return _to_person(person)


@require_POST
@login_required
def reset_second_factor(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a lost phone or key off an account."""
    actor, now = require_granter(request), get_now(request)
    person = get_person(actor, uuid)
    services.reset_second_factor(actor=actor, user=person, now=now)
    messages.success(
        request, gettext("Verifikasi dua langkah dilepas. Pemilik akun dapat memasang yang baru.")
    )
    return _to_person(person)


def require_granter(request: HttpRequest) -> Actor:
    """The actor, if there is any role that they may give."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not list_grantable_roles(actor.roles):
        raise PermissionDenied
    return actor


def get_person(actor: Actor, uuid: UUID) -> User:
    """A person whom the actor may know of; anybody else does not exist."""
    return get_object_or_404(list_people_within(actor), uuid=uuid)


def get_now(request: HttpRequest) -> datetime:
    """The moment of this request."""
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


def show_link(request: HttpRequest, person: User, token: str) -> HttpResponse:
    """The page that shows an access link, the only time it can be seen."""
    link = _build_phone_url(request, reverse("accounts:activate", args=[token]))
    context = {"person": person, "link": link, "expires_at": get_now(request) + LIFETIME}
    return render(request, "accounts/link.html", context)


def _build_phone_url(request: HttpRequest, path: str) -> str:
    """The full address; on a laptop the one that a phone on its hotspot can open."""
    port = settings.PILKADES_HTTPS_PORT
    if port and is_loopback_host(request.get_host()):
        phone_url = find_phone_url(https_port=port)
        if phone_url:
            return urljoin(phone_url, path)
    return request.build_absolute_uri(path)


def _get_assignment(actor: Actor, uuid: UUID, now: datetime) -> RoleAssignment:
    assignment = list_assignments_within(actor, now=now).filter(uuid=uuid).first()
    if assignment is None:
        raise Http404
    return assignment


def _to_person(person: User) -> HttpResponse:
    return redirect("accounts:person", uuid=person.uuid)


def _list_role_rows(rows: list[AssignmentRow]) -> Sheet:
    return Sheet(
        title=gettext("Peran"),
        columns=[
            gettext("Peran"),
            gettext("Wilayah"),
            gettext("Keadaan"),
            gettext("Sejak"),
            gettext("Sampai"),
            gettext("Nomor SK"),
            gettext("Dicabut"),
            gettext("Alasan"),
        ],
        rows=(
            [
                row.assignment.get_role_display(),
                row.region,
                row.state.label,
                row.assignment.valid_from,
                row.assignment.valid_to,
                row.assignment.decree,
                row.assignment.revoked_at,
                row.assignment.revoked_reason,
            ]
            for row in rows
        ),
    )


def _show(assignment: RoleAssignment, actor: Actor, region: str) -> AssignmentRow:
    role, state = Role(assignment.role), State(assignment.state)  # type: ignore[attr-defined]
    may_decide = assignment.user_id != actor.user_id and may_grant(
        holdings=actor.roles, role=role, region_code=assignment.region_code
    )
    return AssignmentRow(
        assignment=assignment,
        region=region,
        state=state,
        status=STATUS[state],
        may_confirm=may_decide
        and state is State.WAITING
        and assignment.granted_by_id != actor.user_id,
        may_revoke=may_decide and assignment.revoked_at is None,
    )


def _describe_scopes(actor: Actor) -> str:
    return "; ".join(describe_regions(list_scopes(actor.roles)).values())


def _build_table(rows: QuerySet[RoleAssignment], query: QueryDict) -> Table:
    columns = [
        Column(
            key="nama",
            title=_("Nama"),
            value="user.full_name",
            sort="user__full_name",
            href=lambda a: reverse("accounts:person", args=[a.user.uuid]),
            is_header=True,
        ),
        Column(key="akun", title=_("Nama pengguna"), value="user.username", sort="user__username"),
        Column(key="peran", title=_("Peran"), value=lambda a: a.get_role_display(), sort="role"),
        Column(key="wilayah", title=_("Wilayah"), value="region_name", sort="region_code"),
        Column(
            key="keadaan",
            title=_("Keadaan"),
            value=lambda a: State(a.state).label,
            status=lambda a: STATUS[State(a.state)],
            kind="status",
            sort="rank",
        ),
        Column(
            key="sejak",
            title=_("Sejak"),
            value="valid_from",
            kind="short_date",
            sort="valid_from",
        ),
        Column(
            key="masuk",
            title=_("Terakhir masuk"),
            value="user.last_login",
            kind="short_date",
            sort="user__last_login",
        ),
    ]
    return build_table(
        caption=_("Orang dan peran"),
        columns=columns,
        rows=rows,
        query=query,
        filters=[
            Filter(key="peran", title=_("Peran"), options=Role.choices, test="role"),
            Filter(key="keadaan", title=_("Keadaan"), options=State.choices, test="state"),
        ],
        search=["user__full_name", "user__username"],
    )
