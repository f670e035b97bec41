"""The set-up proof: what will stand on the ballot, signed by every candidate, locked by two."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import rfc8785
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.accounts.services import require_role
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.elections.models import (
    Candidacy,
    CommitteePosition,
    SetupProof,
    SetupProofSignature,
)
from pilkades.apps.elections.selectors.candidates import list_standing
from pilkades.apps.elections.selectors.paths import has_empty_column
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
    lock_village_election,
)
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.paper_signatures import refuse_paper_of_account
from pilkades.apps.elections.services.seats import require_chair, require_seat
from pilkades.apps.elections.services.signatures import (
    CANDIDATE_ROLES,
    SIGNATURE_COLUMNS,
    confirm_on_paper,
    record_on_paper,
    sign_own,
)
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.law.application import ApplicationState
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.ledger.leaf import Datum
from pilkades.text import Text

AWAITING_CHAIR = Text(
    "Tunggu usulan ketua: penguncian diajukan ketua lebih dahulu, lalu disahkan sekretaris."
)


@transaction.atomic
def create_proof(*, actor: Actor, now: datetime, election_pk: int) -> SetupProof:
    """Fix what will stand on the ballot, for the candidates to look at and sign.

    Allowed: who sits in the committee of the village.
    Requires: numbered candidates with a photo each, no proof in force.
    Effects: the proof with its digest and a line for every candidate; `proof.created`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    context = lock_village_election(election_pk)

    require_seat(actor, context)

    require_running(context)
    candidacies = _require_ready(context)
    content = write_content(context, candidacies)

    proof = _create(context, actor, now, content)
    SetupProofSignature.objects.bulk_create(
        SetupProofSignature(proof=proof, candidacy=candidacy) for candidacy in candidacies
    )

    append_proof_event(
        "proof.created",
        proof,
        context,
        actor,
        now,
        data={"serial": proof.serial, "sha256": proof.sha256, "candidates": len(candidacies)},
    )
    return proof


@transaction.atomic
def sign_proof(
    *, actor: Actor, now: datetime, signature_uuid: UUID, sha256: str
) -> SetupProofSignature:
    """A candidate agrees with number, name and photo of everybody, as seen on the screen.

    Allowed: the candidate whose line it is, with the candidate's role still in force.
    Requires: the proof in force, and the digest that was shown.
    Effects: the signature, bound to the digest; `proof.signed`.
    Raises: PermissionDenied, ConflictError.
    """
    signature, context = _lock_signature(signature_uuid)

    require_role(actor, CANDIDATE_ROLES, context.village_code)
    sign_own(signature, signer_id=signature.candidacy.user_id, actor=actor, now=now)

    _require_signable(signature.proof, sha256)
    signature.sha256 = sha256
    signature.save(update_fields=[*SIGNATURE_COLUMNS, "sha256"])

    _append_signed(signature, context, actor, now)
    return signature


@transaction.atomic
def sign_proof_on_paper(
    *,
    actor: Actor,
    now: datetime,
    signature_uuid: UUID,
    sha256: str,
    is_confirmation: bool,
) -> SetupProofSignature:
    """An officer has seen a candidate's signature on the printed proof; two make it count.

    Allowed: who sits in the committee of the village.
    Requires: the proof in force, the digest that stands on the paper, and a candidate without an
    account that could sign.
    Effects: the first or the second half of the signature; `proof.signed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    signature, context = _lock_signature(signature_uuid)

    require_seat(actor, context)

    article = context.article_of(DETERMINATION_STEP)
    _require_signable(signature.proof, sha256)
    refuse_paper_of_account(signature.candidacy, context, now=now, article=article)
    if is_confirmation:
        confirm_on_paper(signature, actor=actor, now=now, article=article)
    else:
        record_on_paper(signature, actor=actor, now=now)
    signature.sha256 = sha256
    signature.save(update_fields=[*SIGNATURE_COLUMNS, "sha256"])

    _append_signed(signature, context, actor, now)
    return signature


@transaction.atomic
def propose_lock(
    *, actor: Actor, now: datetime, proof_uuid: UUID, expected_version: int
) -> SetupProof:
    """Say that the proof is ready to be locked, as the first of two.

    Allowed: the chair by the decree on the committee.
    Requires: the proof in force, unchanged, signed by every candidate who still stands.
    Effects: the secretary can lock it; `proof.lock_proposed`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    proof, context = lock_row(proof_uuid, expected_version)

    require_chair(actor, context)

    require_running(context)
    _require_open(proof)
    _require_signed_by_all(context, proof)

    proof.lock_proposed_by_id, proof.lock_proposed_at = actor.user_id, now
    save_proof(proof, ["lock_proposed_by", "lock_proposed_at"])

    append_proof_event(
        "proof.lock_proposed", proof, context, actor, now, data={"sha256": proof.sha256}
    )
    return proof


