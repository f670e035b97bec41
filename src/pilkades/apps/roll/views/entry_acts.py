"""Acts on one voter: add, correct, strike, restore, annotate; each says its consequence first."""

from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.village_pages import ActPage, run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.entries import (
    AnnotationForm,
    CorrectVoterForm,
    NewVoterForm,
    ReasonForm,
)
from pilkades.apps.roll.models import RollEntry
from pilkades.apps.roll.requests import find_roll_entry, find_roll_village
from pilkades.apps.roll.services.annotations import annotate_entry
from pilkades.apps.roll.services.changes import (
    add_entry,
    correct_entry,
    remove_entry,
    restore_entry,
)
from pilkades.apps.roll.services.voters import SECRET_FIELDS, VOTER_FIELDS, Voter, read_voter


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, village_code: str) -> HttpResponse:
    """Write one more person on the roll."""
    context, _roll = find_roll_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    form = NewVoterForm(request.POST or None, village_code=village_code)
    made: list[RollEntry] = []

    def act() -> None:
        made.append(
            add_entry(
                actor=actor,
                now=get_request_now(request),
                election_pk=context.election.pk,
                voter=form.to_voter(),
                reason=form.cleaned_data["reason"],
            )
        )

    page = ActPage(
        title=_("Tambah pemilih"),
        submit=_("Tambah pemilih"),
        success=_("Pemilih ditambahkan."),
        back=reverse("roll:entries", args=[village_code]),
        lead=_("Data yang belum diketahui boleh kosong dan muncul di daftar data belum lengkap."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=lambda: reverse("roll:entry", args=[village_code, made[0].uuid]),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Put the particulars of a voter right."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    known = read_voter(entry)
    form = CorrectVoterForm(
        request.POST or None,
        village_code=village_code,
        known=known,
        initial={**describe_voter(known), "version": entry.version},
    )
    page = ActPage(
        title=_("Perbaiki data %(name)s") % {"name": entry.full_name},
        submit=_("Simpan perbaikan"),
        success=_("Data pemilih diperbaiki."),
        back=reverse("roll:entry", args=[village_code, entry.uuid]),
    )

    def act() -> object:
        return correct_entry(
            actor=actor,
            now=get_request_now(request),
            entry_uuid=entry.uuid,
            expected_version=form.cleaned_data["version"],
            voter=form.to_voter(),
            reason=form.cleaned_data["reason"],
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=entry.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Strike a voter, with the reason."""
    page = ActPage(
        title=_("Coret %(name)s dari daftar"),
        submit=_("Coret dari daftar"),
        success=_("Pemilih dicoret. Datanya tetap tersimpan bersama alasannya."),
        back="",
        consequence=_(
            "Yang dicoret tidak dihitung dan tidak mendapat undangan. Datanya tidak dihapus: "
            "alasan dan nama Anda tetap terbaca, dan pencoretan dapat dibatalkan sampai DPT "
            "dikunci."
        ),
    )
    return _run_reason(request, village_code, entry_uuid, page, remove_entry)


@signed_in
@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Take back a strike."""
    page = ActPage(
        title=_("Pulihkan %(name)s"),
        submit=_("Pulihkan ke daftar"),
        success=_("Pemilih kembali terdaftar."),
        back="",
    )
    return _run_reason(request, village_code, entry_uuid, page, restore_entry)


@signed_in
@require_http_methods(["GET", "POST"])
def annotate(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """A note at a voter of the locked roll."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    initial = {"version": entry.version, "annotation": entry.annotation}
    form = AnnotationForm(request.POST or None, initial=initial)
    page = ActPage(
        title=_("Beri catatan pada %(name)s") % {"name": entry.full_name},
        submit=_("Simpan catatan"),
        success=_("Catatan disimpan."),
        back=reverse("roll:entry", args=[village_code, entry.uuid]),
        consequence=_(
            "DPT sudah dikunci: namanya tetap di daftar dan jumlah pemilih tidak berubah. Catatan "
            "ini terbaca petugas TPS."
        ),
    )

    def act() -> object:
        return annotate_entry(
            actor=actor,
            now=get_request_now(request),
            entry_uuid=entry.uuid,
            expected_version=form.cleaned_data["version"],
            annotation=form.cleaned_data["annotation"],
            reason=form.cleaned_data["reason"],
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=entry.version
    )


def describe_voter(voter: Voter) -> dict[str, object]:
    """A person as the first values of a form: the hamlet by its UUID, no secret number."""
    values: dict[str, object] = {
        name: getattr(voter, name) for name in VOTER_FIELDS if name not in SECRET_FIELDS
    }
    values["hamlet"] = str(voter.hamlet.uuid) if voter.hamlet else ""
    return values


def _run_reason(
    request: HttpRequest,
    village_code: str,
    entry_uuid: UUID,
    page: ActPage,
    service: Callable[..., RollEntry],
) -> HttpResponse:
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    back = reverse("roll:entry", args=[village_code, entry.uuid])
    named = ActPage(
        **{**asdict(page), "title": page.title % {"name": entry.full_name}, "back": back}
    )
    form: forms.Form = ReasonForm(request.POST or None, initial={"version": entry.version})

    def act() -> object:
        return service(
            actor=actor,
            now=get_request_now(request),
            entry_uuid=entry.uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )

    return run_act(request, context, named, form=form, act=act, goal=back, version=entry.version)
