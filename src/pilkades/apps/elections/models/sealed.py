"""What an event of the ledger says only as a commitment, with the salt that opens it."""

import uuid

from django.db import models

from pilkades.apps.vault.fields import EncryptedTextField


class SealedValue(models.Model):
    """Isi bersegel sebuah peristiwa: the plain value, sealed at rest, and the salt beside it.

    The leaf of `event` carries `{name}_commitment`. Those entitled read the value in the audit
    trail; with the salt anybody whom they show it to can check it by `pilkades ledger open`.
    Nothing here is ever changed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.UUIDField()
    name = models.CharField(max_length=40)
    value = EncryptedTextField(blank=True)
    salt = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="sealed_value_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.name}"
