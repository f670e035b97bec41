"""What really happened in a step of the timetable. Planned dates are computed, never stored."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class StageFact(models.Model):
    """Pelaksanaan tahapan: when a step of one village began and ended, or until when it may last.

    `extended_to` is an extension the regency granted to this village; the timetable then moves
    what follows.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="stage_facts")
    step_id = models.CharField(max_length=80)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    extended_to = models.DateField(null=True, blank=True)
    extension_reference = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    note_salt = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["election_id", "step_id"]
        constraints = [
            models.UniqueConstraint(fields=["election", "step_id"], name="stage_fact_once"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(finished_on__gte=F("started_on")),
                name="stage_fact_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True) | ~Q(extension_reference=""),
                name="stage_extension_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}/{self.step_id}"