@transaction.atomic
def lock_proof(
    *, actor: Actor, now: datetime, proof_uuid: UUID, expected_version: int
) -> SetupProof:
    """Lock the proof, as the second of two: nothing on the ballot changes any more.

    Allowed: the secretary of this committee.
    Requires: the chair's proposal; still unchanged and signed by every candidate who stands.
    Effects: the lock; `proof.locked`.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    proof, context = lock_row(proof_uuid, expected_version)

    require_secretary(actor, context)

    require_running(context)
    _require_open(proof)
    if proof.lock_proposed_at is None or proof.lock_proposed_by_id == actor.user_id:
        raise RuleViolationError(
            "two-people",
            AWAITING_CHAIR,
            article=context.article_of(DETERMINATION_STEP),
        )
    _require_signed_by_all(context, proof)

    proof.locked_by_id, proof.locked_at = actor.user_id, now
    save_proof(proof, ["locked_by", "locked_at"])

    append_proof_event("proof.locked", proof, context, actor, now, data={"sha256": proof.sha256})
    return proof


def require_secretary(actor: Actor, context: VillageElection) -> None:
    """Refuse everybody but the secretary of this committee.

    Raises: PermissionDenied.
    """
    if require_seat(actor, context) is not CommitteePosition.SECRETARY:
        raise PermissionDenied


def write_content(context: VillageElection, candidacies: Sequence[Candidacy]) -> bytes:
    """The canonical JSON that is signed: village, day, and every entry in the order of numbers."""
    return rfc8785.dumps(
        {
            "election": str(context.election.uuid),
            "village": context.village_code,
            "poll_date": context.timetable.poll_date.isoformat(),
            "entries": [
                {
                    "number": candidacy.ballot_number,
                    "name": candidacy.ballot_name,
                    "photo_sha256": candidacy.photo_sha256,
                }
                for candidacy in sorted(candidacies, key=lambda item: item.ballot_number or 0)
            ],
            "empty_column": has_empty_column(context.election),
        }
    )


def _require_ready(context: VillageElection) -> list[Candidacy]:
    standing = list_standing(context.election)
    numbered = [item for item in standing if item.state == ApplicationState.NUMBERED]
    without = [item.full_name for item in numbered if not item.photo_sha256]
    article = context.article_of(DETERMINATION_STEP)
    if not numbered or len(numbered) != len(standing):
        raise RuleViolationError(
            "proof.no-numbers",
            Text("Cetak coba dibuat setelah semua calon mendapat nomor urut."),
            article=article,
        )
    if without:
        raise RuleViolationError(
            "proof.no-photo",
            Text("Foto belum ada untuk: {names}. Unggah dahulu.", names=tuple(without)),
            article=article,
        )
    return numbered


def _create(context: VillageElection, actor: Actor, now: datetime, content: bytes) -> SetupProof:
    serial = context.election.setup_proofs.count() + 1
    try:
        with transaction.atomic():
            return SetupProof.objects.create(
                election=context.election,
                serial=serial,
                content=content.decode(),
                sha256=hashlib.sha256(content).hexdigest(),
                created_by_id=actor.user_id,
                created_at=now,
            )
    except IntegrityError as error:
        raise ConflictError(
            "proof.in-force",
            Text("Sudah ada cetak coba yang berlaku. Muat ulang halaman."),
        ) from error


def lock_row(proof_uuid: UUID, expected_version: int) -> tuple[SetupProof, VillageElection]:
    """The proof behind the lock of its election; ConflictError where it moved on or is void."""
    found = SetupProof.objects.get(uuid=proof_uuid)
    context = lock_village_election(found.election_id)
    proof = SetupProof.objects.get(pk=found.pk)
    if proof.version != expected_version or proof.voided_at is not None:
        raise ConflictError(
            "proof.stale",
            Text(
                "Cetak coba ini sudah berubah atau gugur karena ada yang diperbaiki. Muat ulang "
                "halaman dan periksa cetak coba yang berlaku."
            ),
        )
    return proof, context


def _lock_signature(signature_uuid: UUID) -> tuple[SetupProofSignature, VillageElection]:
    found = SetupProofSignature.objects.select_related("proof").get(uuid=signature_uuid)
    context = lock_village_election(found.proof.election_id)
    rows = SetupProofSignature.objects.select_related("proof", "candidacy")
    return rows.get(pk=found.pk), context


def _require_signable(proof: SetupProof, sha256: str) -> None:
    _require_open(proof)
    if proof.voided_at is not None or proof.sha256 != sha256:
        raise ConflictError(
            "proof.changed",
            Text(
                "Cetak coba berubah sejak Anda membukanya, sehingga persetujuan Anda belum "
                "dicatat. Muat ulang halaman dan periksa lagi nomor, nama, dan foto semua calon."
            ),
        )


def _require_open(proof: SetupProof) -> None:
    if proof.locked_at is not None:
        raise ConflictError("proof.locked", Text("Cetak coba ini sudah dikunci."))


def _require_signed_by_all(context: VillageElection, proof: SetupProof) -> None:
    """Every candidate who stands has signed this very content, and it is still the content."""
    article = context.article_of(DETERMINATION_STEP)
    signatures = list(proof.signatures.select_related("candidacy"))
    missing = [
        item.candidacy.ballot_name
        for item in signatures
        if item.candidacy.is_standing and (not item.is_signed or item.sha256 != proof.sha256)
    ]
    if missing:
        raise RuleViolationError(
            "proof.unsigned",
            Text("Cetak coba belum disetujui oleh: {names}.", names=tuple(missing)),
            article=article,
        )
    content = write_content(context, [item.candidacy for item in signatures])
    if hashlib.sha256(content).hexdigest() != proof.sha256:
        raise RuleViolationError(
            "proof.differs",
            Text("Isi cetak coba tidak sama lagi dengan data calon. Buat cetak coba baru."),
            article=article,
        )


def void_proof(proof: SetupProof, actor: Actor, now: datetime, reason: str) -> str:
    """End a proof with its signatures; returns the commitment to the reason."""
    proof.void_reason_salt, commitment = commit_to(reason.strip())
    proof.voided_by_id, proof.voided_at = actor.user_id, now
    proof.void_reason = reason.strip()
    save_proof(proof, ["voided_by", "voided_at", "void_reason", "void_reason_salt"])
    return commitment


def save_proof(proof: SetupProof, fields: list[str]) -> None:
    """Save the named columns with the next version."""
    proof.version += 1
    proof.save(update_fields=[*fields, "version"])


def append_proof_event(
    event: str,
    proof: SetupProof,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    *,
    data: dict[str, Datum],
) -> None:
    """The audit event of an act on a proof."""
    append(
        event=event,
        actor=actor,
        at=now,
        region_code=context.village_code,
        subject=f"proof:{proof.uuid}",
        article=context.article_of(DETERMINATION_STEP),
        data=data,
    )


def _append_signed(
    signature: SetupProofSignature, context: VillageElection, actor: Actor, now: datetime
) -> None:
    append_proof_event(
        "proof.signed",
        signature.proof,
        context,
        actor,
        now,
        data={
            "number": signature.candidacy.ballot_number,
            "kind": signature.kind,
            "sha256": signature.sha256,
        },
    )
