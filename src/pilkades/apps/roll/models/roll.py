"""The roll of one election: how far it has come, and who locked it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RollState(models.TextChoices):
    """How far the roll is. A state is reached once, and never left backwards."""

    DRAFT = "draft", _("Disusun")
    PROVISIONAL = "provisional", _("DPS ditetapkan")
    ANNOUNCED = "announced", _("DPS diumumkan")
    SUPPLEMENTED = "supplemented", _("Daftar tambahan diumumkan")
    FINAL = "final", _("DPT ditetapkan")
    LOCKED = "locked", _("DPT dikunci")


class Roll(models.Model):
    """Daftar pemilih satu pemilihan.

    Fixed by a plenary of the committee; locked by two people, after which nobody is added, removed
    or corrected, only annotated. `lock_digest` is the hash of the content that the first of them
    proposed and the second confirmed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.OneToOneField("elections.Election", models.PROTECT, related_name="roll")
    state = models.CharField(
        max_length=12, choices=RollState.choices, default=RollState.DRAFT.value
    )
    created_at = models.DateTimeField()
    provisional_fixed_at = models.DateTimeField(null=True, blank=True)
    provisional_announced_at = models.DateTimeField(null=True, blank=True)
    supplement_opened_at = models.DateTimeField(null=True, blank=True)
    supplement_announced_at = models.DateTimeField(null=True, blank=True)
    final_fixed_at = models.DateTimeField(null=True, blank=True)
    final_announced_at = models.DateTimeField(null=True, blank=True)
    lock_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lock_proposed_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, blank=True)
    lock_digest = models.CharField(max_length=64, blank=True)
    lock_salt = models.CharField(max_length=64, blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_by__isnull=True) | ~Q(locked_by=F("lock_proposed_by")),
                name="roll_locked_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | (Q(locked_at__isnull=False) & ~Q(lock_digest="")),
                name="roll_locked_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_locked(self) -> bool:
        return self.state == RollState.LOCKED
