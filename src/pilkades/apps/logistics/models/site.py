"""The survey of a venue, its photos, the drawing of its room, and the decision to use it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class VenueSurvey(models.Model):
    """Survei tempat: what somebody found there on a day. The latest one counts; none is changed.

    `answers` holds the points by id, `measures` the measured ones as written numbers. A survey on
    which the committee fixed the place (penetapan tempat) is `approved`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    venue = models.ForeignKey("elections.Venue", models.CASCADE, related_name="surveys")
    serial = models.PositiveSmallIntegerField()
    surveyed_on = models.DateField()
    surveyors = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["venue", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "serial"], name="survey_serial_once"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="survey_approval_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id}/{self.serial}"


class VenuePhoto(models.Model):
    """Foto tempat: one picture of a venue, of one point of the survey where it says so."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    venue = models.ForeignKey("elections.Venue", models.CASCADE, related_name="photos")
    criterion_id = models.CharField(max_length=80, blank=True)
    file = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "sha256"], name="venue_photo_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class VenueLayout(models.Model):
    """Denah tempat: the small form behind the drawing; the drawing itself is computed."""

    venue = models.OneToOneField("elections.Venue", models.CASCADE, related_name="layout")
    plan = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.venue_id)
