"""A division of the voters that was computed, and waits to be looked at."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AllocationMode(models.TextChoices):
    """Whom a computed division may move."""

    ALL = "all", _("Semua pemilih, kecuali yang dipindah dengan tangan")
    EVERYBODY = "everybody", _("Semua pemilih, termasuk yang dipindah dengan tangan")
    UNPLACED = "unplaced", _("Hanya pemilih yang belum punya TPS")


class ProposalState(models.TextChoices):
    OPEN = "open", _("Menunggu keputusan")
    REFUSED = "refused", _("Tidak ada pembagian yang mungkin")
    ACCEPTED = "accepted", _("Diterima")


class AllocationProposal(models.Model):
    """Usulan pembagian pemilih ke TPS: accepted as one act, or left.

    `basis` is the digest of what it was computed from; where the roll or the stations have changed
    since, it is not accepted. `plan` maps a station's primary key to those of its voters, numbers
    only. `refusal` is a frozen sentence, where nothing is possible.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roll = models.ForeignKey("roll.Roll", models.CASCADE, related_name="proposals")
    mode = models.CharField(max_length=9, choices=AllocationMode.choices)
    state = models.CharField(
        max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN.value
    )
    basis = models.CharField(max_length=64)
    plan = models.JSONField(default=dict)
    split_count = models.PositiveIntegerField(default=0)
    walk_metres = models.PositiveIntegerField(default=0)
    refusal = models.JSONField(null=True, blank=True)
    stations_needed = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(refusal__isnull=False),
                name="allocation_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
