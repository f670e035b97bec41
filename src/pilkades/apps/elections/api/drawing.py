"""REST: the public drawing of ballot numbers, as it stands and as it is held."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from pilkades.apps.accounts.api import signed_in
from pilkades.apps.design.api import REFUSALS, Line, Version
from pilkades.apps.design.texts import translate
from pilkades.apps.elections.api.paths import VILLAGE, VillageCode
from pilkades.apps.elections.models import AttendeeCapacity, DrawingLot, DrawingMethod
from pilkades.apps.elections.requests import (
    find_for_attendee,
    find_lot,
    find_open_drawing,
    find_village,
)
from pilkades.apps.elections.selectors.drawings import check_drawing, find_drawing
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services import drawing as services
from pilkades.apps.elections.services import drawing_attendance as attendance
from pilkades.apps.elections.services import sealed_drawing as sealed
from pilkades.apps.regulations.requests import get_request_actor, get_request_now

DRAWING = f"{VILLAGE}/undian"
LOT = f"{DRAWING}/calon/{{uuid:lot_uuid}}"
Hour = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="jam desa pada hari ini, misalnya 09:30"),
]
Hexadecimal = Annotated[str, StringConstraints(max_length=2048, pattern=r"^[0-9a-fA-F]*$")]
SmallNumber = Annotated[int, Field(ge=1, le=100)]
router = Router(auth=signed_in)


class LotOut(Schema):
    """Undian satu calon."""

    id: UUID
    party: str
    position: int
    arrived_at: datetime | None
    proxy_name: str
    turn: int | None
    number: int | None
    commitment: str
    is_revealed: bool
    is_signed: bool
    is_mine: Annotated[bool, Field(description="benar bila calon ini Anda")]


class AttendeeOut(Schema):
    """Yang hadir selain calon."""

    id: UUID
    name: str
    capacity: AttendeeCapacity
    arrived_at: datetime
    is_signed: bool


class DrawingCheckOut(Schema):
    """Satu hasil hitung ulang undian dengan komitmen."""

    id: str
    ok: bool
    detail: str


class DrawingInForceOut(Schema):
    """Pengundian yang berlaku."""

    id: UUID
    method: DrawingMethod
    place: str
    article: str
    opened_at: datetime
    sealed_at: datetime | None
    closed_at: datetime | None
    version: int
    lots: list[LotOut]
    attendees: list[AttendeeOut]
    checks: list[DrawingCheckOut]


class DrawingOut(Schema):
    """Pengundian nomor urut; `drawing` kosong sebelum dibuka."""

    simulation: bool
    drawing: DrawingInForceOut | None


class OpenDrawingIn(Schema):
    """Cara dan tempat mengundi."""

    method: DrawingMethod
    place: Line


class DrawingVersionIn(Schema):
    """Versi pengundian yang dilihat orang yang bertindak."""

    version: Version


class CancelDrawingIn(DrawingVersionIn):
    """Alasan pengundian diulang."""

    reason: Line


class ArrivalIn(Schema):
    """Kapan calon datang, dan siapa wakilnya bila diwakili."""

    arrived_at: Hour
    proxy_name: Annotated[str, StringConstraints(max_length=160, pattern=r"^[^\u0000]*$")] = ""


class AttendeeIn(Schema):
    """Orang lain yang hadir."""

    name: Annotated[str, StringConstraints(max_length=160, pattern=r"^[^\u0000]*$")]
    capacity: AttendeeCapacity
    arrived_at: Hour


class LotIn(Schema):
    """Giliran dan nomor yang terambil."""

    turn: SmallNumber
    number: SmallNumber


class CommitmentIn(Schema):
    """Komitmen SHA-256: 64 angka heksadesimal."""

    commitment: Hexadecimal


class RevealIn(Schema):
    """Garam dan sumbangan yang membuka komitmen, heksadesimal."""

    salt: Hexadecimal
    contribution: Hexadecimal


class SignLotIn(Schema):
    """Nomor yang dilihat penanda tangan; di kertas perlu dua petugas."""

    number: SmallNumber
    how: Literal["own", "paper", "paper_second"] = "own"


@router.get(DRAWING, response={200: DrawingOut, **REFUSALS}, summary="Keadaan pengundian")
def show(request: HttpRequest, village_code: VillageCode) -> DrawingOut:
    """Untuk ruang kerja desa dan calon yang diundi."""
    return _show(request, find_for_attendee(request, village_code))


@router.post(f"{DRAWING}/buka", response={200: DrawingOut, **REFUSALS}, summary="Buka pengundian")
def open_new(request: HttpRequest, village_code: VillageCode, body: OpenDrawingIn) -> DrawingOut:
    context = find_village(request, village_code)
    services.open_drawing(
        actor=get_request_actor(request),
        now=get_request_now(request),
        election_pk=context.election.pk,
        method=body.method,
        place=body.place,
    )
    return _show(request, context)


@router.post(
    f"{DRAWING}/hadir", response={200: DrawingOut, **REFUSALS}, summary="Catat orang yang hadir"
)
def add_attendee(request: HttpRequest, village_code: VillageCode, body: AttendeeIn) -> DrawingOut:
    context = find_village(request, village_code)
    attendance.add_attendee(
        actor=get_request_actor(request),
        now=get_request_now(request),
        drawing_uuid=find_open_drawing(context).uuid,
        full_name=body.name,
        capacity=body.capacity,
        arrived_at=_moment(request, context, body.arrived_at),
    )
    return _show(request, context)


@router.post(
    f"{LOT}/datang", response={200: DrawingOut, **REFUSALS}, summary="Catat kedatangan calon"
)
def arrive(
    request: HttpRequest, village_code: VillageCode, lot_uuid: UUID, body: ArrivalIn
) -> DrawingOut:
    context = find_village(request, village_code)
    attendance.record_arrival(
        actor=get_request_actor(request),
        now=get_request_now(request),
        lot_uuid=find_lot(context, lot_uuid).uuid,
        arrived_at=_moment(request, context, body.arrived_at),
        proxy_name=body.proxy_name,
    )
    return _show(request, context)


@router.post(f"{LOT}/nomor", response={200: DrawingOut, **REFUSALS}, summary="Catat nomor")
def record_lot(
    request: HttpRequest, village_code: VillageCode, lot_uuid: UUID, body: LotIn
) -> DrawingOut:
    context = find_village(request, village_code)
    services.record_lot(
        actor=get_request_actor(request),
        now=get_request_now(request),
        lot_uuid=find_lot(context, lot_uuid).uuid,
        turn=body.turn,
        number=body.number,
    )
    return _show(request, context)


@router.post(f"{LOT}/komitmen", response={200: DrawingOut, **REFUSALS}, summary="Serahkan komitmen")
def commit(
    request: HttpRequest, village_code: VillageCode, lot_uuid: UUID, body: CommitmentIn
) -> DrawingOut:
    context = find_for_attendee(request, village_code)
    sealed.submit_commitment(
        actor=get_request_actor(request),
        now=get_request_now(request),
        lot_uuid=find_lot(context, lot_uuid).uuid,
        commitment=body.commitment,
    )
    return _show(request, context)


@router.post(f"{LOT}/buka", response={200: DrawingOut, **REFUSALS}, summary="Buka komitmen")
def reveal(
    request: HttpRequest, village_code: VillageCode, lot_uuid: UUID, body: RevealIn
) -> DrawingOut:
    """Pembukaan terakhir menentukan nomor semua calon."""
    context = find_for_attendee(request, village_code)
    sealed.reveal_contribution(
        actor=get_request_actor(request),
        now=get_request_now(request),
        lot_uuid=find_lot(context, lot_uuid).uuid,
        salt=body.salt,
        contribution=body.contribution,
    )
    return _show(request, context)


@router.post(
    f"{LOT}/tanda-tangan", response={200: DrawingOut, **REFUSALS}, summary="Tanda tangani nomor"
)
def sign(
    request: HttpRequest, village_code: VillageCode, lot_uuid: UUID, body: SignLotIn
) -> DrawingOut:
    context = find_for_attendee(request, village_code)
    actor, now = get_request_actor(request), get_request_now(request)
    lot = find_lot(context, lot_uuid)
    if body.how == "own":
        attendance.sign_lot(actor=actor, now=now, lot_uuid=lot.uuid, number=body.number)
    else:
        attendance.sign_lot_on_paper(
            actor=actor,
            now=now,
            lot_uuid=lot.uuid,
            number=body.number,
            is_confirmation=body.how == "paper_second",
        )
    return _show(request, context)


@router.post(
    f"{DRAWING}/komitmen/tutup",
    response={200: DrawingOut, **REFUSALS},
    summary="Tutup penyerahan komitmen",
)
def seal(request: HttpRequest, village_code: VillageCode, body: DrawingVersionIn) -> DrawingOut:
    context = find_village(request, village_code)
    sealed.seal_commitments(
        actor=get_request_actor(request),
        now=get_request_now(request),
        drawing_uuid=find_open_drawing(context).uuid,
        expected_version=body.version,
    )
    return _show(request, context)


@router.post(
    f"{DRAWING}/undian-biasa",
    response={200: DrawingOut, **REFUSALS},
    summary="Lanjutkan dengan undian biasa",
)
def switch(request: HttpRequest, village_code: VillageCode, body: DrawingVersionIn) -> DrawingOut:
    """Bila ada yang tidak membuka komitmennya dan paket aturan mengatur demikian."""
    context = find_village(request, village_code)
    sealed.switch_to_lots(
        actor=get_request_actor(request),
        now=get_request_now(request),
        drawing_uuid=find_open_drawing(context).uuid,
        expected_version=body.version,
    )
    return _show(request, context)


@router.post(f"{DRAWING}/tutup", response={200: DrawingOut, **REFUSALS}, summary="Tutup pengundian")
def close(request: HttpRequest, village_code: VillageCode, body: DrawingVersionIn) -> DrawingOut:
    """Setelah ditutup, nomor urut tetap dan diumumkan."""
    context = find_village(request, village_code)
    services.close_drawing(
        actor=get_request_actor(request),
        now=get_request_now(request),
        drawing_uuid=find_open_drawing(context).uuid,
        expected_version=body.version,
    )
    return _show(request, context)


@router.post(
    f"{DRAWING}/batalkan", response={200: DrawingOut, **REFUSALS}, summary="Batalkan pengundian"
)
def cancel(request: HttpRequest, village_code: VillageCode, body: CancelDrawingIn) -> DrawingOut:
    context = find_village(request, village_code)
    services.cancel_drawing(
        actor=get_request_actor(request),
        now=get_request_now(request),
        drawing_uuid=find_open_drawing(context).uuid,
        expected_version=body.version,
        reason=body.reason,
    )
    return _show(request, context)


def _moment(request: HttpRequest, context: VillageElection, hour: str) -> datetime:
    """An hour of today on the village's clock."""
    day = context.local_date(get_request_now(request))
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=context.zone)


