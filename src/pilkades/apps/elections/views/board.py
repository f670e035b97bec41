"""The board of a wave, and its alarms."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pilkades.apps.documents.services import SheetColumn, xlsx_response
from pilkades.apps.elections.board_rows import get_column_names, render_rows
from pilkades.apps.elections.models import Wave
from pilkades.apps.elections.selectors.alarms import Alarm, list_alarms
from pilkades.apps.elections.selectors.board import (
    Board,
    BoardFilter,
    BoardRow,
    get_board,
    list_progress,
)
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.elections.views.outcomes import find_wave
from pilkades.apps.elections.words import name_owner, name_stage, name_state, name_step
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.requests import get_request_now, signed_in
from pilkades.law.timesteps import STAGES
from pilkades.text import Text

WITHIN_DAYS = (3, 7, 14, 30)


@signed_in
@require_safe
def show(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """Villages by stages; `?tahap=` opens the steps of one stage, the rest narrows the rows."""
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    asked = BoardFilter(
        district_code=request.GET.get("kecamatan", ""),
        state=request.GET.get("keadaan", ""),
        stage=request.GET.get("tahap", ""),
        search=request.GET.get("cari", "").strip()[:60],
    )
    board = get_board(wave, today=today, region_code=region, asked=asked)
    if request.GET.get("unduh") == "xlsx":
        return _export(wave, board)
    context = {
        "wave": wave,
        "board": board,
        "column_names": get_column_names(board),
        "rows_html": render_rows(board),
        "asked": asked,
        "stages": STAGES,
        "states": [state for state in StepState if state is not StepState.DROPPED],
        "today": today,
        "region_name": describe_region(region),
        "download": f"?{_download_query(request)}",
    }
    return render(request, "elections/desk/board.html", context)


@signed_in
@require_safe
def alarms(request: HttpRequest, wave_uuid: UUID) -> HttpResponse:
    """What is impossible, late or due within so many days (`?hari=7`)."""
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    within = _read_days(request.GET.get("hari", ""))
    progress = list_progress(wave, today=today, region_code=region)
    found = list_alarms(progress, within_days=within)
    if request.GET.get("unduh") == "xlsx":
        return _export_alarms(wave, found)
    context = {
        "wave": wave,
        "alarms": found,
        "within": within,
        "within_choices": WITHIN_DAYS,
        "today": today,
        "region_name": describe_region(region),
    }
    return render(request, "elections/desk/alarms.html", context)


def _read_days(text: str) -> int:
    return int(text) if text in {str(days) for days in WITHIN_DAYS} else WITHIN_DAYS[1]


def _download_query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["unduh"] = "xlsx"
    return query.urlencode()


def _export(wave: Wave, board: Board) -> HttpResponse:
    columns: list[SheetColumn | Text | str] = [
        gettext("Kode"),
        gettext("Desa"),
        gettext("Kecamatan"),
        *(name_stage(c) if isinstance(c, str) else name_step(c) for c in board.columns),
        gettext("Langkah berikut"),
        SheetColumn(title=gettext("Paling lambat"), width=14),
    ]
    return xlsx_response(
        filename=f"papan-{wave.name}", columns=columns, rows=(_cells(row) for row in board.rows)
    )


def _cells(row: BoardRow) -> list[object]:
    village = row.election.village
    return [
        village.code,
        name_village(village),
        village.district.name,
        *(name_state(cell.state) if cell else "" for cell in row.cells),
        name_step(row.next_step.step) if row.next_step else "",
        row.next_step.step.end_date if row.next_step else None,
    ]


def _export_alarms(wave: Wave, found: list[Alarm]) -> HttpResponse:
    columns: list[SheetColumn | Text | str] = [
        gettext("Keadaan"),
        gettext("Tahapan"),
        gettext("Pelaksana"),
        SheetColumn(title=gettext("Paling lambat"), width=14),
        gettext("Kode"),
        gettext("Desa"),
        gettext("Pasal"),
    ]
    rows = (
        [
            name_state(alarm.state),
            name_step(alarm.step),
            name_owner(alarm.step.owner, wave.regency),
            alarm.step.end_date,
            election.village_id,
            name_village(election.village),
            alarm.step.article,
        ]
        for alarm in found
        for election in alarm.elections
    )
    return xlsx_response(filename=f"alarm-{wave.name}", columns=columns, rows=rows)
