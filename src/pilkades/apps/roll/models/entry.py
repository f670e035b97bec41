"""One person on the roll, and every change of that entry."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField


class RollStage(models.TextChoices):
    """The list in which a person was first written."""

    PROVISIONAL = "dps", _("DPS")
    SUPPLEMENTARY = "dptb", _("Tambahan (DPTb)")
    FINAL = "dpt", _("DPT")


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class MaritalStatus(models.TextChoices):
    """As the forms abbreviate it: belum, sudah, pernah."""

    SINGLE = "B", _("Belum kawin")
    MARRIED = "S", _("Kawin")
    WIDOWED = "P", _("Pernah kawin")


class Disability(models.TextChoices):
    """Ragam disabilitas, as the roll's form tells them apart."""

    PHYSICAL = "fisik", _("Fisik")
    INTELLECTUAL = "intelektual", _("Intelektual")
    MENTAL = "mental", _("Mental")
    SPEECH = "wicara", _("Sensorik wicara")
    HEARING = "rungu", _("Sensorik rungu")
    SIGHT = "netra", _("Sensorik netra")
    SEVERAL = "ganda", _("Ganda")


class IdentityDocument(models.TextChoices):
    """What showed who the person is and where they live."""

    KTP_EL = "ktp_el", _("KTP-el")
    FAMILY_CARD = "kk", _("Kartu keluarga")
    CERTIFICATE = "certificate", _("Surat keterangan penduduk")


class RollEntry(models.Model):
    """Pemilih dalam daftar: one person, one record.

    NIK, KK and phone lie encrypted; the indexes find equal ones. `search_name` is the name as the
    duplicate search compares it. A removed entry stays, with its reason; `number` is the running
    number on the fixed list. After the lock only `annotation` changes. Whose
    station somebody chose by hand keeps it when the village is divided again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    roll = models.ForeignKey("roll.Roll", models.CASCADE, related_name="entries")
    stage = models.CharField(
        max_length=4, choices=RollStage.choices, default=RollStage.PROVISIONAL.value
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    nik = EncryptedTextField(_("NIK"), blank=True, default="")
    nik_index = KeyedIndexField(source="nik", default="")
    kk = EncryptedTextField(_("nomor KK"), blank=True, default="")
    kk_index = KeyedIndexField(source="kk", default="")
    phone = EncryptedTextField(_("nomor HP"), blank=True, default="")
    full_name = models.CharField(_("nama lengkap"), max_length=160)
    search_name = models.CharField(max_length=160, editable=False, db_index=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex.choices, blank=True)
    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    birth_date = models.DateField(_("tanggal lahir"), null=True, blank=True)
    marital_status = models.CharField(
        _("status perkawinan"), max_length=1, choices=MaritalStatus.choices, blank=True
    )
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    hamlet = models.ForeignKey(
        "regions.Hamlet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    disability = models.CharField(
        _("disabilitas"), max_length=12, choices=Disability.choices, blank=True
    )
    identity_document = models.CharField(
        _("dokumen"), max_length=12, choices=IdentityDocument.choices, blank=True
    )
    occupation = models.CharField(_("pekerjaan"), max_length=80, blank=True)
    resident_since = models.DateField(_("berdomisili sejak"), null=True, blank=True)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    annotation = models.CharField(max_length=12, blank=True)
    annotation_reason = models.CharField(max_length=200, blank=True)
    is_removed = models.BooleanField(default=False)
    removed_reason = models.CharField(max_length=200, blank=True)
    station = models.ForeignKey(
        "elections.PollingStation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_station_by_hand = models.BooleanField(default=False)
    source_import = models.ForeignKey(
        "roll.RollImport", models.PROTECT, null=True, blank=True, related_name="entries"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["roll", "number"], name="roll_number_once"),
            models.CheckConstraint(
                condition=Q(is_removed=False) | ~Q(removed_reason=""),
                name="roll_removal_has_reason",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="roll_entry_has_name"),
        ]
        indexes = [
            models.Index(fields=["roll", "is_removed", "station"], name="roll_entry_station"),
            models.Index(fields=["roll", "hamlet", "rw", "rt"], name="roll_entry_territory"),
        ]

    def __str__(self) -> str:
        return self.full_name


class ChangeKind(models.TextChoices):
    ADDED = "added", _("Ditambahkan")
    CORRECTED = "corrected", _("Diperbaiki")
    REMOVED = "removed", _("Dicoret")
    RESTORED = "restored", _("Dipulihkan")
    MERGED = "merged", _("Digabung karena ganda")
    ALLOCATED = "allocated", _("Dipindah TPS")
    ANNOTATED = "annotated", _("Dicatat sesudah DPT dikunci")


class RollChange(models.Model):
    """Perubahan satu pemilih: what changed, why, by whom, and the event in the ledger.

    `before` and `after` hold the changed fields as sealed JSON, since a NIK may be among them; the
    event carries a commitment to both, opened by `values_salt`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(RollEntry, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=ChangeKind.choices)
    fields = models.JSONField(default=list)
    before = EncryptedTextField(blank=True, default="")
    after = EncryptedTextField(blank=True, default="")
    values_salt = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    event = models.UUIDField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="roll_change_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"
