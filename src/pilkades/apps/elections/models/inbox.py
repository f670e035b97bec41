"""Things that wait for an office: deadlines, decisions, outcomes, complaints, incidents."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InboxKind(models.TextChoices):
    DEADLINE = "deadline", _("Tenggat")
    DECISION = "decision", _("Keputusan")
    CANDIDATES = "candidates", _("Pencalonan")
    COMPLAINT = "complaint", _("Pengaduan")
    INCIDENT = "incident", _("Kejadian")
    RESULT = "result", _("Hasil")


class InboxItem(models.Model):
    """Kotak masuk: one matter of one village for the office that the rule pack names.

    The sentence is kept as template and parameters, so that each reader sees it in their language.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=InboxKind.choices)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="inbox_items")
    for_role = models.CharField(max_length=30)
    for_region_code = models.CharField(max_length=13)
    subject = models.CharField(max_length=120)
    text_template = models.CharField(max_length=500)
    text_params = models.JSONField(default=dict)
    article = models.CharField(max_length=300, blank=True)
    due_date = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = [models.F("due_date").asc(nulls_last=True), "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind", "subject", "for_role", "for_region_code"],
                name="inbox_item_once_per_office",
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(done_at__isnull=False),
                name="inbox_done_has_instant",
            ),
        ]
        indexes = [models.Index(fields=["for_role", "for_region_code", "done_at", "due_date"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
