"""Where people vote: venues, and the stations, desks or boxes inside them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StationKind(models.TextChoices):
    STATION = "station", _("TPS")
    DESK = "desk", _("Meja")
    BOX = "box", _("Kotak")


class Venue(models.Model):
    """Tempat pemungutan suara: a hall, school or field that holds one or several stations.

    Degrees are WGS 84. `walk_minutes_max` of a pack is judged from here to the hamlets.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="venues")
    name = models.CharField(_("nama tempat"), max_length=120)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    hamlet = models.ForeignKey(
        "regions.Hamlet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    latitude_degrees = models.FloatField(null=True, blank=True)
    longitude_degrees = models.FloatField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "name"], name="venue_name_once"),
            models.CheckConstraint(
                condition=Q(latitude_degrees__isnull=True, longitude_degrees__isnull=True)
                | Q(
                    latitude_degrees__range=(-90, 90),
                    longitude_degrees__range=(-180, 180),
                ),
                name="venue_place_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PollingStation(models.Model):
    """TPS, meja atau kotak: where a voter of the roll votes, one number each in the village.

    A desk or a box belongs to a station of the same venue (`parent`); its voters are counted there
    as well. The territory behind the allocation is the roll's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="stations")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="stations")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    kind = models.CharField(
        max_length=8, choices=StationKind.choices, default=StationKind.STATION.value
    )
    number = models.PositiveSmallIntegerField(_("nomor"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind", "number"], name="station_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="station_number_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number:02d}"
