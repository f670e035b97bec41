"""A new vault key: every sealed value is opened and sealed again under the ring's active key.

Old keys stay in the ring until a later run finds that nothing needs them, so neither a stop
half-way nor a server that was writing meanwhile loses anything. Keyed indexes do not change,
because the index secret stays. Apps that seal something outside an `EncryptedTextField` register
how it is sealed again.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction

from pilkades.apps.vault.fields import EncryptedTextField, SealedText
from pilkades.apps.vault.sealing import KEY_BYTES, KeyRing, get_key_id

BATCH_ROWS = 200
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Resealer:
    """How sealed values outside encrypted fields are counted and sealed again."""

    count_stale: Callable[[KeyRing], int]
    reseal: Callable[[KeyRing], int]


_resealers: dict[str, Resealer] = {}


def register_resealer(name: str, resealer: Resealer) -> None:
    """Let a rotation reach values that lie elsewhere; registering a name again replaces it."""
    _resealers[name] = resealer


def add_key(ring: KeyRing) -> KeyRing:
    """The ring with a fresh key that seals from now on."""
    key_id = f"k{secrets.token_hex(3)}"
    keys = {key_id: secrets.token_bytes(KEY_BYTES), **ring.keys}
    return KeyRing(active_id=key_id, keys=keys, index_secret=ring.index_secret)


def drop_old_keys(ring: KeyRing) -> KeyRing:
    """The ring with nothing but its active key and the index secret."""
    keys = {ring.active_id: ring.keys[ring.active_id]}
    return KeyRing(active_id=ring.active_id, keys=keys, index_secret=ring.index_secret)


def list_encrypted_models() -> Iterator[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Every model that has encrypted fields, with them."""
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        if fields:
            yield model, fields


def reseal_all(*, ring: KeyRing, progress: Progress) -> int:
    """Seal again under the active key whatever lies under another; returns how many rows."""
    changed = sum(
        reseal_model(model=model, fields=fields, ring=ring, progress=progress)
        for model, fields in list_encrypted_models()
    )
    return changed + sum(resealer.reseal(ring) for resealer in _resealers.values())


def count_stale(*, ring: KeyRing) -> int:
    """How many rows still need a key other than the active one."""
    stale = sum(
        any(_is_stale(row.__dict__.get(field.attname), ring) for field in fields)
        for model, fields in list_encrypted_models()
        for row in model._base_manager.iterator(chunk_size=BATCH_ROWS)
    )
    return stale + sum(resealer.count_stale(ring) for resealer in _resealers.values())


def reseal_model(
    *,
    model: type[models.Model],
    fields: list[EncryptedTextField],
    ring: KeyRing,
    progress: Progress,
) -> int:
    """One model, in transactions of a few hundred rows, so that work may go on beside it."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(keys), BATCH_ROWS):
        with transaction.atomic():
            rows = model._base_manager.select_for_update().filter(
                pk__in=keys[start : start + BATCH_ROWS]
            )
            changed += sum(_reseal_row(row, fields, ring) for row in rows)
        progress(model._meta.label, min(start + BATCH_ROWS, len(keys)))
    return changed


def _reseal_row(row: models.Model, fields: list[EncryptedTextField], ring: KeyRing) -> bool:
    """Written past `save()`, which some models refuse; the plain value stays what it was."""
    resealed = {
        field.attname: field.seal_for(row, getattr(row, field.attname))
        for field in fields
        if _is_stale(row.__dict__.get(field.attname), ring)
    }
    if resealed:
        type(row)._base_manager.filter(pk=row.pk).update(**resealed)
    return bool(resealed)


def _is_stale(value: object, ring: KeyRing) -> bool:
    return isinstance(value, SealedText) and get_key_id(value) != ring.active_id
