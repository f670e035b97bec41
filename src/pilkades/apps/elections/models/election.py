"""The election of one village, and its postponements."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ElectionState(models.TextChoices):
    ACTIVE = "active", _("Berjalan")
    POSTPONED = "postponed", _("Ditunda")
    VOID = "void", _("Batal")
    FINISHED = "finished", _("Selesai")


class Election(models.Model):
    """Pemilihan kepala desa: one village in one wave.

    `poll_date` is set only where the village votes on another day than its wave. `branches` are
    the courses of the pack (jalur, such as having one candidate) that this election has taken.
    `simulated_at` is the moment at which a rehearsal stands, where not that of its wave (ADR 0010).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey("elections.Wave", models.PROTECT, related_name="elections")
    village = models.ForeignKey("regions.Village", models.PROTECT, related_name="elections")
    branches = models.JSONField(default=list, blank=True)
    state = models.CharField(
        max_length=10, choices=ElectionState.choices, default=ElectionState.ACTIVE.value
    )
    state_reason = models.CharField(max_length=500, blank=True)
    state_reason_salt = models.CharField(max_length=64, blank=True)
    state_reference = models.CharField(max_length=200, blank=True)
    poll_date = models.DateField(null=True, blank=True)
    is_simulation = models.BooleanField(default=False)
    simulated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["village_id"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "village"], name="village_once_per_wave"),
            models.CheckConstraint(
                condition=models.Q(simulated_at__isnull=True) | models.Q(is_simulation=True),
                name="election_moment_only_in_simulation",
            ),
        ]
        indexes = [models.Index(fields=["wave", "state"])]

    def __str__(self) -> str:
        return f"{self.village_id} ({self.wave_id})"


class Postponement(models.Model):
    """Penundaan: why and until when a village votes later; no new date means not yet known."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="postponements")
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    reason_salt = models.CharField(max_length=64)
    reference = models.CharField(max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at"]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.from_date} > {self.to_date}"