def _show(request: HttpRequest, context: VillageElection) -> DrawingOut:
    found = find_drawing(context.election)
    if found is None:
        return DrawingOut(simulation=context.is_simulation, drawing=None)
    user_id = get_request_actor(request).user_id
    return DrawingOut(
        simulation=context.is_simulation,
        drawing=DrawingInForceOut(
            id=found.uuid,
            method=DrawingMethod(found.method),
            place=found.place,
            article=found.article,
            opened_at=found.opened_at,
            sealed_at=found.sealed_at,
            closed_at=found.closed_at,
            version=found.version,
            lots=[_describe_lot(lot, user_id) for lot in found.lots.all()],
            attendees=[
                AttendeeOut(
                    id=item.uuid,
                    name=item.full_name,
                    capacity=AttendeeCapacity(item.capacity),
                    arrived_at=item.arrived_at,
                    is_signed=item.is_signed,
                )
                for item in found.attendees.all()
            ],
            checks=[
                DrawingCheckOut(id=check.id, ok=check.ok, detail=translate(check.detail))
                for check in check_drawing(context, found)
            ],
        ),
    )


def _describe_lot(lot: DrawingLot, user_id: int) -> LotOut:
    return LotOut(
        id=lot.uuid,
        party=lot.party,
        position=lot.position,
        arrived_at=lot.arrived_at,
        proxy_name=lot.proxy_name,
        turn=lot.turn,
        number=lot.number,
        commitment=lot.commitment,
        is_revealed=lot.revealed_at is not None,
        is_signed=lot.is_signed,
        is_mine=lot.candidacy.user_id == user_id,
    )
