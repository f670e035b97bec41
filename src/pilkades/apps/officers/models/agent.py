"""The people whom candidates send to watch at a station."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField, KeyedIndexField


class AgentState(models.TextChoices):
    ACTIVE = "active", _("Bertugas")
    REPLACED = "replaced", _("Diganti")
    WITHDRAWN = "withdrawn", _("Ditarik")


class CandidateAgent(models.Model):
    """Saksi calon: one person for one candidate at one station, with a mandate.

    A replaced or withdrawn agent stays in the table with the reason.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="agents")
    candidacy = models.ForeignKey("elections.Candidacy", models.PROTECT, related_name="agents")
    station = models.ForeignKey("elections.PollingStation", models.PROTECT, related_name="agents")
    full_name = models.CharField(max_length=160)
    nik = EncryptedTextField()
    nik_index = KeyedIndexField(source="nik")
    phone = EncryptedTextField(blank=True)
    mandate_number = models.CharField(max_length=80, blank=True)
    mandate_date = models.DateField(null=True, blank=True)
    mandate_file = models.UUIDField(null=True, blank=True)
    sworn_at = models.DateTimeField(null=True, blank=True)
    sworn_place = models.CharField(max_length=160, blank=True)
    sworn_before = models.CharField(max_length=160, blank=True)
    state = models.CharField(
        max_length=9, choices=AgentState.choices, default=AgentState.ACTIVE.value
    )
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = EncryptedTextField(blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["station__number", "candidacy__ballot_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "nik_index"],
                condition=Q(state="active"),
                name="agent_person_once",
            ),
            models.CheckConstraint(
                condition=Q(state="active") | Q(ended_at__isnull=False), name="agent_end_has_time"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="agent_has_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_active(self) -> bool:
        return self.state == AgentState.ACTIVE
