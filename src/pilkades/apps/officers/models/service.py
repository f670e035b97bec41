"""Hours, honorarium and later judgement of the people who served."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pilkades.apps.vault.fields import EncryptedTextField


class OfficerAttendance(models.Model):
    """Kehadiran petugas: one stay at the station, from arrival to leaving.

    A stay that was written down wrongly is cancelled with a reason and written anew.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(
        "officers.StationOfficer", models.PROTECT, related_name="attendances"
    )
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(left_at__isnull=True, cancelled_at__isnull=True),
                name="attendance_one_open",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gt=F("arrived_at")),
                name="attendance_leaves_after_arrival",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.arrived_at:%Y-%m-%d %H:%M}"


class HonorariumSheet(models.Model):
    """Daftar honorarium of one election: the tax, and what each duty is paid.

    `rates` maps a duty (chair, member, security, reserve) to rupiah.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.OneToOneField(
        "elections.Election", models.PROTECT, related_name="honorarium_sheet"
    )
    rates = models.JSONField()
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tax_percent__gte=0, tax_percent__lte=100), name="honorarium_tax_percent"
            )
        ]

    def __str__(self) -> str:
        return str(self.election_id)


class HonorariumPayment(models.Model):
    """Kuitansi honorarium: what was handed over, frozen when it was."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.OneToOneField(
        "officers.StationOfficer", models.PROTECT, related_name="payment"
    )
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="honorarium_payments"
    )
    receipt_number = models.PositiveSmallIntegerField()
    gross = models.PositiveIntegerField()
    tax = models.PositiveIntegerField()
    net = models.PositiveIntegerField()
    paid_date = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["receipt_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "receipt_number"], name="honorarium_receipt_once"
            ),
            models.CheckConstraint(
                condition=Q(gross=F("tax") + F("net")), name="honorarium_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.receipt_number}"


class OfficerEvaluation(models.Model):
    """Evaluasi petugas: a score and a remark after the poll, filled in when that is judged."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.OneToOneField(
        "officers.StationOfficer", models.CASCADE, related_name="evaluation"
    )
    score_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    remark = EncryptedTextField(blank=True)
    evaluated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    evaluated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score_percent__isnull=True) | Q(score_percent__lte=100),
                name="evaluation_percent",
            )
        ]

    def __str__(self) -> str:
        return str(self.officer_id)
