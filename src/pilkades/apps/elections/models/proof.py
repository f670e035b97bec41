"""The proof of the ballot's set-up: number, name and photo, signed by every candidate, locked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pilkades.apps.elections.models.signature import Signature, signature_constraints


class SetupProof(models.Model):
    """Cetak coba surat suara: what will stand on the ballot, in one digest that all sign.

    Any change of a number, a name or a photo voids the proof with its signatures; the next proof
    is a new row. The chair proposes the lock and the secretary closes it; two open it again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="setup_proofs")
    serial = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    lock_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lock_proposed_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, blank=True)
    unlock_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlock_proposed_at = models.DateTimeField(null=True, blank=True)
    unlock_reason = models.CharField(max_length=300, blank=True)
    unlock_reason_salt = models.CharField(max_length=64, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    void_reason_salt = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["election_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["election", "serial"], name="setup_proof_serial_once"),
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(voided_at__isnull=True),
                name="setup_proof_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True)
                | (Q(lock_proposed_by__isnull=False) & ~Q(locked_by=F("lock_proposed_by"))),
                name="setup_proof_locked_by_two",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True)
                | Q(voided_at__isnull=True)
                | (Q(unlock_proposed_by__isnull=False) & ~Q(voided_by=F("unlock_proposed_by"))),
                name="setup_proof_unlocked_by_two",
            ),
            models.CheckConstraint(
                condition=Q(unlock_proposed_at__isnull=True)
                | (Q(locked_at__isnull=False) & ~Q(unlock_reason="")),
                name="setup_proof_unlock_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="setup_proof_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.serial}"


class SetupProofSignature(Signature):
    """Persetujuan calon atas cetak coba: bound to the digest that the candidate saw."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proof = models.ForeignKey(SetupProof, models.CASCADE, related_name="signatures")
    candidacy = models.ForeignKey(
        "elections.Candidacy", models.PROTECT, related_name="proof_signatures"
    )
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *signature_constraints("proof_signature"),
            models.UniqueConstraint(fields=["proof", "candidacy"], name="proof_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proof_id}/{self.candidacy_id}"
