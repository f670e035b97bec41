"""What the committee adds to the formulas of the pack: an estimate, prices, and what came."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class LogisticsPlan(models.Model):
    """Rencana logistik: the estimate that holds until the roll is divided among stations.

    `version` is that of estimate and prices together: the budget is one paper.
    """

    election = models.OneToOneField(
        "elections.Election", models.CASCADE, related_name="logistics_plan"
    )
    estimated_voters = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.election_id)


class UnitPrice(models.Model):
    """Harga satuan: what one unit of a thing of the pack costs, in rupiah."""

    plan = models.ForeignKey(LogisticsPlan, models.CASCADE, related_name="prices")
    item_id = models.CharField(max_length=80)
    price = models.PositiveBigIntegerField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "item_id"], name="unit_price_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.price}"


class Delivery(models.Model):
    """Pesanan atau penerimaan barang: promised for a day, and there once it has arrived."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="deliveries")
    item_id = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    expected_date = models.DateField()
    source = models.CharField(max_length=160)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["expected_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="delivery_of_something"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_by__isnull=False),
                name="delivery_arrival_has_receiver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.quantity}"
