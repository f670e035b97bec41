"""The set-up proof: looked at, signed by every candidate, locked and unlocked by two."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import (
    PaperRecord,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.forms.village import ConfirmForm, UnlockForm
from pilkades.apps.elections.models import CommitteePosition, SetupProof, SetupProofSignature
from pilkades.apps.elections.requests import find_for_attendee, find_proof_line, find_village
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.proof_readings import (
    ALARM_TITLE,
    ProofReading,
    read_proof,
)
from pilkades.apps.elections.selectors.proofs import (
    find_proof,
    find_proof_in_force,
    list_void_proofs,
)
from pilkades.apps.elections.selectors.village_access import find_position, is_committee
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services import proof_unlock as unlocking
from pilkades.apps.elections.services import setup_proof as services
from pilkades.apps.elections.services.paper_signatures import list_signing_by_account
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.apps.elections.services.signatures import require_signer
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_papers import describe_proof
from pilkades.apps.elections.village_sheets import list_proof_rows
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in


class SignProofForm(forms.Form):
    """The digest of what the signer saw."""

    sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str) -> HttpResponse:
    """Number, name and photo of every candidate, with the signatures."""
    context = find_for_attendee(request, village_code)
    actor = get_request_actor(request)
    proof = find_proof(context.election)
    position = find_position(actor, context.election)
    standing = list_standing(context.election)
    reading = read_proof(proof, election=context.election, standing=standing) if proof else None
    void_proofs = list_void_proofs(context.election)
    lines = _list_lines(reading)
    if is_download(request):
        sheets = list_proof_rows(lines, void_proofs)
        return page_response(filename=f"cetak-coba-{village_code}", sheets=sheets)
    values = {
        **_describe_reading(reading),
        "proof": proof,
        "by_account": list_signing_by_account(
            [line.candidacy for line in lines], context, now=get_request_now(request)
        ),
        "candidates": standing,
        "has_empty_column": has_empty_column(context.election),
        "void_proofs": void_proofs,
        "may_act": is_committee(actor, village_code),
        "is_chair": position is CommitteePosition.CHAIR,
        "is_secretary": position is CommitteePosition.SECRETARY,
        "is_seated": position is not None,
        "has_proposed_unlock": proof is not None and proof.unlock_proposed_by_id == actor.user_id,
        "is_signed_by_all": proof is not None
        and all(item.is_signed for item in proof.signatures.all() if item.candidacy.is_standing),
    }
    return render_village(request, "elections/village/proof.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, village_code: str) -> HttpResponse:
    """Fix what is to be signed."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    page = _page(
        village_code,
        title=_("Buat cetak coba surat suara"),
        submit=_("Buat cetak coba"),
        success=_("Cetak coba dibuat. Setiap calon memeriksa dan menyetujuinya."),
        consequence=_("Setiap perubahan nama atau foto sesudah ini menggugurkan persetujuan."),
    )
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: services.create_proof(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, village_code: str, signature_uuid: UUID, how: str) -> HttpResponse:
    """A candidate's agreement: own account, or seen on paper by one and by another officer."""
    context = find_for_attendee(request, village_code)
    line = find_proof_line(context, signature_uuid)
    require_signer(
        get_request_actor(request),
        context,
        signer_id=line.candidacy.user_id,
        is_own=how == "sendiri",
    )
    is_post = request.method == "POST"
    form = SignProofForm(request.POST if is_post else None, initial={"sha256": line.proof.sha256})
    page = _page(
        village_code,
        title=_("Persetujuan %(name)s") % {"name": line.candidacy.ballot_name},
        submit=_("Setujui cetak coba") if how == "sendiri" else _("Saya melihat tanda tangannya"),
        success=_("Persetujuan dicatat."),
        consequence=_("Nomor, nama, dan foto semua calon benar seperti yang ditampilkan."),
    )

    def act() -> object:
        actor, now = get_request_actor(request), get_request_now(request)
        sha256 = form.cleaned_data["sha256"]
        if how == "sendiri":
            return services.sign_proof(
                actor=actor, now=now, signature_uuid=signature_uuid, sha256=sha256
            )
        return services.sign_proof_on_paper(
            actor=actor,
            now=now,
            signature_uuid=signature_uuid,
            sha256=sha256,
            is_confirmation=how == "kertas-kedua",
        )

    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=page.back,
        template="elections/village/proof_act.html",
        values={**_describe_reading(_read(context)), "proof": line.proof},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, village_code: str) -> HttpResponse:
    """The chair proposes, the secretary locks."""
    context = find_village(request, village_code)
    proof = _get_proof(context)
    actor = get_request_actor(request)
    # The secretary who comes before the chair's proposal reads what is awaited, not a refusal.
    is_early = (
        proof.lock_proposed_at is None
        and find_position(actor, context.election) is CommitteePosition.SECRETARY
    )
    is_second = is_early or proof.lock_proposed_at is not None
    (services.require_secretary if is_second else require_chair)(actor, context)
    is_post = request.method == "POST"
    form = VersionedForm(request.POST if is_post else None, initial={"version": proof.version})
    page = _page(
        village_code,
        title=_("Kunci cetak coba") if is_second else _("Ajukan penguncian"),
        submit=_("Kunci cetak coba") if is_second else _("Ajukan penguncian"),
        success=_("Cetak coba dikunci.") if is_second else _("Diajukan. Sekretaris mengunci."),
        consequence=_(
            "Setelah dikunci, nomor, nama, dan foto hanya dapat diubah dengan membuka kunci, yang "
            "dilaporkan kepada pengawas dan menggugurkan semua persetujuan."
        ),
        lead=translate(services.AWAITING_CHAIR) if is_early else "",
    )
    service = services.lock_proof if is_second else services.propose_lock
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: service(
            actor=get_request_actor(request),
            now=get_request_now(request),
            proof_uuid=proof.uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        template="elections/village/proof_act.html",
        values={**_describe_reading(_read(context)), "proof": proof},
        version=proof.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, village_code: str) -> HttpResponse:
    """One member puts it forward with a reason that the supervisors read, another opens it."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    proof = _get_proof(context)
    if proof.unlock_proposed_at is not None:
        return _confirm_unlock(request, context, proof)
    form = UnlockForm(request.POST or None, initial={"version": proof.version})
    page = _page(
        village_code,
        title=_("Ajukan pembukaan kunci"),
        submit=_("Ajukan pembukaan kunci"),
        success=_("Diajukan. Anggota panitia yang lain membuka kuncinya."),
        consequence=_(
            "Cetak coba tetap terkunci sampai anggota panitia yang lain mengesahkan. Setelah itu "
            "semua persetujuan calon gugur. Usulan dan alasannya dapat dibaca pengawas."
        ),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: unlocking.propose_unlock(
            actor=get_request_actor(request),
            now=get_request_now(request),
            proof_uuid=proof.uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        goal=page.back,
        version=proof.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def keep_locked(request: HttpRequest, village_code: str) -> HttpResponse:
    """The proposal to open the lock is taken back or refused."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    proof = _get_proof(context)
    page = _page(
        village_code,
        title=_("Tarik usulan membuka kunci"),
        submit=_("Tarik usulan"),
        success=_("Usulan ditarik. Cetak coba tetap terkunci."),
        consequence=_("Cetak coba tetap terkunci dan semua persetujuan calon tetap berlaku."),
    )
    return _run_on_unlock(request, context, proof, page, unlocking.withdraw_unlock)


