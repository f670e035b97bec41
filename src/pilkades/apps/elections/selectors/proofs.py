"""The set-up proof in force, its entries and signatures."""

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from pilkades.apps.audit.models import Event
from pilkades.apps.elections.models import Election, SetupProof, SetupProofSignature

SIGNATURES = Prefetch("signatures", SetupProofSignature.objects.select_related("candidacy"))


def find_locked_proof(election: Election) -> SetupProof | None:
    """The locked proof in force with its signatures and their candidates; two queries."""
    rows = _list_with_leaf(election).filter(locked_at__isnull=False)
    return rows.prefetch_related(SIGNATURES).first()


def _list_with_leaf(election: Election) -> QuerySet[SetupProof]:
    """Proofs in force, each with the leaf that records the lock of its digest, if there is one."""
    locked = Event.objects.filter(
        event="proof.locked", region_code=election.village_id, leaf__contains=OuterRef("sha256")
    )
    rows = SetupProof.objects.filter(election=election, voided_at__isnull=True)
    return rows.annotate(locked_leaf=Subquery(locked.order_by("-id").values("leaf")[:1]))


def find_proof_in_force(election: Election) -> SetupProof | None:
    """The proof that counts, None before there is one; one query."""
    return (
        SetupProof.objects.filter(election=election, voided_at__isnull=True)
        .select_related("created_by", "lock_proposed_by", "locked_by", "unlock_proposed_by")
        .first()
    )


def find_proof(election: Election) -> SetupProof | None:
    """The proof in force with its signatures and their candidates; two queries."""
    return (
        _list_with_leaf(election)
        .select_related("created_by", "lock_proposed_by", "locked_by", "unlock_proposed_by")
        .prefetch_related(SIGNATURES, "signatures__recorded_by")
        .first()
    )


def list_void_proofs(election: Election) -> list[SetupProof]:
    """Earlier proofs, the latest first."""
    rows = SetupProof.objects.filter(election=election, voided_at__isnull=False)
    return list(rows.select_related("voided_by", "unlock_proposed_by").order_by("-serial"))
