"""What the village council does: hears the committee, passes its report on, deliberates."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    RESULT = "result", _("Laporan hasil pemilihan")
    NO_AGREEMENT = "no_agreement", _("Laporan tidak tercapai mufakat")
    PROGRESS = "progress", _("Laporan pelaksanaan tahapan")


class CouncilReport(models.Model):
    """Laporan panitia kepada BPD: submitted, heard, and passed on to the regency by the camat."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="council_reports"
    )
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    reference = models.CharField(max_length=120)
    summary = models.TextField()
    summary_salt = models.CharField(max_length=64)
    file = models.UUIDField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    submission_due_date = models.DateField(null=True, blank=True)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    heard_at = models.DateTimeField(null=True, blank=True)
    heard_note = models.TextField(blank=True)
    forwarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    forwarded_at = models.DateTimeField(null=True, blank=True)
    forward_reference = models.CharField(max_length=120, blank=True)
    forward_due_date = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "reference"], name="council_report_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True) | ~Q(heard_by=F("submitted_by")),
                name="council_report_heard_by_another",
            ),
            models.CheckConstraint(
                condition=Q(forwarded_at__isnull=True)
                | (Q(heard_at__isnull=False) & ~Q(forward_reference="")),
                name="council_report_heard_before_forwarded",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DeliberationOutcome(models.TextChoices):
    AGREED = "agreed", _("Mufakat: pemungutan suara dengan kolom kosong")
    NOT_AGREED = "not_agreed", _("Tidak mufakat: pemilihan batal")


class Deliberation(models.Model):
    """Musyawarah panitia dan BPD tentang calon tunggal.

    One side records it, the other confirms the same minutes; only then does it have an effect.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="deliberations")
    held_on = models.DateField()
    place = models.CharField(max_length=160)
    committee_present = models.PositiveSmallIntegerField()
    council_present = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=DeliberationOutcome.choices)
    minutes = models.TextField()
    minutes_salt = models.CharField(max_length=64)
    article = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_for = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"],
                condition=Q(withdrawn_at__isnull=True),
                name="deliberation_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="deliberation_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.outcome}"
