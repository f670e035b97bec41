"""The preview of an import: every problem in its row with what would mend it, and the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilkades.apps.design.texts import translate
from pilkades.apps.documents.services import Sheet, SheetColumn, is_download, page_response
from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.imports import SECRET_FIELDS, LeaveOutForm, MendForm, RowForm
from pilkades.apps.roll.models import ImportRow, ImportState, RollImport, RollState
from pilkades.apps.roll.selectors.imports import (
    ImportCounts,
    RowReading,
    build_setting,
    count_kinds,
    count_rows,
    list_bulk_mendings,
    read_rows,
    with_code,
)
from pilkades.apps.roll.services.imports_acceptance import ACCEPT_JOB
from pilkades.apps.roll.services.imports_mending import (
    edit_row,
    leave_out_rows,
    mend_rows,
    take_back_row,
)
from pilkades.apps.roll.spreadsheets.fields import FIELDS, PARTS
from pilkades.apps.roll.spreadsheets.judging import Setting
from pilkades.apps.roll.spreadsheets.problems import KINDS, Problem
from pilkades.apps.roll.views.imports import (
    find_for_examiner,
    find_for_seated,
    go_to_job,
    mask_digits,
)
from pilkades.apps.vault.masking import mask_nik
from pilkades.errors import ConflictError

PAGE_ROWS = 25
DAY_FIELDS = ("birth_date", "resident_since")
VIEW_TITLES = {
    "terhalang": _lazy("Terhalang"),
    "perhatian": _lazy("Perlu dilihat"),
    "siap": _lazy("Siap"),
    "diperbaiki": _lazy("Diperbaiki"),
    "dilewati": _lazy("Dilewati"),
    "semua": _lazy("Semua baris"),
}
VIEWS = {
    "terhalang": Q(is_skipped=False, severity=2),
    "perhatian": Q(is_skipped=False, severity=1),
    "siap": Q(is_skipped=False, severity=0),
    "diperbaiki": Q(is_mended=True),
    "dilewati": Q(is_skipped=True),
    "semua": Q(),
}


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem with what is written in its place."""

    problem: Problem
    written: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the preview shows it: the NIK masked."""

    reading: RowReading
    name: str
    nik: str
    problems: list[ShownProblem]

    @property
    def row(self) -> ImportRow:
        return self.reading.row


@signed_in
@require_safe
def preview(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """What the file says, what is wrong in it, and how to mend it."""
    context, source = find_for_examiner(request, village_code, import_uuid)
    now = get_request_now(request)
    may_act = is_seated(get_request_actor(request), context)
    if source.state == ImportState.UPLOADED and may_act:
        return redirect("roll:import-columns", village_code, import_uuid)
    setting = build_setting(context, source, now=now)
    counts, kinds = count_rows(source), count_kinds(source)
    code, view = _chosen(request, counts)
    rows = source.rows.filter(VIEWS[view])
    rows = rows.filter(with_code(code)) if code else rows
    if is_download(request):
        shown = _show(list(rows), source, setting)
        return page_response(filename=f"impor-{village_code}", sheets=[_sheet(shown)])
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("hal"))
    is_open = source.state == ImportState.READ
    values = {
        "source": source,
        "counts": counts,
        "kinds": kinds,
        "code_asked": code,
        "chosen_query": urlencode({"masalah": code} if code else {"tampil": view}),
        "kind": KINDS.get(code),
        "view": "" if code else view,
        "views": VIEW_TITLES.items(),
        "bulk": list_bulk_mendings(source, code, setting) if code and is_open else (),
        "page_rows": _show(list(page.object_list), source, setting),
        "paginator": page,
        "here": request.get_full_path(),
        "may_act": may_act,
        "is_open": is_open,
        "may_undo": may_act and source.roll.state == RollState.DRAFT,
        "is_accepted": source.state == ImportState.ACCEPTED,
    }
    return render_village(request, "roll/imports/preview.html", context, values)


@signed_in
@require_POST
def mend_all(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """Apply a mending to every row that is offered it."""
    return _mend(request, village_code, import_uuid, row_uuid=None)


@signed_in
@require_POST
def mend_row(
    request: HttpRequest, village_code: str, import_uuid: UUID, row_uuid: UUID
) -> HttpResponse:
    """Apply a mending to one row."""
    return _mend(request, village_code, import_uuid, row_uuid=row_uuid)


@signed_in
@require_POST
def leave_out(
    request: HttpRequest, village_code: str, import_uuid: UUID, row_uuid: UUID | None = None
) -> HttpResponse:
    """Leave out one row, or all of a kind."""
    find_for_seated(request, village_code, import_uuid)
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _act(
        request,
        village_code,
        import_uuid,
        lambda: leave_out_rows(
            actor=get_request_actor(request),
            now=get_request_now(request),
            import_uuid=import_uuid,
            code=form.cleaned_data["code"],
            row_uuid=row_uuid,
        ),
        success=_("%(count)s baris ditinggalkan. Baris itu dapat diikutkan lagi."),
    )


@signed_in
@require_POST
def take_back(
    request: HttpRequest, village_code: str, import_uuid: UUID, row_uuid: UUID
) -> HttpResponse:
    """Let a row count again."""
    source = find_for_seated(request, village_code, import_uuid)[1]
    _find_row(source, row_uuid)

    def act() -> int:
        take_back_row(
            actor=get_request_actor(request),
            now=get_request_now(request),
            import_uuid=import_uuid,
            row_uuid=row_uuid,
        )
        return 1

    return _act(request, village_code, import_uuid, act, success=_("Baris diikutkan lagi."))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(
    request: HttpRequest, village_code: str, import_uuid: UUID, row_uuid: UUID
) -> HttpResponse:
    """Write over the fields of one row."""
    context, source = find_for_seated(request, village_code, import_uuid)
    row = _find_row(source, row_uuid)
    now = get_request_now(request)
    reading = read_rows([row], source=source, setting=build_setting(context, source, now=now))[0]
    written = {name: _find_written(reading, name) for name in FIELDS}
    form = RowForm(
        request.POST or None,
        masked={name: mask_digits(written[name]) for name in SECRET_FIELDS},
        initial={name: text for name, text in written.items() if name not in SECRET_FIELDS},
    )
    page = ActPage(
        title=_("Baris %(number)s") % {"number": row.number},
        submit=_("Simpan perbaikan"),
        success=_("Baris diperbaiki."),
        back=_back(request, village_code, import_uuid),
        lead=_("Tulis seperti seharusnya. Berkas asli tidak berubah."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: edit_row(
            actor=get_request_actor(request),
            now=now,
            import_uuid=import_uuid,
            row_uuid=row_uuid,
            changes=form.get_changes(),
        ),
        goal=_back(request, village_code, import_uuid),
        template="roll/imports/row.html",
        values={"shown": _describe(reading)},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """What would be written, and the decision to write it."""
    context, source = find_for_seated(request, village_code, import_uuid)
    goal = reverse("roll:import", args=[village_code, import_uuid])
    form = VersionedForm(request.POST or None, initial={"version": source.version})
    if source.state != ImportState.READ:
        return redirect(goal)
    if request.method == "POST" and form.is_valid():
        job = start_job(
            kind=ACCEPT_JOB,
            actor=get_request_actor(request),
            now=get_request_now(request),
            region_code=village_code,
            params={
                "import_uuid": str(import_uuid),
                "expected_version": form.cleaned_data["version"],
            },
            back=goal,
        )
        return go_to_job(job, goal)
    counts = count_rows(source)
    values = {"source": source, "counts": counts, "form": form, "back": goal}
    return render_village(request, "roll/imports/accept.html", context, values)


def _mend(
    request: HttpRequest, village_code: str, import_uuid: UUID, *, row_uuid: UUID | None
) -> HttpResponse:
    find_for_seated(request, village_code, import_uuid)
    form = MendForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _act(
        request,
        village_code,
        import_uuid,
        lambda: mend_rows(
            actor=get_request_actor(request),
            now=get_request_now(request),
            import_uuid=import_uuid,
            code=form.cleaned_data["code"],
            key=form.cleaned_data["key"],
            row_uuid=row_uuid,
        ),
        success=_("%(count)s baris diperbaiki."),
    )


def _act(
    request: HttpRequest,
    village_code: str,
    import_uuid: UUID,
    act: Callable[[], int],
    *,
    success: str,
) -> HttpResponse:
    """Do it and go back to where the button stood; a refusal is told there."""
    try:
        count = act()
    except ConflictError as error:
        messages.warning(request, translate(error.text))
    else:
        messages.success(request, success % {"count": count} if "%(" in success else success)
    return redirect(_back(request, village_code, import_uuid))


def _back(request: HttpRequest, village_code: str, import_uuid: UUID) -> str:
    """The view of the preview from which somebody came, if it is one."""
    preview_url = reverse("roll:import", args=[village_code, import_uuid])
    asked = request.POST.get("kembali") or request.GET.get("kembali") or ""
    is_own = asked.startswith(f"{preview_url}?") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}
    )
    return f"{asked}#baris" if is_own else preview_url


def _chosen(request: HttpRequest, counts: ImportCounts) -> tuple[str, str]:
    """The kind of problem or the view that is asked for; else what most needs to be seen."""
    code = request.GET.get("masalah", "")
    view = request.GET.get("tampil", "")
    if code in KINDS:
        return code, "semua"
    if view in VIEWS:
        return "", view
    if counts.blocked:
        return "", "terhalang"
    return "", "perhatian" if counts.warned else "semua"


def _find_row(source: RollImport, row_uuid: UUID) -> ImportRow:
    row = source.rows.filter(uuid=row_uuid).first()
    if row is None:
        raise Http404
    return row


def _show(rows: list[ImportRow], source: RollImport, setting: Setting) -> list[ShownRow]:
    return [_describe(reading) for reading in read_rows(rows, source=source, setting=setting)]


def _describe(reading: RowReading) -> ShownRow:
    problems = () if reading.row.is_skipped else reading.problems
    return ShownRow(
        reading=reading,
        name=reading.reading.values.get("full_name") or reading.raw.get("full_name", ""),
        nik=mask_nik(nik) if (nik := reading.reading.values.get("nik", "")) else "",
        problems=[ShownProblem(problem, _find_unsaid(problem, reading)) for problem in problems],
    )


def _find_unsaid(problem: Problem, reading: RowReading) -> str:
    """What is written in the place of a problem, unless its sentence says it already."""
    written = mask_digits(_find_raw(reading, problem.field))
    return "" if written in translate(problem.text) else written


def _find_raw(reading: RowReading, field: str) -> str:
    """What is written in the field's own column, or in the combined one that holds it."""
    if field in reading.raw:
        return reading.raw[field]
    holders = [target for target, parts in PARTS.items() if field in parts]
    return " · ".join(reading.raw[target] for target in holders if target in reading.raw)


def _find_written(reading: RowReading, field: str) -> str:
    """What the field reads as, days as people write them; else what is written there."""
    value = reading.reading.values.get(field)
    if value and field in DAY_FIELDS:
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    return value or _find_raw(reading, field)


def _sheet(rows: list[ShownRow]) -> Sheet:
    columns = [SheetColumn(title=_("Baris"), width=8), SheetColumn(title=_("NIK"), width=20)]
    names = [name for name in FIELDS if name not in SECRET_FIELDS]
    columns += [SheetColumn(title=translate(FIELDS[name]), width=18) for name in names]
    columns.append(SheetColumn(title=_("Masalah"), width=60))
    return Sheet(
        title=_("Baris impor"),
        columns=columns,
        rows=[
            [
                shown.row.number,
                shown.nik,
                *(_find_written(shown.reading, name) for name in names),
                " ".join(translate(item.problem.text) for item in shown.problems)
                or (translate(shown.reading.skip_reason) if shown.reading.skip_reason else ""),
            ]
            for shown in rows
        ],
    )
