"""The committee that the village council forms, and its members."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CommitteePosition(models.TextChoices):
    CHAIR = "chair", _("Ketua")
    SECRETARY = "secretary", _("Sekretaris")
    MEMBER = "member", _("Anggota")


class CommitteeElement(models.TextChoices):
    """Unsur panitia: from which part of the village a member comes."""

    APPARATUS = "apparatus", _("Perangkat desa")
    INSTITUTION = "institution", _("Lembaga kemasyarakatan")
    COMMUNITY = "community", _("Tokoh masyarakat")


class ElectionCommittee(models.Model):
    """Panitia pemilihan kepala desa: formed by the BPD with a decree, one for each election."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.OneToOneField("elections.Election", models.PROTECT, related_name="committee")
    decree_number = models.CharField(max_length=80)
    decree_date = models.DateField()
    decree_file = models.UUIDField(null=True, blank=True)
    formed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decree_number=""), name="committee_has_decree_number"
            )
        ]

    def __str__(self) -> str:
        return self.decree_number


class CommitteeMember(models.Model):
    """Anggota panitia: a person, the position held, and the account that acts for the person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(ElectionCommittee, models.CASCADE, related_name="members")
    full_name = models.CharField(max_length=160)
    position = models.CharField(max_length=10, choices=CommitteePosition.choices)
    element = models.CharField(max_length=12, choices=CommitteeElement.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)
    joined_date = models.DateField()
    left_date = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=300, blank=True)
    left_reason_salt = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "position"],
                condition=Q(left_date__isnull=True, position__in=["chair", "secretary"]),
                name="committee_one_chair_one_secretary",
            ),
            models.UniqueConstraint(
                fields=["committee", "user"],
                condition=Q(left_date__isnull=True, user__isnull=False),
                name="committee_person_once",
            ),
            models.CheckConstraint(
                condition=Q(left_date__isnull=True) | ~Q(left_reason=""),
                name="committee_leaving_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
