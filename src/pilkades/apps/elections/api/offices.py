"""REST: the inbox of an office, the waves it looks over, the board of a wave and its alarms."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from pilkades.apps.accounts.api import signed_in
from pilkades.apps.design.api import REFUSALS, WITHOUT_NUL
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.models import InboxItem, InboxKind
from pilkades.apps.elections.requests import find_wave
from pilkades.apps.elections.selectors.access import list_regency_codes
from pilkades.apps.elections.selectors.alarms import list_alarms
from pilkades.apps.elections.selectors.board import (
    BoardFilter,
    BoardRow,
    get_board,
    list_progress,
)
from pilkades.apps.elections.selectors.inbox import (
    get_item_text,
    has_inbox,
    is_item_late,
    list_inbox,
)
from pilkades.apps.elections.selectors.progress import StepState
from pilkades.apps.elections.selectors.villages import name_village
from pilkades.apps.elections.selectors.waves import get_local_date, list_waves
from pilkades.apps.elections.services.inbox import finish_item
from pilkades.apps.elections.words import name_owner, name_stage, name_step
from pilkades.apps.regulations.requests import (
    get_request_actor,
    get_request_now,
    get_request_today,
)
from pilkades.law.timetable import TimetableStep

PAGE_SIZE = 100
MAX_OFFSET = 100_000
WAVE = "/gelombang/{uuid:wave_uuid}"
Stage = Literal["", "persiapan", "pencalonan", "pemungutan", "penetapan"]
router = Router(auth=signed_in)


class InboxItemOut(Schema):
    """Satu perihal dari satu desa untuk jabatan Anda."""

    id: UUID
    kind: InboxKind
    kind_name: str
    village_code: str
    village: str
    simulation: bool
    text: str
    article: str
    due_date: date | None
    is_late: bool
    created_at: datetime
    done_at: datetime | None


class InboxOut(Schema):
    """Kotak masuk: seratus perihal mulai dari `mulai`; `total` menyebut semuanya."""

    total: int
    items: list[InboxItemOut]


class InboxDoneOut(Schema):
    """Perihal yang sudah ditandai selesai."""

    id: UUID
    done_at: datetime | None


class WaveOut(Schema):
    """Gelombang pilkades serentak yang boleh Anda lihat."""

    id: UUID
    name: str
    regency_code: str
    regency: str
    poll_date: date
    status: str
    simulation: bool
    village_count: int
    resting_count: Annotated[int, Field(description="desa yang ditunda, batal atau selesai")]


class WavesOut(Schema):
    """Semua gelombang di wilayah Anda."""

    waves: list[WaveOut]


class BoardColumnOut(Schema):
    """Satu kolom papan: tahap, atau tahapan bila satu tahap dirinci."""

    id: str
    name: str


class BoardCellOut(Schema):
    """Keadaan satu desa dalam satu kolom."""

    column: str
    state: str
    done_count: int
    step_count: int
    due_date: date | None


class BoardRowOut(Schema):
    """Satu desa; sel hanya ada di kolom yang berlaku bagi desa itu."""

    election_id: UUID
    village_code: str
    village: str
    district: str
    state: str
    next_step: str | None
    next_step_name: str
    next_due_date: date | None
    cells: list[BoardCellOut]


class BoardOut(Schema):
    """Papan gelombang: desa dan tahap pada hari ini."""

    wave: str
    today: date
    total: int
    counts: Annotated[dict[str, int], Field(description="banyaknya desa menurut keadaan")]
    columns: list[BoardColumnOut]
    rows: list[BoardRowOut]


class AlarmOut(Schema):
    """Satu tahapan yang tidak mungkin, terlambat, atau segera berakhir di sejumlah desa."""

    state: str
    step_id: str
    step: str
    owner: str
    end_date: date
    days: Annotated[int, Field(description="sisa hari, atau hari keterlambatan")]
    article: str
    village_codes: list[str]
    findings: list[str]


class AlarmsOut(Schema):
    """Yang mendesak lebih dahulu."""

    wave: str
    today: date
    alarms: list[AlarmOut]


@router.get("/kotak-masuk", response={200: InboxOut, **REFUSALS}, summary="Kotak masuk jabatan")
def get_inbox(
    request: HttpRequest,
    selesai: Annotated[bool, Query(description="yang sudah ditandai selesai")] = False,
    perihal: Annotated[InboxKind | None, Query(description="hanya satu jenis perihal")] = None,
    mulai: Annotated[int, Query(ge=0, le=MAX_OFFSET, description="lewati sekian perihal")] = 0,
) -> InboxOut:
    """Untuk camat, panitia kecamatan, kabupaten, BPD dan kepala desa, sesuai paket aturan."""
    actor, today = get_request_actor(request), get_request_today(request)
    if not has_inbox(actor):
        raise PermissionDenied
    found = list_inbox(actor, today=today, is_done=selesai)
    if perihal is not None:
        found = found.filter(kind=perihal)
    return InboxOut(
        total=found.count(),
        items=[_describe_item(item, today) for item in found[mulai : mulai + PAGE_SIZE]],
    )


@router.post(
    "/kotak-masuk/{uuid:item_uuid}/selesai",
    response={200: InboxDoneOut, **REFUSALS},
    summary="Tandai perihal selesai",
)
def finish(request: HttpRequest, item_uuid: UUID) -> InboxDoneOut:
    """Perihal kantor lain tidak ada bagi Anda: 404."""
    try:
        item = finish_item(
            actor=get_request_actor(request), now=get_request_now(request), item_uuid=item_uuid
        )
    except (InboxItem.DoesNotExist, PermissionDenied) as error:
        raise Http404 from error
    return InboxDoneOut(id=item.uuid, done_at=item.done_at)


@router.get("/gelombang", response={200: WavesOut, **REFUSALS}, summary="Gelombang yang terlihat")
def list_visible_waves(request: HttpRequest) -> WavesOut:
    actor = get_request_actor(request)
    if not list_regency_codes(actor):
        raise PermissionDenied
    return WavesOut(
        waves=[
            WaveOut(
                id=wave.uuid,
                name=wave.name,
                regency_code=wave.regency_id,
                regency=wave.regency.name,
                poll_date=wave.poll_date,
                status=wave.status,
                simulation=wave.is_simulation,
                village_count=wave.village_count,  # type: ignore[attr-defined]
                resting_count=wave.resting_count,  # type: ignore[attr-defined]
            )
            for wave in list_waves(actor)
        ]
    )


@router.get(f"{WAVE}/papan", response={200: BoardOut, **REFUSALS}, summary="Papan gelombang")
def show_board(
    request: HttpRequest,
    wave_uuid: UUID,
    kecamatan: Annotated[str, Query(pattern=r"^([0-9]{2}\.[0-9]{2}\.[0-9]{2})?$")] = "",
    keadaan: Annotated[StepState | None, Query(description="ada tahapan yang demikian")] = None,
    tahap: Annotated[Stage, Query(description="rinci tahapan dari satu tahap")] = "",
    cari: Annotated[str, Query(max_length=60, pattern=WITHOUT_NUL)] = "",
) -> BoardOut:
    """Camat dan panitia kecamatan melihat desa di kecamatannya saja."""
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    asked = BoardFilter(
        district_code=kecamatan,
        state=keadaan.value if keadaan else "",
        stage=tahap,
        search=cari.strip(),
    )
    board = get_board(wave, today=today, region_code=region, asked=asked)
    columns = [_describe_column(column) for column in board.columns]
    return BoardOut(
        wave=wave.name,
        today=today,
        total=board.total,
        counts={state.value: count for state, count in board.counts.items()},
        columns=columns,
        rows=[_describe_row(row, columns) for row in board.rows],
    )


@router.get(f"{WAVE}/alarm", response={200: AlarmsOut, **REFUSALS}, summary="Alarm gelombang")
def show_alarms(
    request: HttpRequest,
    wave_uuid: UUID,
    hari: Annotated[int, Query(ge=0, le=60, description="juga yang berakhir dalam hari ini")] = 7,
) -> AlarmsOut:
    wave, region = find_wave(request, wave_uuid)
    today = get_local_date(get_request_now(request), wave.regency)
    progress = list_progress(wave, today=today, region_code=region)
    return AlarmsOut(
        wave=wave.name,
        today=today,
        alarms=[
            AlarmOut(
                state=alarm.state.value,
                step_id=alarm.step.id,
                step=name_step(alarm.step),
                owner=name_owner(alarm.step.owner, wave.regency),
                end_date=alarm.step.end_date,
                days=alarm.days,
                article=alarm.step.article,
                village_codes=[election.village_id for election in alarm.elections],
                findings=[translate(finding.text) for finding in alarm.findings],
            )
            for alarm in list_alarms(progress, within_days=hari)
        ],
    )


def _describe_item(item: InboxItem, today: date) -> InboxItemOut:
    return InboxItemOut(
        id=item.uuid,
        kind=InboxKind(item.kind),
        kind_name=item.get_kind_display(),
        village_code=item.election.village_id,
        village=name_village(item.election.village),
        simulation=item.election.is_simulation,
        text=translate(get_item_text(item)),
        article=item.article,
        due_date=item.due_date,
        is_late=item.done_at is None and is_item_late(item, today=today),
        created_at=item.created_at,
        done_at=item.done_at,
    )


def _describe_column(column: str | TimetableStep) -> BoardColumnOut:
    if isinstance(column, str):
        return BoardColumnOut(id=column, name=name_stage(column))
    return BoardColumnOut(id=column.id, name=name_step(column))


def _describe_row(row: BoardRow, columns: list[BoardColumnOut]) -> BoardRowOut:
    step = row.next_step.step if row.next_step else None
    return BoardRowOut(
        election_id=row.election.uuid,
        village_code=row.election.village_id,
        village=name_village(row.election.village),
        district=row.election.village.district.name,
        state=row.worst.value,
        next_step=step.id if step else None,
        next_step_name=name_step(step) if step else "",
        next_due_date=step.end_date if step else None,
        cells=[
            BoardCellOut(
                column=column.id,
                state=cell.state.value,
                done_count=cell.done_count,
                step_count=cell.step_count,
                due_date=cell.due_date,
            )
            for column, cell in zip(columns, row.cells, strict=True)
            if cell is not None
        ],
    )
