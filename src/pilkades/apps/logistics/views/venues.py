"""Venues: the survey by the standard of the pack, photos, the drawing, the decision."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilkades.apps.design.tables import Column, build_table
from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import (
    PaperRecord,
    pdf_response,
    render_pdf,
    table_response,
)
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.requests import find_village
from pilkades.apps.elections.services.seats import is_seated, require_chair, require_seat
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.logistics.drawings import draw_layout
from pilkades.apps.logistics.forms.sites import (
    FIRST_ROOM,
    LayoutForm,
    SitePhotoForm,
    SurveyForm,
)
from pilkades.apps.logistics.papers import describe_layout
from pilkades.apps.logistics.requests import find_venue
from pilkades.apps.logistics.selectors.sites import (
    VenueStanding,
    get_passage_cm,
    get_standing,
    list_venues,
    read_plan,
)
from pilkades.apps.logistics.services.sites import (
    add_photo,
    approve_venue,
    record_survey,
    save_layout,
)
from pilkades.apps.logistics.words import VERDICT_KINDS, VERDICT_WORDS
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.vault.files import read_file
from pilkades.law.sites import SiteRules


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """All venues with the result of their survey."""
    context = find_village(request, village_code)
    table = build_table(
        caption=_("Tempat pemungutan suara"),
        columns=[
            Column(
                key="nama",
                title=_("Tempat"),
                value="venue.name",
                sort=lambda row: row.venue.name.casefold(),
                is_header=True,
                href=lambda row: reverse("logistics:venue", args=[village_code, row.venue.uuid]),
            ),
            Column(
                key="tps",
                title=_("TPS"),
                value=lambda row: ", ".join(str(item) for item in row.venue.stations.all()),
            ),
            Column(
                key="hasil",
                title=_("Hasil survei"),
                kind="status",
                value=lambda row: translate(VERDICT_WORDS[row.judgement.verdict]),
                status=lambda row: VERDICT_KINDS[row.judgement.verdict],
            ),
            Column(
                key="ditetapkan",
                title=_("Ditetapkan"),
                kind="short_date",
                value=lambda row: row.survey.approved_at if row.survey else None,
            ),
        ],
        rows=list_venues(context),
        query=request.GET,
    )
    download = table_response(request=request, table=table, filename=f"tempat-{village_code}")
    if download:
        return download
    values = {"table": table, "rules": SiteRules.from_pack(context.pack)}
    return render_village(request, "logistics/venues.html", context, values)


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """One venue: every point with its answer, the drawing, the photos."""
    context = find_village(request, village_code)
    standing = get_standing(context, find_venue(context, venue_uuid))
    values = {
        "standing": standing,
        "verdict": VERDICT_WORDS[standing.judgement.verdict],
        "verdict_kind": VERDICT_KINDS[standing.judgement.verdict],
        "drawing": draw_layout(standing.drawing) if standing.drawing else "",
        "problems": [text for texts in standing.problems.values() for text in texts],
        "may_act": is_seated(get_request_actor(request), context),
    }
    return render_village(request, "logistics/venue.html", context, values)


@signed_in
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """Write down what was found at a venue."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    standing = get_standing(context, find_venue(context, venue_uuid))
    form = SurveyForm(
        request.POST or None,
        rules=SiteRules.from_pack(context.pack),
        initial=_read_survey(standing, context.local_date(get_request_now(request))),
    )
    page = _page(
        standing,
        village_code,
        title=_("Survei %(name)s") % {"name": standing.venue.name},
        submit=_("Simpan survei"),
        success=_("Survei disimpan dan dinilai menurut paket aturan."),
        lead=_("Periksa di tempat. Yang tidak sempat diperiksa biarkan “Belum diperiksa”."),
        consequence=_("Survei baru menggantikan yang lama; penetapan tempat berakhir."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: record_survey(
            actor=actor,
            now=get_request_now(request),
            venue_uuid=venue_uuid,
            expected_serial=form.cleaned_data["serial"],
            surveyed_on=form.cleaned_data["surveyed_on"],
            surveyors=form.cleaned_data["surveyors"],
            answers=form.read_answers(),
            measures=form.read_measures(),
            note=form.cleaned_data["note"],
        ),
        goal=page.back,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """Fix a venue as a place to vote."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_chair(actor, context)
    standing = get_standing(context, find_venue(context, venue_uuid))
    if standing.survey is None:
        raise Http404
    form = VersionedForm(request.POST or None, initial={"version": standing.survey.serial})
    page = _page(
        standing,
        village_code,
        title=_("Tetapkan %(name)s") % {"name": standing.venue.name},
        submit=_("Tetapkan tempat"),
        success=_("Tempat ditetapkan."),
        consequence=_(
            "Tempat ini menjadi tempat pemungutan suara menurut survei terakhir. Survei atau denah "
            "baru mengakhiri penetapan ini."
        ),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: approve_venue(
            actor=actor,
            now=get_request_now(request),
            venue_uuid=venue_uuid,
            expected_serial=form.cleaned_data["version"],
        ),
        goal=page.back,
        values={"warnings": standing.judgement.warnings},
        template="logistics/approve.html",
        version=standing.survey.serial,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def layout(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """The small form behind the drawing."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    standing = get_standing(context, find_venue(context, venue_uuid))
    plan = read_plan(standing.layout.plan, context) if standing.layout else FIRST_ROOM
    version = standing.layout.version + 1 if standing.layout else 1
    form = LayoutForm(
        request.POST or None, initial={**LayoutForm.read_initial(plan), "version": version}
    )
    page = _page(
        standing,
        village_code,
        title=_("Denah %(name)s") % {"name": standing.venue.name},
        submit=_("Simpan dan gambar denah"),
        success=_("Denah disimpan. Periksa gambarnya."),
        lead=_(
            "Ukuran dalam meter; dinding atas ada di atas gambar. Meja, bilik, kotak, dan kursi "
            "diletakkan sendiri menurut jalan pemilih: meja, bilik, kotak, pintu keluar."
        ),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: save_layout(
            actor=actor,
            now=get_request_now(request),
            venue_uuid=venue_uuid,
            expected_version=form.cleaned_data["version"] - 1,
            plan=form.to_plan(passage_cm=get_passage_cm(context)),
        ),
        goal=page.back,
        version=version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def photo_new(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """One more picture of a venue."""
    context = find_village(request, village_code)
    actor = get_request_actor(request)
    require_seat(actor, context)
    standing = get_standing(context, find_venue(context, venue_uuid))
    form = SitePhotoForm(
        request.POST or None, request.FILES or None, rules=SiteRules.from_pack(context.pack)
    )
    page = _page(
        standing,
        village_code,
        title=_("Foto %(name)s") % {"name": standing.venue.name},
        submit=_("Simpan foto"),
        success=_("Foto disimpan terkunci."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: add_photo(
            actor=actor,
            now=get_request_now(request),
            venue_uuid=venue_uuid,
            criterion_id=form.cleaned_data["criterion"],
            data=form.cleaned_data["photo"].read(),
        ),
        goal=page.back,
    )


@signed_in
@require_safe
def photo(
    request: HttpRequest, village_code: str, venue_uuid: UUID, photo_uuid: UUID
) -> HttpResponse:
    """One picture, for those who may open the workspace."""
    context = find_village(request, village_code)
    found = find_venue(context, venue_uuid).photos.filter(uuid=photo_uuid).first()
    if found is None:
        raise Http404
    stored = read_file(found.file)
    response = HttpResponse(stored.data, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response


@signed_in
@require_safe
def layout_paper(request: HttpRequest, village_code: str, venue_uuid: UUID) -> HttpResponse:
    """The drawing to scale, to be hung up and set out by."""
    context = find_village(request, village_code)
    standing = get_standing(context, find_venue(context, venue_uuid))
    if standing.drawing is None or standing.layout is None:
        raise Http404
    pdf = render_pdf(
        template="logistics/layout.typ",
        data=describe_layout(context, standing),
        record=PaperRecord(identity=f"denah {standing.venue.uuid}/{standing.layout.version}"),
        simulation=context.is_simulation,
    )
    return pdf_response(pdf=pdf, filename=f"denah-{village_code}-{standing.venue.name}")


def _read_survey(standing: VenueStanding, today: object) -> dict[str, object]:
    """The latest survey as a beginning: most points stay as they were."""
    survey = standing.survey
    initial: dict[str, object] = {"serial": survey.serial if survey else 0, "surveyed_on": today}
    if survey is not None:
        initial["surveyors"] = survey.surveyors
        initial.update({f"c_{key}": value for key, value in survey.answers.items()})
        initial.update(
            {f"c_{key}": value.replace(".", ",") for key, value in survey.measures.items()}
        )
    return initial


def _page(
    standing: VenueStanding,
    village_code: str,
    *,
    title: str,
    submit: str,
    success: str,
    lead: str = "",
    consequence: str = "",
) -> ActPage:
    return ActPage(
        title=title,
        submit=submit,
        success=success,
        lead=lead,
        consequence=consequence,
        back=reverse("logistics:venue", args=[village_code, standing.venue.uuid]),
    )
