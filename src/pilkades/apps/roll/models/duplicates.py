"""Two entries that may be one person, what was asked and what was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class DuplicateDecision(models.TextChoices):
    OPEN = "", _("Belum diperiksa")
    SAME = "same", _("Orang yang sama")
    DIFFERENT = "different", _("Orang yang berbeda")


class VillageAnswer(models.TextChoices):
    NONE = "", _("Belum dijawab")
    STAYS = "stays", _("Tetap pemilih desa ini")
    LEFT = "left", _("Sudah pindah, dicoret dari desa ini")


class DuplicatePair(models.Model):
    """Dugaan pemilih ganda: two entries, why they were found, and the remembered answer.

    `content_digest` is of names, NIK indexes and birth dates as they stood when the pair was found:
    only when one of them changes is a decided pair asked again. Between two villages the desk
    decides and asks; each village answers for its own entry alone. `reasons` are codes of
    `screening.people`, with spaces between, so that every database can filter by one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    left = models.ForeignKey("roll.RollEntry", models.CASCADE, related_name="+")
    right = models.ForeignKey("roll.RollEntry", models.CASCADE, related_name="+")
    is_across = models.BooleanField(default=False)
    probability = models.FloatField()
    reasons = models.CharField(max_length=300)
    search = models.UUIDField()
    found_at = models.DateTimeField()
    content_digest = models.CharField(max_length=64)
    decision = models.CharField(
        max_length=9,
        choices=DuplicateDecision.choices,
        default=DuplicateDecision.OPEN.value,
        blank=True,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = EncryptedTextField(blank=True, default="")
    removed = models.ForeignKey(
        "roll.RollEntry", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-probability", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="duplicate_pair_once"),
            models.CheckConstraint(
                condition=Q(left__lt=F("right")), name="duplicate_pair_is_ordered"
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False),
                name="duplicate_decision_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["decision", "is_across"], name="duplicate_pair_open")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def reason_codes(self) -> list[str]:
        """The codes, most telling first."""
        return self.reasons.split()

    @property
    def is_open(self) -> bool:
        return self.decision == DuplicateDecision.OPEN


class DuplicateStatement(models.Model):
    """Keterangan satu desa tentang pemilihnya sendiri, dan pertanyaan kabupaten bila ada.

    Nobody asks in vain twice: one statement an entry and pair. A village may speak unasked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pair = models.ForeignKey(DuplicatePair, models.CASCADE, related_name="statements")
    entry = models.ForeignKey("roll.RollEntry", models.CASCADE, related_name="+")
    question = EncryptedTextField(blank=True, default="")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=5, choices=VillageAnswer.choices, default=VillageAnswer.NONE.value, blank=True
    )
    answer_note = EncryptedTextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "entry"], name="duplicate_statement_once"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False),
                name="duplicate_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
