"""Name and photo as they will stand on the ballot; a change voids the proof that was signed."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.elections.models import AnnouncementKind, Candidacy, SetupProof
from pilkades.apps.elections.selectors.proofs import find_proof_in_force
from pilkades.apps.elections.selectors.village_access import (
    is_own_file,
)
from pilkades.apps.elections.selectors.village_elections import (
    VillageElection,
)
from pilkades.apps.elections.services.announce import record_announcement
from pilkades.apps.elections.services.candidacy_files import (
    append_file_event,
    lock_file,
    save_file,
)
from pilkades.apps.elections.services.documents import keep_photo
from pilkades.apps.elections.services.open_file import require_running
from pilkades.apps.elections.services.seats import is_seated
from pilkades.apps.elections.services.setup_proof import append_proof_event, void_proof
from pilkades.errors import MalformedInputError, RuleViolationError
from pilkades.law.candidacy_rules import DETERMINATION_STEP
from pilkades.text import Text

BALLOT_NAME_MAX_LETTERS = 100


@transaction.atomic
def change_ballot_entry(
    *,
    actor: Actor,
    now: datetime,
    candidacy_uuid: UUID,
    expected_version: int,
    ballot_name: str,
    photo: bytes = b"",
) -> Candidacy:
    """Change the name as it will stand on the ballot, or the photo.

    Allowed: who sits in the committee; the applicant until the determination.
    Requires: no locked proof; a name; a photo that is one.
    Effects: the new entry; a proof in force is void with all its signatures; a new name is
    announced once the drawn list has been.
    `candidacy.ballot_entry_changed`, `proof.voided`.
    Raises: PermissionDenied, ConflictError, RuleViolationError, MalformedInputError.
    """
    candidacy, context = lock_file(candidacy_uuid=candidacy_uuid, expected_version=expected_version)

    authorise_entry(actor, candidacy, context)

    require_running(context)
    name = _read_name(ballot_name)
    proof = find_proof_in_force(context.election)
    if proof is not None and proof.locked_at is not None:
        raise RuleViolationError(
            "proof.locked",
            Text(
                "Cetak coba sudah dikunci setelah disetujui semua calon. Nama dan foto hanya dapat "
                "diubah setelah kunci dibuka ketua dengan alasan, dan semua calon menyetujui lagi."
            ),
            article=context.article_of(DETERMINATION_STEP),
        )

    is_renamed, candidacy.ballot_name = name != candidacy.ballot_name, name
    if photo:
        candidacy.photo, candidacy.photo_small, candidacy.photo_sha256 = keep_photo(
            photo, name=f"Foto {candidacy.uuid}"
        )
    save_file(candidacy, fields=["ballot_name", "photo", "photo_small", "photo_sha256"])

    append_file_event(
        event="candidacy.ballot_entry_changed",
        candidacy=candidacy,
        context=context,
        actor=actor,
        now=now,
        data={"has_new_photo": bool(photo)},
        sealed={"photo_sha256": candidacy.photo_sha256},
    )
    if proof is not None and candidacy.is_standing:
        _void_because_changed(proof, context, actor, now)
    if is_renamed and candidacy.is_standing and candidacy.ballot_number is not None:
        _announce_name(candidacy, context, actor, now)
    return candidacy


def authorise_entry(actor: Actor, candidacy: Candidacy, context: VillageElection) -> None:
    if is_seated(actor, context):
        return
    if not is_own_file(actor, candidacy) or candidacy.is_standing:
        raise PermissionDenied


def _read_name(ballot_name: str) -> str:
    name = " ".join(ballot_name.split())
    if 0 < len(name) <= BALLOT_NAME_MAX_LETTERS:
        return name
    raise MalformedInputError(
        "proof.name",
        Text("Isi nama untuk surat suara, paling panjang {most} huruf.", most=100),
    )


def _announce_name(
    candidacy: Candidacy, context: VillageElection, actor: Actor, now: datetime
) -> None:
    """The list that was announced after the drawing stands; the change is announced beside it."""
    record_announcement(
        context=context,
        actor=actor,
        now=now,
        kind=AnnouncementKind.CHANGE,
        sentences=(
            Text(
                "Nama calon nomor urut {number} di surat suara menjadi {name}.",
                number=candidacy.ballot_number,
                name=candidacy.ballot_name,
            ),
        ),
        article=context.article_of(DETERMINATION_STEP),
    )


def _void_because_changed(
    proof: SetupProof, context: VillageElection, actor: Actor, now: datetime
) -> None:
    commitment = void_proof(proof, actor, now, "Nama atau foto seorang calon diubah.")
    append_proof_event(
        "proof.voided",
        proof,
        context,
        actor,
        now,
        data={"sha256": proof.sha256, "reason_commitment": commitment},
    )
