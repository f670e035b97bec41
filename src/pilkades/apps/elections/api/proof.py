"""REST: the set-up proof: what stands on the ballot, who agreed, and the lock by two."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from pilkades.apps.accounts.api import signed_in
from pilkades.apps.design.api import REFUSALS, Line, Version
from pilkades.apps.elections.api.paths import VILLAGE, VillageCode
from pilkades.apps.elections.models import SetupProof, SetupProofSignature
from pilkades.apps.elections.requests import find_for_attendee, find_proof_line, find_village
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.proof_readings import ProofReading, read_proof
from pilkades.apps.elections.selectors.proofs import find_proof, find_proof_in_force
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services import proof_unlock as unlocking
from pilkades.apps.elections.services import setup_proof as services
from pilkades.apps.regulations.requests import get_request_actor, get_request_now

PROOF = f"{VILLAGE}/cetak-coba"
router = Router(auth=signed_in)


class ProofLineOut(Schema):
    """Satu calon pada cetak coba, dan persetujuannya."""

    id: UUID
    candidacy_id: UUID
    number: int | None
    name: str
    photo_sha256: str
    is_signed: bool
    is_half_signed: Annotated[bool, Field(description="di kertas, menunggu petugas kedua")]
    is_mine: Annotated[bool, Field(description="benar bila calon ini Anda")]


class ProofInForceOut(Schema):
    """Cetak coba yang berlaku; setiap persetujuan terikat pada `sha256`."""

    id: UUID
    serial: int
    sha256: str
    version: int
    created_at: datetime
    lock_proposed_at: datetime | None
    locked_at: datetime | None
    unlock_proposed_at: datetime | None
    has_alarm: Annotated[
        bool, Field(description="benar bila data calon tidak sama dengan cetak coba ini")
    ]
    lines: list[ProofLineOut]


class SetupProofOut(Schema):
    """Cetak coba surat suara; `proof` kosong sebelum dibuat."""

    simulation: bool
    empty_column: bool
    proof: ProofInForceOut | None


class SignProofIn(Schema):
    """Sidik isi yang dilihat penanda tangan; di kertas perlu dua petugas."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    how: Literal["own", "paper", "paper_second"] = "own"


class LockProofIn(Schema):
    """Versi cetak coba yang dilihat orang yang bertindak."""

    version: Version


class UnlockProofIn(LockProofIn):
    """Alasan membuka kunci, dibaca pengawas."""

    reason: Line


@router.get(PROOF, response={200: SetupProofOut, **REFUSALS}, summary="Cetak coba surat suara")
def show(request: HttpRequest, village_code: VillageCode) -> SetupProofOut:
    """Untuk ruang kerja desa dan calon tetap."""
    return _show(request, find_for_attendee(request, village_code))


@router.post(PROOF, response={200: SetupProofOut, **REFUSALS}, summary="Buat cetak coba")
def create(request: HttpRequest, village_code: VillageCode) -> SetupProofOut:
    """Perubahan nama atau foto sesudah ini menggugurkan semua persetujuan."""
    context = find_village(request, village_code)
    services.create_proof(
        actor=get_request_actor(request),
        now=get_request_now(request),
        election_pk=context.election.pk,
    )
    return _show(request, context)


@router.post(
    f"{PROOF}/{{uuid:signature_uuid}}/tanda-tangan",
    response={200: SetupProofOut, **REFUSALS},
    summary="Setujui cetak coba",
)
def sign(
    request: HttpRequest, village_code: VillageCode, signature_uuid: UUID, body: SignProofIn
) -> SetupProofOut:
    """Dengan akun calon sendiri, atau di kertas yang dilihat dua petugas berbeda."""
    context = find_for_attendee(request, village_code)
    line = find_proof_line(context, signature_uuid)
    actor, now = get_request_actor(request), get_request_now(request)
    if body.how == "own":
        services.sign_proof(actor=actor, now=now, signature_uuid=line.uuid, sha256=body.sha256)
    else:
        services.sign_proof_on_paper(
            actor=actor,
            now=now,
            signature_uuid=line.uuid,
            sha256=body.sha256,
            is_confirmation=body.how == "paper_second",
        )
    return _show(request, context)


@router.post(
    f"{PROOF}/kunci", response={200: SetupProofOut, **REFUSALS}, summary="Kunci cetak coba"
)
def lock(request: HttpRequest, village_code: VillageCode, body: LockProofIn) -> SetupProofOut:
    """Ketua mengajukan, sekretaris mengunci."""
    context = find_village(request, village_code)
    proof = _get_proof(context)
    service = services.lock_proof if proof.lock_proposed_at else services.propose_lock
    service(
        actor=get_request_actor(request),
        now=get_request_now(request),
        proof_uuid=proof.uuid,
        expected_version=body.version,
    )
    return _show(request, context)


@router.post(
    f"{PROOF}/buka-kunci", response={200: SetupProofOut, **REFUSALS}, summary="Ajukan buka kunci"
)
def propose_unlock(
    request: HttpRequest, village_code: VillageCode, body: UnlockProofIn
) -> SetupProofOut:
    """Cetak coba tetap terkunci sampai anggota panitia yang lain mengesahkan."""
    context = find_village(request, village_code)
    unlocking.propose_unlock(
        actor=get_request_actor(request),
        now=get_request_now(request),
        proof_uuid=_get_proof(context).uuid,
        expected_version=body.version,
        reason=body.reason,
    )
    return _show(request, context)


@router.post(
    f"{PROOF}/buka-kunci/sahkan", response={200: SetupProofOut, **REFUSALS}, summary="Buka kunci"
)
def confirm_unlock(
    request: HttpRequest, village_code: VillageCode, body: LockProofIn
) -> SetupProofOut:
    """Semua persetujuan gugur dan pembukaan kunci dilaporkan kepada pengawas."""
    context = find_village(request, village_code)
    unlocking.confirm_unlock(
        actor=get_request_actor(request),
        now=get_request_now(request),
        proof_uuid=_get_proof(context).uuid,
        expected_version=body.version,
    )
    return _show(request, context)


def _get_proof(context: VillageElection) -> SetupProof:
    found = find_proof_in_force(context.election)
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, context: VillageElection) -> SetupProofOut:
    user_id = get_request_actor(request).user_id
    proof = find_proof(context.election)
    standing = list_standing(context.election)
    return SetupProofOut(
        simulation=context.is_simulation,
        empty_column=has_empty_column(context.election),
        proof=_describe(read_proof(proof, election=context.election, standing=standing), user_id)
        if proof
        else None,
    )


def _describe(reading: ProofReading, user_id: int) -> ProofInForceOut:
    proof = reading.proof
    return ProofInForceOut(
        id=proof.uuid,
        serial=proof.serial,
        sha256=proof.sha256,
        version=proof.version,
        created_at=proof.created_at,
        lock_proposed_at=proof.lock_proposed_at,
        locked_at=proof.locked_at,
        unlock_proposed_at=proof.unlock_proposed_at,
        has_alarm=reading.has_alarm,
        lines=[_describe_line(line, user_id) for line in reading.list_lines()],
    )


def _describe_line(line: SetupProofSignature, user_id: int) -> ProofLineOut:
    return ProofLineOut(
        id=line.uuid,
        candidacy_id=line.candidacy.uuid,
        number=line.candidacy.ballot_number,
        name=line.candidacy.ballot_name,
        photo_sha256=line.candidacy.photo_sha256,
        is_signed=line.is_signed,
        is_half_signed=line.kind == "paper" and not line.is_signed,
        is_mine=line.candidacy.user_id == user_id,
    )
