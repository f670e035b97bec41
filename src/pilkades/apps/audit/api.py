"""REST: the public ledger; the same checkpoint, entries and proofs as its pages."""

from datetime import datetime
from typing import Annotated, cast

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from pilkades.apps.audit import selectors
from pilkades.apps.audit.keys import get_signing_key
from pilkades.apps.audit.models import Checkpoint
from pilkades.apps.audit.services import publish_checkpoint
from pilkades.apps.design.api import REFUSALS
from pilkades.ledger.encoding import encode_base64

MAX_ENTRIES = 1_000
# Wider than any ledger and still exact in JSON; the databases' own limit lies above.
GREATEST = 2**53 - 1
Number = Annotated[int, Query(ge=0, le=GREATEST)]
Size = Annotated[
    int | None, Query(ge=0, le=GREATEST, description="ukuran titik periksa; kosong: yang terbaru")
]
router = Router()


class CheckpointOut(Schema):
    """Titik periksa: ukuran dan akar buku catatan, ditandatangani."""

    origin: str
    size: int
    root: Annotated[str, Field(description="akar pohon Merkle (RFC 6962), base64")]
    note: Annotated[str, Field(description="signed note C2SP, lengkap dengan tanda tangan")]
    verifier_key: str
    published_at: datetime


class EntriesOut(Schema):
    """Entri berurutan, masing-masing JSON kanonik (RFC 8785) sebagai teks."""

    start: int
    entries: list[str]


class ProofOut(Schema):
    """Berkas bukti yang dapat diperiksa tanpa jaringan dengan `pilkades ledger verify`."""

    size: int
    proof: str


@router.get(
    "/titik-periksa",
    response={200: CheckpointOut, **REFUSALS},
    summary="Titik periksa buku catatan",
)
def get_checkpoint(request: HttpRequest, ukuran: Size = None) -> CheckpointOut:
    found, key = _choose(request, ukuran), get_signing_key()
    return CheckpointOut(
        origin=key.name,
        size=found.size,
        root=encode_base64(bytes(found.root)),
        note=found.note,
        verifier_key=str(key.verifier),
        published_at=found.published_at,
    )


@router.get("/entri", response={200: EntriesOut, **REFUSALS}, summary="Entri buku catatan")
def list_entries(
    request: HttpRequest,
    mulai: Number = 0,
    banyak: Annotated[int, Query(ge=1, le=MAX_ENTRIES)] = 100,
) -> EntriesOut:
    """Paling banyak seribu; lebih sedikit di ujung buku."""
    leaves = selectors.list_leaves(start=mulai, stop=mulai + banyak)
    return EntriesOut(start=mulai, entries=[leaf.decode() for leaf in leaves])


@router.get(
    "/bukti/{int:index}", response={200: ProofOut, **REFUSALS}, summary="Bukti bahwa entri termuat"
)
def get_inclusion(request: HttpRequest, index: int, ukuran: Size = None) -> ProofOut:
    checkpoint = _choose(request, ukuran)
    if index >= checkpoint.size:
        raise Http404
    proof = selectors.get_inclusion_proof(index=index, checkpoint=checkpoint)
    return ProofOut(size=checkpoint.size, proof=proof.encode().decode())


@router.get(
    "/konsistensi",
    response={200: ProofOut, **REFUSALS},
    summary="Bukti bahwa buku hanya bertambah",
)
def get_consistency(
    request: HttpRequest,
    dari: Annotated[int, Query(ge=1, le=GREATEST, description="ukuran yang lama")],
    ke: Size = None,
) -> ProofOut:
    """404 bila `dari` lebih besar daripada buku catatan."""
    checkpoint = _choose(request, ke)
    if dari > checkpoint.size:
        raise Http404
    proof = selectors.get_consistency_proof(old_size=dari, checkpoint=checkpoint)
    return ProofOut(size=checkpoint.size, proof=proof.encode().decode())


def _choose(request: HttpRequest, size: int | None) -> Checkpoint:
    """The published checkpoint of a size; without one, of everything written up to now."""
    if size is None:
        return publish_checkpoint(now=cast(datetime, getattr(request, "now")))  # noqa: B009
    found = selectors.find_checkpoint(size=size)
    if found is None:
        raise Http404
    return found
