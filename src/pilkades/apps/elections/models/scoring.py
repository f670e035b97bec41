"""The extra selection where more than the allowed number of applicants qualify."""

import uuid

from django.conf import settings
from django.db import models


class ScoreEntry(models.Model):
    """Isian lembar nilai: what one of two officers read from the evidence for one item.

    `evidence` lists the kinds of papers that this officer held in hand; `decided_points` is used
    where the pack gives no points for the value.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidacy = models.ForeignKey(
        "elections.Candidacy", models.CASCADE, related_name="score_entries"
    )
    item_id = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    evidence = models.JSONField(default=list)
    decided_points = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["candidacy_id", "item_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "item_id", "entered_by"], name="score_entered_by_two_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}/{self.item_id}"


class ScorePublication(models.Model):
    """Pengumuman hasil seleksi tambahan: sheets, ranks and trace, exactly as they were decided.

    `terminal_order` is what the last step of the tie rule brought (a drawing, a test), recorded
    with the paper that shows it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.OneToOneField(
        "elections.Election", models.PROTECT, related_name="score_publication"
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    terminal_order = models.JSONField(default=list)
    terminal_reference = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.election_id} {self.sha256[:12]}"
