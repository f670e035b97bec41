"""Meetings at which people are told how to vote."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Meeting(models.Model):
    """Pertemuan sosialisasi: where, when, for which hamlet, and how many came.

    `hamlet` is empty where the whole village was invited. A withdrawn one stays, with its reason.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="meetings")
    hamlet = models.ForeignKey(
        "regions.Hamlet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=160)
    held_on = models.DateField()
    attendees = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    topic = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="meeting_withdrawal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"
