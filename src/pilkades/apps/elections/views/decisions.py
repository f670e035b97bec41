"""Decisions on one file by two people, and the entry for the ballot."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.forms.candidates import (
    BallotEntryForm,
    DecisionForm,
)
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.models import (
    CandidacyDecision,
)
from pilkades.apps.elections.requests import find_file
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.ballot_entry import authorise_entry, change_ballot_entry
from pilkades.apps.elections.services.decide_file import (
    authorise_proposal,
    authorise_withdrawal,
    confirm_decision,
    propose_decision,
    withdraw_proposal,
)
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.views.files import file_url
from pilkades.apps.elections.views.village_pages import ActPage, run_act
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file
from pilkades.law.application import EVENT_NAMES, ApplicationEvent

DECIDABLE = {
    "mundur": ApplicationEvent.WITHDRAW,
    "meninggal": ApplicationEvent.RECORD_DEATH,
    "batal": ApplicationEvent.DISQUALIFY,
    "teliti-kembali": ApplicationEvent.REOPEN,
    "pleno-memenuhi": ApplicationEvent.FIND_ELIGIBLE,
    "pleno-tidak-memenuhi": ApplicationEvent.FIND_INELIGIBLE,
}


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, village_code: str, candidacy_uuid: UUID, act: str) -> HttpResponse:
    """Put a decision on the file forward."""
    file, context = find_file(request, village_code, candidacy_uuid)
    if act not in DECIDABLE:
        raise Http404
    event = DECIDABLE[act]
    authorise_proposal(get_request_actor(request), file.candidacy, context, event)
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "version": file.candidacy.version,
            "article": context.candidacy_rules.article,
        },
    )
    name = translate(EVENT_NAMES[event])
    page = ActPage(
        title=f"{name[:1].upper()}{name[1:]}: {file.candidacy.full_name}",
        submit=_("Ajukan keputusan"),
        success=_("Usulan dicatat. Orang kedua dari panitia mengesahkannya."),
        back=file_url(file),
        consequence=_("Usulan ini berlaku setelah disahkan anggota panitia yang lain."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: propose_decision(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            event=event,
            reason=form.cleaned_data["reason"],
            article=form.cleaned_data["article"],
            paper=form.read_paper(),
        ),
        goal=page.back,
        version=file.candidacy.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, decision_uuid: UUID
) -> HttpResponse:
    """Be the second person of a decision."""
    return _close_decision(
        request,
        village_code,
        candidacy_uuid,
        decision_uuid,
        title=_("Sahkan keputusan"),
        submit=_("Sahkan keputusan"),
        success=_("Keputusan disahkan dan berlaku."),
        service=confirm_decision,
        permit=lambda actor, _decision, context: require_seat(actor, context),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def retract(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, decision_uuid: UUID
) -> HttpResponse:
    """Take a proposal back."""
    return _close_decision(
        request,
        village_code,
        candidacy_uuid,
        decision_uuid,
        title=_("Tarik usulan"),
        submit=_("Tarik usulan"),
        success=_("Usulan ditarik."),
        service=withdraw_proposal,
        permit=authorise_withdrawal,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def ballot_entry(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """Name and photo for the ballot."""
    file, context = find_file(request, village_code, candidacy_uuid)
    authorise_entry(get_request_actor(request), file.candidacy, context)
    form = BallotEntryForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "version": file.candidacy.version,
            "ballot_name": file.candidacy.ballot_name,
        },
    )
    page = ActPage(
        title=_("Nama dan foto untuk surat suara"),
        submit=_("Simpan nama dan foto"),
        success=_("Nama dan foto disimpan."),
        back=file_url(file),
        consequence=_("Bila cetak coba sudah dibuat, semua persetujuan gugur dan diulang.")
        if file.candidacy.is_standing
        else "",
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: change_ballot_entry(
            actor=get_request_actor(request),
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            expected_version=form.cleaned_data["version"],
            ballot_name=form.cleaned_data["ballot_name"],
            photo=form.read_photo(),
        ),
        goal=page.back,
        values={"file": file},
        version=file.candidacy.version,
    )


@signed_in
@require_safe
def photo(request: HttpRequest, village_code: str, candidacy_uuid: UUID) -> HttpResponse:
    """The photo for those who work on the file, before the public may see it."""
    file, _context = find_file(request, village_code, candidacy_uuid)
    if file.candidacy.photo_small is None:
        raise Http404
    stored = read_file(file.candidacy.photo_small)
    response = HttpResponse(stored.data, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=60"
    return response


def _close_decision(
    request: HttpRequest,
    village_code: str,
    candidacy_uuid: UUID,
    decision_uuid: UUID,
    *,
    title: str,
    submit: str,
    success: str,
    service: Callable[..., object],
    permit: Callable[[Actor, CandidacyDecision, VillageElection], object],
) -> HttpResponse:
    file, context = find_file(request, village_code, candidacy_uuid)
    try:
        decision = file.candidacy.decisions.select_related("proposed_by").get(uuid=decision_uuid)
    except CandidacyDecision.DoesNotExist as error:
        raise Http404 from error
    permit(get_request_actor(request), decision, context)
    form = VersionedForm(request.POST or None, initial={"version": file.candidacy.version})
    event = ApplicationEvent(decision.event)
    page = ActPage(
        title=title,
        submit=submit,
        success=success,
        back=file_url(file),
        lead=translate(EVENT_NAMES[event]),
        article=decision.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: service(
            actor=get_request_actor(request),
            now=get_request_now(request),
            decision_uuid=decision_uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=page.back,
        values={"decision": decision, "file": file},
        version=file.candidacy.version,
    )
