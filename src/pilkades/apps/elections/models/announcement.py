"""What the committee tells the village in public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AnnouncementKind(models.TextChoices):
    NOTICE = "notice", _("Pengumuman wajib pendaftaran")
    APPLICANTS = "applicants", _("Bakal calon yang lolos penelitian")
    EXTENSION = "extension", _("Perpanjangan pendaftaran")
    SCORES = "scores", _("Hasil seleksi tambahan")
    CANDIDATES = "candidates", _("Calon dan nomor urut")
    VOID = "void", _("Pemilihan batal")
    OTHER = "other", _("Pengumuman panitia")


class Announcement(models.Model):
    """Pengumuman: sentences kept as template and parameters, so that each reader sees their own
    language. It is withdrawn by another announcement, never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=10, choices=AnnouncementKind.choices)
    title = models.CharField(max_length=200)
    sentences = models.JSONField(default=list)
    article = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "kind"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(kind__in=["other", "extension"]),
                name="announcement_kind_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
