"""What the vault knows of its encrypted files; the bytes themselves lie in the home's `files`."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilkades.apps.vault.fields import EncryptedTextField


class StoredFile(models.Model):
    """Berkas tersimpan: one encrypted file, found by its uuid, with its own sealed name.

    An erased file keeps its row, so that what pointed to it can say when and why it is gone.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField(_("nama berkas"))
    media_type = models.CharField(_("jenis"), max_length=100)
    size_bytes = models.PositiveIntegerField(_("ukuran"))
    # Of the plain bytes: papers cite it, and a copy from elsewhere can be compared with it.
    sha256 = models.CharField(max_length=64)
    # The file's own key, sealed under the vault's: rotation re-seals this and touches no file, and
    # erasing it makes every copy of the file unreadable.
    data_key = EncryptedTextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("berkas tersimpan")

    def __str__(self) -> str:
        return str(self.uuid)
