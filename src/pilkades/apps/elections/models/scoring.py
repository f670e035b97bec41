"""The extra selection where more than the allowed number of applicants qualify."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ScoreEntry(models.Model):
    """Isian lembar nilai: what one of two officers read from the evidence for one component."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        "elections.Candidacy", models.CASCADE, related_name="score_entries"
    )
    component_id = models.CharField(max_length=80)
    slot = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=80)
    evidence = models.CharField(max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["candidacy_id", "component_id", "slot"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "component_id", "slot"], name="score_slot_once"
            ),
            models.UniqueConstraint(
                fields=["candidacy", "component_id", "entered_by"],
                name="score_entered_by_two_people",
            ),
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="score_has_two_slots"),
            models.CheckConstraint(condition=~Q(evidence=""), name="score_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}/{self.component_id}"


class ScorePublication(models.Model):
    """Pengumuman hasil seleksi tambahan: points, ranks and trace, exactly as they were decided."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.OneToOneField(
        "elections.Election", models.PROTECT, related_name="score_publication"
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.election_id} {self.sha256[:12]}"
