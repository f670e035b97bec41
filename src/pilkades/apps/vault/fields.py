"""Model fields that keep personal data encrypted, and the index that still finds it.

`EncryptedTextField` decrypts when the attribute is read and encrypts when the row is saved. The
associated data is the model, the field and the row's `uuid`, so a model with such a field needs a
`uuid` that never changes. Nothing can be searched in a sealed column; equality goes through a
`KeyedIndexField` beside it. `update()` and `bulk_update()` are refused because they cannot know
the row; `save()` and `bulk_create()` work.
"""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from pilkades.apps.vault.keys import get_key_ring
from pilkades.apps.vault.sealing import NONCE_BYTES, index_digest, seal, unseal

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
    _CharField = models.CharField[str, str]
else:
    # The classes are generic for the type checker only.
    _TextField = models.TextField
    _CharField = models.CharField


class SealedText(str):
    """The ciphertext as it stands in the column; `repr` shows nothing of it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<SealedText>"


class _SealedAttribute:
    """Opens the ciphertext of a row the first time the attribute is read."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            # A deferred column: ask the database for this one alone.
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, SealedText):
            value = self.field.unseal_for(instance, value)
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: str | None) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(_TextField):
    """Text that lies in the database only as AES-256-GCM ciphertext bound to its row."""

    description = "Encrypted text"

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Refuse a model whose rows have no `uuid` to be bound to."""
        found = super().check(**kwargs)
        if not any(field.name == "uuid" for field in self.model._meta.get_fields()):
            found.append(
                checks.Error(
                    "An encrypted field needs a field named uuid.", obj=self, id="vault.E1"
                )
            )
        if getattr(self, "db_index", False) or self.unique or self.primary_key:
            found.append(
                checks.Error("An encrypted field cannot be an index.", obj=self, id="vault.E2")
            )
        return found

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return SealedText(value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or value == "" or isinstance(value, SealedText):
            return value
        return self.seal_for(model_instance, str(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "" or isinstance(value, SealedText):
            return value
        raise TypeError(
            f"{self} is encrypted: save the row, and look it up by its keyed index field."
        )

    def seal_for(self, instance: models.Model, plaintext: str) -> SealedText:
        """Encrypt a text for this row."""
        return SealedText(
            seal(
                ring=get_key_ring(),
                plaintext=plaintext.encode(),
                associated=self._associated(instance),
                nonce=secrets.token_bytes(NONCE_BYTES),
            )
        )

    def unseal_for(self, instance: models.Model, sealed: SealedText) -> str:
        """Decrypt what stands in this row."""
        opened = unseal(ring=get_key_ring(), sealed=sealed, associated=self._associated(instance))
        return opened.decode()

    def _associated(self, instance: models.Model) -> bytes:
        row = instance.uuid  # type: ignore[attr-defined]
        return f"{self.model._meta.label_lower}.{self.name}:{row}".encode()


class KeyedIndexField(_CharField):
    """Keyed digest of an encrypted field beside it: finds equal values, tells nothing else.

    `filter(nik_index=value)` takes the plain value; the digest is made on the way.
    """

    description = "Keyed index of an encrypted field"

    def __init__(self, *, source: str, **kwargs: Any) -> None:
        self.source = source
        kwargs["max_length"] = 64
        kwargs["editable"] = False
        kwargs.setdefault("db_index", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        kwargs.pop("editable", None)
        kwargs["source"] = self.source
        kwargs["db_index"] = getattr(self, "db_index", False)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.source)
        digest = _Digest(self.digest(value)) if value else _Digest("")
        setattr(model_instance, self.attname, digest)
        return digest

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, _Digest):
            return value
        return _Digest(self.digest(str(value)) if value else "")

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return _Digest(value) if value is not None else None

    def digest(self, value: str) -> str:
        """The digest of a plain value in this column."""
        place = f"{self.model._meta.label_lower}.{self.name}"
        return index_digest(ring=get_key_ring(), place=place, value=value)


class _Digest(str):
    """A value that has been digested already, so that it is not digested twice."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        return super().__new__(cls, value)
