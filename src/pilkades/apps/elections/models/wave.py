"""A wave of elections in one regency, the timetable it decreed, and its calendar feeds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WaveStatus(models.TextChoices):
    PLANNED = "planned", _("Disiapkan")
    DECREED = "decreed", _("Ditetapkan")
    CLOSED = "closed", _("Selesai")


class Wave(models.Model):
    """Gelombang pilkades serentak: villages of one regency that vote on one day by one pack.

    `simulated_at` is the moment at which a rehearsal stands; see ADR 0010.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regency = models.ForeignKey("regions.Regency", models.PROTECT, related_name="waves")
    name = models.CharField(max_length=120)
    poll_date = models.DateField()
    pack = models.ForeignKey("regulations.PackVersion", models.PROTECT, related_name="waves")
    status = models.CharField(
        max_length=10, choices=WaveStatus.choices, default=WaveStatus.PLANNED.value
    )
    decree_number = models.CharField(max_length=80, blank=True)
    decree_date = models.DateField(null=True, blank=True)
    is_simulation = models.BooleanField(default=False)
    simulated_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-poll_date", "name"]
        constraints = [
            models.UniqueConstraint(fields=["regency", "name"], name="wave_name_once_per_regency"),
            models.CheckConstraint(
                condition=~Q(status="decreed")
                | (~Q(decree_number="") & Q(decree_date__isnull=False)),
                name="decreed_wave_has_number_and_date",
            ),
            # An election in earnest has no second clock.
            models.CheckConstraint(
                condition=Q(simulated_at__isnull=True) | Q(is_simulation=True),
                name="wave_moment_only_in_simulation",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DecreedTimetable(models.Model):
    """Lampiran SK jadwal: the timetable as the decree published it. It is never changed.

    A later decree adds a row. `content` is the canonical JSON (RFC 8785) whose SHA-256 is printed
    on the paper, so that anybody can compare paper and system.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="decreed_timetables")
    pack = models.ForeignKey("regulations.PackVersion", models.PROTECT, related_name="+")
    poll_date = models.DateField()
    decree_number = models.CharField(max_length=80)
    decree_date = models.DateField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "decree_number"], name="decree_once_per_wave")
        ]

    def __str__(self) -> str:
        return f"{self.decree_number} ({self.decree_date})"


class CalendarFeed(models.Model):
    """Umpan kalender: one official's private calendar address for one wave.

    The secret part of the address is derived from `uuid` and `serial`, so raising `serial` makes
    the old address useless.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    serial = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "user"], name="calendar_feed_once_per_user")
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}/{self.user_id}"
