"""The public drawing of ballot numbers: who came, in which order, what was drawn, who signed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.elections.models.signature import Signature, signature_constraints


class DrawingMethod(models.TextChoices):
    LOTS = "lots", _("Undian biasa di depan umum")
    COMMITMENTS = "commitments", _("Undian dengan komitmen yang dapat dihitung ulang")


class Drawing(models.Model):
    """Pengundian nomor urut: one drawing in force for each election.

    A repeated drawing is a new row. `sealed_at` is the moment from which commitments are closed
    and may be opened.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="drawings")
    method = models.CharField(max_length=12, choices=DrawingMethod.choices)
    place = models.CharField(max_length=160)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    why = models.JSONField(default=list)
    article = models.CharField(max_length=300)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    cancel_reason_salt = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["election"], condition=Q(cancelled_at__isnull=True), name="drawing_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="drawing_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True),
                name="drawing_closed_is_not_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.method}"


class DrawingLot(Signature):
    """Undian satu calon: arrival, turn, number, signature, and in the sealed form its commitment.

    `party` names the candidate in hashes and minutes; it is fixed when the drawing opens, so a
    later correction of a name cannot change what was hashed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="lots")
    candidacy = models.ForeignKey(
        "elections.Candidacy", models.PROTECT, related_name="drawing_lots"
    )
    party = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    proxy_name = models.CharField(max_length=160, blank=True)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=2048, blank=True)
    contribution = models.CharField(max_length=2048, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            *signature_constraints("drawing_lot"),
            models.UniqueConstraint(fields=["drawing", "candidacy"], name="drawing_lot_once"),
            models.UniqueConstraint(fields=["drawing", "party"], name="drawing_party_once"),
            models.UniqueConstraint(fields=["drawing", "turn"], name="drawing_turn_once"),
            models.UniqueConstraint(fields=["drawing", "number"], name="drawing_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="drawing_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True) | ~Q(commitment=""),
                name="drawing_reveal_needs_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.party


class AttendeeCapacity(models.TextChoices):
    COMMITTEE = "committee", _("Panitia pemilihan")
    COUNCIL = "council", _("BPD")
    OFFICIAL = "official", _("Pejabat pemerintah")
    COMMUNITY = "community", _("Tokoh masyarakat")


class DrawingAttendee(Signature):
    """Yang hadir selain calon: in which capacity, when they came, and their signature."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="attendees")
    full_name = models.CharField(max_length=160)
    capacity = models.CharField(max_length=10, choices=AttendeeCapacity.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrived_at = models.DateTimeField()

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            *signature_constraints("drawing_attendee"),
            models.UniqueConstraint(
                fields=["drawing", "user"],
                condition=Q(user__isnull=False),
                name="drawing_attendee_once",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
