"""Tables of the ledger. Rows of all but the queue are written once and never changed.

An event is written in the transaction of the act it records. It stands in the queue until the
tree takes it in: then it is a leaf with an index. Of the inner nodes only every fourth level is
stored (`pilkades.ledger.tiles`).
"""

from django.db import models


class Event(models.Model):
    """Peristiwa: what was done, by whom, when, where, under which article.

    `leaf` is what the ledger publishes, byte for byte. The other columns serve the audit trail;
    `actor_name` is for entitled readers and stands in no leaf.
    """

    uuid = models.UUIDField(unique=True)
    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    region_code = models.CharField(max_length=13, blank=True)
    subject = models.CharField(max_length=120)
    article = models.CharField(max_length=200, blank=True)
    actor_uuid = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    leaf = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["region_code", "id"],
                name="audit_event_region",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["event", "id"], name="audit_event_event"),
            models.Index(fields=["subject", "id"], name="audit_event_subject"),
            models.Index(fields=["at"], name="audit_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class QueuedEvent(models.Model):
    """Antrean: an event that the tree has still to take in, with its leaf hash."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="queued"
    )
    hash = models.BinaryField(max_length=32)


class Leaf(models.Model):
    """Daun: the place of an event in the tree; indexes have no gap."""

    index = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf_row")
    hash = models.BinaryField(max_length=32)


class Node(models.Model):
    """Simpul: the root of a full subtree of 16, 256, 4,096, … leaves."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """Titik periksa: a signed statement of the tree's size and root, as it was published."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    published_at = models.DateTimeField()
