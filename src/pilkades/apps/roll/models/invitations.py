"""The invitation of one voter: its random code, and whether it was handed over."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """What became of an invitation; the reasons are those printed on its receipt half."""

    OPEN = "", _("Belum dilaporkan")
    DELIVERED = "delivered", _("Tersampaikan")
    DIED = "died", _("Tidak tersampaikan: meninggal")
    MOVED = "moved", _("Tidak tersampaikan: pindah")
    UNKNOWN = "unknown", _("Tidak tersampaikan: tidak dikenal")
    ABSENT = "absent", _("Tidak tersampaikan: tidak di rumah")
    OTHER = "other", _("Tidak tersampaikan: lain")


UNDELIVERED = (Delivery.DIED, Delivery.MOVED, Delivery.UNKNOWN, Delivery.ABSENT, Delivery.OTHER)


class Invitation(models.Model):
    """Surat pemberitahuan (C6). `code` is random: it names the invitation, never the person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.OneToOneField("roll.RollEntry", models.CASCADE, related_name="invitation")
    code = models.CharField(max_length=26, unique=True)
    issued_at = models.DateTimeField()
    delivery = models.CharField(
        max_length=9, choices=Delivery.choices, default=Delivery.OPEN.value, blank=True
    )
    receiver = models.CharField(max_length=120, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry__number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivery="") | Q(reported_at__isnull=False),
                name="invitation_delivery_has_moment",
            )
        ]

    def __str__(self) -> str:
        return self.code
