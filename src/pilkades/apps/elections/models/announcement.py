"""What the committee tells the village in public."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AnnouncementKind(models.TextChoices):
    NOTICE = "notice", _("Pengumuman wajib pendaftaran")
    APPLICANTS = "applicants", _("Bakal calon yang terdaftar")
    EXTENSION = "extension", _("Perpanjangan pendaftaran")
    SELECTION = "selection", _("Seleksi tambahan")
    SCORES = "scores", _("Hasil seleksi tambahan")
    DELIBERATION = "deliberation", _("Musyawarah calon tunggal")
    DETERMINATION = "determination", _("Penetapan calon")
    CANDIDATES = "candidates", _("Calon dan nomor urut")
    CHANGE = "change", _("Perubahan calon")
    VOID = "void", _("Pemilihan batal")
    OTHER = "other", _("Pengumuman panitia")


REPEATABLE = (AnnouncementKind.OTHER, AnnouncementKind.EXTENSION, AnnouncementKind.CHANGE)


class Announcement(models.Model):
    """Pengumuman: withdrawn where it must be, never changed.

    Sentences are kept as template and parameters, so that each reader sees their own language.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=14, choices=AnnouncementKind.choices)
    title = models.CharField(max_length=200, blank=True)
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
                condition=Q(withdrawn_at__isnull=True)
                & ~Q(kind__in=[kind.value for kind in REPEATABLE]),
                name="announcement_kind_once",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())
