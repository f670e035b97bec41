"""What the number of applicants leads to: proposed, confirmed by the chair; the extra selection."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.stored_texts import thaw_text
from pilkades.apps.design.texts import translate_name
from pilkades.apps.documents.services import (
    PaperRecord,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.candidacy_sheets import list_score_rows
from pilkades.apps.elections.forms.drawing import PublishScoresForm, ScoreForm
from pilkades.apps.elections.forms.village import ConfirmForm
from pilkades.apps.elections.models import Candidacy, PathDecision
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.paths import PathState, get_path_state
from pilkades.apps.elections.selectors.scores import (
    ScoreBoard,
    get_score_board,
    name_applicant,
    rank_board,
)
from pilkades.apps.elections.selectors.tasks import PATH_TITLES
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.path import confirm_path, propose_path, withdraw_path
from pilkades.apps.elections.services.publish_scores import publish_scores
from pilkades.apps.elections.services.scoring import enter_score
from pilkades.apps.elections.services.seats import (
    is_seated,
    may_read_scores,
    require_chair,
    require_seat,
)
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_papers import describe_determination, describe_scores
from pilkades.apps.elections.village_sheets import list_path_rows
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.errors import RuleViolationError
from pilkades.law.candidacy import Act
from pilkades.law.scoring import Selection


@signed_in
@require_safe
def path(request: HttpRequest, village_code: str) -> HttpResponse:
    """What the law says now about the number of applicants, and what was decided before."""
    context = find_village(request, village_code)
    state = get_path_state(context, now=get_request_now(request))
    step = context.find_step(state.path.by_step) if state.path and state.path.by_step else None
    history = [
        {"title": PATH_TITLES[Act(item.act)], "text": thaw_text(item.text), "decision": item}
        for item in state.confirmed
    ]
    if is_download(request):
        return page_response(filename=f"jalur-{village_code}", sheets=[list_path_rows(history)])
    values = {
        "state": state,
        "rules": context.candidacy_rules,
        "title": PATH_TITLES[state.path.act] if state.path else None,
        "step": step,
        "history": history,
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "elections/village/path.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, village_code: str) -> HttpResponse:
    """Put the consequence forward."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    state = get_path_state(context, now=get_request_now(request))
    return _act(
        request,
        context,
        state,
        submit=_("Ajukan kepada ketua"),
        success=_("Usulan diajukan. Ketua panitia mengesahkannya."),
        act=lambda: propose_path(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, village_code: str, decision_uuid: UUID) -> HttpResponse:
    """The chair lets it take effect."""
    context = find_village(request, village_code)
    require_chair(get_request_actor(request), context)
    _get_decision(context, decision_uuid)
    state = get_path_state(context, now=get_request_now(request))
    return _act(
        request,
        context,
        state,
        submit=_("Sahkan"),
        success=_("Disahkan dan diumumkan di halaman publik desa."),
        act=lambda: confirm_path(
            actor=get_request_actor(request),
            now=get_request_now(request),
            decision_uuid=decision_uuid,
        ),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, village_code: str, decision_uuid: UUID) -> HttpResponse:
    """Take the proposal back."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    _get_decision(context, decision_uuid)
    back = reverse("elections:village-path", args=[village_code])
    page = ActPage(
        title=_("Tarik usulan"), submit=_("Tarik usulan"), success=_("Usulan ditarik."), back=back
    )
    form = ConfirmForm(request.POST or None)
    return run_act(
        request,
        context,
        page,
        form=ConfirmForm(request.POST) if request.method == "POST" else form,
        act=lambda: withdraw_path(
            actor=get_request_actor(request),
            now=get_request_now(request),
            decision_uuid=decision_uuid,
        ),
        goal=back,
    )


@signed_in
@require_safe
def determination_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The minutes of the determination of candidates."""
    context = find_village(request, village_code)
    decision = (
        context.election.path_decisions.filter(
            act__in=[Act.DETERMINE, Act.DETERMINE_WITH_EMPTY_COLUMN],
            confirmed_at__isnull=False,
        )
        .select_related("proposed_by", "confirmed_by")
        .last()
    )
    if decision is None:
        raise Http404
    pdf = render_pdf(
        template="elections/determination.typ",
        data=describe_determination(context, decision),
        paper="f4",
        record=PaperRecord(identity=f"penetapan {village_code} {decision.uuid}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"penetapan-calon-{village_code}")


# --- The extra selection -----------------------------------------------------------------------


@signed_in
@require_safe
def scores(request: HttpRequest, village_code: str) -> HttpResponse:
    """All sheets: what two people entered, where they differ, how it stands.

    Before the publication only those who enter and those who watch over them read the values.
    """
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    may_read = may_read_scores(actor, context)
    if is_download(request) and not may_read:
        raise PermissionDenied
    board = get_score_board(context)
    if is_download(request):
        return page_response(filename=f"seleksi-{village_code}", sheets=[list_score_rows(board)])
    publication = getattr(context.election, "score_publication", None)
    values = {
        "board": board,
        "items": context.scoring_rules.items,
        "rows": [(item, board.list_cells(item)) for item in board.candidacies if may_read],
        "may_read": may_read,
        "publication": publication,
        "may_act": is_seated(actor, context),
    }
    return render_village(request, "elections/village/scores.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def score(
    request: HttpRequest, village_code: str, candidacy_uuid: UUID, item_id: str
) -> HttpResponse:
    """One value of one applicant, from the evidence."""
    context = find_village(request, village_code)
    require_seat(get_request_actor(request), context)
    actor = get_request_actor(request)
    item = next((x for x in context.scoring_rules.items if x.id == item_id), None)
    candidacy = Candidacy.objects.filter(uuid=candidacy_uuid, election=context.election).first()
    if item is None or candidacy is None:
        raise Http404
    mine = candidacy.score_entries.filter(item_id=item_id, entered_by_id=actor.user_id).first()
    version = mine.version if mine else 0
    form = ScoreForm(
        request.POST or None,
        item=item,
        initial={
            "version": version,
            "value": mine.value if mine else "",
            "evidence": mine.evidence if mine else [],
            "decided_points": mine.decided_points if mine else None,
        },
    )
    back = reverse("elections:village-scores", args=[village_code])
    page = ActPage(
        title=f"{translate_name(item.name)}: {name_applicant(candidacy)}",
        submit=_("Simpan nilai"),
        success=_("Nilai Anda disimpan. Petugas kedua mengisi sendiri dari bukti yang sama."),
        back=back,
        consequence=_("Anda tidak melihat isian petugas lain sebelum mengisi sendiri."),
        article=item.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: enter_score(
            actor=actor,
            now=get_request_now(request),
            candidacy_uuid=candidacy_uuid,
            item_id=item_id,
            value=form.cleaned_data["value"],
            evidence=form.seen,
            decided_points=form.cleaned_data["decided_points"],
            expected_version=form.cleaned_data["version"],
        ),
        goal=back,
        version=version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, village_code: str) -> HttpResponse:
    """Publish sheets, ranking and tie."""
    context = find_village(request, village_code)
    require_chair(get_request_actor(request), context)
    board = get_score_board(context)
    form = PublishScoresForm(request.POST or None)
    if request.method == "POST":
        form = PublishScoresForm(request.POST)
    back = reverse("elections:village-scores", args=[village_code])
    page = ActPage(
        title=_("Umumkan hasil seleksi tambahan"),
        submit=_("Umumkan hasil"),
        success=_("Hasil diumumkan di halaman publik desa."),
        back=back,
        consequence=_("Setelah diumumkan, nilai dan urutan tidak dapat diubah lagi."),
        article=context.scoring_rules.article,
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: publish_scores(
            actor=get_request_actor(request),
            now=get_request_now(request),
            election_pk=context.election.pk,
            terminal_order=form.read_order(),
            terminal_reference=form.cleaned_data["terminal_reference"],
        ),
        goal=back,
        template="elections/village/publish_scores.html",
        values={"selection": _rank(context, board), "board": board},
    )


@signed_in
@require_safe
def scores_paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The published sheets as a paper."""
    context = find_village(request, village_code)
    publication = getattr(context.election, "score_publication", None)
    if publication is None:
        raise Http404
    pdf = render_pdf(
        template="elections/score_sheets.typ",
        data=describe_scores(context, publication),
        record=PaperRecord(identity=f"seleksi {village_code}", hash=publication.sha256),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"seleksi-tambahan-{village_code}")


def _act(
    request: HttpRequest,
    context: VillageElection,
    state: PathState,
    *,
    submit: str,
    success: str,
    act: Callable[[], object],
) -> HttpResponse:
    back = reverse("elections:village-path", args=[context.village_code])
    page = ActPage(
        title=_("Jalur pencalonan"),
        submit=submit,
        success=success,
        back=back,
        consequence=_("Jadwal desa, status bakal calon, dan pengumuman mengikuti keputusan ini."),
        article=state.path.article if state.path else "",
    )
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    values = {
        "state": state,
        "title": PATH_TITLES[state.path.act] if state.path else None,
    }
    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=back,
        template="elections/village/path_act.html",
        values=values,
    )


def _get_decision(context: VillageElection, decision_uuid: UUID) -> PathDecision:
    found = context.election.path_decisions.filter(uuid=decision_uuid).first()
    if found is None:
        raise Http404
    return found


def _rank(context: VillageElection, board: ScoreBoard) -> Selection | None:
    """The ranking as it stands, None while a sheet is open."""
    if not board.sheets or board.missing_count:
        return None
    try:
        return rank_board(context, board)
    except RuleViolationError:
        return None
