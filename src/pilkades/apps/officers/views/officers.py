"""One officer: named, corrected, declarations, kinship, warnings, substitution, removed, shown."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.design.texts import translate, translate_name
from pilkades.apps.elections.forms.drawing import combine
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.officers.forms.officers import (
    AnswersForm,
    KinshipForm,
    PersonForm,
    ReasonForm,
    SubstituteForm,
)
from pilkades.apps.officers.models import OfficerState, StationOfficer
from pilkades.apps.officers.requests import find_officer, find_team, read_seat
from pilkades.apps.officers.selectors.access import may_read_conflicts
from pilkades.apps.officers.selectors.standing import Examiner
from pilkades.apps.officers.selectors.teams import TeamView, list_serving
from pilkades.apps.officers.services import name_officers as naming
from pilkades.apps.officers.services.declare import (
    accept_warning,
    declare_kinship,
    record_answers,
)
from pilkades.apps.officers.services.reveal import Revealed, reveal_officer
from pilkades.apps.officers.services.substitute import substitute_officer
from pilkades.apps.officers.sheets import describe_conflict
from pilkades.apps.officers.words import name_seat, name_station
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.masking import mask_nik, mask_phone
from pilkades.law.officers_rules import OfficerRules, SeatKind


@signed_in
@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, village_code: str, station_uuid: UUID, seat: str) -> HttpResponse:
    """Put a person into a free seat."""
    context, view = find_team(request, village_code, station_uuid)
    actor = get_request_actor(request)
    require_seat(actor, context)
    kind, number = read_seat(seat)
    free = next((s for s in view.seats if (s.kind, s.number) == (kind, number)), None)
    if free is None or (free.standing is not None and request.method == "GET"):
        raise Http404
    version = view.team.version if view.team else 1
    form = PersonForm(request.POST or None, initial={"version": version})
    made: list[StationOfficer] = []
    back = reverse("officers:team", args=[village_code, station_uuid])
    page = ActPage(
        title=_("%(seat)s, %(station)s") % {"seat": free.name, "station": view.name},
        lead=_("Selama pemungutan: %(duty)s.") % {"duty": translate_name(free.voting_duty)}
        if free.voting_duty
        else "",
        submit=_("Simpan petugas"),
        success=_("Petugas dicatat. Lanjutkan dengan pernyataannya."),
        back=back,
    )

    def act() -> object:
        now = get_request_now(request)
        team = naming.form_team(actor=actor, now=now, station_uuid=station_uuid)
        officer = naming.name_officer(
            actor=actor,
            now=now,
            team_uuid=team.uuid,
            expected_version=form.cleaned_data["version"],
            kind=kind,
            number=number,
            person=form.to_person(),
        )
        made.append(officer)
        return officer

    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=lambda: reverse("officers:answers", args=[village_code, made[0].uuid]),
        version=_fresh_version(view),
    )


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """One officer with everything that speaks against the person."""
    context, officer = find_officer(request, village_code, officer_uuid)
    return _render_officer(request, context, officer)


@signed_in
@require_POST
def reveal(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """Show what is masked, once; the look is on record."""
    context, officer = find_officer(request, village_code, officer_uuid)
    shown = reveal_officer(
        actor=get_request_actor(request), now=get_request_now(request), officer_uuid=officer_uuid
    )
    # Shown in this very answer: kept in no session, it is gone with the page.
    response = _render_officer(request, context, officer, revealed=shown)
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """Put the identity right; NIK and phone are typed again, they are shown to nobody here."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    form = PersonForm(
        request.POST or None,
        initial={
            "version": officer.version,
            "full_name": officer.full_name,
            "sex": officer.sex,
            "birth_place": officer.birth_place,
            "birth_date": date.fromisoformat(officer.birth_date),
            "address": officer.address,
        },
    )
    page = _page(
        village_code,
        officer,
        title=_("Perbaiki identitas %(name)s"),
        lead=_("NIK dan nomor telepon diketik lagi, karena tidak ditampilkan di sini."),
        submit=_("Simpan perbaikan"),
        success=_("Identitas diperbaiki."),
    )

    def act() -> object:
        return naming.correct_officer(
            **_who(request, officer, form.cleaned_data["version"]), person=form.to_person()
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=officer.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """The declaration: residence, health, party, campaign, committee."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    form = AnswersForm(request.POST or None, initial=AnswersForm.initial_of(officer))
    has_candidates = bool(Examiner(context).candidacies)
    page = _page(
        village_code,
        officer,
        title=_("Pernyataan %(name)s"),
        lead=_("Isi sesuai surat pernyataan yang ditandatangani petugas."),
        submit=_("Simpan pernyataan"),
        success=_("Pernyataan dicatat."),
    )
    following = "officers:kinship" if has_candidates else "officers:officer"

    def act() -> object:
        return record_answers(
            **_who(request, officer, form.cleaned_data["version"]), answers=form.to_answers()
        )

    return run_act(
        request,
        context,
        page,
        form=form,
        act=act,
        goal=reverse(following, args=[village_code, officer_uuid]),
        version=officer.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def kinship(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """What the officer is to each candidate."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    candidacies = [c for c in Examiner(context).candidacies if c.nik != officer.nik]
    if not candidacies:
        raise Http404
    given = {item.candidacy_id: item.relation for item in officer.kinships.all()}
    form = KinshipForm(
        request.POST or None,
        candidacies=candidacies,
        given=given,
        initial={"version": officer.version},
    )
    page = _page(
        village_code,
        officer,
        title=_("Hubungan keluarga %(name)s"),
        lead=_(
            "Jawab untuk setiap calon. Derajatnya dihitung sendiri; tanpa hubungan juga sebuah "
            "jawaban."
        ),
        submit=_("Simpan hubungan keluarga"),
        success=_("Hubungan keluarga dicatat."),
    )

    def act() -> object:
        return declare_kinship(
            **_who(request, officer, form.cleaned_data["version"]), relations=form.to_relations()
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=officer.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, village_code: str, officer_uuid: UUID, code: str) -> HttpResponse:
    """A written reason for a warning; a block has none."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    standing = Examiner(context).judge(officer)
    item = next((i for i in standing.findings if i.finding.code == code), None)
    if item is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"version": officer.version})
    page = _page(
        village_code,
        officer,
        title=_("Tetap tugaskan %(name)s"),
        lead=translate(item.finding.text),
        article=item.finding.article,
        submit=_("Simpan alasan"),
        success=_("Alasan dicatat."),
        consequence=_("Alasan ini tercatat atas nama Anda dan dapat dibaca pengawas."),
    )

    def act() -> object:
        return accept_warning(
            **_who(request, officer, form.cleaned_data["version"]),
            code=code,
            reason=form.cleaned_data["reason"],
        )

    return run_act(
        request, context, page, form=form, act=act, goal=page.back, version=officer.version
    )


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """Take a person out of a team without a decree."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    form = ReasonForm(request.POST or None, initial={"version": officer.version})
    page = _page(
        village_code,
        officer,
        title=_("Keluarkan %(name)s dari susunan"),
        submit=_("Keluarkan petugas"),
        success=_("Petugas dikeluarkan. Kursinya kosong."),
        consequence=_("Kursinya menjadi kosong. Nama dan alasannya tetap tercatat."),
    )

    def act() -> object:
        return naming.remove_officer(
            **_who(request, officer, form.cleaned_data["version"]),
            reason=form.cleaned_data["reason"],
        )

    goal = reverse("officers:team", args=[village_code, officer.team.station.uuid])
    return run_act(request, context, page, form=form, act=act, goal=goal, version=officer.version)


@signed_in
@require_http_methods(["GET", "POST"])
def substitute(request: HttpRequest, village_code: str, officer_uuid: UUID) -> HttpResponse:
    """A reserve steps in, on polling day too."""
    context, officer = _find_for_act(request, village_code, officer_uuid)
    if officer.is_reserve or not officer.team.is_appointed:
        raise Http404
    reserves = list(list_serving(context).filter(team=officer.team, kind=SeatKind.RESERVE.value))
    local = get_request_now(request).astimezone(context.zone)
    form = SubstituteForm(
        request.POST or None,
        reserves=reserves,
        initial={"version": officer.version, "day": local.date(), "hour": local.time()},
    )
    page = _page(
        village_code,
        officer,
        title=_("Ganti %(name)s"),
        lead=""
        if reserves
        else _("TPS ini belum mempunyai cadangan. Tambahkan dahulu orangnya sebagai cadangan."),
        submit=_("Catat penggantian"),
        success=_("Penggantian dicatat. Pengganti mengucapkan sumpah sebelum bertugas."),
        consequence=_("Yang diganti tidak bertugas lagi sejak jam itu. Riwayatnya tetap tercatat."),
    )

    def act() -> object:
        data = form.cleaned_data
        return substitute_officer(
            **_who(request, officer, data["version"]),
            reserve_uuid=UUID(data["reserve"]),
            happened_at=combine(data["day"], data["hour"], context.zone),
            reason=data["reason"],
        )

    goal = reverse("officers:team", args=[village_code, officer.team.station.uuid])
    return run_act(request, context, page, form=form, act=act, goal=goal, version=officer.version)


def _find_for_act(
    request: HttpRequest, village_code: str, officer_uuid: UUID
) -> tuple[VillageElection, StationOfficer]:
    """An officer who still holds a seat, for who sits in the committee."""
    context, officer = find_officer(request, village_code, officer_uuid)
    require_seat(get_request_actor(request), context)
    if not officer.is_serving and request.method == "GET":
        raise Http404
    return context, officer


def _page(village_code: str, officer: StationOfficer, *, title: str, **words: Any) -> ActPage:
    return ActPage(
        title=title % {"name": officer.full_name},
        back=reverse("officers:officer", args=[village_code, officer.uuid]),
        **words,
    )


def _who(request: HttpRequest, officer: StationOfficer, version: int) -> dict[str, Any]:
    return {
        "actor": get_request_actor(request),
        "now": get_request_now(request),
        "officer_uuid": officer.uuid,
        "expected_version": version,
    }


def _fresh_version(view: TeamView) -> int:
    return view.team.version if view.team else 1


def _render_officer(
    request: HttpRequest,
    context: VillageElection,
    officer: StationOfficer,
    *,
    revealed: Revealed | None = None,
) -> HttpResponse:
    actor = get_request_actor(request)
    examiner = Examiner(context)
    standing = examiner.judge(officer) if officer.is_serving else None
    values = {
        "officer": officer,
        "station": name_station(officer.team.station),
        "seat": _name_seat(examiner.rules, officer),
        "role": examiner.rules.find_role(SeatKind(officer.kind), officer.number),
        "standing": standing,
        "findings": [
            (item, *describe_conflict(item)) for item in (standing.findings if standing else ())
        ],
        "birth_date": date.fromisoformat(officer.birth_date),
        "masked_nik": mask_nik(officer.nik),
        "masked_phone": mask_phone(officer.phone) if officer.phone else "",
        "revealed": revealed,
        "may_read": may_read_conflicts(actor, context.village_code),
        "may_reveal": has_role(actor, UNMASK_ROLES, context.village_code),
        "may_act": is_seated(actor, context) and officer.is_serving,
        "may_change": officer.team.decree is None or officer.is_reserve,
        "is_appointed": officer.state == OfficerState.APPOINTED,
        "has_candidates": bool(examiner.candidacies),
    }
    return render_village(request, "officers/officer.html", context, values)


def _name_seat(rules: OfficerRules, officer: StationOfficer) -> str:
    return name_seat(rules, SeatKind(officer.kind), officer.number)
