"""Signatures: by one's own account, or on paper and seen by two officers."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from pilkades.apps.accounts.roles import Actor, Role
from pilkades.apps.accounts.services import require_role
from pilkades.apps.elections.models import SignatureKind
from pilkades.apps.elections.models.signature import Signature
from pilkades.apps.elections.selectors.village_elections import VillageElection
from pilkades.apps.elections.services.seats import require_seat
from pilkades.errors import ConflictError, RuleViolationError
from pilkades.text import Text

CANDIDATE_ROLES = (Role.CANDIDATE,)
SIGNATURE_COLUMNS = ["kind", "recorded_by", "recorded_at", "confirmed_by", "signed_at"]


def require_own_line(actor: Actor, *, signer_id: int | None) -> None:
    """Refuse everybody but the person whose line it is.

    Raises: PermissionDenied.
    """
    if not actor.is_signed_in or signer_id != actor.user_id:
        raise PermissionDenied


def require_signer(
    actor: Actor, context: VillageElection, *, signer_id: int | None, is_own: bool
) -> None:
    """Who may sign a candidate's line: the candidate in person, or an officer who saw the paper.

    Raises: PermissionDenied.
    """
    if not is_own:
        require_seat(actor, context)
        return
    require_role(actor, CANDIDATE_ROLES, context.village_code)
    require_own_line(actor, signer_id=signer_id)


def sign_own(signature: Signature, *, signer_id: int | None, actor: Actor, now: datetime) -> None:
    """Sign with the account of the very person; counts at once.

    Raises: PermissionDenied where the line is another's; ConflictError where it is signed.
    """
    require_own_line(actor, signer_id=signer_id)
    refuse_signed(signature)
    signature.kind = SignatureKind.OWN
    signature.recorded_by_id, signature.recorded_at = actor.user_id, now
    signature.signed_at = now


def record_on_paper(signature: Signature, *, actor: Actor, now: datetime) -> None:
    """Note that the person has signed the sheet; counts when a second officer has seen it."""
    refuse_signed(signature)
    signature.kind = SignatureKind.PAPER
    signature.recorded_by_id, signature.recorded_at = actor.user_id, now
    signature.confirmed_by_id = None


def confirm_on_paper(signature: Signature, *, actor: Actor, now: datetime, article: str) -> None:
    """Be the second officer who has seen the signature on the sheet.

    Raises: RuleViolationError `two-people` for the one who noted it; ConflictError.
    """
    refuse_signed(signature)
    if signature.kind != SignatureKind.PAPER:
        raise ConflictError(
            "signature.not-recorded",
            Text("Belum ada petugas yang mencatat tanda tangan ini dari lembar kertas."),
        )
    if signature.recorded_by_id == actor.user_id:
        raise RuleViolationError(
            "two-people",
            Text(
                "Tanda tangan di atas kertas dilihat dua petugas. Anda yang mencatatnya; mintalah "
                "petugas lain melihat lembar yang sama."
            ),
            article=article,
        )
    signature.confirmed_by_id, signature.signed_at = actor.user_id, now


def clear_signature(signature: Signature) -> None:
    """What was signed has changed, so the signature is for nothing any more."""
    signature.kind = SignatureKind.NONE
    signature.recorded_by = signature.confirmed_by = None
    signature.recorded_at = signature.signed_at = None


def refuse_signed(signature: Signature) -> None:
    """Raises ConflictError where the line is signed already."""
    if signature.is_signed:
        raise ConflictError(
            "signature.signed", Text("Baris ini sudah ditandatangani. Muat ulang halaman.")
        )
