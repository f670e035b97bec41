"""A spreadsheet on its way into the roll: read, mended, accepted or thrown away, and undone."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilkades.apps.roll.spreadsheets.cells import Cell, freeze_cell, thaw_cell
from pilkades.apps.roll.spreadsheets.numbers import read_number
from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField


class ImportState(models.TextChoices):
    """How far a file has come. An undone import stands at READ again, with every mending kept."""

    UPLOADED = "uploaded", _("Menunggu kolom dipastikan")
    READ = "read", _("Menunggu diperiksa")
    ACCEPTED = "accepted", _("Diterima")
    DISCARDED = "discarded", _("Dibuang")


class RollImport(models.Model):
    """Berkas impor: one sheet of one file; nothing of it is on the roll until accepted.

    `columns` says which column (by its place) is which field, as people confirmed it. `file` is the
    sealed file until the import is decided; `file_sha256` is of the bytes handed in and `file_salt`
    opens the commitment to it in the ledger. `new_hamlets` are made when the import is accepted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roll = models.ForeignKey("roll.Roll", models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=4, default="")
    file = models.UUIDField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64)
    file_salt = models.CharField(max_length=64, blank=True)
    sheet_name = models.CharField(max_length=120, blank=True)
    columns = models.JSONField(default=dict)
    new_hamlets = models.JSONField(default=list, blank=True)
    formula_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=9, choices=ImportState.choices, default=ImportState.UPLOADED.value
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    event = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.uuid)


class ImportRow(models.Model):
    """Baris impor: the cells of one line, sealed; its problems by code.

    `cells` is JSON: `raw`, the cells by target, and `mended`, what people wrote over them. What
    they mean is read anew each time. `codes` is `|nik.length|date.missing|`, so that a code is
    found between its bars. `severity`: 0 nothing to say, 1 to be looked at, 2 cannot be taken over
    as it is. A skipped row stays out of the roll: a line that is no person, or one
    that somebody left out.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(RollImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = EncryptedTextField()
    nik_index = KeyedIndexField(source="nik", default="")
    codes = models.TextField(blank=True, default="")
    severity = models.PositiveSmallIntegerField(default=0)
    is_skipped = models.BooleanField(default=False)
    is_mended = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["source", "severity"], name="import_row_severity")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.number}"

    @property
    def nik(self) -> str:
        """The NIK as it reads now; what the index is made of."""
        raw, mended = self.read_cells()
        return read_number(mended["nik"] if "nik" in mended else raw.get("nik")).digits

    def read_cells(self) -> tuple[dict[str, Cell], dict[str, str]]:
        """The cells of the sheet, and what was written over them."""
        kept = json.loads(self.cells)
        raw = {target: thaw_cell(value) for target, value in kept["raw"].items()}
        return raw, kept["mended"]

    def write_cells(self, raw: Mapping[str, Cell], mended: Mapping[str, str]) -> None:
        """Keep cells and mendings; the row is not saved."""
        frozen: dict[str, Any] = {target: freeze_cell(cell) for target, cell in raw.items()}
        self.cells = json.dumps({"raw": frozen, "mended": dict(mended)}, ensure_ascii=False)
        self.is_mended = bool(mended)
