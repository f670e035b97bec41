"""What the roll officers found at the door."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class VisitOutcome(models.TextChoices):
    """Hasil coklit for one person."""

    CONFIRMED = "confirmed", _("Sesuai")
    CORRECTED = "corrected", _("Diperbaiki")
    MOVED = "moved", _("Pindah")
    DIED = "died", _("Meninggal")
    UNKNOWN = "unknown", _("Tidak dikenal")
    NEWCOMER = "newcomer", _("Pemilih baru")


class HouseholdVisit(models.Model):
    """Coklit: one person looked for at the door, by whom, when, with what outcome.

    `nonce` is made by the page that asks, so that a form that is sent twice over a poor line is
    recorded once. A later visit stands beside the earlier one; the last one counts.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey("roll.RollEntry", models.CASCADE, related_name="visits")
    outcome = models.CharField(max_length=9, choices=VisitOutcome.choices)
    note = EncryptedTextField(blank=True, default="")
    nonce = models.UUIDField(unique=True)
    visited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    visited_at = models.DateTimeField()
    is_last = models.BooleanField(default=True)

    class Meta:
        ordering = ["visited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(is_last=True), name="visit_last_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.outcome}"
