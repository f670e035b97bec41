"""Rule packs a regency has adopted, and the values its officials have confirmed.

The bytes of a pack are kept as they were read, with their SHA-256, so that every later question
"which law did we compute with" has one answer. Parsing is done by `pilkades.law.pack`.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PackStatus(models.TextChoices):
    DRAFT = "draft", _("Usulan")
    ADOPTED = "adopted", _("Berlaku")
    SUPERSEDED = "superseded", _("Digantikan")
    WITHDRAWN = "withdrawn", _("Ditarik")


class PackVersion(models.Model):
    """Paket aturan: one version of a rule pack, exactly as it was put forward."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pack_id = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    version_label = models.CharField(max_length=40, blank=True)
    region_code = models.CharField(max_length=13, blank=True)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="overlays")
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=12, choices=PackStatus.choices, default=PackStatus.DRAFT.value
    )
    effective_date = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["region_code", "pack_id", "-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "sha256", "base"],
                condition=~Q(status="withdrawn"),
                name="pack_bytes_once_per_region",
            ),
            # A missing base counts as different from another missing base in an index.
            models.UniqueConstraint(
                fields=["region_code", "sha256"],
                condition=~Q(status="withdrawn") & Q(base__isnull=True),
                name="pack_without_base_once",
            ),
            # Two people: nobody adopts what they put forward themselves.
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("proposed_by")),
                name="pack_adopted_by_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["adopted", "superseded"])
                | Q(adopted_at__isnull=False, effective_date__isnull=False),
                name="pack_adopted_has_dates",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "status", "effective_date"])]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.version_label}".strip()


class RuleApproval(models.Model):
    """Pengesahan nilai: an official of the regency confirms one value of a pack, with evidence.

    It is bound to the digest of the value, so a changed value asks for a new approval and an
    unchanged one keeps it through later versions of the pack.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region_code = models.CharField(max_length=13)
    pack_id = models.CharField(max_length=80)
    entry_key = models.CharField(max_length=160)
    value_sha256 = models.CharField(max_length=64)
    reference = models.CharField(max_length=500)
    reference_salt = models.CharField(max_length=64)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["entry_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "entry_key", "value_sha256"],
                name="rule_value_approved_once",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="rule_approval_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.entry_key}"
