"""What citizens report about the roll, and what the committee answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class ReportKind(models.TextChoices):
    NOT_LISTED = "not_listed", _("Saya belum terdaftar")
    WRONG_DATA = "wrong_data", _("Data saya keliru")
    WRONG_STATION = "wrong_station", _("TPS saya terlalu jauh atau keliru")
    NOT_ENTITLED = "not_entitled", _("Keberatan: seseorang tidak berhak ada di daftar")


class ReportOutcome(models.TextChoices):
    OPEN = "", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Diterima, daftar diperbaiki")
    REFUSED = "refused", _("Tidak dapat diterima")
    OUTSIDE = "outside", _("Bukan tentang daftar pemilih")


class CitizenReport(models.Model):
    """Laporan warga: who reports and what about is sealed; the ledger holds a commitment.

    `entry` is set where the reporter came from their own look-up. `ticket` is long enough that
    whoever has it made the report. A late one is kept with the sentence that says so.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roll = models.ForeignKey("roll.Roll", models.CASCADE, related_name="reports")
    entry = models.ForeignKey(
        "roll.RollEntry", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    ticket = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=13, choices=ReportKind.choices)
    reporter_name = EncryptedTextField()
    contact = EncryptedTextField()
    content = EncryptedTextField()
    document = models.UUIDField(null=True, blank=True)
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    timeliness = models.CharField(max_length=8)
    timeliness_text = models.JSONField()
    article = models.CharField(max_length=300)
    outcome = models.CharField(
        max_length=8, choices=ReportOutcome.choices, default=ReportOutcome.OPEN.value, blank=True
    )
    answer = EncryptedTextField(blank=True, default="")
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
                name="roll_report_outcome_has_answer",
            )
        ]

    def __str__(self) -> str:
        return self.ticket
