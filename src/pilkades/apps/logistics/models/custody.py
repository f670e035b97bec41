"""Sealed packages and everything that happened to them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pilkades.law.logistics import Packing
from pilkades.law.logistics_custody import CustodyAct, PackageState


class PackingKind(models.TextChoices):
    BALLOTS = Packing.BALLOTS.value, _("Surat suara")
    DOCUMENTS = Packing.DOCUMENTS.value, _("Formulir dan segel")
    EQUIPMENT = Packing.EQUIPMENT.value, _("Perlengkapan")


class State(models.TextChoices):
    PREPARED = PackageState.PREPARED.value, _("Disusun, belum disegel")
    SEALED = PackageState.SEALED.value, _("Disegel")
    UNDERWAY = PackageState.UNDERWAY.value, _("Dalam serah terima")
    OPENED = PackageState.OPENED.value, _("Dibuka")
    RETURNED = PackageState.RETURNED.value, _("Kembali")


class Act(models.TextChoices):
    SEAL = CustodyAct.SEAL.value, _("Disegel")
    HAND_OVER = CustodyAct.HAND_OVER.value, _("Diserahkan")
    OPEN = CustodyAct.OPEN.value, _("Dibuka")
    RETURN = CustodyAct.RETURN.value, _("Dikembalikan")


class Package(models.Model):
    """Paket bersegel: what travels to one station in one box or bag.

    `code` stands in the QR on the outside; it is random and says nothing of anybody. `contents` are
    the things and numbers of the packing list as they were on the day of packing.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="packages")
    station = models.ForeignKey("elections.PollingStation", models.PROTECT, related_name="packages")
    packing = models.CharField(max_length=10, choices=PackingKind.choices)
    number = models.PositiveSmallIntegerField()
    contents = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARED.value)
    holder = models.CharField(max_length=160, blank=True)
    seals = models.JSONField(default=list, blank=True)
    alarms = models.JSONField(default=list, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="package_number_once"),
            models.UniqueConstraint(fields=["station", "packing"], name="package_kind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number:03d}"


class Handover(models.Model):
    """Serah terima: one act on a package, with the two people who were there; never changed."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, models.CASCADE, related_name="handovers")
    serial = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=9, choices=Act.choices)
    giver = models.CharField(max_length=160)
    taker = models.CharField(max_length=160)
    place = models.CharField(max_length=160)
    seals = models.JSONField(default=list, blank=True)
    is_intact = models.BooleanField(default=True)
    alarms = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["package", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["package", "serial"], name="handover_serial_once"),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")) & ~Q(giver="") & ~Q(taker=""),
                name="handover_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_id}/{self.serial}"


class ReturnLine(models.Model):
    """Barang kembali: how many of a thing that had been sent came back."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="returns")
    item_id = models.CharField(max_length=80)
    sent = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["package", "item_id"], name="return_line_once"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("sent")), name="return_not_above_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.returned}/{self.sent}"
