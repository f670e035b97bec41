"""The board of a wave, and its alarms."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilkades.apps.documents.services import is_download, page_response
from pilkades.apps.elections.board_rows import get_column_names, render_rows
from pilkades.apps.elections.desk_sheets import list_alarm_rows, list_board_rows
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.alarms import list_alarms
from pilkades.apps.elections.selectors.board import BoardFilter, get_board, list_progress
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.waves import get_local_date
from pilkades.apps.regions.selectors import describe_region
from pilkades.apps.regulations.requests import get_request_now, signed_in
from pilkades.law.timesteps import STAGES

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
    if is_download(request):
        return page_response(filename=f"papan-{wave.name}", sheets=[list_board_rows(board)])
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
    if is_download(request):
        sheet = list_alarm_rows(found, wave.regency)
        return page_response(filename=f"alarm-{wave.name}", sheets=[sheet])
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
