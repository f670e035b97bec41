"""Imports of a village: handed in, columns confirmed, thrown away, taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilkades.apps.elections.forms.desk import VersionedForm
from pilkades.apps.elections.requests import find_examined_village
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import is_seated, require_seat
from pilkades.apps.elections.views.outcomes import try_service
from pilkades.apps.elections.views.village_pages import ActPage, render_village, run_act
from pilkades.apps.jobs.models import Job, JobState
from pilkades.apps.jobs.services import start_job
from pilkades.apps.regulations.requests import get_request_actor, get_request_now, signed_in
from pilkades.apps.roll.forms.imports import ColumnsForm, UndoForm, UploadForm
from pilkades.apps.roll.models import ImportState, RollImport
from pilkades.apps.roll.selectors.imports import find_import, list_imports
from pilkades.apps.roll.services.imports import (
    confirm_columns,
    discard_import,
    read_import_file,
    receive_file,
)
from pilkades.apps.roll.services.imports_acceptance import undo_import
from pilkades.apps.roll.services.imports_reading import READ_JOB
from pilkades.apps.roll.spreadsheets.book import Row, Sheet
from pilkades.apps.roll.spreadsheets.cells import to_text
from pilkades.apps.roll.spreadsheets.layout import Layout, find_layout
from pilkades.apps.roll.spreadsheets.refusals import UPLOAD_MAX_BYTES, refuse
from pilkades.apps.vault.masking import MASK

SAMPLES = 3
HEAD_LINES = 300
LONG_NUMBER_DIGITS = 9


@signed_in
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, village_code: str) -> HttpResponse:
    """All imports, and the form for one more."""
    context = find_examined_village(request, village_code)
    actor = get_request_actor(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        require_seat(actor, context)
        made: list[RollImport] = []
        status = try_service(form, lambda: made.append(_receive(request, context, form)))
        if status == 302:
            return redirect("roll:import-columns", village_code, made[0].uuid)
    values = {
        "form": form,
        "imports": list_imports(context),
        "may_act": is_seated(actor, context),
    }
    return render_village(request, "roll/imports/index.html", context, values, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """Which column is what; confirming it reads the rows."""
    context, source = find_for_seated(request, village_code, import_uuid)
    if source.file is None or source.state not in (ImportState.UPLOADED, ImportState.READ):
        return redirect("roll:import", village_code, import_uuid)
    book = read_import_file(source, lines_max=HEAD_LINES)
    asked = request.POST.get("sheet") or request.GET.get("lembar") or source.sheet_name
    sheet = book.find_sheet(asked) or book.sheets[0]
    layout = find_layout(sheet.rows)
    confirmed = {int(index): target for index, target in source.columns.items()}
    mapped = confirmed if sheet.name == source.sheet_name else layout.mapped
    form = ColumnsForm(
        request.POST or None,
        columns=layout.columns,
        initial={
            "version": source.version,
            "sheet": sheet.name,
            **ColumnsForm.make_initial(layout.columns, mapped),
        },
    )
    status = 200
    if request.method == "POST":
        confirmed_import: list[RollImport] = []
        status = try_service(form, lambda: confirmed_import.append(_confirm(request, source, form)))
        if status == 302:
            return _read(request, village_code, confirmed_import[0])
        form.renew_version(source.version)
    values = {
        "source": source,
        "form": form,
        "sheets": book.sheets,
        "hidden_sheets": book.hidden,
        "sheet": sheet,
        "lines": _describe_lines(form, sheet, layout),
        "header_line": ", ".join(str(line + 1) for line in layout.header_rows),
        "first_line": layout.first_row + 1,
    }
    return render_village(request, "roll/imports/columns.html", context, values, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """Throw an import away."""
    context, source = find_for_seated(request, village_code, import_uuid)
    form = VersionedForm(request.POST or None, initial={"version": source.version})
    page = ActPage(
        title=_("Buang impor %(name)s") % {"name": source.file_name},
        submit=_("Buang impor"),
        success=_("Impor dibuang. Daftar pemilih tidak berubah."),
        back=reverse("roll:import", args=[village_code, import_uuid]),
        consequence=_("Berkas dan semua perbaikan di dalamnya dihapus dan tidak dapat kembali."),
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: discard_import(
            actor=get_request_actor(request),
            now=get_request_now(request),
            import_uuid=import_uuid,
            expected_version=form.cleaned_data["version"],
        ),
        goal=reverse("roll:imports", args=[village_code]),
        version=source.version,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, village_code: str, import_uuid: UUID) -> HttpResponse:
    """Take an accepted import back."""
    context, source = find_for_seated(request, village_code, import_uuid)
    form = UndoForm(request.POST or None, initial={"version": source.version})
    back = reverse("roll:import", args=[village_code, import_uuid])
    page = ActPage(
        title=_("Batalkan impor %(name)s") % {"name": source.file_name},
        submit=_("Batalkan impor"),
        success=_("Impor dibatalkan. Perbaikan Anda masih ada di pratinjau."),
        back=back,
        consequence=_(
            "%(count)s pemilih dari impor ini dihapus dari daftar. Hanya dapat selama DPS belum "
            "ditetapkan dan belum ada yang mengubah pemilih itu."
        )
        % {"count": source.accepted_count},
    )
    return run_act(
        request,
        context,
        page,
        form=form,
        act=lambda: undo_import(
            actor=get_request_actor(request),
            now=get_request_now(request),
            import_uuid=import_uuid,
            expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        goal=back,
        version=source.version,
    )


def find_for_examiner(
    request: HttpRequest, village_code: str, import_uuid: UUID
) -> tuple[VillageElection, RollImport]:
    """An import for those who examine; for strangers it does not exist."""
    context = find_examined_village(request, village_code)
    source = find_import(context, import_uuid)
    if source is None:
        raise Http404
    return context, source


def find_for_seated(
    request: HttpRequest, village_code: str, import_uuid: UUID
) -> tuple[VillageElection, RollImport]:
    """An import for those who may act on it."""
    context, source = find_for_examiner(request, village_code, import_uuid)
    require_seat(get_request_actor(request), context)
    return context, source


def go_to_job(job: Job, goal: str) -> HttpResponse:
    """To the page of a job that takes its time, or past it where the job is through."""
    job.refresh_from_db()
    return redirect(goal) if job.state == JobState.DONE else redirect("jobs:show", job.uuid)


def _receive(request: HttpRequest, context: VillageElection, form: UploadForm) -> RollImport:
    file = form.cleaned_data["file"]
    if file.size > UPLOAD_MAX_BYTES:
        # Told before a single byte of it is read.
        raise refuse("sheet.too-large")
    return receive_file(
        actor=get_request_actor(request),
        now=get_request_now(request),
        election_pk=context.election.pk,
        data=file.read(),
        file_name=file.name,
    )


def _confirm(request: HttpRequest, source: RollImport, form: ColumnsForm) -> RollImport:
    return confirm_columns(
        actor=get_request_actor(request),
        import_uuid=source.uuid,
        expected_version=form.cleaned_data["version"],
        sheet_name=form.cleaned_data["sheet"],
        columns=form.get_columns(),
    )


def _read(request: HttpRequest, village_code: str, source: RollImport) -> HttpResponse:
    goal = reverse("roll:import", args=[village_code, source.uuid])
    job = start_job(
        kind=READ_JOB,
        actor=get_request_actor(request),
        now=get_request_now(request),
        region_code=village_code,
        params={"import_uuid": str(source.uuid), "expected_version": source.version},
        back=goal,
    )
    return go_to_job(job, goal)


def _describe_lines(form: ColumnsForm, sheet: Sheet, layout: Layout) -> list[dict[str, object]]:
    """Each column with its heading, its choice and a few of its cells."""
    rows = sheet.rows[layout.first_row :]
    return [
        {
            "letter": _letter(column.index),
            "title": column.title,
            "field": form[f"kolom_{column.index}"],
            "samples": _list_samples(rows, column.index),
        }
        for column in layout.columns
    ]


def _list_samples(rows: Sequence[Row], index: int) -> list[str]:
    found: list[str] = []
    for row in rows:
        if index < len(row) and row[index] is not None:
            found.append(mask_digits(to_text(row[index])))
        if len(found) == SAMPLES:
            break
    return found


def mask_digits(text: str) -> str:
    """Text with the middle of a long number hidden; letters in it stay to be seen."""
    if sum(character.isdigit() for character in text) < LONG_NUMBER_DIGITS:
        return text
    inner = "".join(MASK if character.isdigit() else character for character in text[2:-4])
    return f"{text[:2]}{inner}{text[-4:]}"


def _letter(index: int) -> str:
    """`A`, `B` … `AA`, as the spreadsheet names its columns."""
    name, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
