"""The BPD's page of the committee: formed, shown, a member replaced."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.accounts.services import require_role
from pilkades.apps.documents.services import (
    PaperRecord,
    is_download,
    page_response,
    pdf_response,
    render_pdf,
)
from pilkades.apps.elections.forms.village import (
    ROWS_MAX,
    MemberForm,
    PaperForm,
    ReplaceMemberForm,
)
from pilkades.apps.elections.models import CommitteeElement, CommitteePosition
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.selectors.committees import find_committee, get_member
from pilkades.apps.elections.selectors.village_access import COUNCIL_ROLES, is_council
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.form_committee import (
    FormedCommittee,
    MemberInput,
    form_committee,
    replace_member,
)
from pilkades.apps.elections.uploads import DOCUMENT_MAX_BYTES
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.elections.village_papers import describe_committee
from pilkades.apps.elections.village_sheets import list_member_rows
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.law.committee import CommitteeRules


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str) -> HttpResponse:
    """Who sits on the committee, by which decree."""
    context = find_village(request, village_code)
    committee = find_committee(context.election)
    if is_download(request):
        members = committee.members.all() if committee else ()
        return page_response(filename=f"panitia-{village_code}", sheets=[list_member_rows(members)])
    values = {
        "committee": committee,
        "rules": CommitteeRules.from_pack(context.pack),
        "may_form": is_council(get_request_actor(request), village_code),
        "links": request.session.pop("activation_links", []),
    }
    return render_village(request, "elections/village/committee.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def form_new(request: HttpRequest, village_code: str) -> HttpResponse:
    """The BPD writes its decree: number, date, members."""
    context = find_village(request, village_code)
    require_role(get_request_actor(request), COUNCIL_ROLES, village_code)
    rules = CommitteeRules.from_pack(context.pack)
    rows = _count_rows(request, rules.members_min)
    form = PaperForm(request.POST or None, request.FILES or None)
    members = [
        MemberForm(request.POST or None, prefix=f"m{row}", initial=_initial(row))
        for row in range(rows)
    ]
    status = 200
    if request.method == "POST" and "add_row" not in request.POST:
        # Every row is asked, so that all faults show at once.
        faulty = [member for member in members if not member.is_valid()]
        status = (
            400 if faulty else try_service(form, lambda: _form(request, context, form, members))
        )
        if status == 302:
            messages.success(request, _("Panitia dibentuk. Anggotanya dapat mulai bekerja."))
            return redirect("elections:village-committee", village_code)
    values = {"form": form, "members": members, "rules": rules, "rows": rows}
    return render_village(
        request, "elections/village/committee_form.html", context, values, status=status
    )


@signed_in
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, village_code: str, member_uuid: UUID) -> HttpResponse:
    """A member leaves and a successor takes the seat."""
    context = find_village(request, village_code)
    require_role(get_request_actor(request), COUNCIL_ROLES, village_code)
    member = get_member(context.election, member_uuid)
    version = member.committee.version
    form = ReplaceMemberForm(request.POST or None, initial={"version": version})
    back = reverse("elections:village-committee", args=[village_code])
    page = ActPage(
        title=_("Ganti %(name)s") % {"name": member.full_name},
        submit=_("Ganti anggota"),
        success=_("Anggota panitia diganti."),
        back=back,
        consequence=_("Peran anggota lama berakhir saat ini juga. Yang sudah dikerjakannya tetap."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: _keep_links(
            request,
            replace_member(
                actor=get_request_actor(request),
                now=get_request_now(request),
                member_uuid=member_uuid,
                expected_version=form.cleaned_data["version"],
                left_date=form.cleaned_data["left_date"],
                reason=form.cleaned_data["reason"],
                successor=MemberInput(
                    full_name=form.cleaned_data["full_name"],
                    position=CommitteePosition(member.position),
                    element=CommitteeElement(form.cleaned_data["element"]),
                    username=form.cleaned_data["username"],
                ),
            ),
        ),
        goal=back,
        version=version,
    )


@signed_in
@require_safe
def paper(request: HttpRequest, village_code: str) -> HttpResponse:
    """The BPD's decree on the committee, ready to be signed."""
    context = find_village(request, village_code)
    committee = find_committee(context.election)
    if committee is None:
        return redirect("elections:village-committee", village_code)
    pdf = render_pdf(
        template="elections/committee_decree.typ",
        data=describe_committee(context, committee),
        paper="f4",
        record=PaperRecord(identity=f"panitia {village_code} {committee.decree_number}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"sk-panitia-{village_code}")


def _form(
    request: HttpRequest, context: VillageElection, form: PaperForm, members: list[MemberForm]
) -> None:
    found = [member.to_member() for member in members if member.is_valid()]
    file = form.cleaned_data["decree_file"]
    formed = form_committee(
        actor=get_request_actor(request),
        now=get_request_now(request),
        election_pk=context.election.pk,
        decree_number=form.cleaned_data["decree_number"],
        decree_date=form.cleaned_data["decree_date"],
        members=[member for member in found if member is not None],
        decree_file=file.read(DOCUMENT_MAX_BYTES + 1) if file else b"",
    )
    _keep_links(request, formed)


def _keep_links(request: HttpRequest, formed: FormedCommittee) -> None:
    """Activation links are shown once, on the next page, and kept nowhere else."""
    if formed.links:
        request.session["activation_links"] = [
            [name, request.build_absolute_uri(reverse("accounts:activate", args=[token]))]
            for name, token in formed.links
        ]


def _count_rows(request: HttpRequest, least: int) -> int:
    try:
        rows = int(request.POST.get("rows", least))
    except ValueError:
        rows = least
    return min(ROWS_MAX, max(least, rows) + ("add_row" in request.POST))


def _initial(row: int) -> dict[str, str]:
    order = [CommitteePosition.CHAIR, CommitteePosition.SECRETARY]
    return {"position": order[row] if row < len(order) else CommitteePosition.MEMBER}
