"""An official confirms one value of a pack with the place where it was read."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from pilkades.apps.accounts.roles import Actor
from pilkades.apps.audit.services import append, commit_to
from pilkades.apps.regulations.models import PackVersion, RuleApproval
from pilkades.apps.regulations.selectors.entries import EntryRow, find_entry_row
from pilkades.apps.regulations.selectors.packs import get_plain_pack, may_govern
from pilkades.errors import ConflictError, MalformedInputError
from pilkades.text import Text


@transaction.atomic
def approve_value(
    *,
    actor: Actor,
    now: datetime,
    region_code: str,
    pack_uuid: UUID,
    slug: str,
    seen_digest: str,
    reference: str,
) -> RuleApproval:
    """Confirm that one value is what the regulation says.

    Allowed: desk or head's office of the regency; the ministry (empty code) for everybody.
    Requires: the value the official saw is still the value of the pack; a reference in words.
    Effects: in this regency, or everywhere if the ministry did it, the value counts as verified,
    with the name of whoever confirmed it.
    `rule.approved`.
    Raises: PermissionDenied, ConflictError (already confirmed, or the value changed),
    MalformedInputError (no reference, no such rule).
    """
    version = PackVersion.objects.select_related("base").get(uuid=pack_uuid)

    if not may_govern(actor, region_code):
        raise PermissionDenied

    row = _get_row(version, slug)
    _check(row, region_code=region_code, seen_digest=seen_digest, reference=reference)

    salt, commitment = commit_to(reference.strip())
    approval = RuleApproval.objects.create(
        region_code=region_code,
        pack_id=version.pack_id,
        entry_key=row.key,
        value_sha256=row.digest,
        reference=reference.strip(),
        reference_salt=salt,
        approved_by_id=actor.user_id,
        approved_at=now,
    )

    append(
        event="rule.approved",
        actor=actor,
        at=now,
        region_code=region_code,
        subject=f"rule:{version.pack_id}/{row.slug}",
        article=row.article,
        data={
            "rule": row.key,
            "value_sha256": row.digest,
            "reference_commitment": commitment,
        },
    )
    return approval


def _get_row(version: PackVersion, slug: str) -> EntryRow:
    row = find_entry_row(get_plain_pack(version), slug)
    if row is None:
        raise MalformedInputError(
            "rule.unknown",
            Text("Aturan “{slug}” tidak ada dalam paket {pack}.", slug=slug, pack=version.pack_id),
        )
    return row


def _check(row: EntryRow, *, region_code: str, seen_digest: str, reference: str) -> None:
    if row.digest != seen_digest:
        raise ConflictError(
            "rule.changed",
            Text(
                "Nilai “{rule}” sudah berbeda dari yang Anda lihat. Baca nilai terbaru, lalu "
                "sahkan bila benar.",
                rule=row.id,
            ),
        )
    if len(reference.strip()) < 10:
        raise MalformedInputError(
            "rule.reference-missing",
            Text(
                "Sumbernya belum cukup jelas. Tulis peraturan, nomor, pasal dan halaman tempat "
                "nilai ini dibaca, paling sedikit 10 huruf."
            ),
        )
    existing = (
        RuleApproval.objects.filter(
            region_code=region_code, entry_key=row.key, value_sha256=row.digest
        )
        .select_related("approved_by")
        .first()
    )
    if existing is not None:
        raise ConflictError(
            "rule.already-approved",
            Text(
                "Nilai “{rule}” sudah disahkan oleh {name}. Tidak ada yang perlu dilakukan lagi.",
                rule=row.id,
                name=str(existing.approved_by),
            ),
        )
