"""The voters of a village: listed, looked up, and everything about one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilkades.apps.accounts.selectors import has_role
from pilkades.apps.design.tables import Column, Filter, Table, build_table
from pilkades.apps.documents.services import table_response
from pilkades.apps.elections.selectors.village_access import UNMASK_ROLES
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import render_village
from pilkades.apps.regions.selectors import list_hamlets
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.entries import NikForm
from pilkades.apps.roll.models import Roll, RollEntry, RollStage, Sex
from pilkades.apps.roll.requests import find_begun_roll, find_roll_entry, find_roll_village
from pilkades.apps.roll.selectors.entries import find_by_nik, list_entries, list_parts
from pilkades.apps.roll.selectors.lists import judge_entry
from pilkades.apps.roll.selectors.timelines import list_moments
from pilkades.apps.roll.selectors.totals import count_totals
from pilkades.apps.roll.services.annotations import Annotation
from pilkades.apps.roll.services.reveal import RevealedVoter, reveal_entry
from pilkades.apps.vault.masking import mask_nik, mask_phone

ANNOTATIONS = dict(Annotation.choices)


@signed_in
@require_safe
def index(request: HttpRequest, village_code: str) -> HttpResponseBase:
    """Every entry, struck ones too, with search, filters and the totals."""
    context, roll = find_roll_village(request, village_code)
    table = build_entry_table(request, context, roll)
    download = table_response(request=request, table=table, filename=f"pemilih-{village_code}")
    if download:
        return download
    values = {
        "roll": roll,
        "table": table,
        "totals": count_totals(roll),
        "nik_form": NikForm(),
        "may_act": is_seated(get_request_actor(request), context),
        "may_read": True,
        "here": "entries",
    }
    return render_village(request, "roll/entries.html", context, values)


@signed_in
@require_POST
def search(request: HttpRequest, village_code: str) -> HttpResponse:
    """The entry that bears a NIK; the number stands in no address."""
    _context, roll = find_begun_roll(request, village_code)
    form = NikForm(request.POST)
    found = find_by_nik(roll, form.cleaned_data["nik"]) if form.is_valid() else None
    if found is None:
        messages.warning(request, _("Tidak ada pemilih dengan NIK itu di daftar desa ini."))
        return redirect("roll:entries", village_code)
    return redirect("roll:entry", village_code, found.uuid)


@signed_in
@require_safe
def show(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """One voter: particulars, what stands out, and the story."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    return _render_entry(request, context, entry)


@signed_in
@require_POST
def reveal(request: HttpRequest, village_code: str, entry_uuid: UUID) -> HttpResponse:
    """Show NIK, KK and telephone number, once; the look is on record."""
    context, entry = find_roll_entry(request, village_code, entry_uuid)
    shown = reveal_entry(
        actor=get_request_actor(request), now=get_request_now(request), entry_uuid=entry.uuid
    )
    # Shown in this very answer: kept in no session, it is gone with the page.
    response = _render_entry(request, context, entry, revealed=shown)
    response["Cache-Control"] = "no-store"
    return response


def _render_entry(
    request: HttpRequest,
    context: VillageElection,
    entry: RollEntry,
    *,
    revealed: RevealedVoter | None = None,
) -> HttpResponse:
    actor = get_request_actor(request)
    may_act = is_seated(actor, context)
    masked = RevealedVoter(
        nik=mask_nik(entry.nik) if entry.nik else "",
        kk=mask_nik(entry.kk) if entry.kk else "",
        phone=mask_phone(entry.phone) if entry.phone else "",
    )
    values: dict[str, Any] = {
        "entry": entry,
        "roll": entry.roll,
        "numbers": revealed or masked,
        "is_revealed": revealed is not None,
        "annotation": ANNOTATIONS.get(entry.annotation, ""),
        "findings": () if entry.is_removed else judge_entry(context, entry),
        "moments": list_moments(entry),
        "may_change": may_act and not entry.roll.is_locked,
        "may_annotate": may_act and entry.roll.is_locked and not entry.is_removed,
        "may_reveal": has_role(actor, UNMASK_ROLES, context.village_code),
        "may_read": True,
        "here": "entries",
    }
    return render_village(request, "roll/entry.html", context, values)


def build_entry_table(request: HttpRequest, context: VillageElection, roll: Roll | None) -> Table:
    """The list of voters: one query for a page, whatever the size of the roll."""
    code = context.village_code
    return build_table(
        caption=_("Daftar pemilih"),
        columns=list_columns(code),
        rows=list_entries(roll),
        query=request.GET,
        filters=_list_filters(roll, code),
        search=("full_name", "search_name", "address"),
    )


def list_columns(village_code: str) -> list[Column]:
    """The columns of every list of voters; NIK and KK are masked, in the download too."""
    return [
        Column(key="no", title=_("No."), value="number", kind="number", sort="number"),
        Column(
            key="nama",
            title=_("Nama"),
            value="full_name",
            sort="full_name",
            is_header=True,
            href=lambda entry: reverse("roll:entry", args=[village_code, entry.uuid]),
        ),
        Column(key="nik", title=_("NIK"), value=_show_nik),
        Column(key="lp", title=_("L/P"), value="sex", sort="sex"),
        Column(
            key="lahir",
            title=_("Tanggal lahir"),
            value="birth_date",
            kind="short_date",
            sort="birth_date",
        ),
        Column(key="dusun", title=_("Dusun"), value=_show_hamlet, sort="hamlet__name"),
        Column(key="rw", title=_("RW"), value="rw", sort="rw"),
        Column(key="rt", title=_("RT"), value="rt", sort="rt"),
        Column(key="tps", title=_("TPS"), value=_show_station, sort="station__number"),
        Column(
            key="keadaan",
            title=_("Keadaan"),
            value=_show_standing,
            kind="status",
            status=_grade_standing,
            sort="is_removed",
        ),
    ]


def _list_filters(roll: Roll | None, village_code: str) -> list[Filter]:
    hamlets = [(str(hamlet.uuid), hamlet.name) for hamlet in list_hamlets(village_code)]
    return [
        Filter(key="dusun", title=_("Dusun"), options=hamlets, test="hamlet__uuid"),
        Filter(key="rw", title=_("RW"), options=_list_options(roll, "rw"), test="rw"),
        Filter(key="rt", title=_("RT"), options=_list_options(roll, "rt"), test="rt"),
        Filter(key="lp", title=_("L/P"), options=Sex.choices, test="sex"),
        Filter(key="tahap", title=_("Masuk lewat"), options=RollStage.choices, test="stage"),
        Filter(key="keadaan", title=_("Keadaan"), options=STANDING, test="is_removed"),
    ]


STANDING = (("False", gettext_lazy("Terdaftar")), ("True", gettext_lazy("Dicoret")))


def _list_options(roll: Roll | None, field: str) -> list[tuple[str, str]]:
    return [(part, part) for part in list_parts(roll, field)]


def _show_nik(entry: RollEntry) -> str:
    return mask_nik(entry.nik) if entry.nik else ""


def _show_hamlet(entry: RollEntry) -> str:
    return entry.hamlet.name if entry.hamlet else ""


def _show_station(entry: RollEntry) -> str:
    return str(entry.station) if entry.station else ""


def _show_standing(entry: RollEntry) -> str:
    if entry.is_removed:
        return _("Dicoret")
    return str(ANNOTATIONS.get(entry.annotation, "")) or _("Terdaftar")


def _grade_standing(entry: RollEntry) -> str:
    if entry.is_removed:
        return "bad"
    return "warn" if entry.annotation else "ok"
