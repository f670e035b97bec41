"""Opening a locked set-up proof again: put forward by one seat, let happen by another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import commit_to
from pilkades.apps.elections.models import SetupProof
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import require_seat
from pilkades.apps.elections.services.setup_proof import (
    append_proof_event,
    lock_row,
    save_proof,
    void_proof,
)
from pilkades.errors import ConflictError, MalformedInputError, RuleViolationError
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.text import Text


@transaction.atomic
def propose_unlock(
    *, actor: Actor, now: datetime, proof_uuid: UUID, expected_version: int, reason: str
) -> SetupProof:
    """Put forward that a locked proof is opened again; it stays locked until another agrees.

    Allowed: who sits in the committee of the village.
    Requires: a locked proof without such a proposal, a reason.
    Effects: the open proposal; `proof.unlock_proposed`.
    Raises: PermissionDenied, ConflictError, MalformedInputError.
    """
    proof, context = lock_row(proof_uuid, expected_version)

    require_seat(actor, context)

    _require_locked(proof)
    if proof.unlock_proposed_at is not None:
        raise ConflictError(
            "proof.unlock-proposed",
            Text("Pembukaan kunci sudah diajukan dan menunggu anggota panitia yang lain."),
        )
    if not reason.strip():
        raise MalformedInputError(
            "proof.reason", Text("Tulis alasan kunci dibuka. Alasan ini dibaca pengawas.")
        )

    proof.unlock_reason = reason.strip()
    proof.unlock_reason_salt, commitment = commit_to(proof.unlock_reason)
    proof.unlock_proposed_by_id, proof.unlock_proposed_at = actor.user_id, now
    save_proof(proof, _PROPOSAL)

    _append("proof.unlock_proposed", proof, context, actor, now, commitment)
    return proof


@transaction.atomic
def confirm_unlock(
    *, actor: Actor, now: datetime, proof_uuid: UUID, expected_version: int
) -> SetupProof:
    """Be the second person, and open the lock; the proof is void with all its signatures.

    Allowed: who sits in the committee of the village and did not put it forward.
    Requires: a locked proof and the proposal to open it.
    Effects: the ballot can be changed, everybody signs anew; `proof.unlocked`, which the audit
    trail watches.
    Raises: PermissionDenied, ConflictError, RuleViolationError.
    """
    proof, context = lock_row(proof_uuid, expected_version)

    require_seat(actor, context)

    _require_proposed(proof)
    if proof.unlock_proposed_by_id == actor.user_id:
        raise RuleViolationError(
            "two-people",
            Text(
                "Kunci dibuka oleh dua orang. Anda yang mengajukannya; mintalah anggota panitia "
                "yang lain memeriksa alasannya dan mengesahkannya."
            ),
            article=context.article_of(DETERMINATION_STEP),
        )

    commitment = void_proof(proof, actor, now, proof.unlock_reason)

    _append("proof.unlocked", proof, context, actor, now, commitment)
    return proof


@transaction.atomic
def withdraw_unlock(
    *, actor: Actor, now: datetime, proof_uuid: UUID, expected_version: int
) -> SetupProof:
    """Take the proposal back, or refuse it; the proof stays locked.

    Allowed: who sits in the committee of the village.
    Requires: an open proposal.
    Effects: no proposal; `proof.unlock_withdrawn`.
    Raises: PermissionDenied, ConflictError.
    """
    proof, context = lock_row(proof_uuid, expected_version)

    require_seat(actor, context)

    _require_proposed(proof)

    proof.unlock_proposed_by_id = proof.unlock_proposed_at = None
    proof.unlock_reason = proof.unlock_reason_salt = ""
    save_proof(proof, _PROPOSAL)

    append_proof_event(
        "proof.unlock_withdrawn", proof, context, actor, now, data={"sha256": proof.sha256}
    )
    return proof


_PROPOSAL = ["unlock_proposed_by", "unlock_proposed_at", "unlock_reason", "unlock_reason_salt"]


def _require_locked(proof: SetupProof) -> None:
    if proof.locked_at is None:
        raise ConflictError(
            "proof.not-locked", Text("Cetak coba ini tidak terkunci. Muat ulang halaman.")
        )


def _require_proposed(proof: SetupProof) -> None:
    _require_locked(proof)
    if proof.unlock_proposed_at is None:
        raise ConflictError(
            "proof.unlock-not-proposed",
            Text("Belum ada yang mengajukan pembukaan kunci, atau usulannya sudah ditarik."),
        )


def _append(
    event: str,
    proof: SetupProof,
    context: VillageElection,
    actor: Actor,
    now: datetime,
    commitment: str,
) -> None:
    data = {"sha256": proof.sha256, "reason_commitment": commitment}
    append_proof_event(event, proof, context, actor, now, data={**data})
