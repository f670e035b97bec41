"""How a person's signature is recorded: by their own sign-in, or on paper before two officers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SignatureKind(models.TextChoices):
    NONE = "", _("Belum")
    OWN = "own", _("Lewat akun sendiri")
    PAPER = "paper", _("Di atas kertas, dicatat dua petugas")


class Signature(models.Model):
    """Tanda tangan: `signed_at` is set once it counts.

    An own signature counts at once. A paper one is recorded by one officer and counts when a
    second officer has seen the same sheet.
    """

    kind = models.CharField(
        max_length=5, choices=SignatureKind.choices, default=SignatureKind.NONE.value, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_signed(self) -> bool:
        """Whether the signature counts."""
        return self.signed_at is not None


def signature_constraints(name: str) -> list[models.BaseConstraint]:
    """What the database itself insists on for a table of signatures."""
    return [
        models.CheckConstraint(
            condition=Q(signed_at__isnull=True) | Q(recorded_by__isnull=False),
            name=f"{name}_has_recorder",
        ),
        models.CheckConstraint(
            condition=~Q(kind="paper")
            | Q(signed_at__isnull=True)
            | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("recorded_by"))),
            name=f"{name}_on_paper_seen_by_two",
        ),
    ]
