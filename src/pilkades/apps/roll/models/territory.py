"""Which part of the village votes at which station."""

import uuid

from django.db import models


class StationTerritory(models.Model):
    """Wilayah TPS: a hamlet, an RW of it or an RT of that; empty means all of it.

    The narrowest one that covers a voter decides; a voter moved by hand keeps their station.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    station = models.ForeignKey(
        "elections.PollingStation", models.CASCADE, related_name="territories"
    )
    hamlet = models.ForeignKey(
        "regions.Hamlet", models.PROTECT, null=True, blank=True, related_name="+"
    )
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["station", "hamlet__name", "rw", "rt"]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "hamlet", "rw", "rt"], name="station_territory_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hamlet_id} {self.rw}/{self.rt}"
