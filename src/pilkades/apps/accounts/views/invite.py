"""Inviting a person and giving a further role: first the region, then the form that fits it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pilkades.apps.accounts import services
from pilkades.apps.accounts.forms.people import GrantForm, InviteForm
from pilkades.apps.accounts.grants import (
    CODE_LENGTHS,
    NEEDS_CONFIRMATION,
    list_scopes,
    may_grant,
)
from pilkades.apps.accounts.models import User
from pilkades.apps.accounts.roles import Actor, Role, is_region_covered
from pilkades.apps.accounts.views.people import get_now, get_person, require_granter, show_link
from pilkades.apps.design.texts import translate
from pilkades.apps.regions.selectors import (
    describe_region,
    describe_regions,
    is_region_known,
    search_regions,
)
from pilkades.errors import ConflictError

MAX_FOUND = 40


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account with its first role, and show its activation link once."""
    actor = require_granter(request)
    region_code = _choose_region(request, actor)
    if region_code is None:
        return _ask_region(request, actor, person=None)
    roles = _list_fitting_roles(actor, region_code)
    form = InviteForm(request.POST or None, roles=roles, now=get_now(request))
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite_person(
                actor=actor, region_code=region_code, now=get_now(request), **form.cleaned_data
            )
        except ConflictError as conflict:
            form.add_error(None, translate(conflict.text))
        else:
            return show_link(request, invitation.user, invitation.token)
    return _show_form(request, form, region_code, roles, person=None)


@login_required
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a person one more role."""
    actor = require_granter(request)
    person = get_person(actor, uuid)
    if person.pk == actor.user_id:
        raise PermissionDenied
    region_code = _choose_region(request, actor)
    if region_code is None:
        return _ask_region(request, actor, person=person)
    roles = _list_fitting_roles(actor, region_code)
    form = GrantForm(request.POST or None, roles=roles, now=get_now(request))
    if request.method == "POST" and form.is_valid():
        try:
            assignment = services.grant_role(
                actor=actor,
                user=person,
                region_code=region_code,
                now=get_now(request),
                **form.cleaned_data,
            )
        except ConflictError as conflict:
            form.add_error(None, translate(conflict.text))
        else:
            messages.success(request, _describe_granted(is_waiting=assignment.is_waiting))
            return redirect("accounts:person", uuid=person.uuid)
    return _show_form(request, form, region_code, roles, person=person)


def _choose_region(request: HttpRequest, actor: Actor) -> str | None:
    """The region of the address, if the actor gives roles there; None while it is to be chosen."""
    scopes = list_scopes(actor.roles)
    if "wilayah" not in request.GET:
        only = scopes[0] if len(scopes) == 1 else ""
        return only if len(only) == 13 else None
    region_code = request.GET["wilayah"]
    is_inside = any(is_region_covered(by=scope, region_code=region_code) for scope in scopes)
    if not is_inside or not is_region_known(region_code):
        raise PermissionDenied
    return region_code


def _list_fitting_roles(actor: Actor, region_code: str) -> list[Role]:
    roles = [
        role
        for role in Role
        if len(region_code) in CODE_LENGTHS[role]
        and may_grant(holdings=actor.roles, role=role, region_code=region_code)
    ]
    if not roles:
        raise PermissionDenied
    return roles


def _ask_region(request: HttpRequest, actor: Actor, *, person: User | None) -> HttpResponse:
    """Search for the region of a role, inside the actor's own regions."""
    query, scopes = request.GET.get("q", "")[:80], list_scopes(actor.roles)
    own = describe_regions(scopes)
    found = [
        region
        for scope in scopes
        for region in search_regions(query=query, within=scope, limit=MAX_FOUND)
    ]
    context = {
        "person": person,
        "query": query,
        "own": [(code, own[code]) for code in scopes if _has_role(actor, code)],
        "found": [(code, name) for code, name in found if _has_role(actor, code)],
        "scopes": "; ".join(own.values()),
    }
    return render(request, "accounts/pick_region.html", context)


def _has_role(actor: Actor, region_code: str) -> bool:
    return any(
        len(region_code) in CODE_LENGTHS[role]
        and may_grant(holdings=actor.roles, role=role, region_code=region_code)
        for role in Role
    )


def _show_form(
    request: HttpRequest,
    form: forms.Form,
    region_code: str,
    roles: list[Role],
    *,
    person: User | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "region_code": region_code,
        "region": describe_region(region_code),
        "waiting_roles": [role.label for role in roles if role in NEEDS_CONFIRMATION],
    }
    return render(request, "accounts/grant.html", context, status=422 if form.errors else 200)


def _describe_granted(*, is_waiting: bool) -> str:
    if is_waiting:
        return gettext("Peran tercatat. Berlaku setelah disetujui orang kedua.")
    return gettext("Peran diberikan dan berlaku sekarang.")
