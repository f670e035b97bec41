"""The drawing that anybody can recompute: commitments handed in, sealed, opened."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.elections.forms.drawing import (
    CommitmentForm,
    RevealForm,
)
from pilkades.apps.elections.requests import find_for_attendee, find_lot
from pilkades.apps.elections.services import sealed_drawing as sealed
from pilkades.apps.elections.views.drawing import act_on_drawing, drawing_page
from pilkades.apps.elections.views.village_pages import run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def commit(request: HttpRequest, village_code: str, lot_uuid: UUID) -> HttpResponse:
    """The commitment of a candidate."""
    context = find_for_attendee(request, village_code)
    found = find_lot(context, lot_uuid)
    sealed.authorise_contribution(found, context, get_request_actor(request))
    form = CommitmentForm(request.POST or None)
    page = drawing_page(
        village_code,
        title=_("Komitmen %(party)s") % {"party": found.party},
        submit=_("Serahkan komitmen"),
        success=_("Komitmen tersimpan dan tampil untuk umum."),
        consequence=_(
            "Simpan garam dan sumbangan Anda sendiri. Tanpa keduanya komitmen tidak dapat dibuka."
        ),
        article=context.drawing_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: sealed.submit_commitment(
            actor=get_request_actor(request),
            now=get_request_now(request),
            lot_uuid=lot_uuid,
            commitment=form.cleaned_data["commitment"],
        ),
        goal=page.back,
        template="elections/village/commit.html",
        values={"lot": found, "drawing": found.drawing},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, village_code: str, lot_uuid: UUID) -> HttpResponse:
    """Open a commitment."""
    context = find_for_attendee(request, village_code)
    found = find_lot(context, lot_uuid)
    sealed.authorise_contribution(found, context, get_request_actor(request))
    form = RevealForm(request.POST or None)
    page = drawing_page(
        village_code,
        title=_("Buka komitmen %(party)s") % {"party": found.party},
        submit=_("Buka komitmen"),
        success=_("Komitmen terbuka dengan benar."),
        consequence=_("Setelah dibuka, garam dan sumbangan tampil untuk umum."),
        article=context.drawing_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: sealed.reveal_contribution(
            actor=get_request_actor(request),
            now=get_request_now(request),
            lot_uuid=lot_uuid,
            salt=form.cleaned_data["salt"],
            contribution=form.cleaned_data["contribution"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, village_code: str) -> HttpResponse:
    """Close all commitments at once."""
    return act_on_drawing(
        request,
        village_code,
        title=_("Tutup komitmen"),
        submit=_("Tutup komitmen"),
        success=_("Komitmen ditutup. Sekarang setiap calon membuka sumbangannya."),
        consequence=_("Setelah ditutup, tidak ada komitmen yang dapat diganti."),
        service=sealed.seal_commitments,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest, village_code: str) -> HttpResponse:
    """Go on by lots because somebody does not open."""
    return act_on_drawing(
        request,
        village_code,
        title=_("Lanjutkan dengan undian biasa"),
        submit=_("Lanjutkan dengan undian biasa"),
        success=_("Pengundian dilanjutkan dengan undian biasa."),
        consequence=_("Komitmen yang ada tetap tampil, tetapi tidak lagi menentukan nomor."),
        service=sealed.switch_to_lots,
    )
