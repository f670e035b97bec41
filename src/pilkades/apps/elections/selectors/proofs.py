"""The set-up proof in force, its entries and signatures."""

import json
from typing import Any

from pilkades.apps.elections.models import Election, SetupProof


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
        SetupProof.objects.filter(election=election, voided_at__isnull=True)
        .select_related("created_by", "lock_proposed_by", "locked_by", "unlock_proposed_by")
        .prefetch_related("signatures__candidacy", "signatures__recorded_by")
        .first()
    )


def list_void_proofs(election: Election) -> list[SetupProof]:
    """Earlier proofs, the latest first."""
    rows = SetupProof.objects.filter(election=election, voided_at__isnull=False)
    return list(rows.select_related("voided_by", "unlock_proposed_by").order_by("-serial"))


def read_content(proof: SetupProof) -> dict[str, Any]:
    """The entries as they were signed."""
    content: dict[str, Any] = json.loads(proof.content)
    return content