def _confirm_unlock(
    request: HttpRequest, context: VillageElection, proof: SetupProof
) -> HttpResponse:
    page = _page(
        context.village_code,
        title=_("Buka kunci cetak coba"),
        submit=_("Buka kunci"),
        success=_("Kunci dibuka. Semua persetujuan gugur."),
        lead=_("%(name)s mengajukan: %(reason)s")
        % {"name": proof.unlock_proposed_by, "reason": proof.unlock_reason},
        consequence=_(
            "Semua persetujuan calon gugur dan pembukaan kunci dilaporkan kepada pengawas."
        ),
    )
    return _run_on_unlock(request, context, proof, page, unlocking.confirm_unlock)


def _run_on_unlock(
    request: HttpRequest,
    context: VillageElection,
    proof: SetupProof,
    page: ActPage,
    service: Callable[..., SetupProof],
) -> HttpResponse:
    is_post = request.method == "POST"
    form = VersionedForm(request.POST if is_post else None, initial={"version": proof.version})
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: service(
            actor=get_request_actor(request),
            now=get_request_now(request),
            proof_uuid=proof.uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        version=proof.version,
    )


@signed_in
@require_safe
def paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The proof as the sheet that candidates sign by hand."""
    context = find_for_attendee(request, village_code)
    reading = _read(context)
    if reading is None:
        raise Http404
    proof = reading.proof
    pdf = render_pdf(
        template="elections/setup_proof.typ",
        data=describe_proof(context, reading),
        record=PaperRecord(identity=f"cetak coba {village_code}/{proof.serial}", hash=proof.sha256),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"cetak-coba-{village_code}-{proof.serial}")


def _page(
    village_code: str, *, title: str, submit: str, success: str, consequence: str, lead: str = ""
) -> ActPage:
    return ActPage(
        lead=lead,
        title=title,
        submit=submit,
        success=success,
        consequence=consequence,
        back=reverse("elections:village-proof", args=[village_code]),
    )


def _read(context: VillageElection) -> ProofReading | None:
    """The proof in force as it was approved, compared with the rows of today."""
    found = find_proof(context.election)
    if found is None:
        return None
    return read_proof(found, election=context.election, standing=list_standing(context.election))


def _list_lines(reading: ProofReading | None) -> list[SetupProofSignature]:
    return reading.list_lines() if reading else []


def _describe_reading(reading: ProofReading | None) -> dict[str, Any]:
    return {
        "lines": _list_lines(reading),
        "alarm_title": ALARM_TITLE,
        "alarm": reading.alarm if reading else (),
    }


def _get_proof(context: VillageElection) -> SetupProof:
    proof = find_proof_in_force(context.election)
    if proof is None:
        raise Http404
    return proof
