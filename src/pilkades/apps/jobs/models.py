"""What was asked to be done, by whom, and how it ended. How far it is lies in `live`."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("Menunggu giliran")
    RUNNING = "running", _("Sedang dikerjakan")
    DONE = "done", _("Selesai")
    FAILED = "failed", _("Gagal")
    CANCELLED = "cancelled", _("Dibatalkan")


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


class Job(models.Model):
    """Pekerjaan: one run of a kind of work.

    `params` and `outcome` hold codes and counts only, never personal data. `message` is a stored
    text (why it failed, or a closing word). `result_file` is a sealed file of the vault.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    region_code = models.CharField(max_length=13, blank=True)
    params = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs")
    requested_at = models.DateTimeField()
    back = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=9, choices=JobState.choices, default=JobState.QUEUED.value, db_index=True
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    message = models.JSONField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    result_file = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
