"""A spreadsheet on its way into the roll: read, mended, accepted or thrown away, and undone."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class ImportState(models.TextChoices):
    READ = "read", _("Menunggu diperiksa")
    ACCEPTED = "accepted", _("Diterima")
    DISCARDED = "discarded", _("Dibuang")
    UNDONE = "undone", _("Dibatalkan kembali")


class RollImport(models.Model):
    """Berkas impor: what was read from one sheet; nothing of it is on the roll until accepted.

    `columns` says which column is which field, as people confirmed it. `file_sha256` is of the
    bytes handed in.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roll = models.ForeignKey("roll.Roll", models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=120)
    file_sha256 = models.CharField(max_length=64)
    sheet_name = models.CharField(max_length=120, blank=True)
    columns = models.JSONField(default=dict)
    state = models.CharField(
        max_length=9, choices=ImportState.choices, default=ImportState.READ.value
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.uuid)


class ImportRow(models.Model):
    """Baris impor: the row's cells and its read values, sealed; its problems by code.

    `severity`: 0 nothing to say, 1 to be looked at, 2 cannot be taken over as it is.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(RollImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = EncryptedTextField()
    values = EncryptedTextField(blank=True, default="")
    problems = models.JSONField(default=list)
    severity = models.PositiveSmallIntegerField(default=0)
    is_skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["source", "severity"], name="import_row_severity")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.number}"
