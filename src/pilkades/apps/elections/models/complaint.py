"""What the public tells the committee about an applicant, and what the committee answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class ComplaintOutcome(models.TextChoices):
    OPEN = "", _("Menunggu jawaban")
    UPHELD = "upheld", _("Terbukti")
    NOT_UPHELD = "not_upheld", _("Tidak terbukti")
    OUTSIDE = "outside", _("Bukan tentang persyaratan")


class CandidateComplaint(models.Model):
    """Masukan masyarakat: who complains and what about is sealed; the ledger has a commitment.

    A late one is kept with the sentence that says so; the committee answers it all the same.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey("elections.Candidacy", models.PROTECT, related_name="complaints")
    ticket = models.CharField(max_length=12, unique=True)
    complainant_name = EncryptedTextField()
    contact = EncryptedTextField()
    content = EncryptedTextField()
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    timeliness = models.CharField(max_length=8)
    timeliness_text = models.JSONField()
    article = models.CharField(max_length=300)
    outcome = models.CharField(
        max_length=12,
        choices=ComplaintOutcome.choices,
        default=ComplaintOutcome.OPEN.value,
        blank=True,
    )
    answer = EncryptedTextField(blank=True)
    answer_salt = models.CharField(max_length=64, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["submitted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="complaint_outcome_has_answer",
            )
        ]

    def __str__(self) -> str:
        return self.ticket
